import type { Dependents } from '../model/dependents.ts';
import type { PlanInput, PlanWorld } from './planner.ts';

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The same order whatever the order of the evidence; a thing that several units show is kept once. */
function inOrder(dependents: readonly Dependents[]): readonly Dependents[] {
  const sorted = dependents
    .map((one) => ({ one, key: `${one.arn}\n${one.type}`, text: JSON.stringify(one) }))
    .sort((left, right) => compareText(left.key, right.key) || compareText(left.text, right.text));
  return sorted
    .filter(({ key }, index) => index === 0 || sorted[index - 1]?.key !== key)
    .map(({ one }) => one);
}

/** The input with everything in an order of its own, so that no planner can depend on the order of evidence. */
export function orderedInput(input: PlanInput): PlanInput {
  const findings = [...input.result.findings].sort((left, right) =>
    compareText(left.fingerprint, right.fingerprint),
  );
  return { ...input, result: { ...input.result, findings }, dependents: inOrder(input.dependents) };
}

function isOfType<Type extends Dependents['type']>(
  type: Type,
): (one: Dependents) => one is Extract<Dependents, { type: Type }> {
  return (one): one is Extract<Dependents, { type: Type }> => one.type === type;
}

/** What planners may ask; expects an ordered input. */
export function createPlanWorld(input: PlanInput): PlanWorld {
  const byArn = new Map(input.dependents.map((one) => [one.arn, one]));
  const states = input.trace?.priorStates ?? [];
  return {
    input,
    partition: input.result.partition,
    managementAccountId: input.result.managementAccountId,
    dependentsOf: (arn) => byArn.get(arn) ?? null,
    ofType: (type) => input.dependents.filter(isOfType(type)),
    priorState: (arn, what, part = '') =>
      states.find((state) => state.arn === arn && state.what === what && state.part === part) ?? null,
  };
}
