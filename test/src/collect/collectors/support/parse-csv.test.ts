import { describe, expect, test } from '@jest/globals';
import { parseCsv } from '../../../../../src/collect/collectors/support/parse-csv.ts';

const rows = (text: string): readonly unknown[] =>
  parseCsv(text).records.map((record) => (record.ok ? Object.fromEntries(record.fields) : record.problem));

describe('parseCsv', () => {
  test('reads records by header name, whatever the order or line ending', () => {
    expect(rows('b,a\r\n2,1\r\n4,3\r\n')).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
  });

  test('keeps empty fields, first and last ones too', () => {
    expect(rows('a,b,c\n,,\n,x,')).toEqual([
      { a: '', b: '', c: '' },
      { a: '', b: 'x', c: '' },
    ]);
  });

  test('undoes quotes, with separators and doubled quotes inside them', () => {
    expect(rows('a,b\n"x,""y""",z')).toEqual([{ a: 'x,"y"', b: 'z' }]);
  });

  test('ignores a byte order mark and blank lines', () => {
    expect(rows('\uFEFFa\n\n1\n')).toEqual([{ a: '1' }]);
  });

  test('says so when a record does not have the header’s fields', () => {
    expect(rows('a,b\n1,2,3\n1')).toEqual([
      '3 fields where the header has 2',
      '1 fields where the header has 2',
    ]);
  });

  test('a header alone holds no records', () => {
    expect(parseCsv('a,b')).toEqual({ header: ['a', 'b'], records: [] });
    expect(rows('')).toEqual([]);
  });
});
