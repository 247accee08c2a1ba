import { hashBytes, mixHash, rotateMix } from './hash-mix.ts';
import { isDigit, JsonCursor, JsonProblem, parsedText } from './json-cursor.ts';
import { thrownMessage } from './thrown.ts';
import { type Wanted, type WantedMembers, WantedTable } from './wanted-members.ts';

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const colon = 0x3a;
const minus = 0x2d;
/** No API's parameters nest like this; what does is scanned without recursion. */
const deepest = 200;

/**
 * Walks JSON without building it: checks every byte as strictly as `JSON.parse`, notes where wanted members lie and
 * computes a hash of each value that depends neither on white space nor on the order of members. Faster than
 * building objects that are only counted.
 */
export class JsonScanner extends JsonCursor {
  /** Per slot: first byte of the value (-1 = no such member), the byte after it, its hash. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly hashesA: Int32Array;
  readonly hashesB: Int32Array;
  private readonly wanted: WantedTable;

  constructor(slots: number, wanted: WantedMembers) {
    super();
    this.starts = new Int32Array(slots);
    this.ends = new Int32Array(slots);
    this.hashesA = new Int32Array(slots);
    this.hashesB = new Int32Array(slots);
    this.wanted = new WantedTable(wanted);
  }

  /** One value, noting wanted members if it is an object. @throws JsonProblem */
  scanRecord(): void {
    this.starts.fill(-1);
    this.scanValue(0, this.wanted);
  }

  /**
   * An object whose members the caller may take over: `take` is asked after each key with its hash, stands at the
   * value and returns true when it has consumed it.
   */
  scanOuter(take: (keyHash: number) => boolean): void {
    this.starts.fill(-1);
    this.scanObject(0, this.wanted, take);
  }

  /** Elements of the array at the position; `element` consumes one value. */
  scanElements(element: () => void): void {
    this.position += 1;
    if (this.peek() === closeBracket) {
      this.position += 1;
      return;
    }
    for (;;) {
      this.peek();
      element();
      const next = this.peek();
      this.position += 1;
      if (next === closeBracket) {
        return;
      }
      if (next !== comma) {
        this.fail('neither a comma nor the end of a list', this.position - 1);
      }
    }
  }

  /** Whether a slot holds a string that is not empty. */
  hasText(slot: number): boolean {
    const start = this.starts[slot] ?? -1;
    return start >= 0 && this.bytes[start] === quote && (this.ends[slot] ?? 0) - start > 2;
  }

  /** Text of a slot's string; null for absent, empty and everything that is no string. */
  text(slot: number): string | null {
    if (!this.hasText(slot)) {
      return null;
    }
    const start = this.starts[slot] ?? 0;
    const raw = Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, (this.ends[slot] ?? 0) - start);
    const inner = raw.includes(backslash) ? parsedText(raw) : raw.toString('utf8', 1, raw.length - 1);
    return inner === '' ? null : inner;
  }

  private scanValue(depth: number, wanted: WantedTable | null): void {
    const byte = this.bytes[this.position] ?? 0;
    if (byte === quote) {
      this.scanString();
    } else if (byte === openBrace || byte === openBracket) {
      if (depth > deepest) {
        this.skipNested();
      } else if (byte === openBrace) {
        this.scanObject(depth, wanted, null);
      } else {
        this.scanArray(depth);
      }
    } else if (byte === minus || isDigit(byte)) {
      this.scanNumber();
    } else {
      this.scanLiteral(byte);
    }
  }

  private scanMember(depth: number, target: Wanted | null): void {
    if (target === null || target.memo === null) {
      this.scanValue(depth, null);
    } else if (this.bytes[this.position] !== openBrace) {
      this.scanValue(depth, target.members);
    } else if (!target.memo.skip(this)) {
      const start = this.position;
      this.scanValue(depth, target.members);
      target.memo.keep(this, start);
    }
  }

  private scanObject(
    depth: number,
    wanted: WantedTable | null,
    take: ((keyHash: number) => boolean) | null,
  ): void {
    let sumA = 1;
    let sumB = 1;
    this.position += 1;
    let next = this.peek();
    if (next === closeBrace) {
      this.position += 1;
    }
    while (next !== closeBrace) {
      if (next !== quote) {
        this.fail('a member without a name', this.position);
      }
      const name = this.position;
      this.scanString();
      const keyA = this.hashA;
      const keyB = this.hashB;
      if (this.bytes[this.position] !== colon && this.peek() !== colon) {
        this.fail('a member without a colon', this.position);
      }
      this.position += 1;
      this.peek();
      const target = wanted === null ? null : wanted.get(keyA);
      const start = this.position;
      if (take === null || !take(keyA)) {
        this.scanMember(depth + 1, target);
      }
      if (target !== null && target.slot >= 0) {
        this.note(target.slot, target.fromName ? name : start);
      }
      sumA = (sumA + mixHash(keyA, this.hashA)) | 0;
      sumB = (sumB + Math.imul(keyB, this.hashB | 1)) | 0;
      next = this.afterMember();
    }
    this.hashA = sumA;
    this.hashB = sumB;
  }

  /** Steps over the comma or the closing brace; the byte that is then to be looked at, or the brace. */
  private afterMember(): number {
    const next = this.peek();
    this.position += 1;
    if (next === closeBrace) {
      return closeBrace;
    }
    if (next !== comma) {
      this.fail('neither a comma nor the end of an object', this.position - 1);
    }
    const name = this.peek();
    if (name === closeBrace) {
      this.fail('a comma before the end of an object', this.position);
    }
    return name;
  }

  private note(slot: number, start: number): void {
    this.starts[slot] = start;
    this.ends[slot] = this.position;
    this.hashesA[slot] = this.hashA;
    this.hashesB[slot] = this.hashB;
  }

  private scanArray(depth: number): void {
    let a = 2;
    let b = 2;
    this.scanElements(() => {
      this.scanValue(depth + 1, null);
      a = mixHash(a, this.hashA);
      b = rotateMix(b, this.hashB);
    });
    this.hashA = a;
    this.hashB = b;
  }

  /** Deeper than recursion goes: let the runtime's own parser judge, which does not recurse. */
  private skipNested(): void {
    const { bytes } = this;
    const start = this.position;
    let open = 0;
    let at = start;
    do {
      const byte = bytes[at] ?? 0;
      if (at >= bytes.length) {
        this.fail('', at);
      }
      if (byte === quote) {
        this.position = at;
        this.scanString();
        at = this.position;
        continue;
      }
      open += byte === openBrace || byte === openBracket ? 1 : 0;
      open -= byte === closeBrace || byte === closeBracket ? 1 : 0;
      at += 1;
    } while (open > 0);
    const raw = Buffer.from(bytes.buffer, bytes.byteOffset + start, at - start);
    try {
      JSON.parse(raw.toString('utf8'));
    } catch (error) {
      throw new JsonProblem(`deep nesting that is no JSON (${thrownMessage(error)})`, start);
    }
    this.position = at;
    [this.hashA, this.hashB] = hashBytes(raw);
  }
}
