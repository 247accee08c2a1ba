import type { JsonScanner } from './json-scanner.ts';

/** Longer values are seldom repeated word for word. */
const longest = 4096;
const empty = new Uint8Array(0);

class ValueMemo {
  private bytes: Uint8Array = empty;
  private hashA = 0;
  private hashB = 0;
  /** Per slot: offset of its first byte (-1 = absent) and of the byte after it, its hash. */
  private readonly noted: Int32Array;
  private readonly slots: readonly number[];

  constructor(slots: readonly number[]) {
    this.slots = slots;
    this.noted = new Int32Array(slots.length * 4);
  }

  /** Steps over the value if it is the remembered one. */
  skip(scanner: JsonScanner): boolean {
    const { bytes, slots, noted } = this;
    const start = scanner.position;
    const end = start + bytes.length;
    if (bytes.length === 0 || end > scanner.bytes.length || !this.equals(scanner.bytes, start, end)) {
      return false;
    }
    for (let index = 0; index < slots.length; index += 1) {
      const offset = noted[index * 4] ?? -1;
      if (offset >= 0) {
        const slot = slots[index] ?? 0;
        scanner.starts[slot] = start + offset;
        scanner.ends[slot] = start + (noted[index * 4 + 1] ?? 0);
        scanner.hashesA[slot] = noted[index * 4 + 2] ?? 0;
        scanner.hashesB[slot] = noted[index * 4 + 3] ?? 0;
      }
    }
    scanner.position = end;
    scanner.hashA = this.hashA;
    scanner.hashB = this.hashB;
    return true;
  }

  /** Remembers the value between `start` and the scanner's position, with what was noted in it. */
  keep(scanner: JsonScanner, start: number): void {
    const { slots, noted } = this;
    const length = scanner.position - start;
    if (length > longest) {
      return;
    }
    this.bytes = scanner.bytes.slice(start, scanner.position);
    this.hashA = scanner.hashA;
    this.hashB = scanner.hashB;
    for (const [index, slot] of slots.entries()) {
      const from = scanner.starts[slot] ?? -1;
      noted[index * 4] = from < start ? -1 : from - start;
      noted[index * 4 + 1] = (scanner.ends[slot] ?? 0) - start;
      noted[index * 4 + 2] = scanner.hashesA[slot] ?? 0;
      noted[index * 4 + 3] = scanner.hashesB[slot] ?? 0;
    }
  }

  private equals(text: Uint8Array, start: number, end: number): boolean {
    const { bytes } = this;
    // The last byte and one in the middle tell most others apart before anything is called.
    const middle = bytes.length >> 1;
    return (
      text[end - 1] === bytes[bytes.length - 1] &&
      text[start + middle] === bytes[middle] &&
      Buffer.compare(text.subarray(start, end), bytes) === 0
    );
  }
}

const remembered = 4;

/**
 * The values that a member had last: records of few callers, one after the other, tell the same identities word for
 * word, and comparing bytes is far cheaper than scanning them. JSON ends where it ends: equal bytes are an equal value.
 */
export class ValueMemos {
  private readonly memos: readonly ValueMemo[];
  /** The one that is overwritten next. */
  private oldest = 0;

  constructor(slots: readonly number[]) {
    this.memos = Array.from({ length: remembered }, () => new ValueMemo(slots));
  }

  /** Steps over the value if it is a remembered one. */
  skip(scanner: JsonScanner): boolean {
    for (const memo of this.memos) {
      if (memo.skip(scanner)) {
        return true;
      }
    }
    return false;
  }

  /** Remembers the object between `start` and the scanner's position, with what was noted in it. */
  keep(scanner: JsonScanner, start: number): void {
    this.memos[this.oldest]?.keep(scanner, start);
    this.oldest = (this.oldest + 1) % remembered;
  }
}
