import type { AuditResult, ResultFinding, ResultRow } from '../model/audit-result.ts';

function counter(values: readonly string[]): (name: string) => number {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return (name) => counts.get(name) ?? 0;
}

/** Counts per unit, not per folded row. Findings under a live exception are counted: they are still there. */
export function totalsOf(
  rows: readonly ResultRow[],
  findings: readonly ResultFinding[],
): AuditResult['totals'] {
  const outcome = counter(rows.flatMap((row) => row.units.map(() => row.outcome)));
  const severity = counter(findings.map((finding) => finding.severity));
  const attribution = counter(findings.map((finding) => finding.attribution));
  const decision = counter(findings.map((finding) => finding.decision));
  const kind = counter(findings.map((finding) => finding.kind));
  return {
    outcomes: {
      pass: outcome('pass'),
      fail: outcome('fail'),
      'not-applicable': outcome('not-applicable'),
      manual: outcome('manual'),
      unevaluated: outcome('unevaluated'),
      error: outcome('error'),
    },
    findings: {
      bySeverity: {
        critical: severity('critical'),
        high: severity('high'),
        medium: severity('medium'),
        low: severity('low'),
        info: severity('info'),
      },
      byAttribution: {
        attributed: attribution('attributed'),
        'shared-credential': attribution('shared-credential'),
        'in-window': attribution('in-window'),
        explained: attribution('explained'),
        unexplained: attribution('unexplained'),
        'predates-window': attribution('predates-window'),
        unknown: attribution('unknown'),
      },
      byDecision: {
        eradicate: decision('eradicate'),
        restore: decision('restore'),
        'contain-and-rotate': decision('contain-and-rotate'),
        explain: decision('explain'),
        harden: decision('harden'),
      },
      byKind: { residue: kind('residue'), tampering: kind('tampering'), hardening: kind('hardening') },
    },
  };
}
