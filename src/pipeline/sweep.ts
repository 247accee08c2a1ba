import { join } from 'node:path';
import { loadChecks } from '../engine/load-checks.ts';
import { selectChecks } from '../engine/select-checks.ts';
import { validateCheckOptions } from '../engine/validate-check-options.ts';
import { openEvidence } from '../evidence/read-evidence.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { requireBaselineFits } from './baseline.ts';
import { type Collected, collect } from './collect.ts';
import type { PipelineHost } from './host.ts';
import { type JudgementInputs, judge, selectionOf } from './judge.ts';
import { ledgerText } from './ledger-text.ts';
import { type GivenInputs, loadInputs } from './load-inputs.ts';
import { makePrivateFolder } from './private-folder.ts';
import { readPrevious } from './read-previous.ts';
import { saveInputs } from './saved-inputs.ts';
import { openSigner, type RunContents, type RunFacts, sealRun } from './seal-run.ts';
import { keysFor } from './select-keys.ts';
import { eventTimes, traceForSweep } from './trace-for-sweep.ts';
import { render, writePlan, writePrivateFile } from './write-reports.ts';

export interface SweepOutcome {
  readonly result: AuditResult;
  readonly collected: Collected;
  /** Files written, relative to the folder; the report first. */
  readonly files: readonly string[];
}

export type { RunFacts } from './seal-run.ts';

/** A sweep whose folder is not sealed yet: `verify` adds to it. */
export interface UnsealedSweep extends SweepOutcome {
  readonly inputs: JudgementInputs;
  readonly contents: RunContents;
}

/**
 * Collects, judges and renders, as `sweep` does, and leaves the folder open.
 * @throws as `sweep`
 */
export async function sweepUnsealed(
  directory: string,
  options: RunOptions,
  host: PipelineHost,
  facts: RunFacts,
  given: GivenInputs = {},
): Promise<UnsealedSweep> {
  const all = await loadChecks();
  const checks = selectChecks(all, options.checks, options.skipChecks);
  validateCheckOptions(all, options.checkOptions);
  const { eventsToTheEnd = false, ...instead } = given;
  const people = { ...(await loadInputs(options)), ...instead };
  const previous = await readPrevious(options);
  await makePrivateFolder(directory);
  const startedAt = host.runtime.now();
  const evidenceDirectory = join(directory, 'evidence');
  const collected = await collect(evidenceDirectory, options, keysFor(checks, all), host);
  const collectedAt = host.runtime.now();
  const evidence = await openEvidence(evidenceDirectory);
  await requireBaselineFits(options.baseline, people.baseline, evidence);
  const events = eventTimes(host, eventsToTheEnd);
  const trace = await traceForSweep(options, people.incident, collected.manifest, host, ['lookup'], events);
  const inputs = { ...people, selection: selectionOf(options), trace, events, previous };
  const result = await judge(evidence, inputs);
  const reports = await render(result, options.format, directory);
  const files = [...reports, ...(result.plan === null ? [] : await writePlan(result.plan, directory))];
  await saveInputs(directory, { judgement: inputs, verification: null }, result, options);
  await writePrivateFile(join(directory, 'coverage.ndjson'), ledgerText(collected.ledger));
  const run = {
    ...facts,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(host.runtime.now()).toISOString(),
    collectSeconds: (collectedAt - startedAt) / 1000,
    auditSeconds: (host.runtime.now() - collectedAt) / 1000,
    calls: collected.calls,
    stopped: collected.stopped,
  };
  return { result, collected, files, inputs, contents: { run, collected, result, trace } };
}

/**
 * The main job: inputs are validated first, then evidence is collected, judged and rendered into one folder, which is sealed.
 * `given` stands for what no file holds (`verify` takes the incident from the earlier result).
 * @throws InputError, KeyError, SelectionError, CheckOptionError, FatalAwsError before anything is collected; EvidenceError
 */
export async function sweep(
  directory: string,
  options: RunOptions,
  host: PipelineHost,
  facts: RunFacts,
  given: GivenInputs = {},
): Promise<SweepOutcome> {
  const signer = await openSigner(options, host);
  const { contents, result, collected, files } = await sweepUnsealed(directory, options, host, facts, given);
  await sealRun(directory, contents, signer);
  return { result, collected, files };
}
