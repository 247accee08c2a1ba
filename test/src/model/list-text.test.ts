import { expect, test } from '@jest/globals';
import { listText } from '../../../src/model/list-text.ts';

test('sorted, each once', () => {
  expect(listText(['b', 'a', 'b'])).toBe('a, b');
});

test('the first few and how many more', () => {
  expect(listText(['d', 'c', 'b', 'a'], 2)).toBe('a, b and 2 more');
  expect(listText(['b', 'a'], 2)).toBe('a, b');
});

test('nothing is said to be none', () => {
  expect(listText([])).toBe('none');
});
