import { createReader } from '../aws/aws-reader.ts';
import type { AwsSession } from '../aws/clients.ts';
import type { AwsEdge } from '../aws/edge.ts';
import { FatalAwsError } from '../aws/fatal-aws-error.ts';
import type { Operation } from '../aws/operation.ts';
import type { AwsReader } from '../aws/reader.ts';
import { RunAborted } from '../aws/runtime.ts';
import type { Gap } from '../model/gap.ts';
import type { ScopeUnit } from '../model/scope.ts';
import type { TimeBudget } from './time-budget.ts';
import { triageOperations } from './triage-operations.ts';

/** Everything that the parts of one triage share. */
export interface Probe {
  readonly edge: AwsEdge;
  readonly budget: TimeBudget;
  readonly partition: string;
  readonly gaps: Gap[];
  /** Says on stderr what is being done. */
  note(step: string): void;
}

export function readerFor(probe: Probe, session: AwsSession, unit: ScopeUnit, region: string): AwsReader {
  return createReader(probe.edge, {
    unit,
    partition: probe.partition,
    region,
    session,
    operations: triageOperations,
  });
}

export function gapAt(
  unit: ScopeUnit,
  operation: Operation | string,
  reason: Gap['reason'],
  detail: string,
): Gap {
  const named =
    typeof operation === 'string'
      ? { operation }
      : { operation: `${operation.service}:${operation.command}`, permission: operation.permission };
  return { ...named, reason, unit, detail, retryable: reason === 'aborted' };
}

/**
 * Runs one part. The wall, and a session that died meanwhile, become gaps: what other parts saw must not be lost.
 * @throws RunAborted when the user stopped the program
 */
export async function part<Value>(
  probe: Probe,
  unit: ScopeUnit,
  operation: string,
  fallback: Value,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RunAborted && probe.budget.exhausted()) {
      const seconds = Math.round(probe.budget.milliseconds / 1000);
      probe.gaps.push(gapAt(unit, operation, 'aborted', `not reached within ${seconds} s`));
      return fallback;
    }
    if (error instanceof FatalAwsError) {
      probe.gaps.push(gapAt(unit, operation, 'error', `${error.message}. ${error.next}`));
      return fallback;
    }
    throw error;
  }
}
