import { join } from 'node:path';
import type { RunOptions } from '../input/run-options.ts';
import type { CollectedKey } from '../model/evidence-catalog.ts';
import { type Collected, collect } from './collect.ts';
import type { PipelineHost } from './host.ts';
import { ledgerText } from './ledger-text.ts';
import { makePrivateFolder } from './private-folder.ts';
import { openSigner, type RunFacts, sealRun } from './seal-run.ts';
import { writePrivateFile } from './write-reports.ts';

/**
 * As `collect`, and seals the folder: it stands by itself, with the ledger of its calls.
 * @throws KeyError first; then as `collect`
 */
export async function collectInto(
  directory: string,
  options: RunOptions,
  keys: readonly CollectedKey[],
  host: PipelineHost,
  facts: RunFacts,
): Promise<Collected> {
  const signer = await openSigner(options, host);
  await makePrivateFolder(directory);
  const startedAt = new Date(host.runtime.now()).toISOString();
  const collected = await collect(directory, options, keys, host);
  await writePrivateFile(join(directory, 'coverage.ndjson'), ledgerText(collected.ledger));
  const run = {
    ...facts,
    startedAt,
    endedAt: new Date(host.runtime.now()).toISOString(),
    calls: collected.calls,
    stopped: collected.stopped,
  };
  await sealRun(directory, { run, collected, result: null, trace: null }, signer);
  return collected;
}
