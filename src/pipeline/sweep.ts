import { join } from 'node:path';
import { auditEvidence } from '../engine/audit-evidence.ts';
import { loadChecks } from '../engine/load-checks.ts';
import { selectChecks } from '../engine/select-checks.ts';
import { validateCheckOptions } from '../engine/validate-check-options.ts';
import { openEvidence } from '../evidence/read-evidence.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { traceRenderers } from '../report/trace/index.ts';
import { requireBaselineFits } from './baseline.ts';
import { type Collected, collect } from './collect.ts';
import { extensionOf } from './extend-result.ts';
import type { PipelineHost } from './host.ts';
import { type GivenInputs, loadInputs } from './load-inputs.ts';
import { makePrivateFolder } from './private-folder.ts';
import { readPrevious } from './read-previous.ts';
import { keysFor } from './select-keys.ts';
import { toolVersion } from './tool-version.ts';
import { traceForSweep } from './trace-for-sweep.ts';
import { render, writeChecksums, writePlan, writePrivateFile } from './write-reports.ts';

export interface SweepOutcome {
  readonly result: AuditResult;
  readonly collected: Collected;
  /** Files written, relative to the folder; the report first. */
  readonly files: readonly string[];
}

/** run.json: what differs between two runs over the same evidence. Arguments arrive without secrets. */
export interface RunFacts {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly node: string;
  readonly platform: string;
}

/**
 * The main job: inputs are validated first, then evidence is collected, judged and rendered into one folder. `given` stands
 * for what no file holds (`verify` takes the incident from the earlier result).
 * @throws InputError, SelectionError, CheckOptionError, FatalAwsError before anything is collected; EvidenceError
 */
export async function sweep(
  directory: string,
  options: RunOptions,
  host: PipelineHost,
  facts: RunFacts,
  given: GivenInputs = {},
): Promise<SweepOutcome> {
  const all = await loadChecks();
  const checks = selectChecks(all, options.checks, options.skipChecks);
  validateCheckOptions(all, options.checkOptions);
  const { eventsToTheEnd = false, ...instead } = given;
  const inputs = { ...(await loadInputs(options)), ...instead };
  const previous = await readPrevious(options);
  await makePrivateFolder(directory);
  const startedAt = host.runtime.now();
  const evidenceDirectory = join(directory, 'evidence');
  const collected = await collect(evidenceDirectory, options, keysFor(checks, all), host);
  const collectedAt = host.runtime.now();
  const evidence = await openEvidence(evidenceDirectory);
  await requireBaselineFits(options.baseline, inputs.baseline, evidence);
  const traced = await traceForSweep(
    options,
    inputs.incident,
    collected.manifest,
    host,
    ['lookup'],
    eventsToTheEnd,
  );
  const result = await auditEvidence({
    ...inputs,
    checks,
    trace: traced,
    evidence,
    extend: extensionOf(inputs.incident, traced, previous),
    checkIds: new Set(all.map(({ meta }) => meta.id)),
    checkOptions: options.checkOptions,
    asOf: options.asOf ?? null,
    toolVersion: await toolVersion(),
  });
  const reports = await render(result, options.format, directory);
  const files = [...reports, ...(result.plan === null ? [] : await writePlan(result.plan, directory))];
  if (traced !== null) {
    await writePrivateFile(join(directory, 'trace.json'), traceRenderers.json.render(traced));
  }
  const ledger = collected.ledger.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  await writePrivateFile(join(directory, 'coverage.ndjson'), ledger);
  const run = {
    ...facts,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(host.runtime.now()).toISOString(),
    collectSeconds: (collectedAt - startedAt) / 1000,
    auditSeconds: (host.runtime.now() - collectedAt) / 1000,
    calls: collected.manifest.ownTraces.calls,
    stopped: collected.stopped,
  };
  await writePrivateFile(join(directory, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
  await writeChecksums(directory);
  return { result, collected, files };
}
