import type { AuditResult, ResultCheck, ResultFinding, ResultRow } from '../../model/audit-result.ts';
import type { Attestation, Exception } from '../../model/exception.ts';
import { fingerprintText } from '../fingerprint.ts';
import {
  expiredAttestation,
  expiredException,
  unmatchedAttestation,
  unmatchedException,
} from './judgement-checks.ts';
import {
  type JudgedRun,
  placeOfArn,
  placeOfUnit,
  type Standing,
  standingOfAttestation,
  standingOfException,
} from './standing.ts';

/** What becomes of people's own statements: a third, named phase. Empty where nobody wrote any. */
export interface JudgementPhase {
  readonly checks: readonly ResultCheck[];
  readonly rows: readonly ResultRow[];
  readonly findings: readonly ResultFinding[];
  readonly exceptions: AuditResult['exceptions'];
  readonly attestations: AuditResult['attestations'];
}

/** One entry of a person's file, in words that both kinds share. */
interface Entry {
  readonly type: 'exception' | 'attestation';
  /** Check id, or the operation of a gap. */
  readonly target: string;
  readonly subject: string;
  readonly expires: string;
  readonly name: string;
  readonly place: ReturnType<typeof placeOfArn>;
  readonly standing: Standing;
}

function entryOfException(exception: Exception, run: JudgedRun): Entry {
  const { expires, approvedBy } = exception;
  const isGap = exception.kind === 'gap';
  const target = isGap ? exception.operation : exception.check;
  const subject = isGap ? exception.unit : exception.subject;
  return {
    type: 'exception',
    target,
    subject,
    expires,
    name: `exception of ${approvedBy} for ${isGap ? 'the gap ' : ''}${target} ${isGap ? 'in' : 'on'} ${subject}`,
    place: isGap ? placeOfUnit(subject) : placeOfArn(subject),
    standing: standingOfException(exception, run),
  };
}

function entryOfAttestation(attestation: Attestation, run: JudgedRun): Entry {
  const { control, by, expires } = attestation;
  return {
    type: 'attestation',
    target: control,
    subject: by,
    expires,
    name: `attestation of ${by} for ${control}`,
    place: { accountId: null, region: null },
    standing: standingOfAttestation(attestation, run),
  };
}

function findingFor(check: ResultCheck, messageId: string, entry: Entry, message: string): ResultFinding {
  const arn = `${entry.type}:${entry.target}:${entry.subject}`;
  return {
    fingerprint: fingerprintText(check.id, messageId, arn, entry.expires),
    check: check.id,
    messageId,
    kind: check.kind,
    severity: check.severity,
    title: check.failureTitle,
    message,
    subject: { arn, type: entry.type, ...entry.place, name: entry.name },
    signals: [],
    attribution: 'unknown',
    decision: 'harden',
    provenance: [],
    survivesKeyRevocation: null,
    evidence: [],
    planSteps: [],
    history: null,
  };
}

function expiredFindings(check: ResultCheck, entries: readonly Entry[]): readonly ResultFinding[] {
  return entries
    .filter(({ standing }) => standing.status === 'expired')
    .map((entry) =>
      findingFor(
        check,
        'expired',
        entry,
        `The ${entry.name} expired at ${entry.expires}: it covers nothing any more.`,
      ),
    );
}

function unmatchedFindings(check: ResultCheck, entries: readonly Entry[]): readonly ResultFinding[] {
  return entries.flatMap((entry) =>
    entry.standing.status === 'never-matched'
      ? [findingFor(check, 'unmatched', entry, `The ${entry.name} matched nothing: ${entry.standing.why}.`)]
      : [],
  );
}

const organization: ResultRow['units'] = [{}];

function expiredRow(check: ResultCheck, findings: readonly ResultFinding[], examined: number): ResultRow {
  const row = { check: check.id, units: organization, examined };
  return findings.length === 0
    ? { ...row, outcome: 'pass', findings: [] }
    : { ...row, outcome: 'fail', findings: findings.map(({ fingerprint }) => fingerprint) };
}

/** Entries that could not be matched keep the row from passing; a gap says which evidence was wanting. */
function unmatchedRow(
  check: ResultCheck,
  findings: readonly ResultFinding[],
  entries: readonly Entry[],
): ResultRow {
  const open = entries.flatMap(({ name, standing }) =>
    standing.status === 'not-evaluated' ? [{ name, ...standing }] : [],
  );
  const gaps = open
    .filter(({ incomplete }) => incomplete)
    .map(({ name, why }) => ({
      reason: 'not-collected' as const,
      operation: check.id,
      unit: 'organization',
      detail: `${name} ${why}`,
      retryable: false,
      accepted: false,
    }));
  const row = {
    check: check.id,
    units: organization,
    findings: findings.map(({ fingerprint }) => fingerprint),
  };
  const looked = entries.length - open.length;
  if (findings.length > 0) {
    return { ...row, outcome: 'fail', examined: looked, ...(gaps.length === 0 ? {} : { gaps }) };
  }
  if (gaps.length > 0) {
    return { ...row, outcome: 'unevaluated', gaps };
  }
  return open.length === 0
    ? { ...row, outcome: 'pass', examined: looked }
    : { ...row, outcome: 'not-applicable', reason: open.map(({ name, why }) => `${name} ${why}`).join('; ') };
}

function phaseOf(
  entries: readonly Entry[],
  expired: ResultCheck,
  unmatched: ResultCheck,
): Pick<JudgementPhase, 'checks' | 'rows' | 'findings'> {
  if (entries.length === 0) {
    return { checks: [], rows: [], findings: [] };
  }
  const late = expiredFindings(expired, entries);
  const idle = unmatchedFindings(unmatched, entries);
  return {
    checks: [expired, unmatched],
    rows: [expiredRow(expired, late, entries.length), unmatchedRow(unmatched, idle, entries)],
    findings: [...late, ...idle],
  };
}

function detailOf(standing: Standing): { readonly detail?: string } {
  return 'why' in standing ? { detail: standing.why } : {};
}

/**
 * Judges exceptions and attestations when everything else was judged. Whatever they mute stays listed, with who
 * approved it; what could not be matched for want of evidence is said to be so and is not called idle.
 */
export function judgementPhase(
  exceptions: readonly Exception[],
  attestations: readonly Attestation[],
  run: JudgedRun,
): JudgementPhase {
  const ofExceptions = exceptions.map((one) => ({ one, entry: entryOfException(one, run) }));
  const ofAttestations = attestations.map((one) => ({ one, entry: entryOfAttestation(one, run) }));
  const first = phaseOf(
    ofExceptions.map(({ entry }) => entry),
    expiredException,
    unmatchedException,
  );
  const second = phaseOf(
    ofAttestations.map(({ entry }) => entry),
    expiredAttestation,
    unmatchedAttestation,
  );
  return {
    checks: [...second.checks, ...first.checks].sort((left, right) => (left.id < right.id ? -1 : 1)),
    rows: [...first.rows, ...second.rows],
    findings: [...first.findings, ...second.findings],
    exceptions: ofExceptions.map(({ one, entry: { target, subject, standing } }) => ({
      target,
      subject,
      reason: one.reason,
      approvedBy: one.approvedBy,
      expires: one.expires,
      status: standing.status === 'matched' ? 'applied' : standing.status,
      ...detailOf(standing),
    })),
    attestations: ofAttestations.map(({ one, entry: { standing } }) => ({
      ...one,
      status: standing.status === 'matched' ? 'live' : standing.status,
      ...detailOf(standing),
    })),
  };
}
