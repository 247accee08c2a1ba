import { type Gap, isNonEmpty, type NonEmpty } from './gap.ts';

/** Where a fact came from. */
export interface Provenance {
  /** API operation as `service:Operation`. */
  readonly operation: string;
  /** Request id of the (last) answer, when the service gave one. */
  readonly requestId: string | null;
  readonly calls: number;
}

/**
 * A fact about the world together with how well it was seen. A known absence is a value; a gap never is.
 * `asOf` is the UTC time at which the fact was true, which may lie before the call (a credential report can be
 * four hours old).
 */
export type Observation<T> =
  | {
      readonly state: 'complete';
      readonly value: T;
      readonly asOf: string;
      readonly provenance: readonly Provenance[];
    }
  | {
      readonly state: 'partial';
      readonly value: T;
      readonly gaps: NonEmpty<Gap>;
      readonly asOf: string;
      readonly provenance: readonly Provenance[];
    }
  | { readonly state: 'missing'; readonly gaps: NonEmpty<Gap> };

/** `complete` without gaps, `partial` with them: the only way to build an observation that has a value. */
export function observed<T>(
  value: T,
  gaps: readonly Gap[],
  asOf: string,
  provenance: readonly Provenance[],
): Observation<T> {
  return isNonEmpty(gaps)
    ? { state: 'partial', value, gaps, asOf, provenance }
    : { state: 'complete', value, asOf, provenance };
}

export function missing(first: Gap, ...rest: readonly Gap[]): Observation<never> {
  return { state: 'missing', gaps: [first, ...rest] };
}

export function gapsOf(observation: Observation<unknown>): readonly Gap[] {
  return observation.state === 'complete' ? [] : observation.gaps;
}
