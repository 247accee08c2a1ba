import { InputError } from '../input/input-error.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { type Plan, phaseOfStage, planStages } from '../model/plan.ts';
import { readEarlierResult } from './read-earlier-result.ts';

/** What the schema cannot say; a plan that does not follow from its result was not made by a run. */
function contradictionIn(plan: Plan, result: AuditResult): string | null {
  if (plan.evidenceDigest !== result.evidenceDigest) {
    return 'it was made for other evidence';
  }
  const known = new Set(result.findings.map(({ fingerprint }) => fingerprint));
  const done = new Set<string>();
  let stage = 0;
  for (const step of plan.steps) {
    const rank = planStages.indexOf(step.stage);
    const isInOrder = rank >= stage && step.dependsOn.every((id) => done.has(id));
    if (!isInOrder || done.has(step.id)) {
      return `the step ${step.id} stands in the wrong place`;
    }
    if (step.phase !== phaseOfStage[step.stage] || !step.id.startsWith(`${step.stage}-`)) {
      return `the step ${step.id} is of another phase`;
    }
    if (step.findings.some((fingerprint) => !known.has(fingerprint))) {
      return `the step ${step.id} is for a finding that the result does not hold`;
    }
    done.add(step.id);
    stage = rank;
  }
  return null;
}

/**
 * Reads the plan of an earlier run's result.
 * @throws InputError for another schema version, a result without a plan, or one that was edited.
 */
export async function readPlan(path: string): Promise<Plan> {
  const result = await readEarlierResult(path);
  if (result.plan === null) {
    throw new InputError(
      `${path} holds no plan`,
      'Audit its evidence again with this version: `afterleak audit --evidence DIR`.',
    );
  }
  const contradiction = contradictionIn(result.plan, result);
  if (contradiction !== null) {
    throw new InputError(
      `${path}: the plan does not fit its result: ${contradiction}`,
      'Was it edited by hand? Audit its evidence again.',
    );
  }
  return result.plan;
}
