import {
  afterSpace,
  closeBrace,
  hashA,
  hashB,
  nextElement,
  openBrace,
  openBracket,
  scanName,
  scanValue,
  setHash,
} from './json';
import { mixHash } from './hash';
import { Member, Memo, memberOf, sameText, Table } from './members';
import { slotCount } from './slots';

const quote: u8 = 0x22;
const laneSize: usize = <usize>slotCount * 4;
/** Per slot: first byte of the value (0 = no such member), the byte after it, two lanes of its hash. */
export const starts: usize = memory.data(slotCount * 4, 16);
export const ends: usize = memory.data(slotCount * 4, 16);
export const hashesA: usize = memory.data(slotCount * 4, 16);
export const hashesB: usize = memory.data(slotCount * 4, 16);

/** A wanted member was there twice since the record began. */
export let repeated: bool = false;
/** Number of the window: what is remembered of earlier ones lies no more where it lay. */
let window: u32 = 1;

export function nextWindow(): void {
  window += 1;
}

@inline
export function lane(lanes: usize, slot: i32): i32 {
  return load<i32>(lanes + (<usize>slot << 2));
}

@inline
function setLane(lanes: usize, slot: i32, value: i32): void {
  store<i32>(lanes + (<usize>slot << 2), value);
}

/** Whether a slot holds a string that is not empty. */
@inline
export function hasText(slot: i32): bool {
  const start = <usize>lane(starts, slot);
  return start != 0 && load<u8>(start) == quote && <usize>lane(ends, slot) - start > 2;
}

@inline
function note(slot: i32, start: usize, end: usize, a: i32, b: i32): void {
  repeated = repeated || lane(starts, slot) != 0;
  setLane(starts, slot, <i32>start);
  setLane(ends, slot, <i32>end);
  setLane(hashesA, slot, a);
  setLane(hashesB, slot, b);
}

const muchLuck: i32 = 8;
const noLuckFor: i32 = -32;

/** The place behind the member if it is the remembered one, word for word; 0 = it is not. */
@inline
function recall(memo: Memo, member: Member, start: usize): usize {
  const length = memo.length;
  if (length == 0 || !sameText(memo.start, start, length)) {
    return 0;
  }
  const valueStart = start + memo.toValue;
  let from = memo.noted;
  for (let left = member.inner; left != 0; left &= left - 1) {
    const offset = load<i32>(from);
    if (offset >= 0) {
      const slot = <i32>ctz(left);
      repeated = repeated || lane(starts, slot) != 0;
      setLane(starts, slot, <i32>valueStart + offset);
      setLane(ends, slot, <i32>valueStart + load<i32>(from, 4));
      setLane(hashesA, slot, load<i32>(from, 8));
      setLane(hashesB, slot, load<i32>(from, 12));
    }
    from += 16;
  }
  if (member.slot >= 0) {
    note(member.slot, valueStart, start + length, memo.hashA, memo.hashB);
  }
  return start + length;
}

function keep(memo: Memo, member: Member, start: usize, valueStart: usize, end: usize): void {
  memo.start = start;
  memo.length = end - start;
  memo.toValue = valueStart - start;
  memo.hashA = hashA;
  memo.hashB = hashB;
  memo.addsA = mixHash(member.keyA, hashA);
  memo.addsB = member.keyB * (hashB | 1);
  let to = memo.noted;
  for (let left = member.inner; left != 0; left &= left - 1) {
    const slot = <i32>ctz(left);
    const from = <usize>lane(starts, slot);
    store<i32>(to, from < valueStart ? -1 : <i32>(from - valueStart));
    store<i32>(to, lane(ends, slot) - <i32>valueStart, 4);
    store<i32>(to, lane(hashesA, slot), 8);
    store<i32>(to, lane(hashesB, slot), 12);
    to += 16;
  }
}

/** The remembered member that begins at `start`, or null. */
@inline
function recalled(member: Member, start: usize): Memo | null {
  if (member.luck <= 0) {
    member.luck = member.luck == noLuckFor ? 1 : member.luck - 1;
    return null;
  }
  if (recall(member.first, member, start) != 0) {
    member.luck = muchLuck;
    return member.first;
  }
  if (recall(member.second, member, start) != 0) {
    member.luck = muchLuck;
    return member.second;
  }
  member.luck -= 1;
  return null;
}

/** The member whose name begins at `start`, and is to be scanned; null = not usual. `valueAt` is then its value. */
function nameMember(table: Table, before: Member, start: usize): Member | null {
  const foreseen = before.next;
  if (
    foreseen !== null &&
    foreseen.window == window &&
    sameText(foreseen.nameStart, start, foreseen.nameLength)
  ) {
    valueAt = start + foreseen.nameLength;
    return foreseen;
  }
  const at = scanName(start);
  if (at == 0) {
    return null;
  }
  const member = memberOf(table, hashA, hashB);
  before.next = member;
  if (member.window != window) {
    member.window = window;
    member.first.length = 0;
    member.second.length = 0;
    member.luck = muchLuck;
  }
  member.nameStart = start;
  member.nameLength = at - start;
  valueAt = at;
  return member;
}

let valueAt: usize = 0;

/** Scans the value of a member whose name began at `start`; the place behind it. */
function scanMember(start: usize, depth: i32, member: Member): usize {
  const valueStart = valueAt;
  const byte = load<u8>(valueStart);
  const end =
    byte == openBrace && member.table != 0
      ? scanMembers(valueStart, depth, changetype<Table>(member.table))
      : scanValue(valueStart, depth);
  if (end == 0) {
    return 0;
  }
  // A number ends nowhere: the same digits may go on.
  if ((byte == quote || byte == openBrace || byte == openBracket) && member.luck > 0 && !repeated) {
    keep(member.keepsSecond ? member.second : member.first, member, start, valueStart, end);
    member.keepsSecond = !member.keepsSecond;
  }
  if (member.slot >= 0) {
    note(member.slot, valueStart, end, hashA, hashB);
  }
  return end;
}

/** An object of which members are wanted. */
function scanMembers(start: usize, depth: i32, table: Table): usize {
  let sumA = 1;
  let sumB = 1;
  let before = table.start;
  let at = afterSpace(start + 1);
  while (load<u8>(at) != closeBrace) {
    const foreseen = before.next;
    const memo = foreseen !== null && foreseen.window == window ? recalled(foreseen, at) : null;
    if (memo !== null && foreseen !== null) {
      before = foreseen;
      at += memo.length;
      sumA += memo.addsA;
      sumB += memo.addsB;
    } else {
      const member = nameMember(table, before, at);
      if (member === null) {
        return 0;
      }
      before = member;
      const keyA = member.keyA;
      const keyB = member.keyB;
      at = scanMember(at, depth + 1, member);
      if (at == 0) {
        return 0;
      }
      sumA += mixHash(keyA, hashA);
      sumB += keyB * (hashB | 1);
    }
    at = nextElement(at, closeBrace);
    if (at == 0) {
      return 0;
    }
  }
  setHash(sumA, sumB);
  return at + 1;
}

/** One record, an object; the place behind it, or 0 when `json-scanner.ts` is to judge. */
export function scanRecord(start: usize, table: usize): usize {
  memory.fill(starts, 0, laneSize);
  repeated = false;
  return load<u8>(start) == openBrace ? scanMembers(start, 0, changetype<Table>(table)) : 0;
}
