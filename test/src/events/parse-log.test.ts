import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseLog } from '../../../src/events/parse-log.ts';
import { delivery, shapes } from './support.ts';

const text = JSON.stringify({ Records: shapes });

function details(bytes: Uint8Array): readonly string[] {
  return parseLog(bytes).problems.map(({ detail }) => detail);
}

describe('parseLog', () => {
  test.each([
    ['as delivered', text],
    ['a bare array', JSON.stringify(shapes)],
    ['JSON lines', shapes.map((record) => JSON.stringify(record)).join('\n')],
    [
      'JSON lines with a last line feed',
      `${shapes.map((record) => JSON.stringify(record)).join('\r\n')}\r\n`,
    ],
    ['pretty-printed', JSON.stringify({ Records: shapes }, null, 2)],
    ['with a byte order mark', `\ufeff${text}`],
    ['with members before and after', JSON.stringify({ a: [1], Records: shapes, z: {} })],
    [
      'the answer of lookup-events',
      JSON.stringify({ Events: shapes.map((one) => ({ CloudTrailEvent: JSON.stringify(one) })) }),
    ],
  ])('reads %s', (_name, written) => {
    for (const bytes of [Buffer.from(written), gzipSync(written)]) {
      const log = parseLog(bytes);
      expect(log.problems).toEqual([]);
      expect(log.bad).toEqual([]);
      expect(log.records.map(({ record }) => record)).toEqual(shapes);
    }
  });

  test('reads joined gzip members', () => {
    const half = Math.floor(shapes.length / 2);
    const joined = Buffer.concat([delivery(shapes.slice(0, half)), delivery(shapes.slice(half))]);
    expect(parseLog(joined).records).toHaveLength(shapes.length);
  });

  test('reads zstd, and names damaged zstd', () => {
    // `{"Records":[]}` as one raw block: magic, frame header (single segment, 14 bytes), block header, content.
    const content = Buffer.from('{"Records":[]}');
    const header = Buffer.from([
      0x28,
      0xb5,
      0x2f,
      0xfd,
      0x20,
      content.length,
      (content.length << 3) | 1,
      0,
      0,
    ]);
    expect(parseLog(Buffer.concat([header, content]))).toMatchObject({ records: [], problems: [] });
    expect(details(Buffer.concat([header, content.subarray(0, 5)])).join()).toMatch(/zstd/);
  });

  test('keeps lone surrogates from breaking a file', () => {
    const odd = { ...shapes[0], userAgent: 'x' };
    const written = JSON.stringify({ Records: [odd] }).replace('"x"', '"\\ud800"');
    expect(parseLog(Buffer.from(written)).records).toEqual([
      { index: 0, record: { ...odd, userAgent: '\ud800' } },
    ]);
  });

  test.each([
    ['an empty file', Buffer.alloc(0), /0 bytes/],
    ['white space', Buffer.from(' \n'), /only white space/],
    ['CSV', Buffer.from('a,b,c\n1,2,3\n'), /not a CloudTrail log: CSV/],
    [
      'a VPC flow log',
      Buffer.from('2 111122223333 eni-0a 192.0.2.1 192.0.2.2 1 2 6 1 1 1 2 ACCEPT OK'),
      /VPC flow log/,
    ],
    ['Config', Buffer.from('{"fileVersion":"1.0","configurationItems":[]}'), /AWS Config/],
    ['other JSON', Buffer.from('{"a":1}'), /JSON without CloudTrail records/],
    ['text', Buffer.from('hello'), /neither JSON nor anything known/],
    ['binary', Buffer.from([0, 1, 2, 3]), /binary/],
    ['Parquet', Buffer.from('PAR1....'), /Parquet/],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), /UTF-16/],
  ])('names %s', (_name, bytes, expected) => {
    expect(parseLog(bytes).records).toEqual([]);
    expect(details(bytes)).toHaveLength(1);
    expect(details(bytes)[0]).toMatch(expected);
  });

  test('a digest is no log and no trouble', () => {
    const digest = { awsAccountId: '111122223333', digestStartTime: '2026-11-03T09:00:00Z', logFiles: [] };
    expect(parseLog(Buffer.from(JSON.stringify(digest)))).toMatchObject({
      digest: true,
      problems: [],
      records: [],
    });
  });

  test('uses the records before a cut and says where it is', () => {
    const cut = parseLog(Buffer.from(text.slice(0, text.length / 2)));
    expect(cut.records.length).toBeGreaterThan(10);
    expect(cut.records.length).toBeLessThan(shapes.length);
    expect(cut.problems).toHaveLength(1);
    expect(cut.problems[0]?.detail).toMatch(/broken JSON at byte \d+ .*ends in the middle/);
  });

  test('a cut and a damaged gzip file are named, what could be unpacked is used', () => {
    const packed = delivery(shapes);
    const cut = parseLog(packed.subarray(0, packed.length / 2));
    expect(cut.records.length).toBeGreaterThan(0);
    expect(cut.problems.map(({ detail }) => detail).join(' ')).toMatch(/end too early.*broken JSON/);
    const flipped = Buffer.from(packed);
    flipped.writeUInt32LE(~flipped.readUInt32LE(packed.length - 8) >>> 0, packed.length - 8);
    const damaged = parseLog(flipped);
    expect(damaged.records).toHaveLength(shapes.length);
    expect(damaged.problems.map(({ detail }) => detail).join()).toMatch(/damaged.*not proved/);
  });

  test('a bad line is counted and the next ones are read', () => {
    const lines = [shapes[0], shapes[1]].map((record) => JSON.stringify(record));
    const log = parseLog(Buffer.from(`${lines[0]}\n{"eventName":nonsense}\n${lines[1]}`));
    expect(log.records).toHaveLength(2);
    expect(log.bad).toEqual([{ index: 1, reason: expect.stringMatching(/no JSON/) }]);
  });

  test('elements that are no objects are counted', () => {
    const log = parseLog(Buffer.from(JSON.stringify({ Records: [null, shapes[0], 'text', []] })));
    expect(log.records.map(({ index }) => index)).toEqual([1]);
    expect(log.bad.map(({ index }) => index)).toEqual([0, 2, 3]);
  });

  test('one record of 64 MB is read', () => {
    const record = { ...shapes[0], requestParameters: { text: 'x'.repeat(64_000_000) } };
    expect(parseLog(Buffer.from(JSON.stringify({ Records: [record] }))).records).toHaveLength(1);
  });

  test('never throws, whatever the bytes', () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.json().map((json) => Buffer.from(json)),
      fc.constantFrom(
        Buffer.from('{"Records":['),
        delivery(shapes.slice(0, 2)),
        Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
      ),
      fc.nat(400).map((end) => delivery(shapes.slice(0, 2)).subarray(0, end)),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 4 }), (parts) => {
        const { records, bad, problems, digest } = parseLog(Buffer.concat(parts));
        expect(records.length + bad.length + problems.length > 0 || digest || parts.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
