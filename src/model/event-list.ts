import type { TrailEvent } from './trail-event.ts';

/**
 * Events one after the other; a plain array is one. Those of a large log are read from where they are kept: the same
 * place may give another object each time, so an event is known by its place or its id and never by identity. The
 * objects of actors stay the same.
 */
export interface EventList extends Iterable<TrailEvent> {
  readonly length: number;
  /** @param place from 0; undefined where no event has it */
  at(place: number): TrailEvent | undefined;
}

/** The events of a list by their places, for lists that have no other way. */
export function* eachEvent(list: Pick<EventList, 'length' | 'at'>): Generator<TrailEvent> {
  for (let place = 0; place < list.length; place += 1) {
    const event = list.at(place);
    if (event !== undefined) {
      yield event;
    }
  }
}
