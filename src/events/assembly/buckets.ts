import { mixHash, rotateMix } from './hash';
import { hasText, hashesA, hashesB, lane, starts } from './noted';
import { bucketSlots, consoleLogin, errorCode, errorMessage } from './slots';

/** The buckets met so far, by the hashes of their texts; what no longer has room is asked for again and again. */
const capacity: usize = 1 << 16;
const mask: usize = capacity - 1;
const most: i32 = 40_000;
const entrySize: usize = 16;
const entries: usize = heap.alloc(capacity * entrySize);
let count: i32 = 0;
let failureA: i32 = 0;
let failureB: i32 = 0;
/** Lanes of the bucket asked for last. */
let lastA: i32 = 0;
let lastB: i32 = 0;

export function setFailure(a: i32, b: i32): void {
  failureA = a;
  failureB = b;
}

export function forgetBuckets(): void {
  memory.fill(entries, 0, capacity * entrySize);
  count = 0;
}

/** No error code, and yet it failed: a sign-in has only a message or the answer `Failure`. */
@inline
function failedWithoutCode(): bool {
  return (
    !hasText(errorCode) &&
    (hasText(errorMessage) ||
      (lane(starts, consoleLogin) != 0 &&
        lane(hashesA, consoleLogin) == failureA &&
        lane(hashesB, consoleLogin) == failureB))
  );
}

@inline
function entryOf(a: i32, b: i32): usize {
  let slot = <usize>(a ^ (a >>> 15) ^ (b >>> 7)) & mask;
  while (true) {
    const entry = entries + slot * entrySize;
    if (load<i32>(entry, 8) == 0 || (load<i32>(entry) == a && load<i32>(entry, 4) == b)) {
      return entry;
    }
    slot = (slot + 1) & mask;
  }
}

/** Address of the record's bucket: its number at 8 (0 = not met), what becomes of its records at 12. */
export function findBucket(): usize {
  let a = failedWithoutCode() ? 1 : 0;
  let b = 0;
  for (let slot = 0; slot < bucketSlots; slot += 1) {
    const told = hasText(slot);
    a = mixHash(a, told ? lane(hashesA, slot) : 0);
    b = rotateMix(b, told ? lane(hashesB, slot) : 0);
  }
  lastA = a;
  lastB = b;
  return entryOf(a, b);
}

/** Remembers the number of the bucket that was asked for last. */
export function learnBucket(bucket: i32, verdict: i32): void {
  if (count >= most) {
    return;
  }
  const entry = entryOf(lastA, lastB);
  store<i32>(entry, lastA);
  store<i32>(entry, lastB, 4);
  store<i32>(entry, bucket, 8);
  store<i32>(entry, verdict, 12);
  count += 1;
}
