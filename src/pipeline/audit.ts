import { loadChecks } from '../engine/load-checks.ts';
import { selectChecks } from '../engine/select-checks.ts';
import { validateCheckOptions } from '../engine/validate-check-options.ts';
import { openEvidence } from '../evidence/read-evidence.ts';
import { InputError } from '../input/input-error.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { requireBaselineFits } from './baseline.ts';
import type { PipelineHost } from './host.ts';
import { type JudgementInputs, judge, selectionOf } from './judge.ts';
import { type GivenInputs, loadInputs } from './load-inputs.ts';
import { makePrivateFolder } from './private-folder.ts';
import { readPrevious } from './read-previous.ts';
import { saveInputs } from './saved-inputs.ts';
import { openSigner, type RunFacts, sealRun } from './seal-run.ts';
import { eventTimes, traceForSweep } from './trace-for-sweep.ts';
import { render, writePlan } from './write-reports.ts';

export interface Audited {
  readonly result: AuditResult;
  readonly inputs: JudgementInputs;
}

/** As `audit`, with everything that the result depends on besides the evidence. */
export async function auditWithInputs(
  evidenceDirectory: string,
  options: RunOptions,
  host: PipelineHost | null = null,
  given: GivenInputs = {},
): Promise<Audited> {
  if (host === null && options.trail.some((name) => name !== 'none')) {
    throw new InputError(
      'a trail can only be read with a host',
      'Give audit() its third argument: time and a signal.',
    );
  }
  const all = await loadChecks();
  // Before the evidence is read: a misspelt check is told at once.
  selectChecks(all, options.checks, options.skipChecks);
  validateCheckOptions(all, options.checkOptions);
  const { eventsToTheEnd = false, ...instead } = given;
  const people = { ...(await loadInputs(options)), ...instead };
  const previous = await readPrevious(options);
  const evidence = await openEvidence(evidenceDirectory);
  await requireBaselineFits(options.baseline, people.baseline, evidence);
  const events = host === null ? null : eventTimes(host, eventsToTheEnd);
  const trace =
    host === null || events === null
      ? null
      : await traceForSweep(options, people.incident, evidence.manifest, host, [], events);
  const inputs = { ...people, selection: selectionOf(options), trace, events, previous };
  return { result: await judge(evidence, inputs), inputs };
}

/**
 * Judges an evidence folder; works offline. The same evidence and inputs give the same bytes. `host` gives time and a
 * way to stop, which only reading a trail needs; `given` stands for what no file holds.
 * @throws EvidenceError, InputError, SelectionError, CheckOptionError
 */
export async function audit(
  evidenceDirectory: string,
  options: RunOptions,
  host: PipelineHost | null = null,
  given: GivenInputs = {},
): Promise<AuditResult> {
  return (await auditWithInputs(evidenceDirectory, options, host, given)).result;
}

/**
 * Judges an evidence folder and leaves a sealed folder with the reports and the inputs; the evidence stays where it is.
 * @throws KeyError first; then as `audit`
 */
export async function auditInto(
  directory: string,
  evidenceDirectory: string,
  options: RunOptions,
  host: PipelineHost,
  facts: RunFacts,
): Promise<{ readonly result: AuditResult; readonly files: readonly string[] }> {
  const signer = await openSigner(options, host);
  const startedAt = new Date(host.runtime.now()).toISOString();
  const { result, inputs } = await auditWithInputs(evidenceDirectory, options, host);
  await makePrivateFolder(directory);
  const reports = await render(result, options.format, directory);
  const files = [...reports, ...(result.plan === null ? [] : await writePlan(result.plan, directory))];
  await saveInputs(directory, { judgement: inputs, verification: null }, result, options);
  const run = { ...facts, startedAt, endedAt: new Date(host.runtime.now()).toISOString() };
  await sealRun(directory, { run, collected: null, result, trace: inputs.trace }, signer);
  return { result, files };
}
