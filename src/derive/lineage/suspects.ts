import type { ActivityBucket } from '../../model/activity.ts';
import type { Incident } from '../../model/incident.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import type { EventActor } from '../../model/trail-event.ts';
import { append } from '../support/append.ts';
import { byText } from '../support/by-text.ts';
import { type Hands, isAddress, neighbourhood } from './hands.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { PreparedLog } from './prepared-log.ts';
import { text } from './rules/read-member.ts';

type Suspect = TraceResult['suspects'][number];

/** A credential outside the lineage that was used from a source of the incident. */
export interface Lead {
  readonly credential: string;
  readonly actorArn: string | null;
  readonly buckets: readonly ActivityBucket[];
}

/** An unminted session of the leaked key's user, and why it is not counted as the intruder's. */
export interface Doubt {
  readonly actorArn: string;
  readonly doubt: string;
  readonly eventIds: readonly string[];
}

/**
 * Proposed, never convicted: an office's or a provider's address is shared by many.
 * @param ownSources addresses of clients from which the incident acted
 */
export function leadsOf(
  others: Iterable<ActivityBucket>,
  ownSources: ReadonlySet<string>,
  hands: Hands,
): readonly Lead[] {
  const leads = new Map<string, ActivityBucket[]>();
  for (const bucket of others) {
    const { sourceIp } = bucket;
    const shares = sourceIp !== null && ownSources.has(sourceIp) && !hands.isTrusted(sourceIp);
    if (shares || hands.isIndicated(bucket)) {
      append(leads, bucket.credential, bucket);
    }
  }
  return [...leads]
    .map(([credential, buckets]) => ({ credential, actorArn: buckets[0]?.actorArn ?? null, buckets }))
    .sort(byText(({ credential }) => credential));
}

const uniqueId = /^service ((?:AIDA|AROA)[A-Z0-9]+)(?::.*)?$/;

/** `AROA…` of `AROA…:session`. */
function idOf({ principalId }: EventActor): string {
  const end = principalId?.indexOf(':') ?? -1;
  return (end < 0 ? principalId : principalId?.slice(0, end)) ?? '';
}

/** Who stands behind the ids by which another account's records name a caller. */
export function namesOfIds(leads: readonly Lead[], { events }: PreparedLog): ReadonlyMap<string, string> {
  const wanted = new Set(leads.flatMap(({ credential }) => uniqueId.exec(credential)?.[1] ?? []));
  const names = new Map<string, string>();
  for (const { actor } of wanted.size === 0 ? [] : events) {
    const id = idOf(actor);
    const arn = actor.sessionIssuerArn ?? actor.arn;
    if (arn !== null && wanted.has(id)) {
      names.set(id, arn);
    }
  }
  return names;
}

/** Another account's record names its caller by id alone: that is no credential and no service. */
function calledBy(credential: string, actorArn: string | null, names: ReadonlyMap<string, string>): string {
  const id = uniqueId.exec(credential)?.[1];
  if (id === undefined) {
    return actorArn ?? credential;
  }
  return `the principal ${names.get(id) ?? id}, which only the called account’s copy of the calls names,`;
}

export function suspectOfLead(
  { credential, actorArn, buckets }: Lead,
  names: ReadonlyMap<string, string>,
): Suspect {
  const sources = [...new Set(buckets.map(({ sourceIp }) => sourceIp))].filter(isAddress).sort();
  const calls = buckets.reduce((sum, bucket) => sum + bucket.calls, 0);
  const where = sources.length === 0 ? 'an agent named as an indicator' : sources.join(', ');
  return {
    id: uniqueId.exec(credential)?.[1] ?? credential,
    why: `${calledBy(credential, actorArn, names)} made ${calls} calls from ${where}, where the incident was active too; a shared source proves nothing`,
    eventIds: [],
  };
}

/** Where the owner and the intruder of a leaked credential could not be told apart, or were told by habit alone. */
export function handNotes(
  incident: Incident,
  hands: Hands,
  seedKeysSeen: ReadonlySet<string>,
  ownerBuckets: readonly ActivityBucket[],
): readonly Suspect[] {
  if (hands.canTell) {
    return habitNotes(hands, ownerBuckets);
  }
  return incident.compromised.accessKeyIds
    .filter((id) => seedKeysSeen.has(id))
    .map((id) => ({
      id,
      why: 'no trusted network is named and nothing was seen of its owner before the window: every call of this key counts as the intruder’s; name trusted networks to tell the owner apart',
      eventIds: [],
    }));
}

/** Habit is no proof: who imitates the owner, or came before the window, would be taken for him. */
function habitNotes(hands: Hands, ownerBuckets: readonly ActivityBucket[]): readonly Suspect[] {
  const habitual = new Map<string, ActivityBucket[]>();
  for (const bucket of ownerBuckets) {
    if (!hands.isTrusted(bucket.sourceIp)) {
      append(habitual, bucket.credential, bucket);
    }
  }
  return [...habitual].sort(byText(([id]) => id)).map(([id, own]) => {
    const calls = own.reduce((sum, bucket) => sum + bucket.calls, 0);
    const places = [...new Set(own.map(({ sourceIp }) => neighbourhood(sourceIp)))].sort().join(', ');
    return {
      id,
      why: `${calls} calls from ${places} inside the window count as the owner’s by habit alone: the same tool and network were seen before the window; an intruder who imitates them or came earlier would be taken for the owner; name trusted networks to be sure`,
      eventIds: [],
    };
  });
}

/** Sessions of the leaked key's user that act although the log does not hold their making. */
export function unmintedLeads(doubts: ReadonlyMap<string, Doubt>): readonly Suspect[] {
  return [...doubts].map(([id, { actorArn, doubt, eventIds }]) => ({
    id,
    why: `a session of ${actorArn} whose making is not in the log; the leaked key can have made it, but ${doubt}`,
    eventIds: [...eventIds],
  }));
}

/** So far apart, in milliseconds, can the asking for a session and its beginning be. */
const reach = 10_000;

/** Those of events in the order of time that happened about then. */
function around(events: readonly PreparedEvent[], at: number): readonly PreparedEvent[] {
  let from = 0;
  for (let until = events.length; from < until; ) {
    const middle = Math.floor((from + until) / 2);
    if ((events[middle]?.at ?? 0) < at - reach) {
      from = middle + 1;
    } else {
      until = middle;
    }
  }
  let end = from;
  while (end < events.length && (events[end]?.at ?? 0) <= at + reach) {
    end += 1;
  }
  return events.slice(from, end);
}

/** Roles whose sessions cannot be tied to one person: only account, role and time speak. */
export function directoryLeads(
  log: PreparedLog,
  isTainted: (prepared: PreparedEvent) => boolean,
): readonly Suspect[] {
  const asked = log.filter(({ name }) => name === 'GetRoleCredentials').filter(isTainted);
  const begun = new Map<string | null, PreparedEvent[]>();
  const saml = asked.length === 0 ? [] : log.filter(({ name }) => name === 'AssumeRoleWithSAML');
  for (const prepared of saml) {
    if (!isTainted(prepared)) {
      append(begun, prepared.event.accountId, prepared);
    }
  }
  return asked.flatMap(({ event, at }) => {
    const role = text(event, 'service.role_name', 'request.roleName');
    const account = text(event, 'service.account_id', 'request.accountId');
    const near = around(begun.get(account) ?? [], at).filter((session) =>
      (text(session.event, 'request.roleArn') ?? '').includes(`AWSReservedSSO_${role}_`),
    );
    return near.map((session) => ({
      id: text(session.event, 'response.credentials.accessKeyId') ?? session.event.id,
      why: `a session of ${role} in ${account} began when the incident's directory user asked for one; only role, account and time tie them`,
      eventIds: [event.id, session.event.id].sort(),
    }));
  });
}

/** Each suspect once, with all its reasons in order. */
export function mergedSuspects(suspects: readonly Suspect[]): TraceResult['suspects'] {
  const merged = new Map<string, { why: Set<string>; eventIds: Set<string> }>();
  for (const { id, why, eventIds } of suspects) {
    const entry = merged.get(id) ?? { why: new Set<string>(), eventIds: new Set<string>() };
    entry.why.add(why);
    for (const eventId of eventIds) {
      entry.eventIds.add(eventId);
    }
    merged.set(id, entry);
  }
  return [...merged]
    .map(([id, { why, eventIds }]) => ({
      id,
      why: [...why].sort().join('; '),
      eventIds: [...eventIds].sort(),
    }))
    .sort(byText(({ id }) => id));
}
