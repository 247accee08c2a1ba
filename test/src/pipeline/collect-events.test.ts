import { describe, expect, test } from '@jest/globals';
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
});
