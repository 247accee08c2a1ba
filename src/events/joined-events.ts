import type { EventList } from '../model/event-list.ts';
import type { TrailEvent } from '../model/trail-event.ts';
import { Numbers } from './growing.ts';

/** Lists one after the other, as one list. */
export class JoinedEvents implements EventList {
  length = 0;
  private readonly lists: EventList[] = [];
  /** By list. */
  private readonly starts: number[] = [];
  /** By event: its list. Events of a large log are not asked for in the order of the lists. */
  private readonly listOf = new Numbers();

  /** @param list is not changed afterwards */
  add(list: EventList): void {
    if (list.length > 0) {
      this.listOf.append(new Int32Array(list.length).fill(this.lists.length));
      this.lists.push(list);
      this.starts.push(this.length);
      this.length += list.length;
    }
  }

  at(place: number): TrailEvent | undefined {
    const list = place >= 0 && place < this.length ? this.listOf.at(place) : -1;
    return this.lists[list]?.at(place - (this.starts[list] ?? 0));
  }

  *[Symbol.iterator](): Generator<TrailEvent> {
    for (const list of this.lists) {
      yield* list;
    }
  }
}
