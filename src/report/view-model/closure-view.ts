import { dateText, deadlineOf, distanceText, isPast } from '../text/dates.ts';
import { countOf, formatTime } from '../text/phrases.ts';
import { incidentFacts } from '../trace/incident-facts.ts';
import { listed, mapListed, type ReportContext } from './report-context.ts';
import type { Listed } from './report-view.ts';
import { type CriterionView, criterionView } from './verification-view.ts';

export interface ClosureCriterionView extends Pick<CriterionView, 'id' | 'title' | 'mark' | 'facts'> {
  readonly state: 'met' | 'unmet' | 'open';
}

export interface NotificationView {
  readonly to: string;
  readonly due: string | null;
  readonly sentAt: string | null;
  readonly state: string;
  readonly overdue: boolean;
  readonly note: string | null;
}

export interface ClosureView {
  readonly headline: string;
  readonly sentence: string;
  /** What speaks against a signature. */
  readonly loud: readonly string[];
  readonly criteria: readonly ClosureCriterionView[];
  readonly met: number;
  readonly signatures: Listed<{ readonly name: string; readonly role: string; readonly at: string }>;
  /** Blank lines to sign by hand. */
  readonly blanks: readonly string[];
  readonly notifications: Listed<NotificationView>;
  readonly notificationsOpen: number;
  readonly notificationsOverdue: number;
}

/** What `verify` will ask, in its words: told before it has run. */
export const closureCriteria = [
  {
    id: 'found-is-gone',
    title: 'Everything that was to be removed, put back or contained is gone, put back or contained',
  },
  { id: 'nothing-new', title: 'Nothing new and unexplained since' },
  { id: 'questions-answered', title: 'Every open question to an owner is answered' },
  { id: 'sessions-ended', title: 'Every session of the incident has ended' },
  { id: 'no-unbounded-sessions', title: 'No session or credential renews itself' },
  { id: 'everything-swept', title: 'Every account and region was read, without a gap' },
  { id: 'manual-answered', title: 'Every question that no API answers is attested' },
  {
    id: 'trail-silent',
    title: 'The trail has no hole since the clean-up, and the incident’s credentials are silent in it',
  },
  { id: 'eyes-open', title: 'Logging, detection and guardrails are as they were' },
  { id: 'secrets-rotated', title: 'Every secret that was read or could be read is rotated' },
  { id: 'other-places', title: 'Other partitions and organizations were looked at' },
] as const;

function criteriaOf({ result, limits }: ReportContext): readonly ClosureCriterionView[] {
  return (
    result.verification?.closure.criteria.map(
      (criterion): ClosureCriterionView => ({
        ...criterionView(criterion, limits),
        state: criterion.met ? 'met' : 'unmet',
      }),
    ) ??
    closureCriteria.map(
      ({ id, title }): ClosureCriterionView => ({
        id,
        title,
        state: 'open',
        mark: '– not asked',
        facts: listed([], 0),
      }),
    )
  );
}

function notificationView(
  { to, due, sentAt, note }: ReturnType<typeof incidentFacts>['review']['notifications'][number],
  asOf: string,
): NotificationView {
  const late = sentAt === null && due !== null && isPast(due, asOf) === true;
  const sentLate =
    sentAt !== null &&
    due !== null &&
    (deadlineOf(sentAt) ?? 0) > (deadlineOf(due) ?? Number.POSITIVE_INFINITY);
  const distance = due === null ? null : distanceText(due, asOf);
  const open = distance === null ? 'To be sent, no date' : `To be sent, due ${distance}`;
  return {
    to,
    due: due === null ? null : dateText(due),
    sentAt: sentAt === null ? null : dateText(sentAt),
    state: sentAt === null ? (late ? 'Overdue' : open) : sentLate ? 'Sent late' : 'Sent',
    overdue: late,
    note,
  };
}

function speaksAgainst(context: ReportContext, unmet: number): readonly string[] {
  const { result } = context;
  const { review, milestones } = incidentFacts(result.incident);
  const closed = milestones.find(({ name }) => name === 'closed');
  const { verification } = result;
  const refused = verification !== null && !(verification.closure.allClear && unmet === 0);
  const signed = review.signOff.map(({ role, at }) => `${role}, ${dateText(at)}`).join('; ');
  const early = review.signOff.filter(
    ({ at }) => verification !== null && (deadlineOf(at) ?? 0) < Date.parse(verification.asOf),
  );
  return [
    ...(review.signOff.length > 0 && verification === null
      ? [`Signed (${signed}), although no verify has shown that a criterion is met.`]
      : []),
    ...(review.signOff.length > 0 && refused
      ? [
          `Signed (${signed}), although ${unmet === 0 ? 'the closure does not hold' : `${countOf(unmet, 'criterion is', 'criteria are')} not met`}. The signature does not close the incident.`,
        ]
      : []),
    ...(early.length > 0 && verification !== null
      ? [
          `${countOf(early.length, 'signature is', 'signatures are')} older than the verification of ${formatTime(verification.asOf)}.`,
        ]
      : []),
    ...(closed !== undefined && (verification === null || refused)
      ? [
          `The incident file says closed at ${formatTime(closed.time)}; ${verification === null ? 'no verify has been made' : 'not every criterion is met'}.`,
        ]
      : []),
  ];
}

const leastLines = 3;

/** May the incident be declared closed, who says so, and who must still be told? */
export function closureView(context: ReportContext): ClosureView {
  const { result, limits } = context;
  const { review } = incidentFacts(result.incident);
  const criteria = criteriaOf(context);
  const met = criteria.filter(({ state }) => state === 'met').length;
  const unmet = criteria.length - met;
  const { verification } = result;
  const notifications = review.notifications.map((one) => notificationView(one, result.asOf));
  const allClear = verification?.closure.allClear === true;
  return {
    headline:
      verification === null
        ? `${countOf(criteria.length, 'criterion', 'criteria')}, none asked yet`
        : `${met} of ${criteria.length} criteria met`,
    sentence:
      verification === null
        ? 'An incident is closed by criteria, not by a feeling. Carry out the plan, then run afterleak verify: it answers each of them over new evidence.'
        : allClear
          ? `Every criterion is met over the evidence of ${formatTime(verification.asOf)}. The incident may be declared closed.`
          : `The incident cannot be declared closed: ${countOf(unmet, 'criterion is', 'criteria are')} not met over the evidence of ${formatTime(verification.asOf)}.`,
    loud: speaksAgainst(context, unmet),
    criteria,
    met,
    signatures: mapListed(review.signOff, limits.rows, ({ name, role, at }) => ({
      name,
      role,
      at: dateText(at),
    })),
    blanks: Array.from(
      { length: Math.max(1, leastLines - review.signOff.length) },
      (_, index) => `Signature ${index + 1}`,
    ),
    notifications: mapListed(notifications, limits.rows, (one) => one),
    notificationsOpen: notifications.filter(({ sentAt }) => sentAt === null).length,
    notificationsOverdue: notifications.filter(({ overdue }) => overdue).length,
  };
}
