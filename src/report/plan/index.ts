import type { Plan } from '../../model/plan.ts';
import { renderJson } from '../renderers/json.ts';
import { renderPlanMarkdown } from './plan-markdown.ts';
import { renderPlanScript } from './plan-script.ts';

interface PlanRenderer {
  /** Name of the file in the run's folder. */
  readonly file: string;
  readonly render: (plan: Plan) => string;
}

export const planRenderers = {
  json: { file: 'plan.json', render: renderJson },
  sh: { file: 'plan.sh', render: renderPlanScript },
  md: { file: 'plan.md', render: renderPlanMarkdown },
} as const satisfies Record<string, PlanRenderer>;

export type PlanFormat = keyof typeof planRenderers;

export function isPlanFormat(name: string): name is PlanFormat {
  return Object.hasOwn(planRenderers, name);
}
