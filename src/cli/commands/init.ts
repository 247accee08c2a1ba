import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../input/input-error.ts';
import type { Run } from '../program.ts';
import { print } from '../terminal.ts';

const files = ['afterleak.yaml', 'incident.yaml'] as const;

export const run: Run = async (_positional, given) => {
  const folder = typeof given['out'] === 'string' ? given['out'] : '.';
  for (const name of files) {
    const template = await readFile(fileURLToPath(import.meta.resolve(`#templates/init/${name}`)), 'utf8');
    const path = join(folder, name);
    try {
      await writeFile(path, template, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      throw new InputError(
        `cannot write ${path}: it exists, or the folder is not writable`,
        'Nothing was overwritten.',
        {
          cause: error,
        },
      );
    }
    print(path);
  }
  return 0;
};
