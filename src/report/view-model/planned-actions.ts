import type { ResultFinding } from '../../model/audit-result.ts';
import type { PlanStep } from '../../model/plan.ts';
import { stageTitles } from '../plan/plan-wording.ts';
import { actionTitles } from './action-titles.ts';
import type { ReportContext } from './report-context.ts';
import { listed } from './report-context.ts';
import type { StepActionView } from './report-view.ts';

/** Steps of the plan that deal with these findings, in the plan's order; saving what is there is no answer to one. */
function stepsFor(context: ReportContext, findings: readonly ResultFinding[]): readonly PlanStep[] {
  const ids = new Set(
    findings.filter(({ exception }) => exception === undefined).flatMap(({ planSteps }) => planSteps),
  );
  return (context.result.plan?.steps ?? []).filter(({ id, stage }) => ids.has(id) && stage !== 'preserve');
}

/** One line per step; a finding without a step says why. */
export function plannedActions(
  context: ReportContext,
  findings: readonly ResultFinding[],
): readonly { readonly id: string; readonly title: string }[] {
  const steps = stepsFor(context, findings);
  if (steps.length > 0) {
    return steps.map(({ id, title }) => ({ id, title }));
  }
  const fingerprints = new Set(findings.map(({ fingerprint }) => fingerprint));
  const reasons = (context.result.plan?.unplanned ?? [])
    .filter(({ fingerprint }) => fingerprints.has(fingerprint))
    .map(({ why }) => why);
  return [...new Set(reasons)].map((why) => ({ id: 'unplanned', title: `No step of the plan: ${why}` }));
}

function titleOf([first]: readonly PlanStep[], severalStages: boolean): string {
  const titles: Readonly<Record<string, string>> = actionTitles;
  if (first === undefined || first.stage === 'release') {
    return stageTitles.release;
  }
  const title = titles[first.action] ?? first.title;
  return severalStages ? `${title}: ${stageTitles[first.stage].toLowerCase()}` : title;
}

/** The same steps gathered by what is done. */
export function plannedWork(
  context: ReportContext,
  findings: readonly ResultFinding[],
): readonly StepActionView[] {
  const groups = new Map<string, PlanStep[]>();
  const stages = new Map<string, Set<string>>();
  for (const step of stepsFor(context, findings)) {
    const key = step.stage === 'release' ? step.stage : `${step.stage} ${step.action}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(step);
    if (step.stage !== 'release') {
      stages.set(step.action, (stages.get(step.action) ?? new Set<string>()).add(step.stage));
    }
  }
  return [...groups].map(([key, steps]) => {
    const names = steps.map(({ target }) => (target.name === '' ? target.arn : target.name));
    return {
      id: key,
      title: titleOf(steps, (stages.get(steps[0]?.action ?? '')?.size ?? 0) > 1),
      subjects: listed([...new Set(names)], context.limits.names),
    };
  });
}
