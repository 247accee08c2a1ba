import { type EventList, eachEvent } from '../../model/event-list.ts';
import type { TrailEvent } from '../../model/trail-event.ts';

/** Events in another order than they came in. */
export class OrderedEvents implements EventList {
  readonly length: number;
  readonly #events: EventList;
  readonly #order: Int32Array;
  readonly #better: ReadonlyMap<number, TrailEvent>;

  /**
   * @param order their places in `events`
   * @param better events that know more than their own record, by place in this list
   */
  constructor(
    events: EventList,
    order: Int32Array,
    better: ReadonlyMap<number, TrailEvent> = new Map<number, TrailEvent>(),
  ) {
    this.length = order.length;
    this.#events = events;
    this.#order = order;
    this.#better = better;
  }

  at(place: number): TrailEvent | undefined {
    const better = this.#better.size === 0 ? undefined : this.#better.get(place);
    const from = this.#order[place];
    return better ?? (from === undefined ? undefined : this.#events.at(from));
  }

  [Symbol.iterator](): Iterator<TrailEvent> {
    return eachEvent(this);
  }
}
