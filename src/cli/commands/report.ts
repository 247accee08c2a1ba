import { join } from 'node:path';
import { resolveOptions } from '../../input/resolve-options.ts';
import { makePrivateFolder } from '../../pipeline/private-folder.ts';
import { readResult } from '../../pipeline/read-result.ts';
import { openSigner, sealRun } from '../../pipeline/seal-run.ts';
import { render } from '../../pipeline/write-reports.ts';
import { askPassphrase } from '../ask-passphrase.ts';
import { defaultFolder } from '../default-folder.ts';
import type { Run } from '../program.ts';
import { runFacts } from '../run-facts.ts';
import { configPath, print, workOptions } from '../terminal.ts';

export const run: Run = async (_positional, given) => {
  const options = await resolveOptions(workOptions(given), configPath(given));
  const startedAt = new Date();
  const signer = await openSigner(options, { askPassphrase });
  const result = await readResult(options.result ?? '');
  const directory = options.out ?? defaultFolder('report', startedAt);
  await makePrivateFolder(directory);
  const files = await render(result, options.format, directory);
  const record = {
    ...runFacts('report'),
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
  };
  await sealRun(directory, { run: record, collected: null, result, trace: null }, signer);
  print(files.map((file) => join(directory, file)).join('\n'));
  return 0;
};
