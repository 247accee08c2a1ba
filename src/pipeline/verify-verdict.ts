import type { AuditResult } from '../model/audit-result.ts';
import { type Severity, severityRank } from '../model/severity.ts';
import type { Verification } from '../model/verification.ts';
import { verdictOf } from './exit-code.ts';

export interface VerifyVerdict {
  /** 0 everything at issue is gone and nothing is new · 1 something is not · 2 not everything could be told. */
  readonly exitCode: 0 | 1 | 2;
  /** Earlier findings at issue that are still there, changed or back, and that nobody answers for. */
  readonly open: number;
  /** Earlier findings at issue of which it cannot be told. */
  readonly unknown: number;
  /** New since: unexplained, or at or above the level. */
  readonly fresh: number;
  /** As in a sweep: what could not be seen. */
  readonly incomplete: number;
}

type VerifiedFinding = Verification['findings'][number];

/**
 * At issue is what the plan acts on: everything but hardening. Without an incident there is nothing but hardening, and the
 * level decides.
 */
function isAtIssue(
  finding: VerifiedFinding,
  result: AuditResult,
  counts: (severity: Severity) => boolean,
): boolean {
  return finding.decision !== 'harden' || (result.incident === null && counts(finding.severity));
}

/** Never kinder than the verification: what cannot be told outranks what is left, and only `allowIncomplete` lifts it. */
export function verifyVerdictOf(
  result: AuditResult,
  verification: Verification,
  failOn: Severity | 'none',
  allowIncomplete: boolean,
): VerifyVerdict {
  const counts = (severity: Severity): boolean =>
    failOn !== 'none' && severityRank(severity) <= severityRank(failOn);
  const today = new Map(result.findings.map((finding) => [finding.fingerprint, finding]));
  const answered = (finding: VerifiedFinding): boolean => {
    const now = today.get(finding.now ?? '');
    return (
      (finding.decision !== 'eradicate' && now?.exception !== undefined) ||
      (finding.decision === 'explain' && now?.attribution === 'explained')
    );
  };
  const issues = verification.findings.filter(
    (finding) => isAtIssue(finding, result, counts) && finding.state !== 'gone',
  );
  const unknown = issues.filter(({ state }) => state === 'cannot-tell').length;
  const open = issues.filter((finding) => finding.state !== 'cannot-tell' && !answered(finding)).length;
  const nothingNew = verification.closure.criteria.find(({ id }) => id === 'nothing-new');
  const loud = verification.newSince.filter(
    ({ fingerprint, severity }) => counts(severity) && today.get(fingerprint ?? '')?.exception === undefined,
  ).length;
  const fresh = nothingNew?.met === true ? loud : Math.max(1, loud);
  const incomplete = verdictOf(result, failOn, allowIncomplete).incomplete;
  const numbers = { open, unknown, fresh, incomplete };
  if (incomplete + unknown > 0 && !allowIncomplete) {
    return { exitCode: 2, ...numbers };
  }
  // A finding of which it cannot be told is never fine, accepted or not.
  return { exitCode: open + fresh + unknown > 0 ? 1 : 0, ...numbers };
}
