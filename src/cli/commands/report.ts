import { join } from 'node:path';
import { resolveOptions } from '../../input/resolve-options.ts';
import { makePrivateFolder } from '../../pipeline/private-folder.ts';
import { readResult } from '../../pipeline/read-result.ts';
import { render, writeChecksums } from '../../pipeline/write-reports.ts';
import { defaultFolder } from '../default-folder.ts';
import type { Run } from '../program.ts';
import { configPath, print, workOptions } from '../terminal.ts';

export const run: Run = async (_positional, given) => {
  const options = await resolveOptions(workOptions(given), configPath(given));
  const result = await readResult(options.result ?? '');
  const directory = options.out ?? defaultFolder('report', new Date());
  await makePrivateFolder(directory);
  const files = await render(result, options.format, directory);
  await writeChecksums(directory);
  print(files.map((file) => join(directory, file)).join('\n'));
  return 0;
};
