import { HashIndex } from './hash-index.ts';
import { mixHash, rotateMix } from './hash-mix.ts';

/** They are 400 MB of index: what is beyond is kept without asking whether it is there twice. */
const mostEvents = 24_000_000;

/** For a million events: filling an index anew each time that it has doubled takes longer than looking them up. */
const usualCapacity = 1 << 21;

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
  private readonly byId: HashIndex;
  private readonly byContent: HashIndex;

  constructor(most = mostEvents) {
    this.byId = new HashIndex(most, usualCapacity);
    // Further contents of an id that has several.
    this.byContent = new HashIndex(most);
  }

  sight(idA: number, idB: number, content: number): Sighting {
    const mark = content === 0 ? 1 : content === -1 ? -2 : content;
    const known = this.byId.insert(idA, idB, mark);
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
    return further === 1 ? 'duplicate' : 'other-content';
  }
}
