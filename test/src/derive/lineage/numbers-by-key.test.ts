import { describe, expect, test } from '@jest/globals';
import { haveSameHash, KeyedNumbers } from '../../../../src/derive/lineage/numbers-by-key.ts';

function keyed(entries: readonly (readonly [string, number])[]) {
  const numbers = new KeyedNumbers();
  for (const [key, number] of entries) {
    numbers.add(key, number);
  }
  return numbers.sealed();
}

describe('NumbersByKey', () => {
  test('gives the numbers of a key in the order of adding', () => {
    const found = keyed([
      ['a', 3],
      ['b', 4],
      ['a', 1],
      ['a', 1],
    ]);
    expect(found.candidates('a')).toEqual([3, 1, 1]);
    expect(found.candidates('b')).toEqual([4]);
    expect(found.candidates('c')).toEqual([]);
  });

  test('holds nothing where nothing was added', () => {
    expect(keyed([]).candidates('a')).toEqual([]);
  });

  test('finds every number of very many keys', () => {
    const entries = Array.from(
      { length: 50_000 },
      (_, index) => [`parameter 111122223333 eu-west-1 name-${index % 30_000}`, index] as const,
    );
    const numbers = keyed(entries);
    const missing = entries.filter(([key, number]) => !numbers.candidates(key).includes(number));
    const more = entries.filter(([key]) => numbers.candidates(key).length > 2);
    expect(missing).toEqual([]);
    expect(more.length).toBeLessThan(100);
  });

  // FNV-1a gives 0x5e4daa9d for both.
  test('an answer may hold the number of another key with the same hash', () => {
    const numbers = keyed([
      ['costarring', 1],
      ['liquid', 2],
    ]);
    expect(numbers.candidates('liquid')).toEqual([1, 2]);
    expect(haveSameHash('costarring', 'liquid')).toBe(true);
    expect(haveSameHash('costarring', 'fluid')).toBe(false);
    expect(numbers.findLast('costarring', (number) => number === 1)).toBe(1);
  });

  test('finds the last number that is meant', () => {
    const numbers = keyed([
      ['a', 1],
      ['a', 2],
      ['a', 3],
    ]);
    expect(numbers.findLast('a', (number) => number < 3)).toBe(2);
    expect(numbers.findLast('a', () => false)).toBeUndefined();
    expect(numbers.findLast('b', () => true)).toBeUndefined();
  });
});
