import { HashIndex } from './hash-index.ts';
import { mixHash, rotateMix } from './hash-mix.ts';
import { logLimits } from './log-limits.ts';

/** For a million events: filling an index anew each time that it has doubled takes longer than looking them up. */
const usualCapacity = 1 << 21;

/** A power of two: the last digits of an id's hash say where it lies. */
const parts = 16;

export type Sighting =
  | 'new'
  /** Same id, same content. */
  | 'duplicate'
  /** Same id, other content: both stay. */
  | 'other-content'
  /** The index is full. */
  | 'untold';

/** Tells records that were read before: by event id and content, never by the id alone. */
export class SeenEvents {
  /** Several, because an index that grows is there twice until it has grown. */
  private readonly byId: readonly HashIndex[];
  private readonly byContent: HashIndex;

  /** @param most those beyond are kept without asking whether they are there twice */
  constructor(most = logLimits().seenEvents) {
    this.byId = Array.from({ length: parts }, () => new HashIndex(most / parts, usualCapacity / parts));
    // Further contents of an id that has several: there are few.
    this.byContent = new HashIndex(most / parts);
  }

  /** For who will ask about very many, and has a moment. */
  furnish(): void {
    for (const part of this.byId) {
      part.furnish();
    }
  }

  sight(idA: number, idB: number, content: number): Sighting {
    const mark = content === 0 ? 1 : content === -1 ? -2 : content;
    const known = this.byId[idB & (parts - 1)]?.insert(idA, idB, mark) ?? -1;
    if (known === 0) {
      return 'new';
    }
    if (known === mark) {
      return 'duplicate';
    }
    if (known === -1) {
      return 'untold';
    }
    const further = this.byContent.insert(mixHash(idA, mark), rotateMix(idB, mark), 1);
    if (further === -1) {
      return 'untold';
    }
    return further === 1 ? 'duplicate' : 'other-content';
  }
}
