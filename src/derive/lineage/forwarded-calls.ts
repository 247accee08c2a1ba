import type { ActorView } from './actor-view.ts';
import type { EventIndex } from './event-index.ts';
import { KeyedNumbers, type NumbersByKey } from './numbers-by-key.ts';
import type { PreparedLog } from './prepared-log.ts';

/** A service may still act for its caller this long after the call. */
const forwardedWithin = 3_600_000;

/** Calls by which a caller made a service act for him. */
export class ForwardedCalls {
  readonly #log: PreparedLog;
  /** Places by caller and service, in their order. */
  readonly #calls: NumbersByKey;

  constructor(log: PreparedLog, { actors }: EventIndex) {
    this.#log = log;
    const callers = new Set(
      actors.actors.flatMap(({ arn, invokedBy }) => (arn === null || invokedBy === null ? [] : [arn])),
    );
    const own = actors.actors.flatMap(({ arn, invokedBy }, number) =>
      arn !== null && invokedBy === null && callers.has(arn) ? [number] : [],
    );
    const calls = new KeyedNumbers();
    for (const place of actors.placesOf(own)) {
      const prepared = log.passing(place);
      if (prepared?.done === true && prepared.passingActs().length > 0) {
        const { actor, source } = prepared.event;
        calls.add(`${actor.arn} ${source}`, place);
      }
    }
    this.#calls = calls.sealed();
  }

  /** Place of the last call before it that can have set the service to work; undefined where there is none. */
  before({ arn, invokedBy, at }: ActorView): number | undefined {
    if (arn === null || invokedBy === null) {
      return undefined;
    }
    return this.#calls.findLast(`${arn} ${invokedBy}`, (place) => {
      const calledAt = this.#log.timeAt(place);
      const isWithin = calledAt <= at && at - calledAt <= forwardedWithin;
      const event = isWithin ? this.#log.events.at(place) : undefined;
      return event?.actor.arn === arn && event.source === invokedBy;
    });
  }
}
