import { describe, expect, test } from '@jest/globals';
import type { EventCoverage, EventSource } from '../../../src/model/event-source.ts';
import { collectEvents } from '../../../src/pipeline/collect-events.ts';

const window = { from: '2026-03-02T02:00:00Z', to: '2026-03-02T04:00:00Z' };
const seeds = { accessKeyIds: [], userNames: [], resourceNames: [] };

function source(coverage: readonly EventCoverage[]): EventSource {
  return {
    name: 'log',
    read: () =>
      Promise.resolve({
        coverage,
        gaps: [],
        counts: { files: 1, bytes: 0, records: 0, outsideWindow: 0, duplicates: 0, unparsable: 0 },
      }),
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
