import { type Plan, planPhases } from '../../model/plan.ts';
import { countOf, formatNumber, formatTime, listOf } from '../text/phrases.ts';
import { clip } from '../text/visible.ts';
import { causeLabel } from './cause-choices.ts';
import type { ClosureView } from './closure-view.ts';
import { endlessSources, sessionsByEnd } from './incident-moments.ts';
import type { FactView } from './report-view.ts';
import { blindSpans, type ReviewSources } from './review-evidence.ts';

export interface BoardFactView extends FactView {
  readonly href: string | null;
}

export interface BoardDecisionView {
  readonly text: string;
  readonly detail: string | null;
  readonly href: string;
  /** Late, or against what was declared. */
  readonly urgent: boolean;
}

/** What the first page says besides verdict, scope, blind spots and findings. */
export interface BoardView {
  /** How far the report may travel; null where nobody said it. */
  readonly classification: string | null;
  readonly owner: string | null;
  readonly loud: readonly string[];
  readonly incident: readonly BoardFactView[];
  readonly decisions: readonly BoardDecisionView[];
  readonly decisionsHeadline: string;
  /** Times in which the trail shows nothing, or less. */
  readonly blind: readonly string[];
  /** `97 steps: prepare 23, contain 21 …`; null without a plan. */
  readonly planLine: string | null;
  readonly actionsLine: string | null;
}

export interface BoardSources extends ReviewSources {
  readonly closure: ClosureView;
}

function fact(
  label: string,
  value: string,
  detail: string | null,
  href: string | null,
  warning = false,
): BoardFactView {
  return {
    label,
    value: clip(value, longest),
    detail: detail === null ? null : clip(detail, longest),
    href,
    warning,
  };
}

/** What people wrote at length stands in its chapter; one page is one page. */
const longest = 140;
const namesShown = 2;

function some(names: readonly string[]): string {
  const more = names.length - namesShown;
  return more > 0 ? `${names.slice(0, namesShown).join(', ')} and ${more} more` : listOf(names);
}

/** The last part of an ARN, by which people know a principal. */
function nameOf(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}

function leakedFact({ story, context }: BoardSources): BoardFactView {
  const { accessKeyIds, principals, review } = story.facts;
  if (context.result.incident === null) {
    return fact('What leaked', 'No incident was described', null, null, true);
  }
  const things = accessKeyIds.length > 0 ? accessKeyIds : principals;
  const value =
    things.length === 0
      ? 'Not stated'
      : accessKeyIds.length > 0
        ? `${accessKeyIds.length === 1 ? 'Access key' : countOf(accessKeyIds.length, 'access key', 'access keys')} of ${principals.length === 0 ? some(accessKeyIds) : some(principals.map(nameOf))}`
        : some(principals.map(nameOf));
  const how = review.howItLeaked ?? (review.cause === null ? 'How is not known' : causeLabel(review.cause));
  return fact('What leaked', value, how, '#worksheet', things.length === 0);
}

function seenFact({ times, story }: BoardSources): BoardFactView {
  const first = times.moments.find(({ id, basis }) => id === 'first-event' && basis === 'proved');
  const last = times.moments.find(({ id, basis }) => id === 'last-event' && basis === 'proved');
  if (first === undefined) {
    return fact('First hostile act', 'Not known', times.limits[0] ?? null, '#method', true);
  }
  return fact(
    'First hostile act',
    formatTime(first.at),
    last === undefined ? null : `last seen ${formatTime(last.at)}`,
    story.tree === null ? null : '#timeline',
  );
}

function lengthFact(
  { times }: BoardSources,
  id: 'detect' | 'dwell',
  label: string,
  meaning: string,
): BoardFactView {
  const time = times.derived.find((derived) => derived.id === id);
  const told = time?.told === true;
  return fact(label, time?.text ?? 'Cannot be told', told ? meaning : null, null, !told);
}

function sessionsFact({ story, context }: BoardSources): BoardFactView {
  if (story.tree === null) {
    return fact('Last stolen session', 'Not known', 'no events were followed', '#method', true);
  }
  const tree = story.tree;
  const endless = endlessSources(tree);
  const last = sessionsByEnd(tree)[0]?.expiresAt ?? null;
  if (last === null && endless.length === 0) {
    return fact('Last stolen session', 'None was found', null, '#survivors');
  }
  const living = last !== null && Date.parse(last) > Date.parse(context.result.asOf);
  return fact(
    'Last stolen session',
    last === null ? 'No end by itself' : `${living ? 'Can live until' : 'Ended by'} ${formatTime(last)}`,
    endless.length === 0
      ? null
      : `${countOf(endless.length, 'source renews', 'sources renew')} itself until removed`,
    '#survivors',
    living || endless.length > 0,
  );
}

function incidentFactsOf(sources: BoardSources): readonly BoardFactView[] {
  return [
    leakedFact(sources),
    seenFact(sources),
    lengthFact(sources, 'detect', 'Noticed after', 'from the first act'),
    lengthFact(sources, 'dwell', 'Contained after', 'from the first act'),
    sessionsFact(sources),
  ];
}

function planLine(plan: Plan | null): string | null {
  if (plan === null || plan.steps.length === 0) {
    return null;
  }
  const counts = planPhases
    .map((phase) => [phase, plan.steps.filter((step) => step.phase === phase).length] as const)
    .filter(([, count]) => count > 0)
    .map(([phase, count]) => `${formatNumber(count)} to ${phase}`);
  return `${countOf(plan.steps.length, 'step', 'steps')}: ${counts.join(', ')}`;
}

function actionsLine({ actions }: BoardSources): string | null {
  if (actions.decided + actions.proposed === 0) {
    return null;
  }
  return [
    `${countOf(actions.decided, 'corrective action', 'corrective actions')} decided`,
    ...(actions.overdue === 0 ? [] : [`${actions.overdue} overdue`]),
    ...(actions.proposed === 0 ? [] : [`${actions.proposed} proposed`]),
  ].join(', ');
}

/** `when` alone makes it a decision: what is not so needs none. */
function decision(
  when: boolean,
  text: string,
  href: string,
  detail: string | null = null,
  urgent = false,
): readonly BoardDecisionView[] {
  return when ? [{ text, detail: detail === null ? null : clip(detail, longest), href, urgent }] : [];
}

function expiring({ context: { result } }: BoardSources, near: number): readonly BoardDecisionView[] {
  const expired = result.exceptions.filter(({ status }) => status === 'expired').length;
  return [
    ...decision(
      expired > 0,
      `Approve again or mend: ${countOf(expired, 'expired exception', 'expired exceptions')}`,
      '#people',
      null,
      true,
    ),
    ...decision(
      near > 0,
      `Renew or let end: ${countOf(near, 'exception or attestation', 'exceptions and attestations')}`,
      '#people',
      'within 30 days of their end',
    ),
  ];
}

function openDecisions(sources: BoardSources, near: number): readonly BoardDecisionView[] {
  const { actions, closure, outcomes, story, context } = sources;
  const { review } = story.facts;
  const questions = context.result.plan?.questions.length ?? 0;
  const manual = outcomes.manualOpen.total;
  const due = closure.notificationsOpen;
  return [
    ...decision(
      due > 0,
      `Decide on ${countOf(due, 'notification', 'notifications')} not yet sent`,
      '#closure',
      closure.notificationsOverdue > 0
        ? `${closure.notificationsOverdue} overdue`
        : (closure.notifications.shown
            .filter(({ sentAt, due: date }) => sentAt === null && date !== null)
            .map(({ to, due: date }) => `${to}: ${date ?? ''}`)[0] ?? null),
      closure.notificationsOverdue > 0,
    ),
    ...decision(
      questions > 0,
      `Answer for ${countOf(questions, 'unexplained thing', 'unexplained things')}`,
      '#explain',
      'its owner must say whether it is theirs',
    ),
    ...decision(
      manual > 0,
      `State how ${countOf(manual, 'setting is', 'settings are')} set that no API shows`,
      '#manual',
    ),
    ...decision(
      actions.withoutOwner > 0,
      `Name an owner for ${countOf(actions.withoutOwner, 'corrective action', 'corrective actions')}`,
      '#corrective-actions',
    ),
    ...decision(
      actions.proposed > 0,
      `Accept or decline ${countOf(actions.proposed, 'proposed action', 'proposed actions')}`,
      '#corrective-actions',
    ),
    ...expiring(sources, near),
    ...decision(
      context.result.incident !== null && (review.cause === null || review.cause === 'unknown'),
      'Find out how it leaked',
      '#worksheet',
      'until then the next key can leak in the same way',
    ),
    ...decision(
      context.result.verification?.closure.allClear === true && review.signOff.length === 0,
      'Sign the closure',
      '#closure',
      'every criterion is met',
    ),
  ];
}

/** @param near exceptions and attestations that are about to run out */
export function boardView(sources: BoardSources, near: number): BoardView {
  const { review } = sources.story.facts;
  const decisions = openDecisions(sources, near);
  return {
    classification: review.classification === null ? null : clip(review.classification, 40),
    owner: review.owner === null ? null : clip(review.owner, 60),
    loud: [
      ...sources.times.contradictions.filter(({ loud }) => loud).map(({ text }) => text),
      ...sources.closure.loud,
    ].map((text) => clip(text, 2 * longest)),
    incident: incidentFactsOf(sources),
    decisions,
    decisionsHeadline:
      decisions.length === 0 ? 'No decision is open' : countOf(decisions.length, 'decision', 'decisions'),
    blind: blindSpans(sources.context)
      .slice(0, 2)
      .map(
        ({ span, places }) =>
          `CloudTrail shows nothing, or less, from ${span} in ${countOf(places, 'place', 'places')}`,
      ),
    planLine: planLine(sources.context.result.plan),
    actionsLine: actionsLine(sources),
  };
}
