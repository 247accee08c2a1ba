import { hashBytes, mixHash, rotateMix } from './hash-mix.ts';
import { isDigit, JsonCursor, JsonProblem, parsedText } from './json-cursor.ts';
import { thrownMessage } from './thrown.ts';
import { type KnownMember, MemberTable, type WantedMembers } from './wanted-members.ts';

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
  /** A wanted member was there twice since the last record began. */
  repeated = false;
  private readonly members: MemberTable;

  constructor(slots: number, wanted: WantedMembers) {
    super();
    this.starts = new Int32Array(slots);
    this.ends = new Int32Array(slots);
    this.hashesA = new Int32Array(slots);
    this.hashesB = new Int32Array(slots);
    this.members = new MemberTable(wanted);
  }

  override load(bytes: Uint8Array, position: number): void {
    super.load(bytes, position);
    this.members.forget();
  }

  /** One value, noting wanted members if it is an object. @throws JsonProblem */
  scanRecord(): void {
    this.begin();
    if (this.bytes[this.position] === openBrace) {
      this.scanMembers(0, this.members, null);
    } else {
      this.scanValue(0);
    }
  }

  /**
   * An object whose members the caller may take over: `take` is asked after each key with its hash, stands at the
   * value and returns true when it has consumed it.
   */
  scanOuter(take: (keyHash: number) => boolean): void {
    this.begin();
    this.scanMembers(0, this.members, take);
  }

  /** Elements of the array at the position; `element` consumes one value. */
  scanElements(element: () => void): void {
    for (let more = this.firstElement(); more; more = this.nextElement()) {
      element();
    }
  }

  /** Steps into an array: the position is at its first element; false = there is none, and it is behind the array. */
  firstElement(): boolean {
    this.position += 1;
    if (this.peek() === closeBracket) {
      this.position += 1;
      return false;
    }
    return true;
  }

  /** Steps over what follows an element: the position is at the next one; false = behind the array. @throws JsonProblem */
  nextElement(): boolean {
    const next = this.peek();
    this.position += 1;
    if (next === closeBracket) {
      return false;
    }
    if (next !== comma) {
      this.fail('neither a comma nor the end of a list', this.position - 1);
    }
    this.peek();
    return true;
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

  private begin(): void {
    const { starts } = this;
    // A call of `fill` takes longer for so few.
    for (let slot = 0; slot < starts.length; slot += 1) {
      starts[slot] = -1;
    }
    this.unusual = false;
    this.repeated = false;
  }

  private scanValue(depth: number): void {
    const byte = this.bytes[this.position] ?? 0;
    if (byte === quote) {
      this.scanString();
    } else if (byte === openBrace || byte === openBracket) {
      if (depth > deepest) {
        this.skipNested();
      } else if (byte === openBrace) {
        this.scanObject(depth);
      } else {
        this.scanArray(depth);
      }
    } else if (byte === minus || isDigit(byte)) {
      this.scanNumber();
    } else {
      this.scanLiteral(byte);
    }
  }

  /** An object of which nothing is wanted. */
  private scanObject(depth: number): void {
    let sumA = 1;
    let sumB = 1;
    for (let next = this.firstName(); next !== closeBrace; next = this.afterMember()) {
      this.scanName(next);
      const keyA = this.hashA;
      const keyB = this.hashB;
      this.scanValue(depth + 1);
      sumA = (sumA + mixHash(keyA, this.hashA)) | 0;
      sumB = (sumB + Math.imul(keyB, this.hashB | 1)) | 0;
    }
    this.hashA = sumA;
    this.hashB = sumB;
  }

  /** An object of which members are wanted. */
  private scanMembers(
    depth: number,
    members: MemberTable,
    take: ((keyHash: number) => boolean) | null,
  ): void {
    let sumA = 1;
    let sumB = 1;
    let before = members.start;
    for (let next = this.firstName(); next !== closeBrace; next = this.afterMember()) {
      let member = before.next;
      if (member === null || !member.skipName(this)) {
        const name = this.position;
        this.scanName(next);
        member = members.get(this.hashA, this.hashB);
        member.keepName(this, name);
        before.next = member;
      }
      before = member;
      const start = this.position;
      if (take === null || !take(member.keyA)) {
        this.scanMember(depth + 1, member);
      }
      if (member.slot >= 0) {
        this.note(member.slot, start);
      }
      sumA = (sumA + mixHash(member.keyA, this.hashA)) | 0;
      sumB = (sumB + Math.imul(member.keyB, this.hashB | 1)) | 0;
    }
    this.hashA = sumA;
    this.hashB = sumB;
  }

  private scanMember(depth: number, member: KnownMember): void {
    const start = this.position;
    const byte = this.bytes[start] ?? 0;
    if (byte !== quote && byte !== openBrace && byte !== openBracket) {
      this.scanValue(depth);
    } else if (!member.skipValue(this)) {
      if (byte === openBrace && member.members !== null) {
        this.scanMembers(depth, member.members, null);
      } else {
        this.scanValue(depth);
      }
      if (!this.unusual && !this.repeated) {
        member.keepValue(this, start);
      }
    }
  }

  /** Steps over the opening brace; the byte that is then to be looked at, or the closing brace, stepped over too. */
  private firstName(): number {
    this.position += 1;
    const next = this.peek();
    if (next === closeBrace) {
      this.position += 1;
    }
    return next;
  }

  /** A member's name, hashed, and the colon: then the position is at the value. */
  private scanName(first: number): void {
    if (first !== quote) {
      this.fail('a member without a name', this.position);
    }
    this.scanString();
    if (this.bytes[this.position] !== colon && this.peek() !== colon) {
      this.fail('a member without a colon', this.position);
    }
    this.position += 1;
    this.peek();
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
    this.repeated ||= (this.starts[slot] ?? -1) >= 0;
    this.starts[slot] = start;
    this.ends[slot] = this.position;
    this.hashesA[slot] = this.hashA;
    this.hashesB[slot] = this.hashB;
  }

  private scanArray(depth: number): void {
    let a = 2;
    let b = 2;
    this.scanElements(() => {
      this.scanValue(depth + 1);
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
