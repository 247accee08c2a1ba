import type { ActivityBucket } from '../../model/activity.ts';
import type { PreparedEvent } from './prepare-events.ts';
import { directoryUserOf, parseArn, principalKeyOf, sessionNameOf } from './rules/place.ts';
import { text } from './rules/read-member.ts';

/** Who made a call, from an event or from counted activity: what taint is decided by. */
export interface ActorView {
  readonly type: string | null;
  readonly accessKeyId: string | null;
  readonly arn: string | null;
  /** User, role or root behind the call. */
  readonly principalKey: string | null;
  readonly principalId: string | null;
  readonly sessionName: string | null;
  readonly sessionCreatedAt: number | null;
  readonly directoryUserId: string | null;
  readonly invokedBy: string | null;
  readonly switchedFrom: string | null;
  readonly at: number;
  readonly source: string;
  readonly name: string;
  readonly sourceIp: string | null;
  readonly userAgent: string | null;
}

function timeOf(value: string | null): number | null {
  const at = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? null : at;
}

/** The same few ARNs stand in very many events: each is taken apart once. */
export interface ArnParts {
  readonly principalKey: string | null;
  readonly sessionName: string | null;
}

function partsOf(arn: string, known: Map<string, ArnParts>): ArnParts {
  const parts = known.get(arn) ?? { principalKey: principalKeyOf(arn), sessionName: sessionNameOf(arn) };
  known.set(arn, parts);
  return parts;
}

export function viewOfEvent({ event, at }: PreparedEvent, known: Map<string, ArnParts>): ActorView {
  const { actor } = event;
  const behind = actor.sessionIssuerArn ?? actor.arn;
  return {
    type: actor.type,
    accessKeyId: actor.accessKeyId,
    arn: actor.arn,
    principalKey: behind === null ? null : partsOf(behind, known).principalKey,
    principalId: actor.principalId,
    sessionName: actor.arn === null ? null : partsOf(actor.arn, known).sessionName,
    sessionCreatedAt: timeOf(actor.sessionCreatedAt),
    directoryUserId: directoryUserOf(event),
    invokedBy: actor.invokedBy,
    switchedFrom: event.name === 'SwitchRole' ? text(event, 'additional.SwitchFrom') : null,
    at,
    source: event.source,
    name: event.name,
    sourceIp: event.sourceIp,
    userAgent: event.userAgent,
  };
}

/** A bucket stands for many calls: it is judged at its last one, which is when the latest facts hold. */
export function viewOfBucket(bucket: ActivityBucket): ActorView {
  const named = bucket.credential.startsWith('arn ') || bucket.credential.startsWith('service ');
  const kind = bucket.actorArn === null ? undefined : parseArn(bucket.actorArn)?.resource.split('/')[0];
  return {
    type: kind === 'user' ? 'IAMUser' : kind === 'assumed-role' ? 'AssumedRole' : null,
    accessKeyId: named ? null : bucket.credential,
    arn: bucket.actorArn,
    principalKey: bucket.actorArn === null ? null : principalKeyOf(bucket.actorArn),
    principalId: null,
    sessionName: bucket.actorArn === null ? null : sessionNameOf(bucket.actorArn),
    sessionCreatedAt: timeOf(bucket.sessionCreatedAt),
    directoryUserId: null,
    invokedBy: null,
    switchedFrom: null,
    at: Date.parse(bucket.lastAt),
    source: bucket.source,
    name: bucket.name,
    sourceIp: bucket.sourceIp,
    userAgent: bucket.userAgent,
  };
}
