import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isBefore } from '../../../../src/derive/lineage/activity.ts';
import { ActivityCounter } from '../../../../src/derive/lineage/activity-counter.ts';
import type { ActivityTable } from '../../../../src/derive/lineage/activity-table.ts';
import type { ActivityBucket } from '../../../../src/model/activity.ts';
import { plainBucket } from '../../../fixtures/lineage/plain-bucket.ts';

/** Those that tell buckets apart, in the order in which buckets are sorted. */
const keyMembers = [
  'credential',
  'sessionCreatedAt',
  'sourceIp',
  'userAgent',
  'source',
  'name',
  'region',
  'errorCode',
  'accountId',
  'actorArn',
] as const satisfies readonly (keyof ActivityBucket)[];

function compare(left: ActivityBucket, right: ActivityBucket): number {
  for (const member of keyMembers) {
    const [leftText, rightText] = [left[member] ?? '', right[member] ?? ''];
    if (leftText !== rightText) {
      return leftText < rightText ? -1 : 1;
    }
  }
  return 0;
}

/** What counting is held against: buckets sorted and added up one by one. */
function addedUp(buckets: readonly ActivityBucket[]): readonly ActivityBucket[] {
  const sums: ActivityBucket[] = [];
  for (const bucket of buckets.toSorted(compare)) {
    const last = sums.at(-1);
    if (last === undefined || compare(last, bucket) !== 0) {
      sums.push(bucket);
    } else {
      sums[sums.length - 1] = {
        ...last,
        calls: last.calls + bucket.calls,
        firstAt: isBefore(bucket.firstAt, last.firstAt) ? bucket.firstAt : last.firstAt,
        lastAt: isBefore(last.lastAt, bucket.lastAt) ? bucket.lastAt : last.lastAt,
      };
    }
  }
  return sums;
}

function counterOf(buckets: readonly ActivityBucket[]): ActivityCounter {
  const counter = new ActivityCounter();
  counter.add(buckets);
  return counter;
}

function plain(table: ActivityTable): readonly ActivityBucket[] {
  return [...table].map(plainBucket);
}

const text = fc.constantFrom('', 'a', 'b', 'B', 'ab', 'ä', 'a\nb', '\ud800', '😀', '\uffff');
const textOrNull = fc.option(text);
const time = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(
    '2026-11-03T09:00:00.000Z',
    '2026-11-03T09:00:00.001Z',
    '2026-11-03T09:00:00Z',
    '2026-11-03T10:00:00.0+01',
    '2026-11-03T10:00:00+01:00',
    '2026-02-30T00:00:00.000Z',
    '2026-11-03T24:00:00.000Z',
    '-000001-12-31T23:59:59.999Z',
    'never',
    '',
  ),
);

function bucketsOf(texts: fc.Arbitrary<string>, textsOrNull: fc.Arbitrary<string | null>) {
  return fc.record<ActivityBucket>({
    credential: texts,
    actorArn: textsOrNull,
    sessionCreatedAt: textsOrNull,
    accountId: textsOrNull,
    sourceIp: textsOrNull,
    userAgent: textsOrNull,
    source: texts,
    name: texts,
    region: texts,
    errorCode: textsOrNull,
    calls: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(2 ** 40)),
    firstAt: time,
    lastAt: time,
  });
}

/** The same buckets, told by numbers: as texts come from a log, each several times. */
function numbered(buckets: readonly ActivityBucket[]): readonly ActivityBucket[] {
  const texts: string[] = [];
  const members = buckets.flatMap((bucket) =>
    keyMembers.map((member) => {
      const value = bucket[member];
      return value === null ? 0 : texts.push(value);
    }),
  );
  const numbers = {
    texts,
    members: Int32Array.from(members),
    calls: Int32Array.from(buckets, ({ calls }) => calls),
    times: Float64Array.from(
      buckets.flatMap(({ firstAt, lastAt }) => [Date.parse(firstAt), Date.parse(lastAt)]),
    ),
  };
  return buckets.map((bucket, row) => ({ ...bucket, numbered: { numbers, row } }));
}

const distinct = bucketsOf(text, textOrNull);
/** Of few keys, so that many are to be added up; null and the empty text stand for the same. */
const alike = bucketsOf(fc.constant('a'), fc.constantFrom(null, ''));

describe('counted activity', () => {
  test('a bucket is told as it came', () => {
    fc.assert(
      fc.property(distinct, (bucket) => {
        expect(plain(counterOf([bucket]).table())).toEqual([bucket]);
      }),
      { numRuns: 1000 },
    );
  });

  test('many are told in one order, those of one key added up', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(distinct, alike), { maxLength: 60 }), (buckets) => {
        expect(plain(counterOf(buckets).table())).toEqual(addedUp(buckets));
      }),
      { numRuns: 1000 },
    );
  });

  test('told by numbers they come to the same', () => {
    const isoTimes = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    const withTime = fc
      .tuple(fc.oneof(distinct, alike), isoTimes, isoTimes)
      .map(([bucket, firstAt, lastAt]) => ({ ...bucket, firstAt, lastAt }));
    fc.assert(
      fc.property(fc.array(withTime), fc.array(distinct), fc.array(withTime), (some, others, more) => {
        const counter = counterOf(numbered(some));
        counter.add([...others, ...numbered(more), ...numbered(some)]);
        expect(plain(counter.table())).toEqual(addedUp([...some, ...others, ...more, ...some]));
      }),
      { numRuns: 500 },
    );
  });

  test('of more buckets and texts than there was room for none is lost', () => {
    const buckets = Array.from({ length: 20_000 }, (_, index): ActivityBucket => {
      const at = new Date(Date.UTC(2026, 0, 1) + ((index * 7919) % 20_000) * 1000).toISOString();
      return {
        credential: `AKIA${(index * 7919) % 5000}`,
        actorArn: `arn ${index % 3000}`,
        sessionCreatedAt: index % 2 === 0 ? null : at,
        accountId: String(index % 7),
        sourceIp: `192.0.2.${index % 200}`,
        userAgent: `agent ${index % 2500}`,
        source: 'iam.amazonaws.com',
        name: `Action${index % 4000}`,
        region: 'us-east-1',
        errorCode: index % 5 === 0 ? 'AccessDenied' : null,
        calls: index,
        firstAt: at,
        lastAt: at,
      };
    });
    const twice = [...buckets, ...buckets.toReversed()];
    expect(plain(counterOf(twice).table())).toEqual(addedUp(twice));
  });

  test('its milliseconds are those of its times', () => {
    fc.assert(
      fc.property(distinct, (bucket) => {
        const [counted] = counterOf([bucket]).table();
        expect(counted?.firstTime).toBe(Date.parse(bucket.firstAt));
        expect(counted?.lastTime).toBe(Date.parse(bucket.lastAt));
      }),
      { numRuns: 500 },
    );
  });

  test('a table stays as it is when counting goes on', () => {
    fc.assert(
      fc.property(fc.array(alike), fc.array(fc.oneof(alike, distinct)), (before, after) => {
        const counter = counterOf(before);
        const table = counter.table();
        const told = plain(table);
        counter.add(after);
        expect(plain(table)).toEqual(told);
        expect(plain(counter.table())).toEqual(addedUp([...before, ...after]));
      }),
    );
  });
});

describe('a part of the table', () => {
  test('holds the rows that were asked for, in their order', () => {
    fc.assert(
      fc.property(fc.array(distinct, { maxLength: 20 }), (buckets) => {
        const table = counterOf(buckets).table();
        const chosen = [...table].filter(({ calls }) => calls % 2 === 0);
        const part = table.only(chosen.map(({ row }) => row));
        expect(part).toHaveLength(chosen.length);
        expect(plain(part)).toEqual(chosen.map(plainBucket));
      }),
    );
  });

  test('counted anew is without what made no call, and leaves the table as it was', () => {
    fc.assert(
      fc.property(fc.array(distinct, { maxLength: 20 }), (buckets) => {
        const table = counterOf(buckets).table();
        const told = plain(table);
        const less = table.counted(({ calls }) => calls - 3);
        expect(plain(less)).toEqual(
          told.map((bucket) => ({ ...bucket, calls: bucket.calls - 3 })).filter(({ calls }) => calls > 0),
        );
        expect(plain(table)).toEqual(told);
      }),
    );
  });
});
