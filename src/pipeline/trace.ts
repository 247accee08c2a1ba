import { join } from 'node:path';
import type { Signer } from '../evidence/signing-key.ts';
import { InputError } from '../input/input-error.ts';
import type { Format, RunOptions } from '../input/run-options.ts';
import type { TraceResult } from '../model/trace-result.ts';
import { isTraceFormat, traceRenderers } from '../report/trace/index.ts';
import type { PipelineHost } from './host.ts';
import { loadInputs } from './load-inputs.ts';
import { openSources } from './open-sources.ts';
import { makePrivateFolder } from './private-folder.ts';
import { type RunRecord, sealRun } from './seal-run.ts';
import { toolVersion } from './tool-version.ts';
import { traceIncident } from './trace-incident.ts';
import { writePrivateFile } from './write-reports.ts';

/**
 * Follows leaked credentials through CloudTrail, without a sweep.
 * @throws InputError without an incident, without a source, and for files that cannot be used
 */
export async function trace(options: RunOptions, host: PipelineHost): Promise<TraceResult> {
  const { incident } = await loadInputs(options);
  if (
    incident === null ||
    incident.compromised.accessKeyIds.length + incident.compromised.principals.length === 0
  ) {
    throw new InputError(
      'a trace starts from a leaked credential, and none is named',
      'Give --access-key AKIA… or an --incident file with compromised.accessKeyIds.',
    );
  }
  const opened = await openSources(options, host, ['lookup']);
  if (opened.sources.length === 0) {
    throw new InputError(
      '--trail none leaves nothing to read',
      'Give --trail with log files, s3://… or lookup.',
    );
  }
  return traceIncident({
    incident,
    sources: opened.sources,
    limits: opened.limits,
    gaps: opened.gaps,
    accountIds: options.accounts.length === 0 ? null : options.accounts,
    organizationAccountIds: opened.organizationAccountIds,
    asOf: options.asOf ?? new Date(host.runtime.now()).toISOString(),
    toolVersion: await toolVersion(),
  });
}

/** Renders a trace into a new private folder and seals it. Resolves to the files' names. */
export async function writeTrace(
  result: TraceResult,
  formats: readonly Format[],
  directory: string,
  run: RunRecord,
  signer: Signer | null,
): Promise<readonly string[]> {
  await makePrivateFolder(directory);
  const files: string[] = [];
  for (const format of formats.filter(isTraceFormat)) {
    const { file, render } = traceRenderers[format];
    await writePrivateFile(join(directory, file), render(result));
    files.push(file);
  }
  await sealRun(directory, { run, collected: null, result: null, trace: result }, signer);
  return files;
}
