import type { AuditResult, ResultFinding } from '../../../../src/model/audit-result.ts';
import type { Severity } from '../../../../src/model/severity.ts';
import { severityRank } from '../../../../src/model/severity.ts';

/** One line that names what a failing test must show. */
export function describeFinding(finding: ResultFinding): string {
  const signals = finding.signals.map(({ code }) => code).join(' ');
  return `${finding.severity} ${finding.kind} ${finding.check} ${finding.messageId} ${finding.subject.arn} (${finding.attribution}; ${signals})`;
}

export function atLeast(severity: Severity, level: Severity): boolean {
  return severityRank(severity) <= severityRank(level);
}

/** Findings that say: somebody was here, or altered a control. */
export function alarms(result: AuditResult): readonly ResultFinding[] {
  return result.findings.filter(
    (finding) => finding.kind !== 'hardening' && atLeast(finding.severity, 'high'),
  );
}
