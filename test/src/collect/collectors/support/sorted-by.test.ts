import { expect, test } from '@jest/globals';
import { sortedBy } from '../../../../../src/collect/collectors/support/sorted-by.ts';

test('sorts a copy by code units, not by the machine’s language', () => {
  const items = ['b', 'ä', 'a', 'B', 'a'];
  expect(sortedBy(items, (item) => item)).toEqual(['B', 'a', 'a', 'b', 'ä']);
  expect(items[0]).toBe('b');
});
