import type { AuditResult, ResultFinding } from '../model/audit-result.ts';
import type { VerificationState } from '../model/verification.ts';
import type { Answer, Answers } from './answers.ts';
import { judgeEventFinding } from './event-findings.ts';
import { wouldHaveBeenSeen } from './existence.ts';
import type { StepLog } from './step-log.ts';
import { isEventBased, otherLife, subjectOf, type Thing, type Things } from './things.ts';
import { instant, textOf } from './times.ts';

export interface Judgement {
  readonly state: VerificationState;
  readonly why: string;
}

/** Both results, indexed, and what was done between them. */
export interface Comparison {
  readonly earlier: AuditResult;
  readonly now: AuditResult;
  readonly earlierAnswers: Answers;
  readonly answers: Answers;
  readonly known: Things;
  readonly today: Things;
  readonly log: StepLog;
  /** Today's findings by fingerprint. */
  readonly findings: ReadonlyMap<string, ResultFinding>;
  /** Today's findings that the earlier result did not have, by `placeOf`. */
  readonly further: ReadonlyMap<string, readonly ResultFinding[]>;
}

/** A check about a thing. */
export function placeOf({ check, subject }: ResultFinding): string {
  return `${check}\n${subject.arn}`;
}

function describe(thing: Thing): string {
  return `${thing.type} ${thing.name === '' ? thing.arn : thing.name}${thing.uniqueId === null ? '' : ` (${thing.uniqueId})`}`;
}

/** Another finding of the same check about the same life of the thing, which was not there before. */
export function otherMessage(finding: ResultFinding, { further }: Comparison): ResultFinding | undefined {
  return further.get(placeOf(finding))?.find((one) => !otherLife(subjectOf(one), subjectOf(finding)));
}

/** The thing bears the old name and is another one: by its unique id, or because it was made after its removal. */
function madeAnew(finding: ResultFinding, comparison: Comparison): string | null {
  const { today, log, known } = comparison;
  const subject = subjectOf(finding);
  const [namesake] = today.namesakes(subject);
  if (namesake !== undefined) {
    return `the same name with another unique id: ${namesake.uniqueId}, it was ${subject.uniqueId}`;
  }
  const row = today.row(subject);
  const before = known.row(subject);
  if (row?.createdAt != null && before?.createdAt != null && row.createdAt !== before.createdAt) {
    return `the same name, made anew at ${textOf(row.createdAt)}`;
  }
  const removed = log.removedAt(finding.fingerprint);
  const touched = row?.createdAt ?? row?.modifiedAt ?? null;
  return removed !== null && touched !== null && touched > removed
    ? `it was removed at ${textOf(removed)}, and what is there was made or changed at ${textOf(touched)}`
    : null;
}

/** What the incident made has no earlier state: it is removed, and to be gone is right. */
function isMadeByIncident({ attribution, signals }: ResultFinding): boolean {
  return attribution === 'attributed' && signals.some(({ code }) => code === 'created-by-incident');
}

/** Complete, newer than the step, and the check no longer reports it: what that means hangs on the decision. */
function judgeAbsent(
  finding: ResultFinding,
  comparison: Comparison,
  seenAt: number,
  threshold: number,
): Judgement {
  const { today, known, now, answers } = comparison;
  const subject = subjectOf(finding);
  const same = today.same(subject);
  const [thing] = same;
  const gone = (what: string): Judgement => ({
    state: 'gone',
    why: `${what} in complete evidence of ${textOf(seenAt)}`,
  });
  const other = otherMessage(finding, comparison);
  switch (finding.decision) {
    case 'eradicate':
    case 'explain':
      if (thing !== undefined) {
        return {
          state: 'changed',
          why: `this check no longer reports it, but the ${describe(thing)} is still there`,
        };
      }
      return wouldHaveBeenSeen(now, answers, finding.subject, threshold)
        ? gone('not found')
        : {
            state: 'cannot-tell',
            why: `no longer reported, but whether the ${finding.subject.type} itself is still there was not read in full`,
          };
    case 'restore':
      if (other !== undefined) {
        return { state: 'changed', why: `now reported as: ${other.message}` };
      }
      return thing === undefined &&
        known.row(subject) !== null &&
        today.row(subject) === null &&
        !isMadeByIncident(finding)
        ? {
            state: 'changed',
            why: 'the alteration is no longer reported, but neither is the thing itself there any more',
          }
        : gone('the alteration was not found');
    case 'contain-and-rotate':
    case 'harden':
      return other === undefined
        ? gone(thing === undefined ? 'not found' : 'no longer reported (the thing itself may stay)')
        : { state: 'changed', why: `now reported as: ${other.message}` };
    default:
      return finding.decision satisfies never;
  }
}

/** Evidence must be newer than what the earlier result saw, and than every step that touched the thing. */
function thresholdOf(finding: ResultFinding, { earlier, earlierAnswers, log }: Comparison): number {
  const before = earlierAnswers.seenAt(finding) ?? instant(earlier.asOf) ?? 0;
  return Math.max(before, log.touchedAt(finding.fingerprint) ?? 0);
}

function judgePresent(
  finding: ResultFinding,
  now: ResultFinding,
  comparison: Comparison,
  threshold: number,
): Judgement {
  const seenAt = comparison.answers.seenAt(now);
  if (seenAt !== null && seenAt < threshold) {
    return {
      state: 'cannot-tell',
      why: `the evidence is of ${textOf(seenAt)}, older than ${textOf(threshold)}: it proves nothing about the time after`,
    };
  }
  const { uniqueId } = subjectOf(finding);
  const sameLife = uniqueId !== null && uniqueId === subjectOf(now).uniqueId;
  const askable = otherLife(subjectOf(finding), subjectOf(now)) || finding.decision !== 'restore';
  const how = askable && !sameLife ? madeAnew(finding, comparison) : null;
  return how === null
    ? { state: 'still-there', why: 'reported again, unchanged in kind' }
    : { state: 'reappeared', why: how };
}

/**
 * What became of one earlier finding.
 *
 * | decision | `gone` means, over complete evidence that is newer than the step |
 * | --- | --- |
 * | eradicate | the thing is nowhere: no check reports it, no inventory row, under no other name. Still listed, though no longer reported (a key only deactivated) = `changed` |
 * | explain | the same: frozen is not explained, so what is still there is `changed` |
 * | restore | the alteration is no longer reported. The thing itself must stay, unless the incident made it: where it vanished with the alteration, it is `changed` and not restored; the same check with another message = `changed` |
 * | contain-and-rotate | the access is no longer reported; the credential may lie there inactive, the principal goes on |
 * | harden | the weakness is no longer reported |
 *
 * Complete = the check passed in every unit that showed the finding, or failed there without a gap. Anything less, another
 * selection or scope, and evidence not newer than the step are `cannot-tell`. A namesake with another unique id is
 * `reappeared` even over incomplete evidence: what was seen was seen. Only then does a removed thing count as `reappeared`
 * through its makers (`findReappearances`).
 */
export function judgeFinding(finding: ResultFinding, comparison: Comparison): Judgement {
  const { earlier, now, answers, earlierAnswers, findings, log, today } = comparison;
  const same = findings.get(finding.fingerprint) ?? null;
  if (isEventBased(finding.check)) {
    const touchedAt = log.touchedAt(finding.fingerprint);
    return judgeEventFinding({ finding, earlier, now, answers, touchedAt, same });
  }
  const threshold = thresholdOf(finding, comparison);
  if (same !== null) {
    return judgePresent(finding, same, comparison, threshold);
  }
  const answer = answers.of(finding.check, earlierAnswers.unitsOf(finding));
  const stale = answer.asOf !== null && answer.asOf <= threshold;
  const [namesake] = today.namesakes(subjectOf(finding));
  if (namesake !== undefined && !stale && finding.decision !== 'restore' && finding.decision !== 'harden') {
    return {
      state: 'reappeared',
      why: madeAnew(finding, comparison) ?? 'the same name with another unique id',
    };
  }
  return judgeAnswer(finding, comparison, answer, threshold);
}

function judgeAnswer(
  finding: ResultFinding,
  comparison: Comparison,
  answer: Answer,
  threshold: number,
): Judgement {
  if (answer.state === 'incomplete') {
    return { state: 'cannot-tell', why: answer.why };
  }
  if (answer.asOf === null) {
    return { state: 'cannot-tell', why: 'the result does not tell how old its evidence is' };
  }
  if (answer.asOf <= threshold) {
    return {
      state: 'cannot-tell',
      why: `not found, but the evidence is of ${textOf(answer.asOf)}, not newer than ${textOf(threshold)}`,
    };
  }
  return judgeAbsent(finding, comparison, answer.asOf, threshold);
}
