import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { run } from '../../src/cli/commands/demo.ts';
import { InputError } from '../../src/input/input-error.ts';

test('a folder that holds something else is refused and left alone', async () => {
  const out = await mkdtemp(join(tmpdir(), 'afterleak-demo-out-'));
  try {
    await writeFile(join(out, 'notes.txt'), 'mine');
    await expect(run([], { out, quiet: true })).rejects.toThrow(InputError);
    expect(await readFile(join(out, 'notes.txt'), 'utf8')).toBe('mine');
  } finally {
    await rm(out, { recursive: true });
  }
});
