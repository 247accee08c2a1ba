import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { placesInTime } from '../../../../src/derive/lineage/time-order.ts';

/** Some that many share, some of no whole second, some too far apart for one number, some of no whole millisecond. */
const time = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((second) => Date.UTC(2023, 6, 10) + second * 1000),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(-8.64e15, 8.64e15, 0.5, 1_600_000_000_123, 1_600_000_000_000),
);

describe('places in the order of time', () => {
  it('are those that a comparison of all would give', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(time, fc.integer({ min: 0, max: 3 })), { maxLength: 60 }), (events) => {
        const times = Float64Array.from(events, ([at]) => at);
        const orderOf = (place: number): number => events[place]?.[1] ?? 0;
        const byOrder = (left: number, right: number): number =>
          orderOf(left) - orderOf(right) || left - right;
        const expected = events
          .map((_, place) => place)
          .toSorted((left, right) => (times[left] ?? 0) - (times[right] ?? 0) || byOrder(left, right));
        expect([...placesInTime(times, byOrder)]).toEqual(expected);
      }),
    );
  });

  it('keeps places of one time apart in long stretches too', () => {
    const times = new Float64Array(500).fill(1_600_000_000_000);
    const reversed = placesInTime(times, (left, right) => right - left);
    expect([...reversed]).toEqual(Array.from({ length: 500 }, (_, place) => 499 - place));
  });

  it('is empty for no events', () => {
    expect(placesInTime(new Float64Array(), () => 0)).toHaveLength(0);
  });
});
