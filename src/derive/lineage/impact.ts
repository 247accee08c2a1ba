import type { ActivityBucket } from '../../model/activity.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import { byText } from '../support/by-text.ts';
import { earliest, latest, serviceOf } from './activity.ts';
import { type ImpactKind, impactRuleOf, isDiscovery } from './impact-kinds.ts';
import type { PreparedEvent } from './prepare-events.ts';

type Impact = TraceResult['impact'][number];

interface Group {
  readonly kind: ImpactKind;
  readonly title: string;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly buckets: ActivityBucket[];
}

/** So many different reading actions by one credential in one region are no ordinary day's work. */
const burstActions = 15;

function group(
  groups: Map<string, Group>,
  bucket: ActivityBucket,
  about: Pick<Group, 'kind' | 'title' | 'region'>,
): void {
  const { accountId } = bucket;
  const key = [about.kind, about.title, accountId ?? '', about.region ?? ''].join('\n');
  const known = groups.get(key) ?? { ...about, accountId, buckets: [] };
  known.buckets.push(bucket);
  groups.set(key, known);
}

function discoveryGroups(buckets: readonly ActivityBucket[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const bucket of buckets) {
    if (isDiscovery(bucket.name)) {
      group(groups, bucket, { kind: 'discovery', title: 'Burst of discovery', region: bucket.region });
    }
  }
  return [...groups.values()].filter(
    (found) => new Set(found.buckets.map(({ source, name }) => `${source} ${name}`)).size >= burstActions,
  );
}

/** Who am I, what may I: calls that stolen credentials are tried with. */
const enumeration =
  /^(?:GetCallerIdentity|GetAccountAuthorizationDetails|SimulatePrincipalPolicy|GetSendQuota|GetAccountSummary|ListUsers|ListRoles|ListAccessKeys|ListAttachedUserPolicies|ListUserPolicies|GetUser|ListGroupsForUser|ListAccounts|DescribeOrganization)$/;

/** Regions in which nobody but the incident did anything. */
function newRegions(own: readonly ActivityBucket[], others: readonly ActivityBucket[]): ReadonlySet<string> {
  const placeOf = ({ accountId, region }: ActivityBucket): string => `${accountId} ${region}`;
  const usual = new Set(others.map(placeOf));
  return new Set(own.map(placeOf).filter((place) => usual.size > 0 && !usual.has(place)));
}

type EventsByName = ReadonlyMap<string, readonly PreparedEvent[]>;

function byName(events: readonly PreparedEvent[]): EventsByName {
  const found = new Map<string, PreparedEvent[]>();
  for (const prepared of events) {
    const key = `${prepared.event.source} ${prepared.event.name}`;
    const list = found.get(key);
    if (list === undefined) {
      found.set(key, [prepared]);
    } else {
      list.push(prepared);
    }
  }
  return found;
}

function resourcesOf(found: Group, events: EventsByName): string[] {
  const names = new Set(found.buckets.map(({ source, name }) => `${source} ${name}`));
  const resources = [...names]
    .flatMap((name) => events.get(name) ?? [])
    .filter(
      ({ event }) =>
        (event.accountId ?? null) === found.accountId && event.region === (found.region ?? event.region),
    )
    .flatMap(({ acts }) => acts.map(({ seed }) => seed.arn ?? seed.label));
  return [...new Set(resources)].sort().slice(0, 200);
}

function impactOf(found: Group, events: EventsByName): Impact {
  const { kind, title, accountId, region, buckets } = found;
  const actions = buckets.map(({ source, name }) => `${serviceOf(source)}:${name}`);
  return {
    kind,
    title,
    accountId,
    region,
    calls: buckets.reduce((sum, { calls }) => sum + calls, 0),
    succeeded: buckets.reduce((sum, { calls, errorCode }) => sum + (errorCode === null ? calls : 0), 0),
    firstAt: earliest(buckets),
    lastAt: latest(buckets),
    actions: [...new Set(actions)].sort(),
    resources: kind === 'new-region' || kind === 'discovery' ? [] : resourcesOf(found, events),
  };
}

/**
 * What the incident did besides making things.
 * @param own activity of tainted credentials
 * @param others activity of all others, for what is usual
 */
export function impactsOf(
  own: readonly ActivityBucket[],
  others: readonly ActivityBucket[],
  events: readonly PreparedEvent[],
): TraceResult['impact'] {
  const groups = new Map<string, Group>();
  const named = byName(events);
  const unusual = newRegions(own, others);
  for (const bucket of own) {
    const rule = impactRuleOf(serviceOf(bucket.source), bucket.name);
    if (rule !== null) {
      group(groups, bucket, { kind: rule.kind, title: rule.title, region: bucket.region });
    }
    if (enumeration.test(bucket.name)) {
      group(groups, bucket, {
        kind: 'enumeration',
        title: 'Own identity, rights and neighbours looked into',
        region: null,
      });
    }
    if (unusual.has(`${bucket.accountId} ${bucket.region}`)) {
      group(groups, bucket, {
        kind: 'new-region',
        title: 'A region in which nobody else was active',
        region: bucket.region,
      });
    }
  }
  return [...groups.values(), ...discoveryGroups(own)]
    .map((found) => impactOf(found, named))
    .sort(byText(({ kind, title, accountId, region }) => `${kind} ${title} ${accountId} ${region}`));
}
