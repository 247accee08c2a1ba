import type { AuditResult, ResultFinding } from '../model/audit-result.ts';
import { decisions } from '../model/finding.ts';
import { severityRank } from '../model/severity.ts';
import type { ActionLogEntry, Verification } from '../model/verification.ts';
import { Answers, newestEvidence } from './answers.ts';
import { closureOf } from './closure.ts';
import { type Comparison, judgeFinding, otherMessage, placeOf } from './judge-finding.ts';
import { lookAgain } from './look-again.ts';
import { newSince } from './new-since.ts';
import { findNewThings, findReappearances, type Reappearance } from './new-things.ts';
import { livingSessions } from './sessions.ts';
import { readStepLog, stepText } from './step-log.ts';
import { Things } from './things.ts';
import { instant, textOf } from './times.ts';

export interface VerifyOptions {
  /** Only what the plan touched was read again: only its findings are judged, and closure is out of reach. */
  readonly quick: boolean;
}

type VerifiedFinding = Verification['findings'][number];

function comparisonOf(
  earlier: AuditResult,
  now: AuditResult,
  actions: readonly ActionLogEntry[],
): Comparison {
  const had = new Set(earlier.findings.map(({ fingerprint }) => fingerprint));
  const further = new Map<string, ResultFinding[]>();
  for (const finding of now.findings.filter(({ fingerprint }) => !had.has(fingerprint))) {
    const list = further.get(placeOf(finding)) ?? [];
    list.push(finding);
    further.set(placeOf(finding), list);
  }
  return {
    earlier,
    now,
    earlierAnswers: new Answers(earlier),
    answers: new Answers(now),
    known: new Things(earlier),
    today: new Things(now),
    log: readStepLog(earlier, now, actions),
    findings: new Map(now.findings.map((finding) => [finding.fingerprint, finding])),
    further,
  };
}

function verified(finding: ResultFinding, comparison: Comparison): VerifiedFinding {
  const { state, why } = judgeFinding(finding, comparison);
  const step = comparison.log.stepOf(finding.fingerprint);
  const same = comparison.findings.get(finding.fingerprint) ?? otherMessage(finding, comparison);
  return {
    fingerprint: finding.fingerprint,
    check: finding.check,
    severity: finding.severity,
    title: finding.title,
    decision: finding.decision,
    subject: { ...finding.subject },
    state,
    why: `${why}${state === 'gone' ? '' : stepText(step)}`,
    step,
    now: same?.fingerprint ?? null,
  };
}

function withReappearance(one: VerifiedFinding, found: Reappearance | undefined): VerifiedFinding {
  if (one.state !== 'gone' || found === undefined) {
    return one;
  }
  const { thing, how } = found;
  const name = thing.uniqueId === null ? thing.arn : `${thing.arn} (${thing.uniqueId})`;
  const when = thing.at === null ? '' : ` at ${textOf(thing.at)}`;
  return {
    ...one,
    state: 'reappeared',
    why:
      how === 'name'
        ? `gone, and one of the same name was made${when}: ${name}`
        : `gone, and the same lineage made another ${thing.type}${when}: ${name}`,
    now: thing.findings[0]?.fingerprint ?? null,
  };
}

/** What still needs somebody first: worst state, then what was to be done about it, then severity. */
const stateOrder: readonly Verification['findings'][number]['state'][] = [
  'reappeared',
  'still-there',
  'changed',
  'cannot-tell',
  'gone',
];

const decisionOrder: readonly string[] = decisions;

function loudestFirst(left: VerifiedFinding, right: VerifiedFinding): number {
  const decisionRank = ({ decision }: VerifiedFinding): number => decisionOrder.indexOf(decision);
  const harden = (one: VerifiedFinding): number => Number(one.decision === 'harden');
  return (
    harden(left) - harden(right) ||
    stateOrder.indexOf(left.state) - stateOrder.indexOf(right.state) ||
    decisionRank(left) - decisionRank(right) ||
    severityRank(left.severity) - severityRank(right.severity) ||
    (left.subject.arn < right.subject.arn ? -1 : left.subject.arn > right.subject.arn ? 1 : 0) ||
    (left.fingerprint < right.fingerprint ? -1 : 1)
  );
}

/**
 * Holds an earlier result against today's: what became of each finding (`judgeFinding` has the rule), what is new since, when to
 * look again and what is missing for closure. `actions` is the log that plan.sh wrote; without it, evidence must be newer than
 * the earlier result's. Pure: the same three documents give the same verification.
 */
export function verifyAgainst(
  earlier: AuditResult,
  now: AuditResult,
  actions: readonly ActionLogEntry[],
  options: VerifyOptions,
): Verification {
  const comparison = comparisonOf(earlier, now, actions);
  const seenAt = Math.min(instant(now.asOf) ?? 0, newestEvidence(now));
  const things = findNewThings(earlier, now, comparison.known, comparison.today);
  const planned = new Set(
    (earlier.plan?.steps ?? []).filter(({ stage }) => stage !== 'harden').flatMap((step) => step.findings),
  );
  const judged = earlier.findings
    .filter(({ fingerprint }) => !options.quick || planned.has(fingerprint))
    .map((finding) => verified(finding, comparison));
  const goneNow = new Set(
    judged.filter(({ state }) => state === 'gone').map(({ fingerprint }) => fingerprint),
  );
  const reappearances = findReappearances(
    earlier,
    earlier.findings.filter(
      ({ fingerprint, decision }) =>
        goneNow.has(fingerprint) && (decision === 'eradicate' || decision === 'explain'),
    ),
    things,
  );
  const findings = judged
    .map((one) =>
      one.decision === 'eradicate' || one.decision === 'explain'
        ? withReappearance(one, reappearances.get(one.subject.arn))
        : one,
    )
    .sort(loudestFirst);
  const successors = new Set(
    findings.flatMap(({ state, now: successor }) =>
      state === 'reappeared' || successor === null ? [] : [successor],
    ),
  );
  const fresh = newSince(comparison, things, successors);
  const sessions = livingSessions(now.lineage ?? earlier.lineage, findings, seenAt);
  const unsettled = findings.some(({ state }) => state === 'cannot-tell');
  return {
    against: {
      evidenceDigest: earlier.evidenceDigest,
      asOf: earlier.asOf,
      findings: earlier.findings.length,
    },
    asOf: now.asOf,
    quick: options.quick,
    findings,
    actions: actions.map((entry) => ({ ...entry })).sort((left, right) => (left.at < right.at ? -1 : 1)),
    newSince: fresh.map(({ unexplained: _unexplained, ...entry }) => entry),
    lookAgain: lookAgain(now, sessions, comparison.log.containedAt ?? seenAt, seenAt, unsettled),
    closure: closureOf({ comparison, findings, fresh, sessions, quick: options.quick }),
  };
}
