/** Members of records by their names, with the values that they had last: see `wanted-members.ts`, which this follows. */

const tableSize: usize = 256;
const tableMask: usize = tableSize - 1;
const mostMembers: i32 = 128;

/** A member that was scanned before in the same window: where it lies, its hash, and what was noted in its value. */
@unmanaged
export class Memo {
  /** Of the name. */
  start: usize = 0;
  /** Of name and value; 0 = nothing is remembered. */
  length: usize = 0;
  /** From the name to the value. */
  toValue: usize = 0;
  hashA: i32 = 0;
  hashB: i32 = 0;
  /** What the member adds to the hash of its object. */
  addsA: i32 = 0;
  addsB: i32 = 0;

  /** @param noted per slot inside: offset of its first byte (-1 = absent) and of the byte after it, two lanes */
  constructor(public noted: usize) {}
}

/** @param inner the slots inside, as bits */
function memoOf(inner: u32): Memo {
  return new Memo(heap.alloc(<usize>popcnt(inner) * 16));
}

@unmanaged
export class Member {
  /** The member that came after this one last time. */
  next: Member | null = null;
  /** The window that the places below are of. */
  window: u32 = 0;
  nameStart: usize = 0;
  nameLength: usize = 0;
  first: Memo;
  second: Memo;
  keepsSecond: bool = false;
  /** Runs out while its values are never those that it had before: then they are not compared for a while. */
  luck: i32 = 0;

  /**
   * @param slot -1 = nobody asks for it
   * @param table address of the table of its own wanted members; 0 = none is wanted
   * @param inner the slots inside its value, as bits
   */
  constructor(
    public keyA: i32,
    public keyB: i32,
    public slot: i32,
    public table: usize,
    public inner: u32,
  ) {
    this.first = memoOf(inner);
    this.second = memoOf(inner);
  }
}

@unmanaged
export class Table {
  /** Addresses of the members. */
  members: usize = heap.alloc(tableSize * sizeof<usize>());
  count: i32 = 0;
  /** Stands before the first member of an object. */
  start: Member = new Member(0, 0, -1, 0, 0);
}

export function newTable(): usize {
  const table = new Table();
  memory.fill(table.members, 0, tableSize * sizeof<usize>());
  return changetype<usize>(table);
}

@inline
function placeOf(table: Table, keyA: i32, keyB: i32): usize {
  let slot = <usize>keyA & tableMask;
  while (true) {
    const place = table.members + slot * sizeof<usize>();
    const member = changetype<Member | null>(load<usize>(place));
    if (member === null || (member.keyA == keyA && member.keyB == keyB)) {
      return place;
    }
    slot = (slot + 1) & tableMask;
  }
}

function put(table: Table, place: usize, member: Member): Member {
  store<usize>(place, changetype<usize>(member));
  table.count += 1;
  return member;
}

/** What stands in for members beyond those that are remembered. */
const passing: Member = new Member(0, 0, -1, 0, 0);

export function memberOf(table: Table, keyA: i32, keyB: i32): Member {
  const place = placeOf(table, keyA, keyB);
  const known = changetype<Member | null>(load<usize>(place));
  if (known !== null) {
    return known;
  }
  if (table.count < mostMembers) {
    return put(table, place, new Member(keyA, keyB, -1, 0, 0));
  }
  passing.keyA = keyA;
  passing.keyB = keyB;
  passing.next = null;
  passing.first.length = 0;
  passing.second.length = 0;
  return passing;
}

/** @param inner address of the table of its own wanted members; 0 = none */
export function want(table: usize, keyA: i32, keyB: i32, slot: i32, inner: usize, innerSlots: u32): void {
  const host = changetype<Table>(table);
  put(host, placeOf(host, keyA, keyB), new Member(keyA, keyB, slot, inner, innerSlots));
}

/** Whether the text at both places is the same. Behind the window lie zeros, and JSON has none. */
@inline
export function sameText(left: usize, right: usize, length: usize): bool {
  if (length >= 16) {
    const last = length - 16;
    for (let done: usize = 0; done < last; done += 16) {
      if (v128.any_true(v128.xor(v128.load(left + done), v128.load(right + done)))) {
        return false;
      }
    }
    return !v128.any_true(v128.xor(v128.load(left + last), v128.load(right + last)));
  }
  if (length >= 8) {
    return (
      load<u64>(left) == load<u64>(right) && load<u64>(left + length - 8) == load<u64>(right + length - 8)
    );
  }
  return (
    length >= 4 &&
    load<u32>(left) == load<u32>(right) &&
    load<u32>(left + length - 4) == load<u32>(right + length - 4)
  );
}
