/** The hash of `json-cursor.ts` and `hash-mix.ts`, bit by bit: two lanes, here in globals. */
export const seedA: i32 = <i32>0x811c9dc5;
export const seedB: i32 = 0x2545f491;

@inline
export function mixHash(left: i32, right: i32): i32 {
  let hash = (left ^ <i32>0x9e3779b9) * <i32>0x85ebca6b + right;
  hash = (hash ^ (hash >>> 15)) * <i32>0xc2b2ae35;
  return hash ^ (hash >>> 13);
}

@inline
export function rotateMix(left: i32, right: i32): i32 {
  let hash = (rotl<i32>(left, 13) ^ right) * 0x27d4eb2f;
  hash = (hash ^ (hash >>> 16)) * 0x165667b1;
  return hash ^ (hash >>> 14);
}

@inline
export function mixGroupA(a: i32, group: i32): i32 {
  return ((a ^ group) * 0x01000193) ^ (a >>> 15);
}

@inline
export function mixGroupB(b: i32, group: i32): i32 {
  return (rotl<i32>(b, 5) ^ group) * 0x5bd1e995;
}

@inline
export function mixByteA(a: i32, byte: i32): i32 {
  return (a ^ byte) * 0x01000193;
}
