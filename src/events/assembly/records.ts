import { findBucket, forgetBuckets, learnBucket, setFailure } from './buckets';
import { afterSpace, closeBracket, comma, hashA } from './json';
import { newTable, sameText, want } from './members';
import {
  ends,
  hasText,
  hashesA,
  hashesB,
  lane,
  nextWindow,
  repeated,
  scanRecord,
  starts,
} from './noted';
import {
  additional,
  errorMessage,
  eventId,
  eventTime,
  eventType,
  name,
  request,
  resources,
  response,
  serviceDetails,
  sharedEventId,
  source,
  userIdentity,
} from './slots';
import { noTime, utcSecondAt } from './utc-second';

export { ends, hashesA, hashesB, newTable, setFailure, starts, want };

/** Why `run` returns (`runEnds`, record-runner.ts). */
const unusual: i32 = 0;
const listEnded: i32 = 1;
const afterRecord: i32 = 2;
const newBucket: i32 = 3;
const newIdentity: i32 = 4;
const full: i32 = 5;

/** Room behind the text for reads of several bytes at once; always zero. */
const padding: usize = 64;
export const textCapacity: usize = 1 << 20;
export const text: usize = heap.alloc(textCapacity + padding);

/** Columns of the records since they were taken last; their rows are as in scan-batch.ts and whole-records.ts. */
const mostRows: i32 = 4096;
export const rowSize: usize = 20;
export const boundsSize: usize = 20;
const bytesCapacity: usize = 1 << 20;
/** Brackets, commas and zeros around the details. */
const frame: usize = 32;
export const rows: usize = heap.alloc(<usize>mostRows * rowSize);
export const times: usize = heap.alloc(<usize>mostRows * 8);
export const wholeRows: usize = heap.alloc(<usize>mostRows * 4);
export const wholeActors: usize = heap.alloc(<usize>mostRows * 4);
export const wholeBounds: usize = heap.alloc(<usize>mostRows * boundsSize);
export const wholeBytes: usize = heap.alloc(bytesCapacity);
export let rowCount: i32 = 0;
export let wholeCount: i32 = 0;
export let byteCount: i32 = 0;
/** Records outside the window or the accounts. */
export let outside: i32 = 0;

const detailSlots: usize = memory.data<i32>([
  eventId,
  sharedEventId,
  request,
  response,
  errorMessage,
  eventType,
  additional,
  serviceDetails,
  resources,
]);
const detailCount: i32 = 9;

/** Where the next record begins, or why none does: see the ends of `run`. */
export let position: usize = 0;
/** Number of the next record in its file. */
export let index: i32 = 0;
let table: usize = 0;
let limit: usize = 0;
let from: f64 = 0;
let to: f64 = 0;
let rowBase: i32 = 0;
let byteBase: i32 = 0;
/** What has been found out of the record at `position`: 0 = nothing, 1 = its bucket, 2 = its identity too. */
let stage: i32 = 0;
let recordEnd: usize = 0;
let content: i32 = 0;
let time: f64 = 0;
let bucket: i32 = 0;
let verdict: i32 = 0;
/** The identity before this one: mostly it is the same. */
let identity: i32 = 0;
let identityStart: usize = 0;
let identityLength: usize = 0;

/** @param since milliseconds; half open */
export function configure(records: usize, since: f64, until: f64): void {
  table = records;
  from = since;
  to = until;
}

/** A new generation of buckets and identities begins. */
export function forget(): void {
  forgetBuckets();
  identityLength = 0;
}

/** `length` new bytes lie at `text`. */
export function loaded(length: usize): void {
  memory.fill(text + length, 0, padding);
  nextWindow();
  identityLength = 0;
}

/** The columns were taken; so many rows and bytes were before those that follow. */
export function taken(rowsSoFar: i32, bytesSoFar: i32): void {
  rowBase = rowsSoFar;
  byteBase = bytesSoFar;
  rowCount = 0;
  wholeCount = 0;
  byteCount = 0;
  outside = 0;
}

/** White space behind the limit is that of another text. */
@inline
function beforeLimit(at: usize, end: usize): usize {
  return at < end ? at : end;
}

/** Records from `at` on, none beyond `end`; `next` is the number of the first one in its file. */
export function begin(at: usize, end: usize, next: i32): void {
  position = beforeLimit(afterSpace(at), end);
  limit = end;
  index = next;
  stage = 0;
}

/** The number of the bucket that was not known. */
export function knowBucket(number: i32, becomes: i32): void {
  learnBucket(number, becomes);
  bucket = number;
  verdict = becomes;
  stage = 1;
}

export function knowIdentity(number: i32): void {
  identity = number;
  identityStart = <usize>lane(starts, userIdentity);
  identityLength = <usize>lane(ends, userIdentity) - identityStart;
  stage = 2;
}

@inline
function isKnownIdentity(): bool {
  const start = <usize>lane(starts, userIdentity);
  const length = <usize>lane(ends, userIdentity) - start;
  return length == identityLength && sameText(identityStart, start, length);
}

function detailsSize(): usize {
  let size = frame;
  for (let detail = 0; detail < detailCount; detail += 1) {
    const slot = load<i32>(detailSlots + (<usize>detail << 2));
    const start = lane(starts, slot);
    size += start == 0 ? 0 : <usize>(lane(ends, slot) - start);
  }
  return size;
}

@inline
function pushBound(bound: i32): void {
  store<i32>(wholeBounds + <usize>wholeCount * boundsSize + (<usize>bound << 2), byteBase + byteCount);
}

@inline
function pushByte(byte: u8): void {
  store<u8>(wholeBytes + byteCount, byte);
  byteCount += 1;
}

function pushDetails(): void {
  pushBound(0);
  for (let detail = 0; detail < detailCount; detail += 1) {
    const slot = load<i32>(detailSlots + (<usize>detail << 2));
    const start = <usize>lane(starts, slot);
    pushByte(detail == 0 ? 0x5b : 0x2c);
    if (slot == request) {
      pushBound(1);
    }
    if (start == 0) {
      pushByte(0x30);
    } else {
      const length = <usize>lane(ends, slot) - start;
      memory.copy(wholeBytes + byteCount, start, length);
      byteCount += <i32>length;
    }
    if (slot == request) {
      pushBound(2);
    } else if (slot == response) {
      pushBound(3);
    }
  }
  pushByte(0x5d);
  pushBound(4);
}

function pushRow(): void {
  const row = rows + <usize>rowCount * rowSize;
  store<i32>(row, lane(hashesA, eventId));
  store<i32>(row, lane(hashesB, eventId), 4);
  store<i32>(row, content, 8);
  store<i32>(row, bucket, 12);
  store<i32>(row, index, 16);
  store<f64>(times + (<usize>rowCount << 3), time);
  rowCount += 1;
}

/** Scans the record at `position` and finds its bucket; -1 = go on. */
function judge(): i32 {
  recordEnd = scanRecord(position, table);
  if (recordEnd == 0 || recordEnd > limit || repeated) {
    return unusual;
  }
  content = hashA;
  if (!hasText(eventId) || !hasText(source) || !hasText(name)) {
    return unusual;
  }
  const start = <usize>lane(starts, eventTime);
  const second = start == 0 ? noTime : utcSecondAt(start, <usize>lane(ends, eventTime));
  if (second == noTime) {
    return unusual;
  }
  time = <f64>second;
  if (from > time || time >= to) {
    verdict = 0;
    stage = 1;
    return -1;
  }
  const entry = findBucket();
  bucket = load<i32>(entry, 8);
  verdict = load<i32>(entry, 12);
  stage = 1;
  return bucket == 0 ? newBucket : -1;
}

/** Takes the record whose bucket is known; -1 = go on. */
function take(): i32 {
  if (verdict == 0) {
    outside += 1;
    return -1;
  }
  if (verdict == 2) {
    const told = lane(starts, userIdentity) != 0;
    if (stage == 1 && told && !isKnownIdentity()) {
      return newIdentity;
    }
    const size = detailsSize();
    if (size > bytesCapacity) {
      return unusual;
    }
    if (<usize>byteCount + size > bytesCapacity) {
      return full;
    }
    store<i32>(wholeRows + (<usize>wholeCount << 2), rowBase + rowCount);
    store<i32>(wholeActors + (<usize>wholeCount << 2), told ? identity : 0);
    pushDetails();
    wholeCount += 1;
  }
  pushRow();
  return -1;
}

/** Takes usual records one after the other, until something is for others to judge. */
export function run(): i32 {
  while (true) {
    if (rowCount == mostRows) {
      return full;
    }
    let end = stage == 0 ? judge() : -1;
    if (end == -1) {
      end = take();
    }
    if (end != -1) {
      if (end == unusual) {
        stage = 0;
      }
      return end;
    }
    stage = 0;
    index += 1;
    const next = afterSpace(recordEnd);
    const byte = load<u8>(next);
    position = recordEnd;
    if (next >= limit || (byte != comma && byte != closeBracket)) {
      return afterRecord;
    }
    if (byte == closeBracket) {
      position = next + 1;
      return listEnded;
    }
    position = beforeLimit(afterSpace(next + 1), limit);
  }
}
