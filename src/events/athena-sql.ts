import type { TimeWindow } from '../model/incident.ts';
import { createTableSql } from './athena-table.ts';
import { sqlIdentifier, sqlList, sqlText } from './sql-text.ts';

export interface AthenaQuestion {
  /** `table` or `database.table` */
  readonly table: string;
  readonly window: TimeWindow | null;
  readonly accessKeyIds: readonly string[];
  /** Empty = all. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Where the trail delivers, for the table's definition: `s3://bucket/prefix/AWSLogs/`. */
  readonly location?: string;
  /** Column that partitions the table by day (`yyyy/MM/dd`), if it has one: without it every file is read and paid for. */
  readonly dayColumn?: string;
}

export interface SavedQuery {
  readonly name: string;
  /** One line for people. */
  readonly purpose: string;
  /** Athena's own syntax for `create-table`, Trino SQL for all others. */
  readonly sql: string;
}

const columns = `eventtime, eventsource, eventname, awsregion, recipientaccountid, useridentity.type AS actor_type,
  useridentity.arn AS actor_arn, useridentity.accesskeyid AS access_key_id, sourceipaddress, useragent, errorcode,
  requestparameters, responseelements, eventid`;

function dayOf(time: string): string {
  return time.slice(0, 10).replaceAll('-', '/');
}

/** Conditions on place and time that every query shares. */
function scopeOf({ window, accounts, regions, dayColumn }: AthenaQuestion): readonly string[] {
  const second = (time: string): string => `${time.slice(0, 19)}Z`;
  return [
    ...(window === null
      ? []
      : [
          `eventtime >= ${sqlText(second(window.from))}`,
          `eventtime < ${sqlText(second(window.to))}`,
          ...(dayColumn === undefined
            ? []
            : [
                `${sqlIdentifier(dayColumn)} BETWEEN ${sqlText(dayOf(window.from))} AND ${sqlText(dayOf(window.to))}`,
              ]),
        ]),
    ...(accounts.length === 0 ? [] : [`recipientaccountid IN (${sqlList(accounts)})`]),
    ...(regions.length === 0 ? [] : [`awsregion IN (${sqlList(regions)})`]),
  ];
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join('\n  AND ')}\n`;
}

const changing = [
  'Add%',
  'Associate%',
  'Attach%',
  'Create%',
  'Delete%',
  'Detach%',
  'Disable%',
  'Enable%',
  'Put%',
  'Register%',
  'Run%',
  'Start%',
  'Stop%',
  'Update%',
];

/**
 * The definition of a CloudTrail table and the questions of an incident, as data: names, purposes and SQL for Athena
 * (engine 3). Every value that comes from people or events is quoted.
 */
export function athenaSql(question: AthenaQuestion): readonly SavedQuery[] {
  const table = question.table.split('.').map(sqlIdentifier).join('.');
  const scope = scopeOf(question);
  // Nothing asked for finds nothing: an empty list is no SQL.
  const keys = question.accessKeyIds.length === 0 ? "''" : sqlList(question.accessKeyIds);
  const byKey = `useridentity.accesskeyid IN (${keys})`;
  const minted = `json_extract_scalar(responseelements, '$.credentials.accessKeyId')`;
  const made = `json_extract_scalar(responseelements, '$.accessKey.accessKeyId')`;
  const names = changing.map((pattern) => `eventname LIKE ${sqlText(pattern)}`).join(' OR ');
  return [
    {
      name: 'create-table',
      purpose:
        'Defines a table over the files that CloudTrail delivers, partitioned by account, region and day.',
      sql: createTableSql(question),
    },
    {
      name: 'events-of-keys',
      purpose: 'Everything that the leaked keys did, in order.',
      sql: `SELECT ${columns}\nFROM ${table}\n${where([...scope, byKey])}ORDER BY eventtime, eventid`,
    },
    {
      name: 'activity-of-keys',
      purpose: 'Calls of the leaked keys by action, source and agent: tells the owner from the intruder.',
      sql: `SELECT useridentity.accesskeyid AS access_key_id, sourceipaddress, useragent, eventsource, eventname,
  awsregion, errorcode, count(*) AS calls, min(eventtime) AS first_at, max(eventtime) AS last_at
FROM ${table}
${where([...scope, byKey])}GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY first_at`,
    },
    {
      name: 'minted-credentials',
      purpose: 'Keys and sessions that the leaked keys made.',
      sql: `SELECT eventtime, eventsource, eventname, coalesce(${minted}, ${made}) AS minted_key, ${'\n  '}useridentity.accesskeyid AS minted_by, requestparameters, eventid
FROM ${table}
${where([...scope, byKey, 'errorcode IS NULL', `coalesce(${minted}, ${made}) IS NOT NULL`])}ORDER BY eventtime`,
    },
    {
      name: 'events-of-minted-credentials',
      purpose:
        'What was done with credentials that the leaked keys made. Add found keys to the list and ask again.',
      sql: `WITH minted AS (
  SELECT coalesce(${minted}, ${made}) AS key_id
  FROM ${table}
  ${where([...scope, byKey, 'errorcode IS NULL'])})
SELECT ${columns}
FROM ${table}
${where([...scope, 'useridentity.accesskeyid IN (SELECT key_id FROM minted WHERE key_id IS NOT NULL)'])}ORDER BY eventtime, eventid`,
    },
    {
      name: 'changes-of-keys',
      purpose: 'What the leaked keys created, changed or deleted, or tried to.',
      sql: `SELECT ${columns}\nFROM ${table}\n${where([...scope, byKey, `(${names})`])}ORDER BY eventtime, eventid`,
    },
    {
      name: 'sign-ins',
      purpose: 'Console sign-ins and federation, by anybody.',
      sql: `SELECT ${columns}, additionaleventdata\nFROM ${table}\n${where([...scope, "eventname IN ('ConsoleLogin', 'GetSigninToken', 'GetFederationToken', 'SwitchRole', 'AssumeRoleWithSAML')"])}ORDER BY eventtime`,
    },
    {
      name: 'assumed-from-outside',
      purpose: 'Roles assumed by other accounts.',
      sql: `SELECT eventtime, recipientaccountid, useridentity.accountid AS from_account, useridentity.arn AS actor_arn,
  json_extract_scalar(requestparameters, '$.roleArn') AS role_arn, sourceipaddress, errorcode, eventid
FROM ${table}
${where([...scope, "eventname = 'AssumeRole'", 'useridentity.accountid <> recipientaccountid'])}ORDER BY eventtime`,
    },
    {
      name: 'sources-of-keys',
      purpose: 'Who else came from the addresses that the leaked keys were used from: leads, no proof.',
      sql: `WITH sources AS (
  SELECT DISTINCT sourceipaddress AS address
  FROM ${table}
  ${where([...scope, byKey, "sourceipaddress NOT LIKE '%.amazonaws.com'"])})
SELECT sourceipaddress, useridentity.arn AS actor_arn, useridentity.accesskeyid AS access_key_id, count(*) AS calls,
  min(eventtime) AS first_at, max(eventtime) AS last_at
FROM ${table}
${where([...scope, 'sourceipaddress IN (SELECT address FROM sources)'])}GROUP BY 1, 2, 3
ORDER BY first_at`,
    },
    {
      name: 'trail-changes',
      purpose: 'Times in which recording was stopped or narrowed: what is missing there proves nothing.',
      sql: `SELECT ${columns}\nFROM ${table}\n${where([...scope, "eventsource = 'cloudtrail.amazonaws.com'", "eventname IN ('StopLogging', 'StartLogging', 'CreateTrail', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors')"])}ORDER BY eventtime`,
    },
  ];
}
