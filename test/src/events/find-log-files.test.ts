import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findLogFiles } from '../../../src/events/find-log-files.ts';
import { inFolder } from './support.ts';

/** Names that are sorted differently with and without what lies in them. */
const names = fc.constantFrom('a', 'a.b', 'a-b', 'a0', 'B', 'é', 'z');
const tree = fc.uniqueArray(
  fc
    .array(names, { minLength: 1, maxLength: 4 })
    .map((parts) => `${parts.map((part) => `${part}_`).join('/')}file`),
  { minLength: 1, maxLength: 12 },
);

function plant(folder: string, files: readonly string[]): readonly string[] {
  return files
    .map((file) => {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file);
      return path;
    })
    .sort();
}

function pathsOf(named: readonly string[]): {
  readonly paths: readonly string[];
  readonly gaps: readonly unknown[];
} {
  const found = findLogFiles(named);
  return { paths: Array.from(found.files(), ({ path }) => path), gaps: found.gaps };
}

describe('files of a log', () => {
  test('of a folder: all that lie in it, sorted by their paths', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        await inFolder(async (folder) => {
          const expected = plant(folder, files);
          expect(pathsOf([folder])).toEqual({ paths: expected, gaps: [] });
          expect(pathsOf([`${folder}/`])).toEqual({ paths: expected, gaps: [] });
          const wanted = expected.filter((path) => path.endsWith('a_file'));
          const globbed = pathsOf([join(folder, '**', '*a_file')]);
          expect(globbed.paths).toEqual(wanted);
          expect(globbed.gaps).toHaveLength(wanted.length === 0 ? 1 : 0);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('that several names mean are found once', async () => {
    await inFolder(async (folder) => {
      const [one = '', two = ''] = plant(folder, ['in/one.json', 'two.json']);
      const here = `./${relative(process.cwd(), folder)}`;
      expect(pathsOf([folder, join(folder, 'in'), two, join(folder, '*', '*.json')]).paths).toEqual([
        one,
        two,
      ]);
      expect(pathsOf([here]).paths).toEqual([one, two].map((path) => relative(process.cwd(), path)));
    });
  });

  test('some are looked for no further than to the first, and nothing is told twice', async () => {
    await inFolder(async (folder) => {
      plant(folder, ['a.json', 'b.json', 'c.json']);
      symlinkSync(folder, join(folder, 'd'));
      const found = findLogFiles([folder]);
      expect([...found.first()].map(({ path }) => path.slice(-6))).toEqual(['a.json', 'b.json', 'c.json']);
      expect(found.gaps).toEqual([]);
      const asked: string[] = [];
      const isSecond = (path: string): boolean => asked.push(path) === 2;
      expect([found.some(isSecond), asked.length, found.some(() => false)]).toEqual([true, 2, false]);
      expect([...found.files()]).toHaveLength(3);
      expect(found.gaps).toEqual([
        expect.objectContaining({ detail: 'a link to a folder, which is not followed' }),
      ]);
    });
  });

  test('what is not there, empty or unmatched is named', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, 'empty'));
      const told = [join(folder, 'empty'), join(folder, 'missing'), join(folder, '*.none')].map((path) =>
        pathsOf([path]),
      );
      expect(told.map(({ paths, gaps }) => [paths, gaps])).toEqual(
        ['the folder holds no file', 'no such file or folder', 'no file matches'].map((detail) => [
          [],
          [expect.objectContaining({ reason: 'not-collected', detail })],
        ]),
      );
    });
  });
});
