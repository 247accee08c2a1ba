import type { EventList } from '../../model/event-list.ts';
import type { TrailEvent } from '../../model/trail-event.ts';
import { PreparedEvent } from './prepared-event.ts';
import { ruleOf } from './rules/rules.ts';

/**
 * The events of a trace in their order. Of a large log few are asked for more than who acted: an event is prepared when
 * it is asked for, and kept then, so that it is one object wherever it is met.
 */
export class PreparedLog {
  readonly events: EventList;
  /** Per event, in milliseconds. */
  readonly #times: Float64Array;
  readonly #prepared = new Map<number, PreparedEvent>();
  readonly #replaced = new Map<number, PreparedEvent>();

  /** @param times per event, in milliseconds */
  constructor(events: EventList, times: Float64Array) {
    this.events = events;
    this.#times = times;
  }

  at(place: number): PreparedEvent | undefined {
    const known = this.#prepared.get(place);
    const event = known === undefined ? this.events.at(place) : undefined;
    if (event === undefined) {
      return known;
    }
    const prepared = new PreparedEvent(event, null);
    this.#prepared.set(place, prepared);
    return prepared;
  }

  /** Not kept unless it was asked for before: to look once through all events of a log. */
  passing(place: number): PreparedEvent | undefined {
    const known = this.#prepared.get(place);
    const event = known === undefined ? this.events.at(place) : undefined;
    return event === undefined ? known : new PreparedEvent(event, null);
  }

  /** Milliseconds; not a number where no event has this place. */
  timeAt(place: number): number {
    return this.#times[place] ?? Number.NaN;
  }

  /** Prepared ones of these events, in their order. */
  filter(wanted: (event: TrailEvent) => boolean): readonly PreparedEvent[] {
    const found: PreparedEvent[] = [];
    for (let place = 0; place < this.events.length; place += 1) {
      const event = this.events.at(place);
      const prepared = event !== undefined && wanted(event) ? this.at(place) : undefined;
      if (prepared !== undefined) {
        found.push(prepared);
      }
    }
    return found;
  }

  /** Calls `visit` with every event with which something may begin, end or be set, in their order. */
  eachTurn(visit: (prepared: PreparedEvent, place: number) => void): void {
    let place = -1;
    for (const event of this.events) {
      place += 1;
      const rule = event.errorCode === null ? ruleOf(event.source, event.name) : null;
      const prepared = rule === null || rule.changesOnly === true ? undefined : this.passing(place);
      if (prepared?.turns === true) {
        visit(prepared, place);
      }
    }
  }

  /** Where other events tell more of an event than its own record. */
  replace(place: number, prepared: PreparedEvent): void {
    this.#prepared.set(place, prepared);
    this.#replaced.set(place, prepared);
  }

  /** Those of which other events told more, in their order. */
  replaced(): readonly PreparedEvent[] {
    return [...this.#replaced].sort(([left], [right]) => left - right).map(([, prepared]) => prepared);
  }
}
