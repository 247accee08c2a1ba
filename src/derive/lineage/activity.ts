import type { ActivityBucket } from '../../model/activity.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import { byText } from '../support/by-text.ts';

type CredentialActivity = TraceResult['activity'][number];

/** Counted calls of one node: a credential, a session, or one hand of a shared key. */
export interface NodeActivity {
  readonly node: string;
  readonly standing: CredentialActivity['standing'];
  readonly buckets: readonly ActivityBucket[];
}

function total(buckets: readonly ActivityBucket[]): number {
  return buckets.reduce((sum, { calls }) => sum + calls, 0);
}

function failed(buckets: readonly ActivityBucket[]): readonly ActivityBucket[] {
  return buckets.filter(({ errorCode }) => errorCode !== null);
}

function grouped(
  buckets: readonly ActivityBucket[],
  keyOf: (bucket: ActivityBucket) => string,
): readonly (readonly [string, readonly ActivityBucket[]])[] {
  const groups = new Map<string, ActivityBucket[]>();
  for (const bucket of buckets) {
    const key = keyOf(bucket);
    const group = groups.get(key) ?? [];
    group.push(bucket);
    groups.set(key, group);
  }
  return [...groups].sort(byText(([key]) => key));
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))].sort();
}

/** UTC ISO-8601 times written alike compare as text, several times as fast; with and without fractions they do not. */
export function isBefore(left: string, right: string): boolean {
  return left.length === right.length ? left < right : Date.parse(left) < Date.parse(right);
}

export function earliest(buckets: readonly ActivityBucket[]): string {
  return buckets.reduce(
    (first, { firstAt }) => (isBefore(firstAt, first) ? firstAt : first),
    buckets[0]?.firstAt ?? '',
  );
}

export function latest(buckets: readonly ActivityBucket[]): string {
  return buckets.reduce(
    (last, { lastAt }) => (isBefore(last, lastAt) ? lastAt : last),
    buckets[0]?.lastAt ?? '',
  );
}

export function serviceOf(source: string): string {
  return source.replace(/\.amazonaws\.com(?:\.cn)?$/, '');
}

function activityOf({ node, standing, buckets }: NodeActivity): CredentialActivity {
  return {
    node,
    credential: distinct(buckets.map(({ credential }) => credential))[0] ?? '',
    standing,
    calls: total(buckets),
    errors: total(failed(buckets)),
    firstAt: earliest(buckets),
    lastAt: latest(buckets),
    services: grouped(buckets, ({ source }) => serviceOf(source)).map(([service, own]) => ({
      service,
      actions: grouped(own, ({ name }) => name).map(([action, calls]) => ({
        action,
        calls: total(calls),
        errors: total(failed(calls)),
      })),
    })),
    regions: distinct(buckets.map(({ region }) => region)),
    sourceIps: distinct(buckets.map(({ sourceIp }) => sourceIp)),
    userAgents: distinct(buckets.map(({ userAgent }) => userAgent)),
    errorCodes: grouped(failed(buckets), ({ errorCode }) => errorCode ?? '').map(([code, calls]) => ({
      code,
      calls: total(calls),
    })),
  };
}

/** What every credential of the lineage did, by node. */
export function credentialActivity(nodes: readonly NodeActivity[]): TraceResult['activity'] {
  return [...nodes]
    .filter(({ buckets }) => buckets.length > 0)
    .sort(byText(({ node }) => node))
    .map(activityOf);
}
