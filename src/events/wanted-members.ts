import { textHash } from './json-cursor.ts';
import type { JsonScanner } from './json-scanner.ts';
import { ValueMemo } from './value-memo.ts';

/** Members whose place is noted while an object is scanned; `slot` is where it is noted. */
export interface WantedMember {
  readonly slot?: number;
  readonly members?: WantedMembers;
}
export type WantedMembers = Readonly<Record<string, WantedMember>>;

/** The slots of these members and of those inside them. */
export function slotsIn(members: WantedMembers): readonly number[] {
  return Object.values(members).flatMap(({ slot, members: inner }) => [
    ...(slot === undefined ? [] : [slot]),
    ...(inner === undefined ? [] : slotsIn(inner)),
  ]);
}

const remembered = 2;

/**
 * A member by its name, with the values that it had last. Records of few callers, one after the other, tell the same
 * things word for word in the same order, and comparing bytes is far cheaper than scanning them. JSON ends where it
 * ends: equal bytes are an equal name, an equal value.
 */
export class KnownMember {
  readonly keyA: number;
  readonly keyB: number;
  readonly slot: number;
  readonly members: MemberTable | null;
  /** The member that came after this one last time. */
  next: KnownMember | null = null;
  /** Only what is in a table is told of another text. */
  remembered = false;
  private nameStart = 0;
  /** With the colon and the white space up to the value; 0 = not met in this text. */
  private nameLength = 0;
  private readonly memos: readonly ValueMemo[];
  /** The one that is overwritten next. */
  private oldest = 0;

  constructor(keyA: number, keyB: number, { slot = -1, members }: WantedMember) {
    this.keyA = keyA;
    this.keyB = keyB;
    this.slot = slot;
    this.members = members === undefined ? null : new MemberTable(members);
    const inner = members === undefined ? [] : slotsIn(members);
    this.memos = Array.from({ length: remembered }, () => new ValueMemo(inner));
  }

  /** Another text begins. */
  forget(): void {
    this.nameLength = 0;
    for (const memo of this.memos) {
      memo.forget();
    }
    this.members?.forget();
  }

  /** Steps over the name, the colon and white space up to the value if they are written as last time. */
  skipName(scanner: JsonScanner): boolean {
    const { nameLength } = this;
    if (nameLength === 0 || !scanner.repeats(this.nameStart, scanner.position, nameLength)) {
      return false;
    }
    scanner.position += nameLength;
    // There may be more white space than last time.
    scanner.peek();
    return true;
  }

  /** The scanner stands at the value of a member whose name began at `start`. */
  keepName(scanner: JsonScanner, start: number): void {
    if (this.remembered) {
      this.nameStart = start;
      this.nameLength = scanner.position - start;
    }
  }

  /** Steps over the value if it is a remembered one. */
  skipValue(scanner: JsonScanner): boolean {
    for (const memo of this.memos) {
      if (memo.skip(scanner)) {
        return true;
      }
    }
    return false;
  }

  /** Remembers the value between `start` and the scanner's position. It must not be a number: those end nowhere. */
  keepValue(scanner: JsonScanner, start: number): void {
    this.memos[this.oldest]?.keep(scanner, start);
    this.oldest = (this.oldest + 1) % remembered;
  }
}

const size = 256;
const mask = size - 1;
/** No object of CloudTrail's has more; what has is scanned without being remembered. */
const mostMembers = 128;

/** Finds a member by the hash of its name: asked for each unforeseen member of each record, so it is no Map. */
export class MemberTable {
  /** Stands before the first member of an object. */
  readonly start = new KnownMember(0, 0, {});
  private readonly slots: (KnownMember | null)[] = Array.from({ length: size }, () => null);
  private readonly known: KnownMember[] = [];

  constructor(members: WantedMembers) {
    for (const [name, wanted] of Object.entries(members)) {
      const [keyA, keyB] = textHash(name);
      this.put(this.slotOf(keyA, keyB), new KnownMember(keyA, keyB, wanted));
    }
  }

  get(keyA: number, keyB: number): KnownMember {
    const at = this.slotOf(keyA, keyB);
    return this.slots[at] ?? this.put(at, new KnownMember(keyA, keyB, {}));
  }

  /** Another text begins. */
  forget(): void {
    for (const member of this.known) {
      member.forget();
    }
  }

  private put(at: number, member: KnownMember): KnownMember {
    if (this.known.length < mostMembers) {
      this.slots[at] = member;
      this.known.push(member);
      member.remembered = true;
    }
    return member;
  }

  private slotOf(keyA: number, keyB: number): number {
    let at = keyA & mask;
    for (;;) {
      const member = this.slots[at] ?? null;
      if (member === null || (member.keyA === keyA && member.keyB === keyB)) {
        return at;
      }
      at = (at + 1) & mask;
    }
  }
}
