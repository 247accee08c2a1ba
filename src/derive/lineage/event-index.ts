import type { EventActor, TrailEvent } from '../../model/trail-event.ts';
import { ActorEvents, placesInOrder } from './actor-events.ts';
import { ActorTexts, type ActorView, partsOfActor, viewOfEvent } from './actor-view.ts';
import { type Assumption, assumptionOf, keysOfAssumption } from './assumption.ts';
import { KeyedNumbers, type NumbersByKey } from './numbers-by-key.ts';
import type { PreparedLog } from './prepared-log.ts';
import { directoryUserOf } from './rules/place.ts';
import { text } from './rules/read-member.ts';

/** Where events of an unknown session are looked for: by the minute in which it was made. */
export function minuteOf(at: number): string {
  return String(Math.floor(at / 60_000));
}

/** Service roles of Identity Center, made in the accounts after an assignment. */
export function reservedRoleOf(event: TrailEvent): string | null {
  const byService = event.actor.invokedBy === 'sso.amazonaws.com' || event.sourceIp === 'sso.amazonaws.com';
  const name = byService && event.source === 'iam.amazonaws.com' ? text(event, 'request.roleName') : null;
  return name?.startsWith('AWSReservedSSO_') ? name : null;
}

/** Keys of the event alone: mostly none. */
function keysOfEvent(event: TrailEvent): readonly string[] {
  const keys = keysOfAssumption(event);
  const directoryUser = directoryUserOf(event);
  const from = event.name === 'SwitchRole' ? text(event, 'additional.SwitchFrom') : null;
  return directoryUser === null && from === null
    ? keys
    : [
        ...keys,
        ...(directoryUser === null ? [] : [`directory ${directoryUser}`]),
        ...(from === null ? [] : [`switch ${from}`]),
      ];
}

/** Keys under which whatever an actor does is found. */
function keysOfActor(actor: EventActor, named: ReadonlySet<string>, texts: ActorTexts): readonly string[] {
  const { accessKeyId, arn, invokedBy } = actor;
  const { principalKey, sessionName, sessionCreatedAt } = partsOfActor(actor, texts);
  const keys = accessKeyId === null ? [] : [`key ${accessKeyId}`];
  if (arn !== null) {
    keys.push(`arn ${arn} ${sessionCreatedAt === null ? 'unknown' : minuteOf(sessionCreatedAt)}`);
    if (named.has(arn)) {
      keys.push(`named ${arn}`);
    }
  }
  if (principalKey !== null) {
    keys.push(`principal ${principalKey}`);
  }
  if (principalKey !== null && sessionName !== null) {
    keys.push(`runner ${principalKey} ${sessionName}`);
    if (sessionName.startsWith('i-')) {
      keys.push(`instance ${sessionName}`);
    }
  }
  if (arn !== null && invokedBy !== null) {
    keys.push(`forwarded ${arn} ${invokedBy}`);
  }
  return keys;
}

/** Finds the events that a new fact may concern without reading the others. */
export class EventIndex {
  readonly actors: ActorEvents;
  readonly #log: PreparedLog;
  readonly #texts = new ActorTexts();
  /** Actors, and places of events, by their keys. */
  readonly #actorsByKey: NumbersByKey;
  readonly #eventsByKey: NumbersByKey;
  #lastPlace = -1;
  #lastView: ActorView | undefined;

  /** @param named ARNs that people named: only these are looked up by the whole ARN */
  constructor(log: PreparedLog, named: ReadonlySet<string>) {
    this.#log = log;
    const eventsByKey = new KeyedNumbers();
    const numbers = new Map<EventActor, number>();
    const actorOf = new Int32Array(log.events.length);
    let place = -1;
    for (const event of log.events) {
      place += 1;
      const number = numbers.get(event.actor) ?? numbers.size;
      numbers.set(event.actor, number);
      actorOf[place] = number;
      for (const key of keysOfEvent(event)) {
        eventsByKey.add(key, place);
      }
    }
    this.#eventsByKey = eventsByKey.sealed();
    this.actors = new ActorEvents([...numbers.keys()], actorOf);
    const actorsByKey = new KeyedNumbers();
    for (const [number, actor] of this.actors.actors.entries()) {
      for (const key of keysOfActor(actor, named, this.#texts)) {
        actorsByKey.add(key, number);
      }
    }
    this.#actorsByKey = actorsByKey.sealed();
  }

  /** Who acted; undefined where no event has this place. */
  view(place: number): ActorView | undefined {
    // One event is asked for several times in a row, and very many are asked for in all.
    if (place !== this.#lastPlace) {
      const event = this.#log.events.at(place);
      this.#lastView =
        event === undefined ? undefined : viewOfEvent(event, this.#log.timeAt(place), this.#texts);
      this.#lastPlace = place;
    }
    return this.#lastView;
  }

  /** Null where the event begins no session of a role. */
  assumption(place: number): Assumption | null {
    const event = this.#log.events.at(place);
    return event === undefined ? null : assumptionOf(event);
  }

  /**
   * Places of the events under a key, in their order; now and then of others too, because the keys are not kept. Looking
   * at an event too many costs time and no more: whether a fact concerns it, its own members tell.
   */
  find(key: string): Int32Array {
    const byActors = this.actors.placesOf(this.#actorsByKey.candidates(key));
    const events = this.#eventsByKey.candidates(key);
    return events.length === 0 ? byActors : placesInOrder([byActors, Int32Array.from(events)]);
  }
}
