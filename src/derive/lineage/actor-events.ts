import type { EventActor } from '../../model/trail-event.ts';

/** Places of several lists in their order. */
export function placesInOrder(lists: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(lists.reduce((length, list) => length + list.length, 0));
  let end = 0;
  for (const list of lists) {
    all.set(list, end);
    end += list.length;
  }
  return all.sort();
}

/** Events by who acted: many events of a large log name their actor alike. */
export class ActorEvents {
  readonly actors: readonly EventActor[];
  /** Where the places of each actor end. */
  readonly #ends: Int32Array;
  /** By actor, and of each in their order. */
  readonly #places: Int32Array;

  /** @param actorOf per event: index in `actors` */
  constructor(actors: readonly EventActor[], actorOf: Int32Array) {
    const ends = new Int32Array(actors.length + 1);
    for (const actor of actorOf) {
      ends[actor + 1] = (ends[actor + 1] ?? 0) + 1;
    }
    for (let actor = 1; actor <= actors.length; actor += 1) {
      ends[actor] = (ends[actor] ?? 0) + (ends[actor - 1] ?? 0);
    }
    const places = new Int32Array(actorOf.length);
    for (let place = 0; place < actorOf.length; place += 1) {
      const actor = actorOf[place] ?? 0;
      const at = ends[actor] ?? 0;
      places[at] = place;
      // What was its beginning is its end when all are filled in.
      ends[actor] = at + 1;
    }
    this.actors = actors;
    this.#ends = ends;
    this.#places = places;
  }

  /** Places of the events of these actors, in their order. */
  placesOf(actors: readonly number[]): Int32Array {
    const [only] = actors;
    if (only !== undefined && actors.length === 1) {
      return this.#ofOne(only);
    }
    const places = new Int32Array(actors.reduce((length, actor) => length + this.#ofOne(actor).length, 0));
    let end = 0;
    for (const actor of actors) {
      const own = this.#ofOne(actor);
      places.set(own, end);
      end += own.length;
    }
    return places.sort();
  }

  #ofOne(actor: number): Int32Array {
    return this.#places.subarray(actor === 0 ? 0 : this.#ends[actor - 1], this.#ends[actor]);
  }
}
