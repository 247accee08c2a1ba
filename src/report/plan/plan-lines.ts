import { type Plan, planStages } from '../../model/plan.ts';
import { countOf, formatTime } from '../text/phrases.ts';
import { shown, stageNotes, stageTitles } from './plan-wording.ts';

/** What stands above the steps. */
export function headLines(plan: Plan): readonly string[] {
  const stages = planStages
    .map((stage) => ({ stage, count: plan.steps.filter((step) => step.stage === stage).length }))
    .filter(({ count }) => count > 0)
    .map(({ stage, count }) => `  ${stageTitles[stage]} (${stage}): ${count}. ${stageNotes[stage]}`);
  return [
    `Plan of ${countOf(plan.steps.length, 'step', 'steps')}${plan.incidentId === null ? '' : ` for ${shown(plan.incidentId)}`}, from evidence of ${formatTime(shown(plan.asOf))}`,
    ...stages,
    ...(plan.notSeen.length === 0
      ? []
      : [
          `! ${countOf(plan.notSeen.length, 'thing', 'things')} could not be seen and may be missing here; they are listed at the end.`,
        ]),
    '',
  ];
}

function section(title: string, rows: readonly string[]): readonly string[] {
  return rows.length === 0 ? [] : ['', title, ...rows.map((row) => `  - ${row}`)];
}

/** What stands below the steps: what only people can settle, and what is not in the plan. */
export function restLines(plan: Plan): readonly string[] {
  return [
    ...section(
      'Ask the owners',
      plan.questions.map(({ arn, question }) => `${shown(arn)}: ${shown(question)}`),
    ),
    ...section(
      'Would have helped (policies as code stand in plan.json)',
      plan.guardrails.map(({ title, appliesTo }) => `${shown(title)} (${shown(appliesTo)})`),
    ),
    ...section(
      'Findings without a step',
      plan.unplanned.map(({ fingerprint, why }) => `${shown(fingerprint)}: ${shown(why)}`),
    ),
    ...section(
      'Not seen',
      plan.notSeen.map((text) => shown(text)),
    ),
  ];
}
