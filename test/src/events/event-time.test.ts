import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isoOf } from '../../../src/events/event-time.ts';
import { utcSecondAt } from '../../../src/events/utc-second.ts';

describe('isoOf', () => {
  test('writes every time as Date does, whatever it wrote before', () => {
    const recent = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2020, 0, 3) });
    const any = fc.integer({ min: -8.64e15, max: 8.64e15 });
    const fraction = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.oneof(recent, any, fraction), { maxLength: 30 }), (times) => {
        expect(times.map(isoOf)).toEqual(times.map((time) => new Date(time).toISOString()));
      }),
    );
  });
});

describe('utcSecondAt', () => {
  const read = (text: string): number | null => {
    const bytes = Buffer.from(`"${text}"`);
    return utcSecondAt(bytes, 0, bytes.length);
  };

  test('reads as Date does, and leaves to others what it does not take', () => {
    const second = fc.integer({ min: Date.UTC(0) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
    fc.assert(
      fc.property(second, fc.nat(19), fc.constantFrom(...'0123456789-:TZ/ '), (seconds, at, letter) => {
        const text = isoOf(seconds * 1000).replace('.000Z', 'Z');
        const told = read(text);
        expect(told === null || told === seconds * 1000).toBe(true);
        expect(told !== null || text.slice(5, 10) === '02-29').toBe(true);
        const changed = `${text.slice(0, at)}${letter}${text.slice(at + 1)}`;
        const other = read(changed);
        expect(other === null || other === Date.parse(changed)).toBe(true);
      }),
    );
  });
});
