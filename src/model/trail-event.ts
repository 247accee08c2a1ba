/** Who acted, as CloudTrail's userIdentity tells it; null where the record says nothing. */
export interface EventActor {
  /** IAMUser, AssumedRole, FederatedUser, Root, AWSService, AWSAccount, SAMLUser, WebIdentityUser, IdentityCenterUser, Unknown … */
  readonly type: string;
  readonly arn: string | null;
  readonly accountId: string | null;
  readonly principalId: string | null;
  readonly accessKeyId: string | null;
  readonly userName: string | null;
  /** ARN of the role or user behind a session. */
  readonly sessionIssuerArn: string | null;
  /** When the session was made (UTC ISO-8601): joins console sessions that have no mint event. */
  readonly sessionCreatedAt: string | null;
  /** AWS service that acted for somebody (`cloudformation.amazonaws.com`). */
  readonly invokedBy: string | null;
  /** Identity Center user behind the session. */
  readonly onBehalfOfUserId: string | null;
  readonly identityProvider: string | null;
  readonly mfaAuthenticated: boolean | null;
}

/** Where a record was read: enough to find it again. */
export interface EventOrigin {
  /** File path, `s3://bucket/key`, or `lookup:<account>/<region>`. */
  readonly file: string;
  /** Index of the record in it, from 0. */
  readonly index: number;
}

/**
 * One CloudTrail record, normalised. Nothing is rejected because a region, an address or a key looks odd. `name` has
 * its API version suffix stripped (`CreateFunction20150331` → `CreateFunction`); key on (source, name): names repeat.
 */
export interface TrailEvent {
  readonly id: string;
  /** UTC ISO-8601 with milliseconds. */
  readonly time: string;
  /** `time` in milliseconds, where the source knows it. */
  readonly at?: number;
  /** `idOrder` of the id, where the source knows it. */
  readonly order?: number;
  readonly source: string;
  readonly name: string;
  readonly recordedName: string;
  readonly region: string;
  /** Account whose trail holds the record (recipientAccountId); null when the record does not say. */
  readonly accountId: string | null;
  readonly actor: EventActor;
  /** Null = the call succeeded. */
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly sourceIp: string | null;
  readonly userAgent: string | null;
  readonly eventType: string | null;
  /** Shared by the copies of one cross-account call in both accounts. */
  readonly sharedEventId: string | null;
  readonly request: JsonObject;
  readonly response: JsonObject;
  readonly additional: JsonObject;
  readonly serviceDetails: JsonObject;
  readonly resources: readonly { readonly arn: string | null; readonly type: string | null }[];
  readonly origin: EventOrigin;
}

/** Event ids begin with hexadecimal digits: so many are as good as the id to tell most of them apart. */
export const idOrderDigits = 7;
const orderDigits = /^[0-9a-f]{7}/;

/** A number by which ids are put in order before they are compared themselves; -1 for an id of another form. */
export function idOrder(id: string): number {
  return orderDigits.test(id) ? Number.parseInt(id.slice(0, idOrderDigits), 16) : -1;
}

/**
 * The event as a plain object: events of large logs are read member by member when they are asked, and an object
 * spread would miss that.
 */
export function plainEvent(event: TrailEvent): TrailEvent {
  return {
    id: event.id,
    time: event.time,
    source: event.source,
    name: event.name,
    recordedName: event.recordedName,
    region: event.region,
    accountId: event.accountId,
    actor: event.actor,
    errorCode: event.errorCode,
    errorMessage: event.errorMessage,
    sourceIp: event.sourceIp,
    userAgent: event.userAgent,
    eventType: event.eventType,
    sharedEventId: event.sharedEventId,
    request: event.request,
    response: event.response,
    additional: event.additional,
    serviceDetails: event.serviceDetails,
    resources: event.resources,
    origin: event.origin,
  };
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
/** Absent and null members of a record arrive as an empty object. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Done and attempted are different: an error code means that nothing was done. */
export function succeeded(event: TrailEvent): boolean {
  return event.errorCode === null;
}
