import type { ActionId } from '../../model/action-id.ts';
import { actionsFor } from '../../model/action-subjects.ts';
import type { Decision } from '../../model/finding.ts';
import { compareText, countOf, formatNumber } from '../text/phrases.ts';
import { actionTitles } from './action-titles.ts';
import type { CardGroup } from './card-grouping.ts';
import { plannedWork } from './planned-actions.ts';
import type { ReportContext } from './report-context.ts';
import { listed, mapListed } from './report-context.ts';
import type { BlindSpotsView, NextStepView, OutcomesView, StepActionView } from './report-view.ts';
import { decisionTexts } from './wording.ts';

/** Live access is cut before anything is removed or put back: the order of NIST SP 800-61, not of the chapters. */
const containmentFirst = [
  'contain-and-rotate',
  'eradicate',
  'restore',
  'explain',
] as const satisfies readonly Decision[];

function stepActions(context: ReportContext, cards: readonly CardGroup[]): readonly StepActionView[] {
  const subjects = new Map<ActionId, Map<string, string>>();
  for (const finding of cards.flatMap((card) => card.findings)) {
    if (finding.exception === undefined) {
      const offered = context.checks.get(finding.check)?.remediation.actions ?? [];
      for (const action of actionsFor(offered, finding.subject.type, finding.decision)) {
        const names = subjects.get(action) ?? new Map<string, string>();
        subjects.set(action, names);
        names.set(
          finding.subject.arn,
          finding.subject.name === '' ? finding.subject.arn : finding.subject.name,
        );
      }
    }
  }
  return [...subjects]
    .sort(
      ([left, leftNames], [right, rightNames]) =>
        rightNames.size - leftNames.size || compareText(left, right),
    )
    .map(([id, names]) => ({
      id,
      title: actionTitles[id],
      subjects: listed([...new Set(names.values())].sort(compareText), context.limits.names),
    }));
}

/** With a plan its steps, which know what may be deleted; tickets stay named by their actions. */
function work(
  context: ReportContext,
  decision: Decision,
  cards: readonly CardGroup[],
): readonly StepActionView[] {
  return context.result.plan === null || decision === 'harden'
    ? stepActions(context, cards)
    : plannedWork(
        context,
        cards.flatMap(({ findings }) => findings),
      );
}

function decisionStep(
  context: ReportContext,
  decision: Decision,
  groups: ReadonlyMap<Decision, readonly CardGroup[]>,
): readonly NextStepView[] {
  const cards = (groups.get(decision) ?? []).filter((card) =>
    card.findings.some((finding) => finding.exception === undefined),
  );
  if (cards.length === 0) {
    return [];
  }
  const things =
    decision === 'harden'
      ? countOf(cards.length, 'kind of weakness', 'kinds of weakness')
      : countOf(cards.length, 'subject', 'subjects');
  return [
    {
      title: decisionTexts[decision].step,
      href: `#${decision}`,
      sentence: things,
      firstAction: decisionTexts[decision].firstAction,
      actions: mapListed(work(context, decision, cards), context.limits.rows, (action) => action),
    },
  ];
}

const noActions = { shown: [], hidden: 0, total: 0 } as const;

export function nextStepsView(
  context: ReportContext,
  groups: ReadonlyMap<Decision, readonly CardGroup[]>,
  blindSpots: BlindSpotsView,
  outcomes: OutcomesView,
): readonly NextStepView[] {
  const steps = containmentFirst.flatMap((decision) => decisionStep(context, decision, groups));
  const unseen = blindSpots.open + blindSpots.notSwept.total + outcomes.errors.total;
  const look: NextStepView[] =
    unseen === 0
      ? []
      : [
          {
            title: 'Make visible what was not seen, then sweep again',
            href: '#not-seen',
            sentence: countOf(unseen, 'gap', 'gaps'),
            firstAction: null,
            actions: noActions,
          },
        ];
  const ask: NextStepView[] =
    outcomes.manualOpen.total === 0
      ? []
      : [
          {
            title: 'Look by hand at what no API shows, and attest to it',
            href: '#manual',
            sentence: countOf(outcomes.manualOpen.total, 'question', 'questions'),
            firstAction: null,
            actions: noActions,
          },
        ];
  return [...steps, ...look, ...ask, ...decisionStep(context, 'harden', groups)];
}

export function planSentence(context: ReportContext): string {
  const { plan } = context.result;
  return plan === null
    ? 'No ordered plan has been computed for this result: the actions are named, the commands are not. Removing things in the wrong order can warn an intruder or destroy evidence.'
    : `A plan of ${formatNumber(plan.steps.length)} ordered steps with commands comes with: afterleak plan --result result.json`;
}
