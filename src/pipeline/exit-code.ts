import type { AuditResult, ResultGap } from '../model/audit-result.ts';
import { type Severity, severityRank } from '../model/severity.ts';

export interface Verdict {
  /** 0 complete and clean · 1 findings · 2 incomplete (contracts.md §2). */
  readonly exitCode: 0 | 1 | 2;
  /** Findings that count: at or above the level, or attributed; not under a live exception. */
  readonly findings: number;
  /**
   * Results with gaps that no exception accepts, errors, manual checks of an incident without a live attestation, and
   * gaps that no result carries: of the scope, and of evidence that only the inventory shows.
   */
  readonly incomplete: number;
}

function gapKey({ operation, unit, reason, resource, detail }: ResultGap): string {
  return JSON.stringify([operation, unit, reason, resource ?? '', detail]);
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
  const carried = new Set(result.results.flatMap(({ gaps = [] }) => gaps.map(gapKey)));
  const loose = [...result.coverage.scopeGaps, ...result.coverage.gaps].filter(
    (gap) => !(gap.accepted || carried.has(gapKey(gap))),
  );
  const incomplete = unanswered + new Set(loose.map(gapKey)).size;
  if (incomplete > 0 && !allowIncomplete) {
    return { exitCode: 2, findings, incomplete };
  }
  return { exitCode: findings > 0 ? 1 : 0, findings, incomplete };
}
