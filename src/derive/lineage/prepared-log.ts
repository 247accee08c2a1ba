import type { EventList } from '../../model/event-list.ts';
import type { Called, CalledIndex } from './called.ts';
import { PreparedEvent } from './prepared-event.ts';
import { ruleOf } from './rules/rules.ts';

function mayTurn({ source, name }: Called): boolean {
  const rule = ruleOf(source, name);
  return rule !== null && rule.changesOnly !== true;
}

/**
 * The events of a trace in their order. Of a large log few are asked for more than who acted: an event is prepared when
 * it is asked for, and kept then, so that it is one object wherever it is met.
 */
export class PreparedLog {
  readonly events: EventList;
  /** Per event, in milliseconds. */
  readonly #times: Float64Array;
  readonly #called: CalledIndex;
  readonly #prepared = new Map<number, PreparedEvent>();
  readonly #replaced = new Map<number, PreparedEvent>();

  /** @param times per event, in milliseconds */
  constructor(events: EventList, times: Float64Array, called: CalledIndex) {
    this.events = events;
    this.#times = times;
    this.#called = called;
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

  /** Those that call what is wanted, prepared, in their order. */
  filter(wanted: (called: Called) => boolean): readonly PreparedEvent[] {
    const found: PreparedEvent[] = [];
    this.eachPlace(wanted, (place) => {
      const prepared = this.at(place);
      if (prepared !== undefined) {
        found.push(prepared);
      }
    });
    return found;
  }

  /** Calls `visit` with the place of every event that calls what is wanted, in their order. */
  eachPlace(wanted: (called: Called) => boolean, visit: (place: number) => void): void {
    this.#called.eachPlace(wanted, visit);
  }

  /** Calls `visit` with every event with which something may begin, end or be set, in their order. */
  eachTurn(visit: (prepared: PreparedEvent, place: number) => void): void {
    this.eachPlace(mayTurn, (place) => {
      const prepared = this.passing(place);
      if (prepared?.done === true) {
        visit(prepared, place);
      }
    });
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
