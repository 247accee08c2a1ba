import type { TrailEvent } from './trail-event.ts';

/**
 * Events one after the other; a plain array is one. Those of a large log are read from where they are kept: the same
 * place may give another object each time, so an event is known by its place or its id and never by identity. The
 * objects of actors stay the same.
 */
export interface EventList extends Iterable<TrailEvent> {
  readonly length: number;
  /** Undefined where no event has this place; never counts from the end. */
  at(place: number): TrailEvent | undefined;
}
