import { describe, expect, test } from '@jest/globals';
import { coverageDrawing } from '../../../src/report/graph/coverage-drawing.ts';

const row = (accountId: string, ...states: ('complete' | 'partial' | 'missing' | 'not-asked')[]) => ({
  accountId,
  name: 'production',
  swept: true,
  states,
});

function squares(paths: readonly { readonly path: string }[]): number {
  return paths.reduce((sum, { path }) => sum + path.split('z').length - 1, 0);
}

describe('the map of the coverage', () => {
  test('draws each cell once, each state with a mark of its own', () => {
    const drawing = coverageDrawing(
      ['iam', 'lambda', 'sts'],
      [
        row('111122223333', 'complete', 'partial', 'missing'),
        row('222233334444', 'not-asked', 'complete', 'complete'),
      ],
    );
    expect(squares(drawing.tiles)).toBe(6);
    expect(drawing.marks.map(({ state }) => state)).toEqual(['partial', 'missing', 'not-asked']);
    expect(new Set(drawing.marks.map(({ path }) => path)).size).toBe(3);
    expect(drawing.legend.map(({ state }) => state)).toEqual(['complete', 'partial', 'missing', 'not-asked']);
    expect(drawing.left).toBe(0);
  });

  test('counts the accounts that it has no room for', () => {
    const accounts = Array.from({ length: 100 }, (_, index) =>
      row(String(index).padStart(12, '0'), 'complete'),
    );
    const drawing = coverageDrawing(['iam'], accounts);
    expect(drawing.rows.length + drawing.left).toBe(100);
    expect(squares(drawing.tiles)).toBe(drawing.rows.length);
  });

  test('an account that was not swept says so instead of its name', () => {
    const drawing = coverageDrawing(['iam'], [{ ...row('111122223333', 'missing'), swept: false }]);
    expect(drawing.rows).toEqual([
      expect.objectContaining({ label: '111122223333', name: 'not swept', flagged: true }),
    ]);
  });
});
