import type { EventActor, TrailEvent } from '../../model/trail-event.ts';
import { ActorEvents, placesInOrder } from './actor-events.ts';
import { type ActorView, type ArnParts, partsOfActor, viewOfEvent } from './actor-view.ts';
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

/** Finds the events that a new fact may concern without reading the others. */
export class EventIndex {
  readonly actors: ActorEvents;
  readonly #log: PreparedLog;
  readonly #named: ReadonlySet<string>;
  readonly #arns = new Map<string, ArnParts>();
  /** Actors, and places of events, by their keys. */
  readonly #actorsByKey: NumbersByKey;
  readonly #eventsByKey: NumbersByKey;
  /** Of keys that are asked for again and again: the actors that they mean. */
  readonly #found = new Map<string, readonly number[]>();
  #lastPlace = -1;
  #lastView: ActorView | undefined;

  /** @param named ARNs that people named: only these are looked up by the whole ARN */
  constructor(log: PreparedLog, named: ReadonlySet<string>) {
    this.#log = log;
    this.#named = named;
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
      for (const key of this.#keysOfActor(actor)) {
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
        event === undefined ? undefined : viewOfEvent(event, this.#log.timeAt(place), this.#arns);
      this.#lastPlace = place;
    }
    return this.#lastView;
  }

  /** Null where the event begins no session of a role. */
  assumption(place: number): Assumption | null {
    const event = this.#log.events.at(place);
    return event === undefined ? null : assumptionOf(event);
  }

  /** Places of the events under a key, in their order. */
  find(key: string): Int32Array {
    const actors = this.#actorsUnder(key);
    return actors.length === 0
      ? this.#eventsUnder(key)
      : placesInOrder(actors.map((actor) => this.actors.placesOf(actor)));
  }

  #eventsUnder(key: string): Int32Array {
    const isMeant = (place: number): boolean => {
      const event = this.#log.events.at(place);
      return event !== undefined && keysOfEvent(event).includes(key);
    };
    return Int32Array.from(this.#eventsByKey.candidates(key).filter(isMeant));
  }

  #actorsUnder(key: string): readonly number[] {
    const known = this.#found.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = this.#actorsByKey.candidates(key).filter((number) => {
      const actor = this.actors.actors[number];
      return actor !== undefined && this.#keysOfActor(actor).includes(key);
    });
    if (found.length > 1) {
      this.#found.set(key, found);
    }
    return found;
  }

  /** Keys under which whatever an actor does is found. */
  #keysOfActor(actor: EventActor): readonly string[] {
    const { accessKeyId, arn, invokedBy } = actor;
    const { principalKey, sessionName, sessionCreatedAt } = partsOfActor(actor, this.#arns);
    const keys = accessKeyId === null ? [] : [`key ${accessKeyId}`];
    if (arn !== null) {
      keys.push(`arn ${arn} ${sessionCreatedAt === null ? 'unknown' : minuteOf(sessionCreatedAt)}`);
      if (this.#named.has(arn)) {
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
}
