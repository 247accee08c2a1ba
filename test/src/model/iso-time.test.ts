import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isoTime } from '../../../src/model/iso-time.ts';

describe('isoTime', () => {
  test('tells of every time what Date.parse tells', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        const text = date.toISOString();
        expect(isoTime(text)).toBe(date.getTime());
        expect(isoTime(text)).toBe(date.getTime());
      }),
    );
  });

  test('tells of texts like times what Date.parse tells', () => {
    const part = (...values: readonly string[]) => fc.constantFrom(...values);
    const texts = fc
      .tuple(
        part('2023', '2024', '1969', '0000', '9999', '20a3', '+2023'),
        part('-02-29', '-02-30', '-13-01', '-00-10', '-12-31', '/12/31', '-1-1'),
        part('T', ' ', 't'),
        part('00:00:00', '23:59:59', '24:00:00', '23:60:00', '23:59:60', '2 :00:00', '-1:00:00'),
        part('.000', '.999', '.9', '', ',000', '.1234'),
        part('Z', '', '+02:00', 'z'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 5 }), (several) => {
        expect(several.map(isoTime)).toEqual(several.map((text) => Date.parse(text)));
      }),
      { numRuns: 2000 },
    );
  });
});
