import type { PolicySet } from '../model/policy-document.ts';
import type { PolicyReference, Verdict } from '../model/power.ts';
import { type ConditionContext, unknownContext } from './condition-context.ts';
import { literalGlob } from './glob.ts';
import { reachOf } from './reach.ts';

export interface AuthorizationRequest {
  /** `service:Action`. */
  readonly action: string;
  /** ARN; `*` for actions that know no resource. */
  readonly resource: string;
  /** What is known of the request; every other key is unknown and makes statements that need it conditional. */
  readonly context?: ConditionContext;
}

export interface Authorization {
  readonly verdict: Verdict;
  readonly allowedBy: readonly PolicyReference[];
  readonly deniedBy: readonly PolicyReference[];
  /** The keys on which a conditional verdict hangs, lower case, sorted. */
  readonly conditionKeys: readonly string[];
}

/** One request against all policies of a principal. Resource and session policies are not part of it. */
export const authorize = (set: PolicySet, request: AuthorizationRequest): Authorization => {
  const { verdict, reaches, deniedBy } = reachOf(
    set,
    request.action,
    [literalGlob(request.resource)],
    request.context ?? unknownContext,
  );
  const [decisive] = [...reaches].sort((left, right) => Number(right.certain) - Number(left.certain));
  return {
    verdict,
    allowedBy: decisive?.allowedBy ?? [],
    deniedBy,
    conditionKeys:
      verdict === 'conditional' ? [...new Set(reaches.flatMap((reach) => reach.undecided))].sort() : [],
  };
};
