import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from '../../../src/model/canonical-json.ts';

describe('canonicalJson', () => {
  test('sorts the keys at every depth', () => {
    expect(canonicalJson({ b: { d: 1, c: [{ z: 1, a: 2 }] }, a: 'x' })).toBe(
      '{"a":"x","b":{"c":[{"a":2,"z":1}],"d":1}}',
    );
  });

  test('keeps the order of lists', () => {
    expect(canonicalJson([3, 1, 2])).toBe('[3,1,2]');
  });

  test('leaves out what is undefined and keeps null', () => {
    expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}');
  });

  test('escapes as JSON does', () => {
    expect(canonicalJson('"\n')).toBe('"\\"\\n"');
  });
});
