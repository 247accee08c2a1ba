import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exactIsoTime, isoTime } from '../../../src/model/iso-time.ts';

const part = (...values: readonly string[]) => fc.constantFrom(...values);
const likeTimes = fc
  .tuple(
    part('2023', '2024', '1900', '2000', '1969', '0000', '9999', '20a3', 'a023', '+2023', '-000001'),
    part('-02-28', '-02-29', '-02-30', '-03-01', '-13-01', '-00-10', '-01-00', '-12-31', '/12/31', '-1-1'),
    part('T', ' ', 't'),
    part('00:00:00', '23:59:59', '24:00:00', '24:00:01', '23:60:00', '23:59:60', '2 :00:00', '-1:00:00'),
    part('.000', '.999', '.9', '', ',000', '.1234', '.00a', '.a00'),
    part('Z', '', '+02:00', 'z'),
  )
  .map((parts) => parts.join(''));

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
    fc.assert(
      fc.property(fc.array(likeTimes, { minLength: 1, maxLength: 5 }), (several) => {
        expect(several.map(isoTime)).toEqual(several.map((text) => Date.parse(text)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('exactIsoTime', () => {
  test('tells every time that toISOString makes for years of four digits', () => {
    const dates = fc.date({
      noInvalidDate: true,
      min: new Date('0000-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
    });
    fc.assert(
      fc.property(dates, (date) => {
        expect(exactIsoTime(date.toISOString())).toBe(date.getTime());
      }),
      { numRuns: 2000 },
    );
  });

  test('tells no text that toISOString would make otherwise', () => {
    fc.assert(
      fc.property(likeTimes, (text) => {
        const at = exactIsoTime(text);
        const date = new Date(text);
        const isExact = text.length === 24 && !Number.isNaN(date.getTime()) && date.toISOString() === text;
        expect(at).toBe(isExact ? date.getTime() : null);
      }),
      { numRuns: 5000 },
    );
  });
});
