import type { ActionId } from '../model/action-id.ts';
import type { AuditResult, ResultFinding } from '../model/audit-result.ts';
import type { Dependents } from '../model/dependents.ts';
import type { Incident } from '../model/incident.ts';
import type { PlanStep } from '../model/plan.ts';
import type { PriorState, TraceResult } from '../model/trace-result.ts';

/** Everything a plan is made of. */
export interface PlanInput {
  /** The result as judged; its `plan` is not yet set. */
  readonly result: AuditResult;
  /** Of the accounts in which something was found that is more than a ticket. */
  readonly dependents: readonly Dependents[];
  /** Parts of them that could not be seen, in words. */
  readonly notSeen: readonly string[];
  readonly incident: Incident | null;
  readonly trace: TraceResult | null;
}

/** What an action may ask about the world of the evidence. */
export interface PlanWorld {
  readonly input: PlanInput;
  readonly partition: string;
  readonly managementAccountId: string | null;
  dependentsOf(arn: string): Dependents | null;
  /** Everything of one type, sorted by ARN. */
  ofType<Type extends Dependents['type']>(type: Type): readonly Extract<Dependents, { type: Type }>[];
  priorState(arn: string, what: PriorState['what'], part?: string): PriorState | null;
}

/** One action asked for one finding. */
export interface ActionRequest {
  readonly action: ActionId;
  readonly finding: ResultFinding;
}

/**
 * A step before ordering. Steps of one `key` are merged: findings, `after` and cautions are joined. `after` names keys
 * of steps that must have been done before, wherever these exist.
 */
export type StepDraft = Omit<PlanStep, 'id' | 'phase' | 'dependsOn' | 'verifiedBy' | 'findings'> & {
  readonly key: string;
  readonly after: readonly string[];
};

/** Turns an action into its steps (contain, cut, delete … each in its stage). Empty = nothing to do for this finding. */
export type ActionPlanner = (request: ActionRequest, world: PlanWorld) => readonly StepDraft[];
export type ActionPlanners<Ids extends ActionId> = Readonly<Record<Ids, ActionPlanner>>;
