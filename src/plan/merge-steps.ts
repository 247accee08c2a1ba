import type { PlanStep } from '../model/plan.ts';
import { compareText } from './plan-world.ts';
import type { StepDraft } from './planner.ts';

/** A step that one finding asks for; null = nothing in the result asks, but the incident file or the trace. */
export interface RequestedStep {
  readonly draft: StepDraft;
  readonly fingerprint: string | null;
}

export interface MergedStep {
  readonly draft: StepDraft;
  readonly fingerprints: readonly string[];
}

function joined(parts: readonly (readonly string[])[]): string[] {
  return [...new Set(parts.flat())].sort(compareText);
}

/** Facts are held in the order in which the planner wrote them; a second copy adds nothing. */
function distinctFacts<Fact>(facts: readonly Fact[]): Fact[] {
  const byText = new Map(facts.map((fact) => [JSON.stringify(fact), fact]));
  return [...byText.values()];
}

/** What must be the same in all steps of one key: it says what is done, and to what. */
function deedOf({ stage, target, accountId, region, commands, manual, reversible, undo }: StepDraft): string {
  return JSON.stringify([stage, target.arn, accountId, region, commands, manual, reversible, undo]);
}

/** Who knows the unique id tells of the target; else the order of the text decides. */
function rankOf(draft: StepDraft): string {
  return `${draft.target.uniqueId === null ? 1 : 0}${JSON.stringify(draft)}`;
}

function latest(times: readonly (string | null)[]): string | null {
  const given = times.filter((time) => time !== null).sort(compareText);
  return given.at(-1) ?? null;
}

function merge(key: string, drafts: readonly StepDraft[]): StepDraft {
  const sorted = [...drafts].sort((left, right) => compareText(rankOf(left), rankOf(right)));
  const [first] = sorted;
  if (first === undefined) {
    throw new Error(`no step behind ${key}`);
  }
  if (sorted.some((draft) => deedOf(draft) !== deedOf(first))) {
    throw new Error(`two steps of the key ${key} do different things`);
  }
  const { awaitsOwner: _, ...deed } = first;
  return {
    ...deed,
    // A step that anything proves is no longer a question.
    ...(sorted.every(({ awaitsOwner }) => awaitsOwner === true) ? { awaitsOwner: true } : {}),
    why: joined([sorted.map(({ why }) => why)]).join(' '),
    after: joined(sorted.map(({ after }) => after)),
    cautions: joined(sorted.map(({ cautions }) => cautions)),
    permissions: joined(sorted.map(({ permissions }) => permissions)),
    preconditions: distinctFacts<PlanStep['preconditions'][number]>(
      sorted.flatMap(({ preconditions }) => preconditions),
    ),
    confirm: distinctFacts<PlanStep['confirm'][number]>(sorted.flatMap(({ confirm }) => confirm)),
    notBefore: latest(sorted.map(({ notBefore }) => notBefore)),
  };
}

/**
 * One step per key, although several findings ask for it.
 * @throws Error where two steps of one key would do different things: a bug of a planner.
 */
export function mergeSteps(requested: readonly RequestedStep[]): readonly MergedStep[] {
  const groups = new Map<string, RequestedStep[]>();
  for (const one of requested) {
    const group = groups.get(one.draft.key);
    if (group === undefined) {
      groups.set(one.draft.key, [one]);
    } else {
      group.push(one);
    }
  }
  return [...groups]
    .sort(([left], [right]) => compareText(left, right))
    .map(([key, group]) => ({
      // A ticket is one draft for thousands of findings.
      draft: merge(key, [...new Set(group.map(({ draft }) => draft))]),
      fingerprints: joined([group.flatMap(({ fingerprint }) => fingerprint ?? [])]),
    }));
}
