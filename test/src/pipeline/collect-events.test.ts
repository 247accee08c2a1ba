import { describe, expect, test } from '@jest/globals';
import { logLimits } from '../../../src/events/log-limits.ts';
import type { ActivityBucket } from '../../../src/model/activity.ts';
import type { EventCoverage, EventSource } from '../../../src/model/event-source.ts';
import { collectEvents } from '../../../src/pipeline/collect-events.ts';

const window = { from: '2026-03-02T02:00:00Z', to: '2026-03-02T04:00:00Z' };
const seeds = { accessKeyIds: [], userNames: [], resourceNames: [] };

function source(
  coverage: readonly EventCoverage[],
  activity: readonly (readonly ActivityBucket[])[] = [],
): EventSource {
  return {
    name: 'log',
    read: async (_, sink) => {
      for (const batch of activity) {
        await sink.activity(batch);
      }
      return {
        coverage,
        gaps: [],
        counts: { files: 1, bytes: 0, records: 0, outsideWindow: 0, duplicates: 0, unparsable: 0 },
      };
    },
  };
}

const wide: EventCoverage = {
  accountId: '111122223333',
  region: 'us-east-1',
  from: '2026-03-01T00:00:00.000Z',
  to: '2026-03-05T00:00:00.000Z',
  basis: 'delivery',
  holes: [
    { from: '2026-03-01T00:00:00.000Z', to: '2026-03-01T01:00:00.000Z', why: 'before' },
    { from: '2026-03-02T03:30:00.000Z', to: '2026-03-04T00:00:00.000Z', why: 'stopped' },
  ],
};

describe('coverage', () => {
  test('ends where the question ends, however far the source reaches', async () => {
    const { coverage } = await collectEvents([source([wide])], { window, accountIds: null, seeds });
    expect(coverage).toEqual([
      {
        ...wide,
        from: window.from,
        to: window.to,
        holes: [{ from: '2026-03-02T03:30:00.000Z', to: window.to, why: 'stopped' }],
      },
    ]);
  });

  test('outside the question there is none', async () => {
    const late = { ...wide, from: '2026-03-03T00:00:00.000Z' };
    const { coverage } = await collectEvents([source([late])], { window, accountIds: null, seeds });
    expect(coverage).toEqual([]);
  });

  test('without a window it is the source’s own', async () => {
    const { coverage } = await collectEvents([source([wide])], { window: null, accountIds: null, seeds });
    expect(coverage).toEqual([wide]);
  });
});

describe('counted activity', () => {
  const bucket: ActivityBucket = {
    credential: 'AKIAIOSFODNN7EXAMPLE',
    actorArn: null,
    sessionCreatedAt: null,
    accountId: '111122223333',
    sourceIp: '198.51.100.7',
    userAgent: 'aws-cli/2.15',
    source: 'iam.amazonaws.com',
    name: 'ListUsers',
    region: 'us-east-1',
    errorCode: null,
    calls: 1,
    firstAt: '2026-03-02T03:00:00.000Z',
    lastAt: '2026-03-02T03:00:00.000Z',
  };
  const batch: readonly ActivityBucket[] = Array.from({ length: 100_000 }, () => bucket);

  test('of a long log is added up on the way, and no call is lost', async () => {
    const log = source([], [batch, batch, batch, batch]);
    const { activity } = await collectEvents([log], { window: null, accountIds: null, seeds });
    expect(activity.length).toBeLessThan(200_000);
    expect([...activity].reduce((sum, { calls }) => sum + calls, 0)).toBe(400_000);
  });

  test('beyond what there is room for is told: no call of that time and place counts as not made', async () => {
    const late = {
      ...bucket,
      name: 'ListKeys',
      firstAt: '2026-03-02T05:00:00.000Z',
      lastAt: '2026-03-03T05:00:00.000Z',
    };
    const elsewhere = { ...late, accountId: '444455556666' };
    const nowhere = { ...late, accountId: null, region: '' };
    const log = source(
      [
        { ...wide, holes: [] },
        { ...wide, accountId: '444455556666', region: 'eu-west-1', holes: [] },
      ],
      [
        [bucket, { ...bucket, name: 'GetUser' }],
        [late, elsewhere],
      ],
    );
    const limits = { ...logLimits(), buckets: 2 };
    const query = { window: null, accountIds: null, seeds };
    const { activity, gaps, coverage } = await collectEvents([log], query, limits);
    expect(Array.from(activity, ({ name }) => name)).toEqual(['GetUser', 'ListUsers']);
    expect(gaps.map(({ reason, unit, detail }) => [reason, unit.accountId, detail])).toEqual(
      ['111122223333', '444455556666'].map((accountId) => [
        'truncated',
        accountId,
        expect.stringContaining('1 counted calls from 2026-03-02T05:00:00.000Z to 2026-03-03T05:00:00.000Z'),
      ]),
    );
    const hole = { from: late.firstAt, to: '2026-03-03T05:00:00.001Z' };
    // Nothing of the other region of that account was left out.
    expect(coverage.map(({ holes }) => holes)).toEqual([[expect.objectContaining(hole)], []]);
    const wordy = await collectEvents([source([wide], [[bucket], [late]])], query, { ...limits, texts: 5 });
    expect([wordy.activity.length, wordy.gaps.length]).toEqual([1, 1]);
    const unplaced = await collectEvents(
      [source([wide, { ...wide, region: 'eu-west-1' }], [[nowhere]])],
      query,
      {
        ...limits,
        buckets: 0,
      },
    );
    expect(unplaced.coverage.map(({ holes }) => holes.at(-1))).toEqual([
      expect.objectContaining(hole),
      expect.objectContaining(hole),
    ]);
  });
});
