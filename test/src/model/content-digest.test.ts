import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contentDigest } from '../../../src/model/content-digest.ts';

/** What `tr -d '[:space:]' | sha256sum` makes of a text. */
function ofShell(text: string): string {
  return createHash('sha256')
    .update(text.replaceAll(/[ \t\n\r\f\v]/g, ''), 'utf8')
    .digest('hex');
}

const name = fc.string({ unit: 'grapheme' }).filter((text) => !/^(?:0|[1-9]\d*)$/.test(text));
const document = fc.dictionary(
  name,
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.array(fc.string({ unit: 'binary' }))),
);

describe('the digest of a document', () => {
  test('is what the shell computes from any layout of it', () => {
    fc.assert(
      fc.property(document, fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(contentDigest(text)).toBe(ofShell(JSON.stringify(value, null, 4)));
        expect(contentDigest(`\n ${text}\t`)).toBe(contentDigest(text));
      }),
    );
  });

  test('keeps the order of members and every value', () => {
    expect(contentDigest('{"a":1,"b":2}')).not.toBe(contentDigest('{"b":2,"a":1}'));
    expect(contentDigest('{"a":"$(touch x)"}')).not.toBe(contentDigest('{"a":"$(touch y)"}'));
  });

  test('is null for what is no JSON', () => {
    expect(['', '{', 'undefined', "{'a':1}"].map(contentDigest)).toEqual([null, null, null, null]);
  });
});
