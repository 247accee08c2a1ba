import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { listBundle } from '../../../src/evidence/bundle-files.ts';
import { digestOfFile, parseChecksums, renderChecksums } from '../../../src/evidence/checksums.ts';
import { runTool } from '../../support/signing-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterleak-checksums-'));
const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const oddNames = [
  'back\\slash',
  'line\nbreak',
  'carriage\rreturn',
  'all\\three\n\r',
  ' leading and trailing ',
  '-dash',
  '*star',
  'ünïcode ☃ \u202e',
  '$(touch x)',
  'C:\\a',
  'deep/er/still',
];

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('SHA256SUMS', () => {
  test('with any file name is read by sha256sum and by ourselves', async () => {
    mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
    for (const name of oddNames) {
      writeFileSync(join(folder, name), `content of ${name}`);
    }
    const { files } = await listBundle(folder);
    expect(files).toEqual([...oddNames].sort());
    const entries = await Promise.all(
      files.map(async (path) => ({ path, sha256: (await digestOfFile(join(folder, path))).sha256 })),
    );
    const text = renderChecksums(entries);
    expect(parseChecksums(text)).toEqual({
      entries: entries.filter(({ path }) => path !== 'C:\\a'),
      problems: [expect.stringContaining('outside of the folder')],
    });
    writeFileSync(join(folder, 'SHA256SUMS'), text);
    const checked = runTool('sha256sum', ['--check', '--strict', 'SHA256SUMS'], folder);
    expect(checked?.code ?? 0).toBe(0);
    const written = runTool('sha256sum', ['--', 'all\\three\n\r', 'back\\slash'], folder);
    const own = text.split('\n').filter((line) => /three|slash/.test(line));
    expect(written === null ? own : written.output.trimEnd().split('\n')).toEqual(own);
  });

  test('with any one bit flipped says something else, or is no list', () => {
    const text = renderChecksums([
      { path: 'back\\slash', sha256: digest },
      { path: 'report.md', sha256: digest },
    ]);
    const { entries } = parseChecksums(text);
    const bytes = Buffer.from(text);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const read = parseChecksums(flipped.toString('latin1'));
      expect(read.problems.length > 0 || JSON.stringify(read.entries) !== JSON.stringify(entries)).toBe(true);
    }
  });

  const hostile: readonly (readonly [string, string, RegExp])[] = [
    ['a parent', `${digest}  ../outside\n`, /outside/],
    ['a parent within', `${digest}  a/../../outside\n`, /outside/],
    ['an absolute path', `${digest}  /etc/passwd\n`, /outside/],
    ['a drive', `${digest}  C:/windows\n`, /outside/],
    ['a roundabout way', `${digest}  ./a\n`, /roundabout/],
    ['an empty part', `${digest}  a//b\n`, /roundabout/],
    ['the same file twice', `${digest}  a\n${digest}  a\n`, /second time/],
    ['the same file, escaped once', `${digest}  a\n\\${digest}  a\n`, /escaped/],
    ['an unknown escape', `\\${digest}  a\\tb\n`, /escaped/],
    ['a backslash that is not escaped', `${digest}  a\\b\n`, /escaped/],
    ['line ends of Windows', `${digest}  a\r\n`, /Windows/],
    ['binary mode', `${digest} *a\n`, /no line/],
    ['capital digits', `${digest.toUpperCase()}  a\n`, /no line/],
    ['a short digest', `${digest.slice(1)}  a\n`, /no line/],
    ['another algorithm', `SHA256 (a) = ${digest}\n`, /no line/],
    ['an empty line', `\n${digest}  a\n`, /no line/],
    ['a comment', `# a\n`, /no line/],
    ['a last line without end', `${digest}  a`, /cut off/],
    ['a NUL', `${digest}  a\0b\n`, /outside/],
  ];
  test.each(hostile)('%s is named', (_name, text, problem) => {
    const { problems } = parseChecksums(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  test('a link is not followed, to a file or to a folder', async () => {
    const inside = join(folder, 'links');
    mkdirSync(inside);
    symlinkSync('/etc/passwd', join(inside, 'file'));
    symlinkSync('/etc', join(inside, 'folder'));
    symlinkSync(inside, join(inside, 'loop'));
    expect(await listBundle(inside)).toEqual({
      files: [],
      odd: ['file', 'folder', 'loop'].map((path) => ({ path, what: 'a symbolic link' })),
    });
    await expect(digestOfFile(join(inside, 'file'))).rejects.toMatchObject({ code: 'ELOOP' });
  });

  test('a file larger than the memory that is used is read in pieces', async () => {
    const path = join(folder, 'large');
    const piece = Buffer.alloc(1024 * 1024, 'x');
    writeFileSync(path, Buffer.concat([piece, piece, Buffer.from('end')]));
    const { bytes, sha256 } = await digestOfFile(path);
    expect(bytes).toBe(2 * 1024 * 1024 + 3);
    const other = runTool('sha256sum', ['large'], folder);
    expect(other === null || other.output.startsWith(sha256)).toBe(true);
  });
});
