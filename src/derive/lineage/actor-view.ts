import { isoTime } from '../../model/iso-time.ts';
import type { EventActor, TrailEvent } from '../../model/trail-event.ts';
import type { CountedBucket } from './activity-table.ts';
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

/** What an ARN tells of who acts. */
interface ArnParts {
  /** `user`, `assumed-role`: what the resource begins with. */
  readonly kind: string | null;
  readonly principalKey: string | null;
  readonly sessionName: string | null;
}

/** So many ARNs are remembered: a large log has hundreds of thousands of sessions, each with an ARN of its own. */
const mostKnown = 4096;

const noParts: ArnParts = { kind: null, principalKey: null, sessionName: null };

/** Remembers what was read: the same few ARNs stand in very many events, and one session's calls come together. */
export class ActorTexts {
  readonly #arns = new Map<string, ArnParts>();
  #lastTime: string | null = null;
  #lastAt: number | null = null;

  arn(arn: string | null): ArnParts {
    if (arn === null) {
      return noParts;
    }
    const parts = this.#arns.get(arn);
    if (parts !== undefined) {
      return parts;
    }
    const read = {
      kind: parseArn(arn)?.resource.split('/')[0] ?? null,
      principalKey: principalKeyOf(arn),
      sessionName: sessionNameOf(arn),
    };
    if (this.#arns.size >= mostKnown) {
      this.#arns.clear();
    }
    this.#arns.set(arn, read);
    return read;
  }

  /** In milliseconds; null for what is no time. */
  time(text: string | null): number | null {
    if (text !== this.#lastTime) {
      const at = text === null ? Number.NaN : isoTime(text);
      this.#lastTime = text;
      this.#lastAt = Number.isNaN(at) ? null : at;
    }
    return this.#lastAt;
  }
}

function typeOfKind(kind: string | null): string | null {
  if (kind === 'user') {
    return 'IAMUser';
  }
  return kind === 'assumed-role' ? 'AssumedRole' : null;
}

/** What an actor's ARNs and times tell, whatever the event. */
export function partsOfActor(
  { arn, sessionIssuerArn, sessionCreatedAt }: EventActor,
  texts: ActorTexts,
): Pick<ActorView, 'principalKey' | 'sessionName' | 'sessionCreatedAt'> {
  return {
    principalKey: texts.arn(sessionIssuerArn ?? arn).principalKey,
    sessionName: texts.arn(arn).sessionName,
    sessionCreatedAt: texts.time(sessionCreatedAt),
  };
}

export function viewOfEvent(event: TrailEvent, at: number, texts: ActorTexts): ActorView {
  const { actor } = event;
  const { principalKey, sessionName, sessionCreatedAt } = partsOfActor(actor, texts);
  return {
    type: actor.type,
    accessKeyId: actor.accessKeyId,
    arn: actor.arn,
    principalKey,
    principalId: actor.principalId,
    sessionName,
    sessionCreatedAt,
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

/**
 * A bucket stands for many calls: it is judged at its last one, which is when the latest facts hold.
 * @param texts of all buckets of a run
 */
export function viewOfBucket(bucket: CountedBucket, texts: ActorTexts = new ActorTexts()): ActorView {
  const named = bucket.credential.startsWith('arn ') || bucket.credential.startsWith('service ');
  const { kind, principalKey, sessionName } = texts.arn(bucket.actorArn);
  return {
    type: typeOfKind(kind),
    accessKeyId: named ? null : bucket.credential,
    arn: bucket.actorArn,
    principalKey,
    principalId: null,
    sessionName,
    sessionCreatedAt: texts.time(bucket.sessionCreatedAt),
    directoryUserId: null,
    invokedBy: null,
    switchedFrom: null,
    at: bucket.lastTime,
    source: bucket.source,
    name: bucket.name,
    sourceIp: bucket.sourceIp,
    userAgent: bucket.userAgent,
  };
}
