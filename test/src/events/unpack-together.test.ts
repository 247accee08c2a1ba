import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { unpackTogether } from '../../../src/events/unpack-together.ts';

const packed = (text: string): Buffer => gzipSync(Buffer.from(text));
const textsOf = (files: readonly Uint8Array[]): readonly string[] | null =>
  unpackTogether(files)?.map((bytes) => Buffer.from(bytes).toString('utf8')) ?? null;

describe('unpackTogether', () => {
  test('gives each file its own bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 2, maxLength: 8 }), (texts) => {
        expect(textsOf(texts.map(packed))).toEqual(texts);
      }),
    );
  });

  test.each([
    ['a damaged file', (bytes: Buffer) => bytes.fill(0, 12, 14)],
    ['a file that is cut off', (bytes: Buffer) => bytes.subarray(0, -3)],
    ['a file with another checksum', (bytes: Buffer) => bytes.fill(1, bytes.length - 8, bytes.length - 4)],
    ['a file that tells another size', (bytes: Buffer) => bytes.fill(1, bytes.length - 4)],
    ['a file of two members', (bytes: Buffer) => Buffer.concat([bytes, packed('more')])],
    ['bytes behind a file', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('more of it')])],
    ['a file that is no gzip', () => Buffer.from('{"Records":[]} and more')],
    ['an empty file', () => Buffer.alloc(0)],
  ])('%s has every file of its group unpacked alone', (_, spoil) => {
    const spoiled = spoil(packed('some text that is worth packing'));
    expect(textsOf([packed('before'), spoiled, packed('after')])).toBeNull();
  });

  test('one file alone is not its business', () => {
    expect(unpackTogether([packed('alone')])).toBeNull();
    expect(unpackTogether([])).toBeNull();
  });
});
