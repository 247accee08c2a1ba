import type { CreatedThing, TriageActivity, TriageReach } from '../model/triage-result.ts';
import { actionOf, type HistoryEvent, textAt } from './history-event.ts';
import { mints } from './minted-credentials.ts';

const readsByName =
  /^(?:BatchGet|Check|Describe|Detect|Get|Head|List|Lookup|Query|Search|Select|Simulate|Test|View)/;
const mostLatest = 15;
const mostSeen = 25;

/** CloudTrail calls some calls that hand out credentials reads; they are not. */
export function changes(event: HistoryEvent): boolean {
  return mints(event) || (event.readOnly === null ? !readsByName.test(event.name) : !event.readOnly);
}

type Seen = TriageActivity['sourceIps'][number];

/** Most calls first. Takes the newest event first. */
function seenOf(
  events: readonly HistoryEvent[],
  textOf: (event: HistoryEvent) => string | null,
): readonly Seen[] {
  const found = new Map<string, Seen>();
  for (const event of events) {
    const value = textOf(event);
    if (value === null || value === '') {
      continue;
    }
    const known = found.get(value) ?? { value, calls: 0, firstAt: event.at, lastAt: event.at };
    found.set(value, {
      value,
      calls: known.calls + 1,
      firstAt: event.at,
      lastAt: known.lastAt,
    });
  }
  return [...found.values()]
    .sort((left, right) => right.calls - left.calls || (left.value < right.value ? -1 : 1))
    .slice(0, mostSeen);
}

function writesByService(writes: readonly HistoryEvent[]): TriageActivity['writesByService'] {
  const services = [...new Set(writes.map(({ service }) => service))].sort();
  return services.map((service) => ({
    service,
    actions: seenOf(
      writes.filter((event) => event.service === service),
      ({ name }) => name,
    ).map(({ value, calls, lastAt }) => ({ action: value, calls, lastAt })),
  }));
}

export function newestFirst(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return events.toSorted((left, right) =>
    left.at === right.at ? (left.id < right.id ? -1 : 1) : left.at > right.at ? -1 : 1,
  );
}

export function keyActivity(events: readonly HistoryEvent[]): TriageActivity {
  const sorted = newestFirst(events);
  const writes = sorted.filter((event) => event.errorCode === null && changes(event));
  const failed = sorted.filter((event) => event.errorCode !== null);
  return {
    events: sorted.length,
    errors: failed.length,
    firstAt: sorted.at(-1)?.at ?? null,
    lastAt: sorted[0]?.at ?? null,
    writes: writes.length,
    firstWriteAt: writes.at(-1)?.at ?? null,
    writesByService: [...writesByService(writes)],
    errorCodes: [...seenOf(failed, ({ errorCode }) => errorCode)],
    sourceIps: [...seenOf(sorted, ({ sourceIp }) => sourceIp)],
    userAgents: [...seenOf(sorted, ({ userAgent }) => userAgent)],
    regions: [...seenOf(sorted, ({ region }) => region)],
    latest: sorted.slice(0, mostLatest).map((event) => ({
      eventId: event.id,
      at: event.at,
      action: actionOf(event),
      region: event.region,
      sourceIp: event.sourceIp,
      userAgent: event.userAgent,
      errorCode: event.errorCode,
    })),
  };
}

const makesByName = /^(?:Allocate|Copy|Create|Import|Publish|Register|Request|Run|Upload)/;

/** The first ARN in an answer: of what was made, in every service whose answers name it. */
function firstArn(value: unknown, depth = 4): string | null {
  if (typeof value === 'string') {
    return value.startsWith('arn:') ? value : null;
  }
  if (typeof value !== 'object' || value === null || depth === 0) {
    return null;
  }
  for (const member of Object.values(value)) {
    const found = firstArn(member, depth - 1);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

function firstName(members: Readonly<Record<string, unknown>>): string | null {
  const named = Object.entries(members).find(
    ([name, value]) => /(?:name|id)$/i.test(name) && typeof value === 'string' && value !== '',
  );
  return named === undefined ? null : String(named[1]);
}

/** Things that successful calls made, oldest first. Sessions and other credentials are told as minted, not here. */
export function createdThings(events: readonly HistoryEvent[]): readonly CreatedThing[] {
  return newestFirst(events)
    .filter((event) => event.errorCode === null && makesByName.test(event.name) && !mints(event))
    .map((event) => ({
      action: actionOf(event),
      resource:
        firstArn(event.response) ?? firstName(event.request) ?? firstName(event.response) ?? '(not named)',
      at: event.at,
      region: event.region,
      eventId: event.id,
      madeBy: event.accessKeyId ?? event.actorArn ?? 'unknown',
    }))
    .reverse();
}

/** Roles that were really assumed, the last time each. */
export function assumedRoles(events: readonly HistoryEvent[]): TriageReach['seen'] {
  const found = new Map<string, TriageReach['seen'][number]>();
  for (const event of newestFirst(events)) {
    const roleArn = textAt(event.request, 'roleArn');
    if (event.service === 'sts' && event.errorCode === null && roleArn !== null && !found.has(roleArn)) {
      const accountId = roleArn.split(':')[4] ?? '';
      found.set(roleArn, { roleArn, accountId, at: event.at, eventId: event.id });
    }
  }
  return [...found.values()].sort((left, right) => (left.roleArn < right.roleArn ? -1 : 1));
}
