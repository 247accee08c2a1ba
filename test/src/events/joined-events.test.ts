import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OrderedEvents } from '../../../src/derive/lineage/ordered-events.ts';
import { JoinedEvents } from '../../../src/events/joined-events.ts';
import { isEvent, normalizeEvent } from '../../../src/events/normalize-event.ts';
import type { EventList } from '../../../src/model/event-list.ts';
import type { TrailEvent } from '../../../src/model/trail-event.ts';
import { shapes } from './support.ts';

const events = shapes.flatMap((record, index): readonly TrailEvent[] => {
  const event = normalizeEvent(record, { file: '', index });
  return isEvent(event) ? [event] : [];
});

/** The same by place and one after the other, and nothing beyond. */
function expectList(list: EventList, expected: readonly TrailEvent[]): void {
  expect(list.length).toBe(expected.length);
  expect([...list]).toEqual(expected);
  expect(expected.map((_, place) => list.at(place))).toEqual(expected);
  expect([list.at(expected.length), list.at(-1)]).toEqual([undefined, undefined]);
}

describe('lists of events', () => {
  test('joined are one after the other', () => {
    const lists = fc.array(fc.array(fc.constantFrom(...events), { maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(lists, (parts) => {
        const joined = new JoinedEvents();
        for (const part of parts) {
          joined.add(part);
        }
        expectList(joined, parts.flat());
      }),
      { numRuns: 50 },
    );
  });

  test('in another order, some of them better known', () => {
    const order = fc.shuffledSubarray(events.map((_, place) => place));
    fc.assert(
      fc.property(order, fc.nat(), (places, better) => {
        const known = events[0];
        const expected = places.flatMap((place) => events[place] ?? []);
        const replaced = new Map<number, TrailEvent>();
        if (known !== undefined && better < expected.length) {
          expected[better] = known;
          replaced.set(better, known);
        }
        expectList(new OrderedEvents(events, Int32Array.from(places), replaced), expected);
      }),
      { numRuns: 50 },
    );
  });
});
