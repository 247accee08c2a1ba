import { describe, expect, test } from '@jest/globals';
import { mergeBuckets } from '../../../../src/derive/lineage/merge-buckets.ts';
import type { ActivityBucket } from '../../../../src/model/activity.ts';
import { plainBucket } from '../../../fixtures/lineage/plain-bucket.ts';
import { account, intruderIp, leakedKey } from '../../../fixtures/lineage/records.ts';

function bucket(more: Partial<ActivityBucket> = {}): ActivityBucket {
  return {
    credential: leakedKey,
    actorArn: `arn:aws:iam::${account}:user/deploy`,
    sessionCreatedAt: null,
    accountId: account,
    sourceIp: intruderIp,
    userAgent: 'aws-cli/2.15',
    source: 'iam.amazonaws.com',
    name: 'ListUsers',
    region: 'us-east-1',
    errorCode: null,
    calls: 1,
    firstAt: '2026-11-03T09:00:00.000Z',
    lastAt: '2026-11-03T09:00:00.000Z',
    ...more,
  };
}

function merged(buckets: readonly ActivityBucket[]): readonly ActivityBucket[] {
  return [...mergeBuckets(buckets)].map(plainBucket);
}

describe('buckets of the same calls', () => {
  test('are added up over all their time, whatever order they came in', () => {
    const early = bucket({ calls: 2, firstAt: '2026-11-03T08:00:00.000Z' });
    const late = bucket({ calls: 3, lastAt: '2026-11-03T10:00:00.000Z' });
    const other = bucket({ name: 'ListRoles' });
    const sum = bucket({ calls: 6, firstAt: early.firstAt, lastAt: late.lastAt });
    expect(merged([late, other, early, bucket()])).toEqual([other, sum]);
    expect(merged([bucket(), early, late, other])).toEqual([other, sum]);
  });

  test('times with and without fractions are compared as times', () => {
    const whole = bucket({ firstAt: '2026-11-03T09:00:00Z', lastAt: '2026-11-03T09:00:00Z' });
    const half = bucket({ firstAt: '2026-11-03T09:00:00.500Z', lastAt: '2026-11-03T09:00:00.500Z' });
    const sum = { ...whole, calls: 2, lastAt: half.lastAt };
    expect(merged([half, whole])).toEqual([sum]);
    expect(merged([whole, half])).toEqual([sum]);
  });
});

test.each<keyof Omit<ActivityBucket, 'calls' | 'firstAt' | 'lastAt'>>([
  'credential',
  'actorArn',
  'sessionCreatedAt',
  'accountId',
  'sourceIp',
  'userAgent',
  'source',
  'name',
  'region',
  'errorCode',
])('buckets that differ in %s stay two, in one order', (member) => {
  const two = [bucket({ [member]: '1' }), bucket({ [member]: '2' })];
  expect(merged(two)).toEqual(two);
  expect(merged(two.toReversed())).toEqual(two);
});

test('a line feed in one member is not the border between two', () => {
  const two = [bucket({ source: 'a', name: 'b\nc' }), bucket({ source: 'a\nb', name: 'c' })];
  expect(merged(two)).toHaveLength(2);
});

test('what is merged already stays as it is', () => {
  const table = mergeBuckets([bucket(), bucket({ name: 'ListRoles' }), bucket()]);
  expect(table).toHaveLength(2);
  expect(mergeBuckets(table)).toBe(table);
});
