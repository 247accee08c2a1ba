import type { EventActor, TrailEvent } from '../../model/trail-event.ts';
import { type ActorView, type ArnParts, viewOfEvent } from './actor-view.ts';
import { type Assumption, assumptionOf } from './assumption.ts';
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

/** Keys under which whatever an actor does is found. */
function keysOfActor(view: ActorView, named: ReadonlySet<string>): readonly string[] {
  const keys: string[] = [];
  if (view.accessKeyId !== null) {
    keys.push(`key ${view.accessKeyId}`);
  }
  if (view.arn !== null) {
    keys.push(
      `arn ${view.arn} ${view.sessionCreatedAt === null ? 'unknown' : minuteOf(view.sessionCreatedAt)}`,
    );
    if (named.has(view.arn)) {
      keys.push(`named ${view.arn}`);
    }
  }
  if (view.principalKey !== null) {
    keys.push(`principal ${view.principalKey}`);
  }
  if (view.principalKey !== null && view.sessionName !== null) {
    keys.push(`runner ${view.principalKey} ${view.sessionName}`);
    if (view.sessionName.startsWith('i-')) {
      keys.push(`instance ${view.sessionName}`);
    }
  }
  if (view.arn !== null && view.invokedBy !== null) {
    keys.push(`forwarded ${view.arn} ${view.invokedBy}`);
  }
  return keys;
}

/** Keys of the event alone. */
function keysOfEvent(event: TrailEvent, assumption: Assumption | null): readonly string[] {
  const directoryUser = directoryUserOf(event);
  const keys = directoryUser === null ? [] : [`directory ${directoryUser}`];
  if (assumption !== null) {
    const { askedName, roleKey, provider } = assumption;
    keys.push(...(askedName === null ? [] : [`served ${askedName}`]));
    keys.push(...(roleKey === null ? [] : [`target ${roleKey}`]));
    keys.push(...(provider === null ? [] : [`provider ${provider}`]));
  }
  return keys;
}

/** Events of one actor, by their places; many events of a large log name their actor alike. */
export interface ActorEvents {
  readonly actor: EventActor;
  readonly places: number[];
}

/** Finds the events that a new fact may concern without reading the others. */
export class EventIndex {
  readonly actors: readonly ActorEvents[];
  readonly #log: PreparedLog;
  readonly #views = new Map<number, ActorView>();
  readonly #arns = new Map<string, ArnParts>();
  readonly #assumptions = new Map<number, Assumption>();
  readonly #byKey = new Map<string, (readonly number[])[]>();

  /** @param named ARNs that people named: only these are looked up by the whole ARN */
  constructor(log: PreparedLog, named: ReadonlySet<string>) {
    this.#log = log;
    const byActor = new Map<EventActor, ActorEvents>();
    let last: ActorEvents | undefined;
    let place = -1;
    for (const event of log.events) {
      place += 1;
      const { actor } = event;
      const known = last?.actor === actor ? last : byActor.get(actor);
      last = known ?? { actor, places: [] };
      last.places.push(place);
      if (known === undefined) {
        byActor.set(actor, last);
      }
      const assumption = assumptionOf(event);
      if (assumption !== null) {
        this.#assumptions.set(place, assumption);
      }
      for (const key of keysOfEvent(event, assumption)) {
        this.#add(key, [place]);
      }
      const from = event.name === 'SwitchRole' ? this.view(place)?.switchedFrom : null;
      if (typeof from === 'string') {
        this.#add(`switch ${from}`, [place]);
      }
    }
    this.actors = [...byActor.values()];
    for (const { places } of this.actors) {
      const view = this.view(places[0] ?? 0);
      for (const key of view === undefined ? [] : keysOfActor(view, named)) {
        this.#add(key, places);
      }
    }
  }

  /** Who acted; undefined where no event has this place. */
  view(place: number): ActorView | undefined {
    const event = this.#log.events.at(place);
    const known = this.#views.get(place);
    if (known !== undefined || event === undefined) {
      return known;
    }
    const view = viewOfEvent(event, this.#log.timeAt(place), this.#arns);
    this.#views.set(place, view);
    return view;
  }

  /** Null where the event begins no session of a role. */
  assumption(place: number): Assumption | null {
    return this.#assumptions.get(place) ?? null;
  }

  /** Places of the events under a key, in their order. */
  find(key: string): readonly number[] {
    const lists = this.#byKey.get(key) ?? [];
    return lists.length === 1 ? (lists[0] ?? []) : lists.flat().sort((left, right) => left - right);
  }

  #add(key: string, places: readonly number[]): void {
    const lists = this.#byKey.get(key);
    if (lists === undefined) {
      this.#byKey.set(key, [places]);
    } else {
      lists.push(places);
    }
  }
}
