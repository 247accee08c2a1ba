/** Two lanes of 32 bits: together enough that unequal texts do not meet in a log of any size. */
export type HashLanes = readonly [number, number];

/** The same hash that the scanner computes over a string's bytes. */
export function hashBytes(bytes: Uint8Array): HashLanes {
  let a = 0x811c9dc5 | 0;
  let b = 0x2545f491;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(((b << 5) | (b >>> 27)) ^ byte, 0x5bd1e995);
  }
  return [a, b];
}

/** Depends on the order of its arguments; every bit of either reaches the upper and the lower half. */
export function mixHash(left: number, right: number): number {
  let hash = Math.imul(left ^ 0x9e3779b9, 0x85ebca6b) + right;
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return hash ^ (hash >>> 13);
}

export function rotateMix(left: number, right: number): number {
  let hash = Math.imul(((left << 13) | (left >>> 19)) ^ right, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16), 0x165667b1);
  return hash ^ (hash >>> 14);
}

export function hexOf([a, b]: HashLanes): string {
  return [a, b].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
}
