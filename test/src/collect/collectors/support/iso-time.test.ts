import { expect, test } from '@jest/globals';
import { isoTime } from '../../../../../src/collect/collectors/support/iso-time.ts';

test.each([
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  ['2016-05-16T18:13:11+00:00', '2016-05-16T18:13:11.000Z'],
  ['2016-05-16T18:13:11+02:00', '2016-05-16T16:13:11.000Z'],
  [undefined, null],
  [null, null],
  ['', null],
  ['N/A', null],
  [new Date(Number.NaN), null],
])('isoTime(%p) is %p', (value, expected) => {
  expect(isoTime(value)).toBe(expected);
});
