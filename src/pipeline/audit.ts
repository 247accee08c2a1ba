import { auditEvidence } from '../engine/audit-evidence.ts';
import { loadChecks } from '../engine/load-checks.ts';
import { selectChecks } from '../engine/select-checks.ts';
import { validateCheckOptions } from '../engine/validate-check-options.ts';
import { openEvidence } from '../evidence/read-evidence.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { loadInputs } from './load-inputs.ts';
import { toolVersion } from './tool-version.ts';

/**
 * Judges an evidence folder; works offline. The same evidence and inputs give the same bytes.
 * @throws EvidenceError, InputError, SelectionError, CheckOptionError
 */
export async function audit(evidenceDirectory: string, options: RunOptions): Promise<AuditResult> {
  const all = await loadChecks();
  const checks = selectChecks(all, options.checks, options.skipChecks);
  validateCheckOptions(all, options.checkOptions);
  const inputs = await loadInputs(options);
  return auditEvidence({
    ...inputs,
    checks,
    evidence: await openEvidence(evidenceDirectory),
    checkOptions: options.checkOptions,
    asOf: options.asOf ?? null,
    toolVersion: await toolVersion(),
  });
}
