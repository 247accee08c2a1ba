import type { Event } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';

const text = z.string().nullable().catch(null).default(null);
const members = z.record(z.string(), z.unknown()).catch({}).default({});

const recordSchema = z.object({
  eventID: text,
  eventTime: text,
  eventSource: text,
  eventName: text,
  awsRegion: text,
  sourceIPAddress: text,
  userAgent: text,
  errorCode: text,
  readOnly: z.boolean().nullable().catch(null).default(null),
  requestParameters: members,
  responseElements: members,
  userIdentity: z
    .object({
      type: text,
      arn: text,
      accessKeyId: text,
      userName: text,
      sessionContext: z
        .object({ sessionIssuer: z.object({ arn: text, type: text }).nullable().catch(null).default(null) })
        .nullable()
        .catch(null)
        .default(null),
    })
    .nullable()
    .catch(null)
    .default(null),
});

/** One event of CloudTrail's Event history, as far as triage needs it. */
export interface HistoryEvent {
  readonly id: string;
  /** UTC ISO-8601. */
  readonly at: string;
  /** `iam`, without `.amazonaws.com`. */
  readonly service: string;
  /** Without the API version that some services add. */
  readonly name: string;
  readonly region: string;
  readonly readOnly: boolean | null;
  readonly accessKeyId: string | null;
  readonly actorType: string | null;
  readonly actorArn: string | null;
  readonly userName: string | null;
  readonly issuerArn: string | null;
  readonly sourceIp: string | null;
  readonly userAgent: string | null;
  /** Null: the call succeeded. */
  readonly errorCode: string | null;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
}

export function actionOf({ service, name }: Pick<HistoryEvent, 'service' | 'name'>): string {
  return `${service}:${name}`;
}

function jsonOf(source: string | undefined): unknown {
  try {
    return JSON.parse(source ?? '');
  } catch {
    // Told by the caller as a gap: the record cannot be used.
    return null;
  }
}

function isoTime(value: string | null, fallback: Date | undefined): string | null {
  const date = value === null ? fallback : new Date(value);
  return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Null when the record is no JSON, or tells neither what nor when. */
export function historyEvent(event: Event): HistoryEvent | null {
  const parsed = recordSchema.safeParse(jsonOf(event.CloudTrailEvent));
  if (!parsed.success) {
    return null;
  }
  const record = parsed.data;
  const at = isoTime(record.eventTime, event.EventTime);
  const name = record.eventName ?? event.EventName ?? null;
  const source = record.eventSource ?? event.EventSource ?? null;
  const id = record.eventID ?? event.EventId ?? null;
  if (at === null || name === null || source === null || id === null) {
    return null;
  }
  const identity = record.userIdentity;
  return {
    id,
    at,
    service: source.replace(/\.amazonaws\.com(?:\.cn)?$/, ''),
    name: name.replace(/20\d{2}(?:_?\d{2}){2}(?:v\d+)?$/, ''),
    region: record.awsRegion ?? '',
    readOnly: record.readOnly,
    accessKeyId: identity?.accessKeyId ?? event.AccessKeyId ?? null,
    actorType: identity?.type ?? null,
    actorArn: identity?.arn ?? null,
    userName: identity?.userName ?? null,
    issuerArn: identity?.sessionContext?.sessionIssuer?.arn ?? null,
    sourceIp: record.sourceIPAddress,
    userAgent: record.userAgent,
    errorCode: record.errorCode,
    request: record.requestParameters,
    response: record.responseElements,
  };
}

/** The text at a path of members, or null. */
export function textAt(members: unknown, ...path: readonly string[]): string | null {
  let value = members;
  for (const name of path) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  }
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberAt(members: Readonly<Record<string, unknown>>, name: string): number | null {
  const value = Number(members[name] ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}
