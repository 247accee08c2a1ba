import { createReader } from '../aws/aws-reader.ts';
import type { AwsSession } from '../aws/clients.ts';
import type { AwsEdge } from '../aws/edge.ts';
import { FatalAwsError } from '../aws/fatal-aws-error.ts';
import { redactText } from '../aws/redact-text.ts';
import { RunAborted } from '../aws/runtime.ts';
import type { Gap, GapReason } from '../model/gap.ts';
import { missing, type Observation } from '../model/observation.ts';
import type { ScopeUnit } from '../model/scope.ts';
import type { AnyCollector, CollectContext } from './define-collector.ts';
import { type Known, knownObservation, type RunState, stopReason } from './run-state.ts';

/** One collector's task in one unit. */
export interface CollectorTask {
  readonly collector: AnyCollector;
  readonly unit: ScopeUnit;
  readonly session: AwsSession;
  readonly region: string;
  readonly regions: RegionList;
  /** Own unit first, then the enclosing ones. */
  readonly known: readonly Known[];
}

/** Enabled regions of an account; with gaps there may be more of them. */
export interface RegionList {
  readonly names: readonly string[];
  readonly gaps: readonly Gap[];
}

const retryable: ReadonlySet<GapReason> = new Set(['throttled', 'unreachable', 'aborted']);

export function collectorGap(
  collector: AnyCollector,
  unit: ScopeUnit,
  reason: GapReason,
  detail: string,
  resource?: string,
): Gap {
  return {
    reason,
    operation: collector.key,
    unit,
    ...(resource === undefined ? {} : { resource }),
    detail: redactText(detail),
    retryable: retryable.has(reason),
  };
}

/** A missing fact that this one is built on: the same gaps, told as they were there. */
function missingDependency(task: CollectorTask): Observation<never> | null {
  for (const key of task.collector.dependsOn ?? []) {
    const dependency = knownObservation(task.known, key);
    if (dependency === undefined) {
      const detail = `${key} was not collected, which this needs`;
      return missing(collectorGap(task.collector, task.unit, 'not-collected', detail));
    }
    if (dependency.state === 'missing') {
      return { state: 'missing', gaps: dependency.gaps };
    }
  }
  return null;
}

/** What was concluded from a list of regions is no better known than the list. */
function asCertainAsRegions(
  observation: Observation<unknown>,
  used: boolean,
  regions: RegionList,
): Observation<unknown> {
  const [first, ...rest] = regions.gaps;
  if (!used || first === undefined || observation.state === 'missing') {
    return observation;
  }
  const gaps = observation.state === 'partial' ? observation.gaps : [];
  return { ...observation, state: 'partial', gaps: [first, ...rest, ...gaps] };
}

function failedCollector(task: CollectorTask, state: RunState, signal: AbortSignal, error: unknown): Gap {
  const { collector, unit } = task;
  if (error instanceof FatalAwsError) {
    state.fatal ??= error;
  }
  const stopped = stopReason(state, signal);
  if (stopped !== null && (error instanceof FatalAwsError || error instanceof RunAborted || signal.aborted)) {
    return collectorGap(collector, unit, 'aborted', stopped);
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return collectorGap(collector, unit, 'error', `a bug in this collector: ${text}`);
}

/** Runs one collector; whatever happens becomes an observation. */
export async function runCollector(
  edge: AwsEdge,
  state: RunState,
  task: CollectorTask,
): Promise<Observation<unknown>> {
  const { collector, unit, session, region, regions } = task;
  const stopped = stopReason(state, edge.signal);
  if (stopped !== null) {
    return missing(collectorGap(collector, unit, 'aborted', stopped));
  }
  const absent = missingDependency(task);
  if (absent !== null) {
    return absent;
  }
  let usedRegions = false;
  const context: CollectContext = {
    unit,
    partition: unit.partition,
    accountId: session.accountId,
    region,
    get regions() {
      usedRegions = true;
      return regions.names;
    },
    reader: createReader(edge, {
      unit,
      partition: unit.partition,
      region,
      session,
      operations: collector.operations,
    }),
    dependency(key) {
      const observation =
        collector.dependsOn?.includes(key) === true ? knownObservation(task.known, key) : undefined;
      if (observation === undefined) {
        throw new Error(`${collector.key} asks for ${key} without depending on it`);
      }
      return observation;
    },
    redacted(field, count) {
      state.redactions.set(field, (state.redactions.get(field) ?? 0) + count);
    },
    gap: (reason, detail, resource) => collectorGap(collector, unit, reason, detail, resource),
  };
  try {
    return asCertainAsRegions(await collector.collect(context), usedRegions, regions);
  } catch (error) {
    return missing(failedCollector(task, state, edge.signal, error));
  }
}
