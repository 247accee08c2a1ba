import type { AuditResult } from '../../model/audit-result.ts';
import { daysUntil, distanceText } from '../text/dates.ts';
import { countOf, formatTime } from '../text/phrases.ts';
import { checkTitle, mapListed, type ReportContext } from './report-context.ts';
import type { Listed } from './report-view.ts';

export interface DecisionsOfPeopleView {
  /** In force, and about to run out. */
  readonly near: number;
  readonly expired: number;
  readonly exceptions: Listed<{
    readonly target: string;
    readonly subject: string;
    readonly reason: string;
    readonly approvedBy: string;
    readonly expires: string;
    /** `in 12 days`, `3 days ago`. */
    readonly left: string;
    readonly near: boolean;
    readonly covers: string;
    readonly status: string;
    readonly detail: string | null;
  }>;
  readonly attestations: Listed<{
    readonly control: string;
    readonly title: string | null;
    readonly statement: string;
    readonly by: string;
    readonly at: string;
    readonly expires: string;
    readonly left: string;
    readonly near: boolean;
    readonly status: string;
    readonly detail: string | null;
  }>;
}

/** Who has this long left should be asked again before it runs out. */
const nearDays = 30;

function isNear(expires: string, asOf: string): boolean {
  const days = daysUntil(expires, asOf);
  return days !== null && days >= 0 && days <= nearDays;
}

/** What would stand open without it. */
function coveredBy(context: ReportContext, exception: AuditResult['exceptions'][number]): string {
  const { result } = context;
  if (exception.status !== 'applied') {
    return 'nothing';
  }
  const findings = result.findings.filter(
    (finding) =>
      finding.exception !== undefined &&
      finding.check === exception.target &&
      finding.subject.arn === exception.subject,
  );
  if (findings.length > 0) {
    return `${countOf(findings.length, 'finding', 'findings')}: ${checkTitle(context, exception.target)}`;
  }
  const gaps = result.coverage.gaps.filter(
    (gap) => gap.accepted && gap.operation === exception.target && gap.unit === exception.subject,
  );
  return gaps.length > 0 ? countOf(gaps.length, 'gap', 'gaps') : 'not told by this result';
}

/** What people accepted or stated, and for how long it still holds. */
export function peopleView(context: ReportContext): DecisionsOfPeopleView {
  const { result, limits } = context;
  const { asOf } = result;
  const lasting = [
    ...result.exceptions.filter(({ status }) => status === 'applied'),
    ...result.attestations.filter(({ status }) => status === 'live'),
  ];
  const expired = [...result.exceptions, ...result.attestations].filter(({ status }) => status === 'expired');
  return {
    near: lasting.filter(({ expires }) => isNear(expires, asOf)).length,
    expired: expired.length,
    exceptions: mapListed(result.exceptions, limits.rows, (exception) => ({
      target: exception.target,
      subject: exception.subject,
      reason: exception.reason,
      approvedBy: exception.approvedBy,
      expires: formatTime(exception.expires),
      left: distanceText(exception.expires, asOf),
      near: exception.status === 'applied' && isNear(exception.expires, asOf),
      covers: coveredBy(context, exception),
      status: exception.status.replaceAll('-', ' '),
      detail: exception.detail ?? null,
    })),
    attestations: mapListed(result.attestations, limits.rows, (attestation) => ({
      control: attestation.control,
      title: context.checks.has(attestation.control) ? checkTitle(context, attestation.control) : null,
      statement: attestation.statement,
      by: attestation.by,
      at: formatTime(attestation.at),
      expires: formatTime(attestation.expires),
      left: distanceText(attestation.expires, asOf),
      near: attestation.status === 'live' && isNear(attestation.expires, asOf),
      status: attestation.status.replaceAll('-', ' '),
      detail: attestation.detail ?? null,
    })),
  };
}
