import type { ActivityBucket } from '../../model/activity.ts';
import type { ActivityList } from '../../model/activity-list.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import { byText } from '../support/by-text.ts';
import { earliest, latest, serviceOf } from './activity.ts';
import { type ImpactKind, impactRuleOf, isDiscovery } from './impact-kinds.ts';
import type { PreparedEvent } from './prepared-event.ts';

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

/** In a region in which nobody but the incident did anything. Where nothing is known of others, nothing is unusual. */
function newRegionTest(
  own: readonly ActivityBucket[],
  others: ActivityList,
): (bucket: ActivityBucket) => boolean {
  const places = new Map<string | null, Set<string>>();
  for (const { accountId, region } of others.length === 0 ? [] : own) {
    const regions = places.get(accountId);
    if (regions === undefined) {
      places.set(accountId, new Set([region]));
    } else {
      regions.add(region);
    }
  }
  for (const { accountId, region } of others) {
    places.get(accountId)?.delete(region);
  }
  return ({ accountId, region }) => places.get(accountId)?.has(region) === true;
}

/** What calls were about, by place; every region of an account stands for itself and under none. */
type ResourcesByPlace = ReadonlyMap<string, ReadonlySet<string>>;

type Place = Pick<ActivityBucket, 'source' | 'name' | 'accountId'>;

function placeKey({ source, name, accountId }: Place, region: string | null): string {
  return JSON.stringify([source, name, accountId, region]);
}

function resourcesByPlace(
  events: readonly PreparedEvent[],
  wantedNames: ReadonlySet<string>,
): ResourcesByPlace {
  const found = new Map<string, Set<string>>();
  for (const { event, acts } of events) {
    for (const region of acts.length > 0 && wantedNames.has(event.name) ? [event.region, null] : []) {
      const key = placeKey(event, region);
      const resources = found.get(key) ?? new Set<string>();
      for (const { seed } of acts) {
        resources.add(seed.arn ?? seed.label);
      }
      found.set(key, resources);
    }
  }
  return found;
}

function resourcesOf(found: Group, byPlace: ResourcesByPlace): string[] {
  const keys = new Set(found.buckets.map((bucket) => placeKey(bucket, found.region)));
  const resources = [...keys].flatMap((key) => [...(byPlace.get(key) ?? [])]);
  return [...new Set(resources)].sort().slice(0, 200);
}

function impactOf(found: Group, byPlace: ResourcesByPlace): Impact {
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
    resources: kind === 'new-region' || kind === 'discovery' ? [] : resourcesOf(found, byPlace),
  };
}

/**
 * What the incident did besides making things.
 * @param own activity of tainted credentials
 * @param others activity of all others, for what is usual
 */
export function impactsOf(
  own: readonly ActivityBucket[],
  others: ActivityList,
  events: readonly PreparedEvent[],
): TraceResult['impact'] {
  const groups = new Map<string, Group>();
  const isUnusual = newRegionTest(own, others);
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
    if (isUnusual(bucket)) {
      group(groups, bucket, {
        kind: 'new-region',
        title: 'A region in which nobody else was active',
        region: bucket.region,
      });
    }
  }
  const names = new Set([...groups.values()].flatMap(({ buckets }) => buckets.map(({ name }) => name)));
  const byPlace = resourcesByPlace(events, names);
  return [...groups.values(), ...discoveryGroups(own)]
    .map((found) => impactOf(found, byPlace))
    .sort(byText(({ kind, title, accountId, region }) => `${kind} ${title} ${accountId} ${region}`));
}
