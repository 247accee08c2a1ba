import type { AuditResult, ResultFinding } from '../model/audit-result.ts';
import type { Answers } from './answers.ts';
import type { Judgement } from './judge-finding.ts';
import { earliest, instant, textOf } from './times.ts';

/** What decides about a finding that only events show. */
export interface EventQuestion {
  readonly finding: ResultFinding;
  readonly earlier: AuditResult;
  readonly now: AuditResult;
  readonly answers: Answers;
  /** Last moment at which a step touched it; null without a log. */
  readonly touchedAt: number | null;
  readonly same: ResultFinding | null;
}

function cannotTell(why: string): Judgement {
  return { state: 'cannot-tell', why };
}

/** Why the events read today say nothing about the time after the step; null where they do. */
function whyBlind({ earlier, now, touchedAt }: EventQuestion): string | null {
  const { trail } = now.coverage;
  const to = instant(trail?.to);
  if (trail === null || now.lineage === null || to === null) {
    return 'only events show it, and no trail was read that covers any time';
  }
  const since = touchedAt ?? instant(earlier.coverage.trail?.to) ?? instant(earlier.asOf) ?? 0;
  if (to < since) {
    return `only events show it, and those that were read end at ${trail.to}, before ${textOf(since)}`;
  }
  const hole = touchedAt === null ? undefined : trail.holes.find((one) => (instant(one.to) ?? 0) > touchedAt);
  return hole === undefined ? null : `the trail has a hole after the step, in ${hole.where}: ${hole.why}`;
}

/** Today's evidence of the place where the thing would be. */
function placeSeenAt({ finding, now }: EventQuestion): number | null {
  const { accountId } = finding.subject;
  // The credential report is hours old by its nature and lists no thing that a lineage holds.
  const old = new Set(
    now.checks.flatMap(({ id, requires }) => (requires.includes('iam.credential-report') ? [id] : [])),
  );
  const rows = now.results.filter(
    ({ check, units, evidenceAsOf }) =>
      evidenceAsOf !== undefined &&
      !old.has(check) &&
      units.some((unit) =>
        accountId === null ? unit.accountId === undefined : unit.accountId === accountId,
      ),
  );
  return earliest(rows.map((row) => instant(row.evidenceAsOf)));
}

function judgeMade(question: EventQuestion): Judgement {
  const { finding, now, same, touchedAt, earlier } = question;
  const { arn, uniqueId } = finding.subject;
  const nodes = (now.lineage?.nodes ?? []).filter(
    (node) =>
      (node.arn ?? node.id) === arn &&
      (uniqueId === undefined || node.uniqueId === null || node.uniqueId === uniqueId),
  );
  const [node] = nodes;
  if (node !== undefined && nodes.every(({ deleted }) => deleted)) {
    return { state: 'gone', why: `an event deletes it at ${node.deletedAt ?? 'a time not told'}` };
  }
  if (nodes.some(({ id }) => now.lineage?.alreadyGone.includes(id) === true)) {
    const seen = placeSeenAt(question);
    const since = Math.max(touchedAt ?? 0, instant(earlier.asOf) ?? 0);
    return seen !== null && seen > since
      ? { state: 'gone', why: `the evidence of ${textOf(seen)} would show it and does not` }
      : cannotTell('the evidence that would show it is not newer than the step');
  }
  const blind = whyBlind(question);
  if (blind !== null) {
    return cannotTell(blind);
  }
  if (same !== null) {
    return { state: 'still-there', why: 'the events show how it was made, and none that deletes it' };
  }
  const other = now.findings.find((one) => one.subject.arn === arn);
  return other === undefined
    ? cannotTell('the events read today do not reach back to how it was made')
    : { state: 'still-there', why: `now it is reported by the check ${other.check}` };
}

function judgeSetting(question: EventQuestion): Judgement {
  const { finding, now, same } = question;
  const blind = whyBlind(question);
  if (blind !== null) {
    return cannotTell(blind);
  }
  if (same !== null) {
    return { state: 'still-there', why: 'no event shows that it was set back' };
  }
  const changedAt = earliest(finding.provenance.map(({ eventTime }) => instant(eventTime)));
  const { trail } = now.coverage;
  const from = instant(trail?.from);
  const covered = changedAt !== null && from !== null && from <= changedAt;
  const hole = (trail?.holes ?? []).find(
    (one) => (instant(one.to) ?? 0) > (question.touchedAt ?? changedAt ?? 0),
  );
  if (!covered) {
    return cannotTell('the events read today do not reach back to the change');
  }
  return hole === undefined
    ? { state: 'gone', why: 'a later event, not of the incident, set it again' }
    : cannotTell(`the trail has a hole after the change, in ${hole.where}`);
}

/**
 * A finding of the lineage phase. An event that deletes the thing proves its end, whatever the trail lacks elsewhere; that it
 * is still there, or was set back, is told only by events that reach beyond the step without a hole.
 */
export function judgeEventFinding(question: EventQuestion): Judgement {
  return question.finding.check === 'lineage/changed-setting' ? judgeSetting(question) : judgeMade(question);
}
