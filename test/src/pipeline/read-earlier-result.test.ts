import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readEarlierResult } from '../../../src/pipeline/read-earlier-result.ts';
import { renderJson } from '../../../src/report/renderers/json.ts';
import { buildResult } from '../../support/result-builder.ts';

const result = buildResult({});
const text = renderJson(result);
const digest = createHash('sha256').update(text).digest('hex');

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-earlier-'));
  path = join(folder, 'result.json');
  writeFileSync(path, text);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the result of an earlier run', () => {
  test('is read alone, and beside its checksums', async () => {
    expect(await readEarlierResult(path)).toEqual(result);
    writeFileSync(join(folder, 'SHA256SUMS'), `${digest}  result.json\n`);
    expect(await readEarlierResult(path)).toEqual(result);
  });

  test.each([
    ['names another digest', `${'0'.repeat(64)}  result.json\n`, 'was changed after it was written'],
    ['is cut off', `${digest}  result.json`, 'is not as a run wrote it'],
    ['has a line that is none', `${digest} result.json\n`, 'is not as a run wrote it'],
    ['names it twice', `${digest}  result.json\n${digest}  result.json\n`, 'is not as a run wrote it'],
  ])('is refused where the list of checksums %s', async (_, sums, why) => {
    writeFileSync(join(folder, 'SHA256SUMS'), sums);
    await expect(readEarlierResult(path)).rejects.toThrow(why);
  });

  test('is refused where the list of checksums cannot be read', async () => {
    mkdirSync(join(folder, 'SHA256SUMS'));
    await expect(readEarlierResult(path)).rejects.toThrow('cannot be read, so');
  });
});
