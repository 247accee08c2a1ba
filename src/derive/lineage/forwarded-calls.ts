import { append } from '../support/append.ts';
import type { ActorView } from './actor-view.ts';
import type { EventIndex } from './event-index.ts';
import type { PreparedLog } from './prepared-log.ts';

/** A service may still act for its caller this long after the call. */
const forwardedWithin = 3_600_000;

/** Calls by which a caller made a service act for him. */
export class ForwardedCalls {
  readonly #log: PreparedLog;
  /** Places by caller and service, in their order. */
  readonly #calls = new Map<string, number[]>();

  constructor(log: PreparedLog, { actors }: EventIndex) {
    this.#log = log;
    const callers = new Set(
      actors.flatMap(({ actor }) => (actor.arn === null || actor.invokedBy === null ? [] : [actor.arn])),
    );
    for (const { actor, places } of actors) {
      if (actor.arn !== null && actor.invokedBy === null && callers.has(actor.arn)) {
        this.#add(actor.arn, places);
      }
    }
    for (const places of this.#calls.values()) {
      places.sort((left, right) => left - right);
    }
  }

  /** Place of the last call before it that can have set the service to work; undefined where there is none. */
  before({ arn, invokedBy, at }: ActorView): number | undefined {
    const calls = arn === null || invokedBy === null ? undefined : this.#calls.get(`${arn} ${invokedBy}`);
    return calls?.findLast((place) => {
      const calledAt = this.#log.timeAt(place);
      return calledAt <= at && at - calledAt <= forwardedWithin;
    });
  }

  #add(arn: string, places: readonly number[]): void {
    for (const place of places) {
      const prepared = this.#log.passing(place);
      if (prepared?.done === true && prepared.passingActs().length > 0) {
        append(this.#calls, `${arn} ${prepared.event.source}`, place);
      }
    }
  }
}
