import type { ScopeUnit } from './scope.ts';

/** Why a fact could not be seen. `aborted` = the run was stopped; `unsupported` = no API shows it here. */
export const gapReasons = [
  'access-denied',
  'throttled',
  'unreachable',
  'truncated',
  'malformed',
  'not-collected',
  'aborted',
  'unsupported',
  'error',
] as const;

export type GapReason = (typeof gapReasons)[number];

/** The kind of policy that refused a call, where the service's message tells. */
export type DenyingPolicy =
  | 'identity-policy'
  | 'permissions-boundary'
  | 'service-control-policy'
  | 'resource-control-policy'
  | 'session-policy'
  | 'resource-policy'
  | 'vpc-endpoint-policy'
  | 'kms-key-policy';

/** Something that was not seen. A gap is never empty talk: it names the call, the place and what would help. */
export interface Gap {
  readonly reason: GapReason;
  /** The API operation, as `service:Operation` (`iam:ListUsers`), or the evidence key for gaps above single calls. */
  readonly operation: string;
  readonly unit: ScopeUnit;
  /** ARN or name of the one resource concerned, when the gap is narrower than its unit. */
  readonly resource?: string;
  /** The IAM action that would close the gap. */
  readonly permission?: string;
  readonly deniedBy?: DenyingPolicy;
  /** One line for people; holds no secret. */
  readonly detail: string;
  /** True when the same call may succeed later without anything being changed. */
  readonly retryable: boolean;
}

export type NonEmpty<T> = readonly [T, ...T[]];

export function isNonEmpty<T>(values: readonly T[]): values is NonEmpty<T> {
  return values.length > 0;
}
