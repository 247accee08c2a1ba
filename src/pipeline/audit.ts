import { auditEvidence } from '../engine/audit-evidence.ts';
import { loadChecks } from '../engine/load-checks.ts';
import { selectChecks } from '../engine/select-checks.ts';
import { validateCheckOptions } from '../engine/validate-check-options.ts';
import { openEvidence } from '../evidence/read-evidence.ts';
import { InputError } from '../input/input-error.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { requireBaselineFits } from './baseline.ts';
import { extensionOf } from './extend-result.ts';
import type { PipelineHost } from './host.ts';
import { type GivenInputs, loadInputs } from './load-inputs.ts';
import { readPrevious } from './read-previous.ts';
import { toolVersion } from './tool-version.ts';
import { traceForSweep } from './trace-for-sweep.ts';

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
  if (host === null && options.trail.some((name) => name !== 'none')) {
    throw new InputError(
      'a trail can only be read with a host',
      'Give audit() its third argument: time and a signal.',
    );
  }
  const all = await loadChecks();
  const checks = selectChecks(all, options.checks, options.skipChecks);
  validateCheckOptions(all, options.checkOptions);
  const { eventsToTheEnd = false, ...instead } = given;
  const inputs = { ...(await loadInputs(options)), ...instead };
  const previous = await readPrevious(options);
  const evidence = await openEvidence(evidenceDirectory);
  await requireBaselineFits(options.baseline, inputs.baseline, evidence);
  const trace =
    host === null
      ? null
      : await traceForSweep(options, inputs.incident, evidence.manifest, host, [], eventsToTheEnd);
  return auditEvidence({
    ...inputs,
    checks,
    evidence,
    trace,
    extend: extensionOf(inputs.incident, trace, previous),
    checkIds: new Set(all.map(({ meta }) => meta.id)),
    checkOptions: options.checkOptions,
    asOf: options.asOf ?? null,
    toolVersion: await toolVersion(),
  });
}
