import type { EventActor, EventOrigin, JsonObject, JsonValue, TrailEvent } from '../model/trail-event.ts';
import { withoutVersion } from './event-name.ts';
import { normalTime } from './event-time.ts';
import { hexOf } from './hash-mix.ts';
import { JsonScanner } from './json-scanner.ts';

export interface NotAnEvent {
  /** One line for people. */
  readonly problem: string;
}

/** Error code of what failed without one. */
export const failure = 'Failure';

const nothing: JsonObject = {};

/**
 * Values come from `JSON.parse`: they hold only JSON, and a member called `__proto__` is a member like any other. The
 * names that are read here are CloudTrail's; none is one that every object has (`constructor`).
 */
function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : nothing;
}

/** Null for absent and empty texts, and for everything that is no text. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function objectAt(object: JsonObject, name: string): JsonObject {
  return objectOf(object[name]);
}

function textAt(object: JsonObject, name: string): string | null {
  return textOf(object[name]);
}

function flagAt(object: JsonObject, name: string): boolean | null {
  const value = object[name];
  if (typeof value === 'boolean') {
    return value;
  }
  // CloudTrail writes `"true"`.
  return value === 'true' || value === 'false' ? value === 'true' : null;
}

/** @param userIdentity as it stands in the record */
export function actorOf(userIdentity: unknown): EventActor {
  const identity = objectOf(userIdentity);
  const session = objectAt(identity, 'sessionContext');
  const issuer = objectAt(session, 'sessionIssuer');
  const attributes = objectAt(session, 'attributes');
  const federation = objectAt(session, 'webIdFederationData');
  return {
    type: textAt(identity, 'type') ?? 'Unknown',
    arn: textAt(identity, 'arn'),
    accountId: textAt(identity, 'accountId'),
    principalId: textAt(identity, 'principalId'),
    accessKeyId: textAt(identity, 'accessKeyId'),
    userName: textAt(identity, 'userName'),
    sessionIssuerArn: textAt(issuer, 'arn'),
    sessionCreatedAt: normalTime(textAt(attributes, 'creationDate')),
    invokedBy: textAt(identity, 'invokedBy'),
    onBehalfOfUserId: textAt(objectAt(identity, 'onBehalfOf'), 'userId'),
    identityProvider: textAt(identity, 'identityProvider') ?? textAt(federation, 'federatedProvider'),
    mfaAuthenticated: flagAt(attributes, 'mfaAuthenticated'),
  };
}

/** A failed sign-in has no error code, only a message or the response `Failure`: it must not read as a success. */
function errorOf(record: JsonObject): string | null {
  const failed =
    textAt(record, 'errorMessage') !== null ||
    textAt(objectAt(record, 'responseElements'), 'ConsoleLogin') === failure;
  return textAt(record, 'errorCode') ?? (failed ? failure : null);
}

function resourcesOf(value: unknown): TrailEvent['resources'] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter(isObject).map((resource) => ({
    arn: textAt(resource, 'ARN') ?? textAt(resource, 'arn'),
    type: textAt(resource, 'type'),
  }));
}

/** Members that an event keeps beside its head and its actor. */
export const detailMembers = [
  'eventID',
  'sharedEventID',
  'requestParameters',
  'responseElements',
  'errorMessage',
  'eventType',
  'additionalEventData',
  'serviceEventDetails',
  'resources',
] as const;

/** What many events have in common. */
export type EventHead = Pick<
  TrailEvent,
  'source' | 'name' | 'recordedName' | 'region' | 'accountId' | 'errorCode' | 'sourceIp' | 'userAgent'
>;

/** What the details of a record tell. */
export type EventDetails = Pick<
  TrailEvent,
  | 'sharedEventId'
  | 'errorMessage'
  | 'eventType'
  | 'request'
  | 'response'
  | 'additional'
  | 'serviceDetails'
  | 'resources'
>;

/**
 * @param details values of the record's members, as they stand in it, in the order of `detailMembers`
 */
export function detailsOf(details: readonly unknown[]): EventDetails {
  return {
    sharedEventId: textOf(details[1]),
    request: objectOf(details[2]),
    response: objectOf(details[3]),
    errorMessage: textOf(details[4]),
    eventType: textOf(details[5]),
    additional: objectOf(details[6]),
    serviceDetails: objectOf(details[7]),
    resources: resourcesOf(details[8]),
  };
}

/** Content of a record, whatever its white space and the order of its members. */
export function digestOf(record: JsonValue): string {
  const scanner = new JsonScanner(0, {});
  scanner.load(Buffer.from(JSON.stringify(record)), 0);
  scanner.scanRecord();
  return hexOf([scanner.hashA, scanner.hashB]);
}

/**
 * One CloudTrail record, as its parsed JSON, made into an event. Rejects only what cannot be placed in a log at all:
 * no time, no event source or no name. Prose dates are never read as times.
 */
export function normalizeEvent(record: unknown, origin: EventOrigin): TrailEvent | NotAnEvent {
  if (!isObject(record)) {
    return { problem: 'the record is no object' };
  }
  const source = textAt(record, 'eventSource');
  const recordedName = textAt(record, 'eventName');
  if (source === null || recordedName === null) {
    return { problem: `the record has no ${source === null ? 'eventSource' : 'eventName'}` };
  }
  const time = normalTime(textAt(record, 'eventTime')) ?? normalTime(textAt(record, '@timestamp'));
  if (time === null) {
    return { problem: 'the record has no time that can be read (eventTime)' };
  }
  return {
    id: textAt(record, 'eventID') ?? `without-id-${digestOf(record)}`,
    time,
    source,
    name: withoutVersion(recordedName),
    recordedName,
    region: textAt(record, 'awsRegion') ?? '',
    accountId: textAt(record, 'recipientAccountId'),
    actor: actorOf(record['userIdentity']),
    errorCode: errorOf(record),
    sourceIp: textAt(record, 'sourceIPAddress'),
    userAgent: textAt(record, 'userAgent'),
    ...detailsOf(detailMembers.map((name) => record[name])),
    origin,
  };
}

export function isEvent(result: TrailEvent | NotAnEvent): result is TrailEvent {
  return 'id' in result;
}
