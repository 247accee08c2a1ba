import { describe, expect, test } from '@jest/globals';
import { SeenPlaces } from '../../../src/events/seen-places.ts';

const day = Date.parse('2026-11-03T00:00:00Z');

function bucket(accountId: string | null, region: string, from: number, until: number) {
  return { accountId, region, calls: 2, firstTime: day + from, lastTime: day + until };
}

describe('accounts and regions of a log', () => {
  test('are told with the first and the last time of their calls', () => {
    const places = new SeenPlaces();
    places.add(bucket('111122223333', 'eu-west-1', 500, 600));
    places.add(bucket('111122223333', 'eu-west-1', 100, 200));
    places.add(bucket(null, 'eu-west-1', 0, 1));
    places.add(bucket('111122223333', '', 0, 1));
    expect(places.told()).toEqual([
      {
        accountId: '111122223333',
        region: 'eu-west-1',
        first: '2026-11-03T00:00:00.100Z',
        last: '2026-11-03T00:00:00.600Z',
      },
    ]);
    expect(places.beyond).toBe(0);
  });

  test('are counted beyond so many, and not told as covered', () => {
    const places = new SeenPlaces(1);
    for (const region of ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-west-2', 'eu-west-1']) {
      places.add(bucket('111122223333', region, 0, 1));
    }
    expect(places.told().map(({ region }) => region)).toEqual(['eu-west-1']);
    expect(places.beyond).toBe(6);
  });
});
