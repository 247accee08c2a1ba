import type { AuditResult } from '../model/audit-result.ts';
import { type PlanStep, planStages } from '../model/plan.ts';
import type { ActionLogEntry, Verification } from '../model/verification.ts';
import { endOf, instant, latest, textOf } from './times.ts';

/** Outcomes after which the world may be another one. A failed step may have done a part of its work. */
const touching: ReadonlySet<ActionLogEntry['outcome']> = new Set(['done', 'already', 'manual', 'failed']);
const finished: ReadonlySet<ActionLogEntry['outcome']> = new Set(['done', 'already', 'manual']);

export type VerifiedStep = NonNullable<Verification['findings'][number]['step']>;

/** What the actions log says of the steps of the earlier plan. */
export interface StepLog {
  /** The step that comes last for this finding among those that are logged, else the last one planned. */
  stepOf(fingerprint: string): VerifiedStep | null;
  /** The last moment at which a step of this finding changed anything; null without one. */
  touchedAt(fingerprint: string): number | null;
  /** When the log says that the thing was removed. */
  removedAt(fingerprint: string): number | null;
  /** The last containment of the log, else the milestone of the incident; null where nothing tells. */
  readonly containedAt: number | null;
  /** Finished steps of an action, with their time. */
  finishedSteps(action: string): readonly { readonly step: PlanStep; readonly at: number }[];
  readonly entries: readonly ActionLogEntry[];
}

function milestone(incident: AuditResult['incident'], name: string): string | null {
  const milestones: unknown = incident?.['milestones'];
  const found = typeof milestones === 'object' && milestones !== null ? Object.entries(milestones) : [];
  const value: unknown = found.find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : null;
}

/** Steps of several stages bear one action: only what deletes can have removed. */
function deletes({ stage, commands }: PlanStep): boolean {
  return (
    stage === 'delete' ||
    (stage === 'cut-re-entry' && commands.some(({ argv }) => argv[1]?.startsWith('delete-') === true))
  );
}

export function readStepLog(
  earlier: AuditResult,
  now: AuditResult,
  actions: readonly ActionLogEntry[],
): StepLog {
  const steps = earlier.plan?.steps ?? [];
  const entriesOf = new Map<string, ActionLogEntry[]>();
  for (const entry of actions) {
    const list = entriesOf.get(entry.step) ?? [];
    list.push(entry);
    entriesOf.set(entry.step, list);
  }
  const stepsOf = new Map<string, PlanStep[]>();
  for (const step of steps) {
    for (const fingerprint of step.findings) {
      const list = stepsOf.get(fingerprint) ?? [];
      list.push(step);
      stepsOf.set(fingerprint, list);
    }
  }
  const last = (
    step: PlanStep,
    outcomes: ReadonlySet<ActionLogEntry['outcome']>,
  ): { readonly entry: ActionLogEntry; readonly at: number } | null => {
    const found = (entriesOf.get(step.id) ?? []).flatMap((entry) => {
      const at = endOf(entry.at);
      return outcomes.has(entry.outcome) && at !== null ? [{ entry, at }] : [];
    });
    return found.toSorted((left, right) => left.at - right.at).at(-1) ?? null;
  };
  const contained = steps
    .filter(({ stage }) => stage === 'contain')
    .map((step) => last(step, finished)?.at ?? null);
  return {
    entries: actions,
    containedAt:
      latest(contained) ??
      endOf(milestone(now.incident, 'contained') ?? milestone(earlier.incident, 'contained')),
    touchedAt: (fingerprint) =>
      latest((stepsOf.get(fingerprint) ?? []).map((step) => last(step, touching)?.at ?? null)),
    removedAt: (fingerprint) =>
      latest(
        (stepsOf.get(fingerprint) ?? [])
          .filter(deletes)
          .map((step) => last(step, new Set(['done']))?.at ?? null),
      ),
    stepOf: (fingerprint) => {
      const planned = (stepsOf.get(fingerprint) ?? [])
        .filter(({ stage }) => stage !== 'preserve' && stage !== 'lights-on')
        .toSorted((left, right) => planStages.indexOf(left.stage) - planStages.indexOf(right.stage));
      const step =
        planned.findLast(({ id, stage }) => entriesOf.has(id) && stage !== 'release') ??
        planned.findLast(({ stage }) => stage !== 'release') ??
        planned.at(-1);
      if (step === undefined) {
        return null;
      }
      const logged = (entriesOf.get(step.id) ?? [])
        .toSorted((left, right) => (instant(left.at) ?? 0) - (instant(right.at) ?? 0))
        .at(-1);
      return {
        id: step.id,
        action: step.action,
        outcome: logged?.outcome ?? 'not logged',
        at: logged?.at ?? null,
      };
    },
    finishedSteps: (action) =>
      steps
        .filter((step) => step.action === action)
        .flatMap((step) => {
          const found = last(step, finished);
          return found === null ? [] : [{ step, at: found.at }];
        }),
  };
}

/** ` (step S, logged as done at T)`; empty without a step. */
export function stepText(step: VerifiedStep | null): string {
  if (step === null) {
    return '';
  }
  const at = instant(step.at);
  return at === null
    ? `; step ${step.id} is not in the log`
    : `; step ${step.id} is logged as ${step.outcome} at ${textOf(at)}`;
}
