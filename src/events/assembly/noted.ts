import {
  afterSpace,
  closeBrace,
  comma,
  hashA,
  hashB,
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

function note(slot: i32, start: usize, end: usize): void {
  repeated = repeated || lane(starts, slot) != 0;
  setLane(starts, slot, <i32>start);
  setLane(ends, slot, <i32>end);
  setLane(hashesA, slot, hashA);
  setLane(hashesB, slot, hashB);
}

@inline
function recall(memo: Memo, start: usize, inner: u32): usize {
  const length = memo.length;
  if (length == 0 || !sameText(memo.start, start, length)) {
    return 0;
  }
  let from = memo.noted;
  for (let left = inner; left != 0; left &= left - 1) {
    const offset = load<i32>(from);
    if (offset >= 0) {
      const slot = <i32>ctz(left);
      setLane(starts, slot, <i32>start + offset);
      setLane(ends, slot, <i32>start + load<i32>(from, 4));
      setLane(hashesA, slot, load<i32>(from, 8));
      setLane(hashesB, slot, load<i32>(from, 12));
    }
    from += 16;
  }
  setHash(memo.hashA, memo.hashB);
  return start + length;
}

function keep(memo: Memo, start: usize, end: usize, inner: u32): void {
  memo.start = start;
  memo.length = end - start;
  memo.hashA = hashA;
  memo.hashB = hashB;
  let to = memo.noted;
  for (let left = inner; left != 0; left &= left - 1) {
    const slot = <i32>ctz(left);
    const from = <usize>lane(starts, slot);
    store<i32>(to, from < start ? -1 : <i32>(from - start));
    store<i32>(to, lane(ends, slot) - <i32>start, 4);
    store<i32>(to, lane(hashesA, slot), 8);
    store<i32>(to, lane(hashesB, slot), 12);
    to += 16;
  }
}

function scanMember(start: usize, depth: i32, member: Member): usize {
  const byte = load<u8>(start);
  if (byte != quote && byte != openBrace && byte != openBracket) {
    return scanValue(start, depth);
  }
  let end = recall(member.first, start, member.inner);
  if (end == 0) {
    end = recall(member.second, start, member.inner);
  }
  if (end != 0) {
    return end;
  }
  end =
    byte == openBrace && member.table != 0
      ? scanMembers(start, depth, changetype<Table>(member.table))
      : scanValue(start, depth);
  if (end != 0) {
    keep(member.keepsSecond ? member.second : member.first, start, end, member.inner);
    member.keepsSecond = !member.keepsSecond;
  }
  return end;
}

/** An object of which members are wanted. */
function scanMembers(start: usize, depth: i32, table: Table): usize {
  let sumA = 1;
  let sumB = 1;
  let before = table.start;
  let at = afterSpace(start + 1);
  if (load<u8>(at) != closeBrace) {
    while (true) {
      const foreseen = before.next;
      let member: Member;
      if (
        foreseen !== null &&
        foreseen.window == window &&
        sameText(foreseen.nameStart, at, foreseen.nameLength)
      ) {
        member = foreseen;
        at += foreseen.nameLength;
      } else {
        const nameStart = at;
        at = scanName(at);
        if (at == 0) {
          return 0;
        }
        member = memberOf(table, hashA, hashB);
        before.next = member;
        if (member.window != window) {
          member.window = window;
          member.first.length = 0;
          member.second.length = 0;
        }
        member.nameStart = nameStart;
        member.nameLength = at - nameStart;
      }
      before = member;
      const valueStart = at;
      const keyA = member.keyA;
      const keyB = member.keyB;
      at = scanMember(at, depth + 1, member);
      if (at == 0) {
        return 0;
      }
      if (member.slot >= 0) {
        note(member.slot, valueStart, at);
      }
      sumA += mixHash(keyA, hashA);
      sumB += keyB * (hashB | 1);
      at = afterSpace(at);
      const next = load<u8>(at);
      if (next == closeBrace) {
        break;
      }
      if (next != comma) {
        return 0;
      }
      at = afterSpace(at + 1);
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
