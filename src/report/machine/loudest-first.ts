import type { ResultFinding } from '../../model/audit-result.ts';
import { decisions } from '../../model/finding.ts';
import { severityRank } from '../../model/severity.ts';

function rankOf({ exception, attribution, severity, decision }: ResultFinding): number {
  const accepted = exception === undefined ? 0 : 1;
  const proved = attribution === 'attributed' ? 0 : 1;
  return ((accepted * 2 + proved) * 10 + severityRank(severity)) * 10 + decisions.indexOf(decision);
}

/** What the incident proves first, then by severity and decision; accepted ones last. Stable. */
export function loudestFirst(findings: readonly ResultFinding[]): readonly ResultFinding[] {
  return findings
    .map((finding) => ({ finding, rank: rankOf(finding) }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ finding }) => finding);
}
