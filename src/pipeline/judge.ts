import { auditEvidence } from '../engine/audit-evidence.ts';
import type { AuditInput } from '../engine/audit-input.ts';
import { loadChecks } from '../engine/load-checks.ts';
import { selectChecks } from '../engine/select-checks.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import type { EvidenceSource } from '../model/evidence-manifest.ts';
import type { TraceResult } from '../model/trace-result.ts';
import { extensionOf } from './extend-result.ts';
import type { PersonInputs } from './load-inputs.ts';
import { toolVersion } from './tool-version.ts';
import type { EventTimes } from './trace-for-sweep.ts';

/** Which checks judge, and how. */
export interface Selection {
  readonly checks: readonly string[];
  readonly skipChecks: readonly string[];
  readonly checkOptions: AuditInput['checkOptions'];
  readonly asOf: string | null;
}

/** Everything besides the evidence and the version of afterleak that a result depends on. */
export interface JudgementInputs extends PersonInputs {
  readonly selection: Selection;
  readonly trace: TraceResult | null;
  /** Null where no events could be asked for. */
  readonly events: EventTimes | null;
  /** The result that the history is told against. */
  readonly previous: AuditResult | null;
}

export function selectionOf(options: RunOptions): Selection {
  const { checks, skipChecks, checkOptions, asOf = null } = options;
  return { checks, skipChecks, checkOptions, asOf };
}

/** The one way from evidence and inputs to a result: a sweep, an audit and its re-performance go it alike. */
export async function judge(
  evidence: EvidenceSource,
  { selection, trace, events: _events, previous, ...people }: JudgementInputs,
): Promise<AuditResult> {
  const all = await loadChecks();
  const checks = selectChecks(all, selection.checks, selection.skipChecks);
  return auditEvidence({
    ...people,
    checks,
    notRun: all.filter((check) => !checks.includes(check)),
    evidence,
    trace,
    extend: extensionOf(people.incident, trace, previous),
    checkIds: new Set(all.map(({ meta }) => meta.id)),
    checkOptions: selection.checkOptions,
    asOf: selection.asOf,
    toolVersion: await toolVersion(),
  });
}
