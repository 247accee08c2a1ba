import { sqlText } from './sql-text.ts';

/** How the records lie in a file. */
export type RawShape = 'delivery' | 'array' | 'lines';

/** Explicit, never inferred: inference merges types across files. Variable members stay JSON. */
const members = {
  eventID: 'VARCHAR',
  eventTime: 'VARCHAR',
  eventSource: 'VARCHAR',
  eventName: 'VARCHAR',
  awsRegion: 'VARCHAR',
  recipientAccountId: 'VARCHAR',
  sourceIPAddress: 'VARCHAR',
  userAgent: 'VARCHAR',
  errorCode: 'VARCHAR',
  errorMessage: 'VARCHAR',
  eventType: 'VARCHAR',
  sharedEventID: 'VARCHAR',
  userIdentity: 'JSON',
  requestParameters: 'JSON',
  responseElements: 'JSON',
} as const;

/** One `Records` array may be this long; twice as much is set aside of the store's memory for each thread. */
const objectBytes = 128 * 1024 * 1024;

function typed(separator: string): string {
  return Object.entries(members)
    .map(([name, type]) => `${sqlText(name)}${separator}${sqlText(type)}`)
    .join(', ');
}

function structType(): string {
  return `STRUCT(${Object.entries(members)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ')})[]`;
}

/**
 * A query that reads records straight from log files, one row a record, in DuckDB. It checks no CRC and refuses whole
 * files for a lone surrogate or for line feeds in a document: files must have passed the strict reader.
 */
export function rawLogSql(paths: readonly string[], shape: RawShape): string {
  const files = `[${paths.map(sqlText).join(', ')}]`;
  const options = `maximum_object_size=${objectBytes}, filename=true`;
  const source =
    shape === 'delivery'
      ? `SELECT filename, unnest(Records) AS r FROM read_json(${files}, format='newline_delimited', ${options}, columns={'Records': ${sqlText(structType())}})`
      : `SELECT filename, struct_pack(${Object.keys(members)
          .map((name) => `"${name}" := "${name}"`)
          .join(', ')}) AS r FROM read_json(${files}, format=${
          shape === 'array' ? "'array'" : "'newline_delimited'"
        }, ${options}, columns={${typed(': ')}})`;
  return `SELECT filename AS file, r.eventID AS id, r.eventTime AS recorded_time, r.eventSource AS source,
  r.eventName AS recorded_name, r.awsRegion AS region, r.recipientAccountId AS account_id,
  TRY_CAST(r.userIdentity->>'type' AS VARCHAR) AS actor_type, TRY_CAST(r.userIdentity->>'arn' AS VARCHAR) AS actor_arn,
  TRY_CAST(r.userIdentity->>'accessKeyId' AS VARCHAR) AS access_key_id, r.sourceIPAddress AS source_ip,
  r.userAgent AS user_agent, r.errorCode AS error_code, r.errorMessage AS error_message,
  r.requestParameters AS request, r.responseElements AS response
FROM (${source})
ORDER BY recorded_time, id`;
}
