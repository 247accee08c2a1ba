import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { bareEnvironment, builtCommand } from '../support/built-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterleak-pipe-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a reader that goes away (`afterleak … | head`)', () => {
  test('ends no run: the folder is written whole, and nothing is thrown', () => {
    const script = `'${process.execPath}' '${builtCommand()}' demo --out run | head -c 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: bareEnvironment(folder),
    });
    expect(stdout).toHaveLength(1);
    expect(stderr).not.toMatch(/EPIPE|^\s+at /m);
    expect(existsSync(join(folder, 'run', 'SHA256SUMS'))).toBe(true);
  });
});
