import type { Plan } from '../../model/plan.ts';
import { headLines, restLines } from './plan-lines.ts';
import { stepLines } from './step-lines.ts';

/** The plan for a terminal: the same lines that plan.sh prints. */
export function renderPlanText(plan: Plan): string {
  const steps = plan.steps.flatMap((step, index) => [
    ...stepLines(step, `${index + 1} of ${plan.steps.length}`),
    '',
  ]);
  return `${[...headLines(plan), ...steps, ...restLines(plan)].join('\n').trimEnd()}\n`;
}
