import type { Incident } from '../../model/incident.ts';
import type { ActivityTable, CountedBucket } from './activity-table.ts';
import type { ActorView } from './actor-view.ts';
import type { EventIndex } from './event-index.ts';
import { type CallSource, type Hands, isAddress } from './hands.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { PreparedLog } from './prepared-log.ts';
import { principalKeyOf } from './rules/place.ts';
import type { TaintFacts } from './taint-facts.ts';

/** What the log shows of a user one of whose keys leaked. */
interface SeedUser {
  readonly seeds: Set<string>;
  /** Other long-term keys that acted as this user. */
  readonly others: Set<string>;
  /** Addresses from which the intruder's hand used a leaked key. */
  readonly sources: Set<string>;
  signsIn: boolean;
}

interface Call extends CallSource {
  readonly accessKeyId: string | null;
  readonly name: string;
}

const browser = /^(?:Mozilla\/|\[?S3Console|signin\.|console\.)/i;

function isLongTerm(accessKeyId: string | null): accessKeyId is string {
  return accessKeyId?.startsWith('AKIA') === true;
}

function callOfEvent({ event, at }: PreparedEvent): Call {
  const { actor, name, sourceIp, userAgent } = event;
  return { accessKeyId: actor.accessKeyId, name, at, sourceIp, userAgent };
}

function callOfBucket(bucket: CountedBucket): Call {
  return {
    accessKeyId: bucket.credential.includes(' ') ? null : bucket.credential,
    name: bucket.name,
    at: bucket.lastTime,
    sourceIp: bucket.sourceIp,
    userAgent: bucket.userAgent,
  };
}

/** Why an unminted session is, or is not, the incident's. */
interface IssuerVerdict {
  /** Leaked keys that can have made it, sorted. */
  readonly seeds: readonly string[];
  /** Null: only a leaked key in the intruder's hand can have made it. */
  readonly doubt: string | null;
}

/**
 * Federation and session tokens are got with a long-term key of the user alone. Where such a session acts and its making
 * is not in the log, its issuer is still known: is the leaked key, in the intruder's hand, the only one that can have
 * made it?
 */
export class SeedUsers {
  readonly #users = new Map<string, SeedUser>();
  readonly #hands: Hands;
  readonly #seeds: ReadonlySet<string>;

  constructor(
    incident: Incident,
    hands: Hands,
    log: PreparedLog,
    { actors }: EventIndex,
    activity: ActivityTable,
  ) {
    this.#hands = hands;
    this.#seeds = new Set(incident.compromised.accessKeyIds.filter(isLongTerm));
    const byArn = new Map<string, SeedUser>();
    const meet = (accessKeyId: string | null, arn: string | null): void => {
      const isSeed = accessKeyId !== null && this.#seeds.has(accessKeyId);
      if (isSeed && arn !== null && byArn.get(arn)?.seeds.has(accessKeyId) !== true) {
        byArn.set(arn, this.#userOf(arn, accessKeyId));
      }
    };
    for (const { accessKeyId, arn } of actors.actors) {
      meet(accessKeyId, arn);
    }
    for (const { credential, actorArn } of activity) {
      meet(credential, actorArn);
    }
    for (const [number, { arn }] of byArn.size === 0 ? [] : actors.actors.entries()) {
      const user = arn === null ? undefined : byArn.get(arn);
      for (const place of user === undefined ? [] : actors.placesOf([number])) {
        const prepared = log.passing(place);
        if (user !== undefined && prepared !== undefined) {
          this.#learn(user, callOfEvent(prepared));
        }
      }
    }
    for (const bucket of byArn.size === 0 ? [] : activity) {
      const user = bucket.actorArn === null ? undefined : byArn.get(bucket.actorArn);
      if (user !== undefined) {
        this.#learn(user, callOfBucket(bucket));
      }
    }
  }

  /** Users whose keys leaked. */
  get keys(): readonly string[] {
    return [...this.#users.keys()].sort();
  }

  /** Null for whoever is no session of such a user, or whose making is in the log, or who acts as the owner does. */
  verdict(view: ActorView, facts: TaintFacts): IssuerVerdict | null {
    const { type, accessKeyId, principalKey } = view;
    const user = principalKey === null ? undefined : this.#users.get(principalKey);
    if (
      user === undefined ||
      accessKeyId === null ||
      isLongTerm(accessKeyId) ||
      facts.minted.has(accessKeyId)
    ) {
      return null;
    }
    if ((type !== 'FederatedUser' && type !== 'IAMUser') || this.#hands.of(view) !== 'intruder') {
      return null;
    }
    return { seeds: [...user.seeds].sort(), doubt: this.#doubt(user, view, facts) };
  }

  #doubt(user: SeedUser, view: ActorView, facts: TaintFacts): string | null {
    const clean = [...user.others].filter((id) => facts.keys.get(id)?.taint !== 'tainted').sort();
    if (clean.length > 0) {
      return `the user’s other key ${clean.join(', ')} can have made it as well`;
    }
    // Console sessions look alike, and begin with a password.
    if (view.type === 'IAMUser' && (user.signsIn || browser.test(view.userAgent ?? ''))) {
      return 'it can be a console session, begun with the user’s password';
    }
    const tied =
      this.#hands.isIndicated(view) || (isAddress(view.sourceIp) && user.sources.has(view.sourceIp));
    return tied
      ? null
      : 'it acts from where the intruder was not seen with the leaked key, and its owner may make tokens too';
  }

  #userOf(arn: string, accessKeyId: string): SeedUser {
    const key = principalKeyOf(arn) ?? arn;
    const user: SeedUser = this.#users.get(key) ?? {
      seeds: new Set(),
      others: new Set(),
      sources: new Set(),
      signsIn: false,
    };
    user.seeds.add(accessKeyId);
    this.#users.set(key, user);
    return user;
  }

  #learn(user: SeedUser, call: Call): void {
    const { accessKeyId, sourceIp } = call;
    user.signsIn ||= call.name === 'ConsoleLogin';
    if (isLongTerm(accessKeyId) && !this.#seeds.has(accessKeyId)) {
      user.others.add(accessKeyId);
    }
    const isNew = accessKeyId !== null && this.#seeds.has(accessKeyId) && !user.sources.has(sourceIp ?? '');
    if (isNew && isAddress(sourceIp) && this.#hands.of(call) === 'intruder') {
      user.sources.add(sourceIp);
    }
  }
}
