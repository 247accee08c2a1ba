import type { AuditResult } from '../model/audit-result.ts';
import { type Severity, severityRank } from '../model/severity.ts';

export interface Verdict {
  /** 0 complete and clean · 1 findings · 2 incomplete (contracts.md §2). */
  readonly exitCode: 0 | 1 | 2;
  /** Findings that count: at or above the level, or attributed; not under a live exception. */
  readonly findings: number;
  /** Results or scope with gaps that no exception accepts, errors, and manual checks of an incident without a live attestation. */
  readonly incomplete: number;
}

/** Never kinder than the result: incomplete outranks findings, and only `allowIncomplete` lifts it. */
export function verdictOf(result: AuditResult, failOn: Severity | 'none', allowIncomplete: boolean): Verdict {
  const counts = (severity: Severity): boolean =>
    failOn !== 'none' && severityRank(severity) <= severityRank(failOn);
  const findings = result.findings.filter(
    (finding) =>
      finding.exception === undefined && (counts(finding.severity) || finding.attribution === 'attributed'),
  ).length;
  const unanswered = result.results.filter(
    (row) =>
      row.outcome === 'error' ||
      (row.gaps ?? []).some((gap) => !gap.accepted) ||
      (row.outcome === 'unevaluated' && (row.gaps ?? []).length === 0) ||
      (row.outcome === 'manual' && result.incident !== null && row.satisfied !== true),
  ).length;
  const incomplete = unanswered + result.coverage.scopeGaps.filter((gap) => !gap.accepted).length;
  if (incomplete > 0 && !allowIncomplete) {
    return { exitCode: 2, findings, incomplete };
  }
  return { exitCode: findings > 0 ? 1 : 0, findings, incomplete };
}
