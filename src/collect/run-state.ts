import type { FatalAwsError } from '../aws/fatal-aws-error.ts';
import type { CollectedEvidence, CollectedKey } from '../model/evidence-catalog.ts';
import type { Observation } from '../model/observation.ts';

/** Observations that later collectors may need. */
export type Known = Map<CollectedKey, Observation<unknown>>;

/**
 * An observation from the store. Only a collector of the same key has put it there, which is what ties its value to
 * the key's type.
 */
export function knownObservation<Key extends CollectedKey>(
  stores: readonly Known[],
  key: Key,
): Observation<CollectedEvidence[Key]> | undefined;
export function knownObservation(
  stores: readonly Known[],
  key: CollectedKey,
): Observation<unknown> | undefined {
  for (const store of stores) {
    const observation = store.get(key);
    if (observation !== undefined) {
      return observation;
    }
  }
  return undefined;
}

/** What changes while a run goes on. */
export interface RunState {
  /** Set once: nothing more can be read, and everything not yet collected becomes an `aborted` gap. */
  fatal: FatalAwsError | null;
  readonly sessionArns: Set<string>;
  readonly redactions: Map<string, number>;
}

export function createRunState(sessionArns: readonly string[]): RunState {
  return { fatal: null, sessionArns: new Set(sessionArns), redactions: new Map() };
}

/** Why nothing more is asked, or null while the run goes on. */
export function stopReason(state: RunState, signal: AbortSignal): string | null {
  if (state.fatal !== null) {
    return `the run was stopped: ${state.fatal.message}`;
  }
  return signal.aborted ? 'the run was stopped' : null;
}
