import { describe, expect, test } from '@jest/globals';
import { AccessKeyIds } from '../../../../src/derive/lineage/access-key-ids.ts';

function idsOf(...added: readonly string[]): AccessKeyIds {
  const ids = new AccessKeyIds();
  for (const id of added) {
    ids.add(id);
  }
  return ids;
}

describe('AccessKeyIds', () => {
  test('has what was added and nothing else', () => {
    const ids = idsOf('ASIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE');
    expect(ids.has('ASIAIOSFODNN7EXAMPLE')).toBe(true);
    expect(ids.has('AKIAIOSFODNN7EXAMPLE')).toBe(true);
    expect(ids.has('ASIAIOSFODNN7EXAMPLF')).toBe(false);
    expect(ids.has('AROAIOSFODNN7EXAMPLE')).toBe(false);
    expect(idsOf().has('ASIAIOSFODNN7EXAMPLE')).toBe(false);
  });

  test('every letter of an id counts', () => {
    const id = 'ASIAZZZZZZZZZZZZZZZZ';
    const ids = idsOf(id);
    const others = [...id].flatMap((_, at) =>
      [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXY']
        .map((letter) => `${id.slice(0, at)}${letter}${id.slice(at + 1)}`)
        .filter((other) => other !== id),
    );
    expect(others.filter((other) => ids.has(other))).toEqual([]);
    expect(ids.has(id)).toBe(true);
  });

  test.each([
    '',
    'ASIA',
    'asiaiosfodnn7example',
    'ASIAIOSFODNN7EXAMPL ',
    'ASIAIOSFODNN7EXAMPLEX',
    'ASIAIOSFODNN7EXAMPL\u{c9}',
    '    IOSFODNN7EXAMPLE',
  ])('an id of another form stays itself: %j', (id) => {
    const ids = idsOf(id, 'ASIAIOSFODNN7EXAMPLE');
    expect(ids.has(id)).toBe(true);
    expect(ids.has(`${id}X`)).toBe(`${id}X` === 'ASIAIOSFODNN7EXAMPLE');
    expect(ids.has('ASIAIOSFODNN7EXAMPLE')).toBe(true);
  });

  test('ids of another form are told apart by their kind as well', () => {
    const ids = idsOf('    IOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE');
    expect(ids.has('----IOSFODNN7EXAMPLE')).toBe(false);
    expect(ids.has('asiaIOSFODNN7EXAMPLE')).toBe(false);
  });

  test('more kinds than have a number', () => {
    const letters = [...'ABCDEFGHIJ'];
    const all = letters.flatMap((left) => letters.map((right) => `AS${left}${right}IOSFODNN7EXAMPLE`));
    const ids = idsOf(...all);
    expect(all.filter((id) => !ids.has(id))).toEqual([]);
    expect(ids.has('ASZZIOSFODNN7EXAMPLE')).toBe(false);
  });

  test('very many', () => {
    const idOf = (number: number): string => `ASIA${number.toString(36).toUpperCase().padStart(16, '0')}`;
    const ids = idsOf(...Array.from({ length: 20_000 }, (_, index) => idOf(index * 2)));
    const wrong = Array.from({ length: 40_000 }, (_, index) => index).filter(
      (index) => ids.has(idOf(index)) !== (index % 2 === 0),
    );
    expect(wrong).toEqual([]);
  });
});
