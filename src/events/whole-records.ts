import { detailSlots, eventSlots } from './event-scanner.ts';
import { Bytes, Numbers } from './growing.ts';
import type { JsonScanner } from './json-scanner.ts';

const openList = 0x5b;
const closeList = 0x5d;
const comma = 0x2c;
const zero = 0x30;

export interface WholeColumns {
  /** Rows of the records that are handed over whole. */
  readonly wholeRows: Int32Array;
  /** Their actors: ids of identities, 0 = none. */
  readonly wholeActors: Int32Array;
  /** New identities of this generation, as JSON. */
  readonly identities: readonly string[];
  /**
   * JSON, one after the other: of each record the list of its details (0 = absent), or the record itself when its
   * bucket may not tell all of the rest.
   */
  readonly wholeBytes: Uint8Array;
  /** Per record, in the order of `boundMembers`: where its parts lie in `wholeBytes`. */
  readonly wholeBounds: Int32Array;
}

/** The answer begins behind the comma after the request. Of a record that crosses as it is only the ends are told. */
export const boundMembers = { start: 0, requestStart: 1, requestEnd: 2, responseEnd: 3, end: 4 } as const;
export const boundCount = Object.keys(boundMembers).length;

interface LastIdentity {
  readonly text: Buffer;
  readonly start: number;
  readonly length: number;
  readonly id: number;
}

const noIdentity: LastIdentity = { text: Buffer.alloc(0), start: 0, length: 0, id: 0 };

/**
 * Records that are handed over whole. What their bucket tells does not cross again, and identities cross once: less to
 * copy, to parse and to keep.
 */
export class WholeRecords {
  private readonly rows = new Numbers();
  private readonly actors = new Numbers();
  private readonly bytes = new Bytes();
  private readonly bounds = new Numbers();
  private readonly known = new Map<string, number>();
  private identities: string[] = [];
  /** The identity before this one: mostly it is the same. */
  private last: LastIdentity = noIdentity;

  /** How many identities there are in this generation. */
  get identityCount(): number {
    return this.known.size;
  }

  /** A new generation begins. */
  reset(): void {
    this.known.clear();
    this.last = noIdentity;
  }

  /** @param withId without an event id the whole content is the id */
  add(row: number, text: Buffer, scanner: JsonScanner, withId: boolean, start: number, end: number): void {
    this.rows.push(row);
    this.bounds.push(this.bytes.length);
    if (withId && !scanner.repeated && !scanner.unusual) {
      this.actors.push(this.identity(text, scanner));
      this.details(text, scanner);
    } else {
      this.actors.push(0);
      for (let bound = boundMembers.requestStart; bound < boundMembers.end; bound += 1) {
        this.bounds.push(this.bytes.length);
      }
      this.bytes.push(text, start, end);
    }
    this.bounds.push(this.bytes.length);
  }

  /** Records whose columns were made elsewhere, from `size` bytes on. */
  append({ wholeRows, wholeActors, wholeBounds, wholeBytes }: Omit<WholeColumns, 'identities'>): void {
    this.rows.append(wholeRows);
    this.actors.append(wholeActors);
    this.bounds.append(wholeBounds);
    this.bytes.push(wholeBytes, 0, wholeBytes.length);
  }

  /** Bytes so far. */
  get size(): number {
    return this.bytes.length;
  }

  taken(): WholeColumns {
    const taken = {
      wholeRows: this.rows.taken(),
      wholeActors: this.actors.taken(),
      identities: this.identities,
      wholeBytes: this.bytes.taken(),
      wholeBounds: this.bounds.taken(),
    };
    this.rows.clear();
    this.actors.clear();
    this.identities = [];
    this.bytes.clear();
    this.bounds.clear();
    // It would hold the text of its file.
    this.last = noIdentity;
    return taken;
  }

  private details(text: Uint8Array, { starts, ends }: JsonScanner): void {
    const { bytes } = this;
    let separator = openList;
    for (const slot of detailSlots) {
      const start = starts[slot] ?? -1;
      bytes.pushByte(separator);
      separator = comma;
      if (slot === eventSlots.request) {
        this.bounds.push(bytes.length);
      }
      if (start < 0) {
        bytes.pushByte(zero);
      } else {
        bytes.push(text, start, ends[slot] ?? start);
      }
      if (slot === eventSlots.request || slot === eventSlots.response) {
        this.bounds.push(bytes.length);
      }
    }
    bytes.pushByte(closeList);
  }

  /** By its bytes, not by its hash: who acted must not be mistaken. */
  identity(text: Buffer, scanner: JsonScanner): number {
    const { starts, ends } = scanner;
    const start = starts[eventSlots.userIdentity] ?? -1;
    if (start < 0) {
      return 0;
    }
    const end = ends[eventSlots.userIdentity] ?? start;
    const { last } = this;
    if (
      last.text === text &&
      last.length === end - start &&
      scanner.repeats(last.start, start, last.length)
    ) {
      return last.id;
    }
    const bytes = text.toString('latin1', start, end);
    let id = this.known.get(bytes) ?? 0;
    if (id === 0) {
      this.identities.push(text.toString('utf8', start, end));
      id = this.known.size + 1;
      this.known.set(bytes, id);
    }
    this.last = { text, start, length: end - start, id };
    return id;
  }
}
