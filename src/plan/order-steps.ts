import { type PlanStage, planStages } from '../model/plan.ts';
import type { MergedStep } from './merge-steps.ts';
import { compareText } from './plan-world.ts';

export interface OrderedStep extends MergedStep {
  /** Keys of the steps that must have been done before and that exist. */
  readonly before: readonly string[];
}

function rank(stage: PlanStage): number {
  return planStages.indexOf(stage);
}

/** Steps on one thing stay together where the graph allows it. */
function placeOf({ draft }: OrderedStep): string {
  return [draft.accountId ?? '~', draft.region ?? '', draft.target.arn, draft.key].join('\n');
}

function checkEdge(step: OrderedStep, earlier: OrderedStep): void {
  if (rank(earlier.draft.stage) > rank(step.draft.stage)) {
    throw new Error(
      `the step ${step.draft.key} (${step.draft.stage}) waits for ${earlier.draft.key} of the later stage ${earlier.draft.stage}`,
    );
  }
  if (step.draft.stage === 'contain' && earlier.draft.stage === 'contain') {
    throw new Error(
      `containment is one batch, but the step ${step.draft.key} waits for ${earlier.draft.key}`,
    );
  }
}

/** Kahn's algorithm; of the steps that are free, the first by place goes next. */
function sortStage(steps: readonly OrderedStep[], done: Set<string>): readonly OrderedStep[] {
  const waiting = [...steps].sort((left, right) => compareText(placeOf(left), placeOf(right)));
  const sorted: OrderedStep[] = [];
  while (waiting.length > 0) {
    const index = waiting.findIndex(({ before }) => before.every((key) => done.has(key)));
    const [next] = index < 0 ? [] : waiting.splice(index, 1);
    if (next === undefined) {
      const keys = waiting.map(({ draft }) => draft.key).join(', ');
      throw new Error(`the steps wait for each other in a circle: ${keys}`);
    }
    done.add(next.draft.key);
    sorted.push(next);
  }
  return sorted;
}

/**
 * The order of work: stage after stage, inside each what must come first first. The same steps give the same order,
 * however they arrive.
 * @throws Error for circles, for waiting on a later stage, and for containment that is no batch.
 */
export function orderSteps(merged: readonly MergedStep[]): readonly OrderedStep[] {
  const known = new Set(merged.map(({ draft }) => draft.key));
  const steps = merged.map((step) => ({
    ...step,
    before: step.draft.after.filter((key) => known.has(key) && key !== step.draft.key),
  }));
  const byKey = new Map(steps.map((step) => [step.draft.key, step]));
  for (const step of steps) {
    for (const key of step.before) {
      const earlier = byKey.get(key);
      if (earlier !== undefined) {
        checkEdge(step, earlier);
      }
    }
  }
  const done = new Set<string>();
  return planStages.flatMap((stage) =>
    sortStage(
      steps.filter(({ draft }) => draft.stage === stage),
      done,
    ),
  );
}
