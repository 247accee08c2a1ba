import pMap from 'p-map';
import type { AwsSession } from '../aws/clients.ts';
import type { AwsEdge } from '../aws/edge.ts';
import type { StoredObservation } from '../model/evidence-manifest.ts';
import { missing } from '../model/observation.ts';
import type { ScopeUnit } from '../model/scope.ts';
import type { AnyCollector } from './define-collector.ts';
import { collectorGap, type RegionList, runCollector } from './run-collector.ts';
import type { Known, RunState } from './run-state.ts';
import type { SweepPlan } from './sweep-plan.ts';

/** What all units of a run share. */
export interface Run {
  readonly edge: AwsEdge;
  readonly plan: SweepPlan;
  readonly state: RunState;
  readonly concurrency: number;
  put(stored: StoredObservation): Promise<void>;
  progress(current: string): void;
}

export interface UnitTask {
  readonly unit: ScopeUnit;
  readonly session: AwsSession;
  readonly region: string;
  readonly regions: RegionList;
  /** In the order of their dependencies. */
  readonly groups: readonly (readonly AnyCollector[])[];
  /** Observations of the enclosing units. */
  readonly enclosing: readonly Known[];
  /** Observations of this unit that exist already. */
  readonly known: Known;
}

type Seat = { readonly session: AwsSession } | { readonly refused: string };

/** Which session may ask what the collector asks. */
function seatFor(collector: AnyCollector, task: UnitTask, plan: SweepPlan): Seat {
  const { vantage } = plan;
  if (collector.vantage === 'account') {
    return { session: task.session };
  }
  if (vantage.kind === 'none') {
    return { refused: vantage.reason };
  }
  if (collector.vantage === 'management' && vantage.kind !== 'management') {
    return { refused: 'only the management account may ask this; give --management-role-arn' };
  }
  return { session: vantage.session };
}

/** Runs collectors of one unit, those that do not need each other at the same time. */
export async function runUnit(run: Run, task: UnitTask): Promise<void> {
  const { unit, known } = task;
  const runOne = async (collector: AnyCollector): Promise<void> => {
    if (known.has(collector.key)) {
      return;
    }
    const seat = seatFor(collector, task, run.plan);
    const observation =
      'refused' in seat
        ? missing(collectorGap(collector, unit, 'not-collected', seat.refused))
        : await runCollector(run.edge, run.state, {
            collector,
            unit,
            session: seat.session,
            region: task.region,
            regions: task.regions,
            known: [known, ...task.enclosing],
          });
    known.set(collector.key, observation);
    await run.put({ key: collector.key, unit, observation });
    run.progress(collector.key);
  };
  for (const group of task.groups) {
    await pMap(group, runOne, { concurrency: run.concurrency });
  }
}

/** Every collector of a unit that cannot be entered becomes a missing observation: nothing is silently absent. */
export async function putMissing(
  run: Run,
  unit: ScopeUnit,
  collectors: readonly AnyCollector[],
  gap: Parameters<typeof missing>[0],
): Promise<void> {
  for (const collector of collectors) {
    await run.put({ key: collector.key, unit, observation: missing({ ...gap, unit }) });
  }
}
