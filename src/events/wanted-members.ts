import { textHash } from './json-cursor.ts';
import { ValueMemos } from './value-memo.ts';

/** Members whose place is noted while an object is scanned; `slot` is where it is noted. */
export interface WantedMember {
  readonly slot?: number;
  /** Note where the member's name begins, not its value. */
  readonly fromName?: boolean;
  readonly members?: WantedMembers;
}
export type WantedMembers = Readonly<Record<string, WantedMember>>;

export interface Wanted {
  readonly slot: number;
  readonly fromName: boolean;
  readonly members: WantedTable | null;
  /** Of members with wanted members of their own. */
  readonly memo: ValueMemos | null;
}

function slotsIn(members: WantedMembers): readonly number[] {
  return Object.values(members).flatMap(({ slot, members: inner }) => [
    ...(slot === undefined ? [] : [slot]),
    ...(inner === undefined ? [] : slotsIn(inner)),
  ]);
}

const size = 256;
const mask = size - 1;

/** Finds a wanted member by the hash of its name: asked for each member of each record, so it is no Map. */
export class WantedTable {
  private readonly hashes = new Int32Array(size);
  private readonly entries: (Wanted | null)[] = Array.from({ length: size }, () => null);

  constructor(members: WantedMembers) {
    for (const [name, { slot = -1, fromName = false, members: inner }] of Object.entries(members)) {
      const [hash] = textHash(name);
      let at = hash & mask;
      while (this.entries[at] !== null) {
        at = (at + 1) & mask;
      }
      this.hashes[at] = hash;
      this.entries[at] = {
        slot,
        fromName,
        members: inner === undefined ? null : new WantedTable(inner),
        memo: inner === undefined ? null : new ValueMemos(slotsIn(inner)),
      };
    }
  }

  get(hash: number): Wanted | null {
    let at = hash & mask;
    for (;;) {
      const entry = this.entries[at] ?? null;
      if (entry === null || this.hashes[at] === hash) {
        return entry;
      }
      at = (at + 1) & mask;
    }
  }
}
