import type { JsonValue, TrailEvent } from '../model/trail-event.ts';

/** Columns of the event store; JSON stays JSON, so that no shape of a request can fail a query. */
export const eventColumns = {
  id: 'VARCHAR',
  time: 'VARCHAR',
  source: 'VARCHAR',
  name: 'VARCHAR',
  recorded_name: 'VARCHAR',
  region: 'VARCHAR',
  account_id: 'VARCHAR',
  actor_type: 'VARCHAR',
  actor_arn: 'VARCHAR',
  actor_account_id: 'VARCHAR',
  principal_id: 'VARCHAR',
  access_key_id: 'VARCHAR',
  user_name: 'VARCHAR',
  session_issuer_arn: 'VARCHAR',
  session_created_at: 'VARCHAR',
  invoked_by: 'VARCHAR',
  source_ip: 'VARCHAR',
  user_agent: 'VARCHAR',
  error_code: 'VARCHAR',
  error_message: 'VARCHAR',
  event_type: 'VARCHAR',
  shared_event_id: 'VARCHAR',
  request: 'JSON',
  response: 'JSON',
  additional: 'JSON',
  service_details: 'JSON',
  resources: 'JSON',
  file: 'VARCHAR',
  record: 'INTEGER',
} as const;

export type EventColumn = keyof typeof eventColumns;
export type EventRow = Readonly<Record<EventColumn, string | number | null>>;

/** A lone surrogate is valid in JavaScript's JSON and in no other's. */
function storableJson(value: JsonValue | TrailEvent['resources']): string {
  return JSON.stringify(value).replaceAll(
    /((?:^|[^\\])(?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g,
    '$1\\ufffd',
  );
}

export function eventRow(event: TrailEvent): EventRow {
  const { actor } = event;
  return {
    id: event.id,
    time: event.time,
    source: event.source,
    name: event.name,
    recorded_name: event.recordedName,
    region: event.region,
    account_id: event.accountId,
    actor_type: actor.type,
    actor_arn: actor.arn,
    actor_account_id: actor.accountId,
    principal_id: actor.principalId,
    access_key_id: actor.accessKeyId,
    user_name: actor.userName,
    session_issuer_arn: actor.sessionIssuerArn,
    session_created_at: actor.sessionCreatedAt,
    invoked_by: actor.invokedBy,
    source_ip: event.sourceIp,
    user_agent: event.userAgent,
    error_code: event.errorCode,
    error_message: event.errorMessage,
    event_type: event.eventType,
    shared_event_id: event.sharedEventId,
    request: storableJson(event.request),
    response: storableJson(event.response),
    additional: storableJson(event.additional),
    service_details: storableJson(event.serviceDetails),
    resources: storableJson(event.resources),
    file: event.origin.file,
    record: event.origin.index,
  };
}
