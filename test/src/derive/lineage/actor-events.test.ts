import { describe, expect, test } from '@jest/globals';
import { ActorEvents, placesInOrder } from '../../../../src/derive/lineage/actor-events.ts';
import { actorOf } from '../../../../src/events/normalize-event.ts';

describe('ActorEvents', () => {
  test('groups the places of the events by their actors', () => {
    const actors = [actorOf(null), actorOf({ type: 'Root' }), actorOf({ type: 'IAMUser' })];
    const events = new ActorEvents(actors, Int32Array.of(0, 1, 0, 2, 1, 0));
    const places = actors.map((_, actor) => [...events.placesOf([actor])]);
    expect(places).toEqual([[0, 2, 5], [1, 4], [3]]);
    expect([...events.placesOf([2, 0])]).toEqual([0, 2, 3, 5]);
  });

  test('an empty log has none', () => {
    expect([...new ActorEvents([], new Int32Array(0)).placesOf([])]).toEqual([]);
  });
});

test('places of several lists stand in one order', () => {
  expect([...placesInOrder([Int32Array.of(2, 10), Int32Array.of(1, 9, 11)])]).toEqual([1, 2, 9, 10, 11]);
  expect([...placesInOrder([])]).toEqual([]);
});
