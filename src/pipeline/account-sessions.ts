import type { AwsSession } from '../aws/clients.ts';
import { assumeRole } from '../aws/credentials.ts';
import type { AwsEdge } from '../aws/edge.ts';
import type { SweepPlan } from '../collect/sweep-plan.ts';
import type { Gap } from '../model/gap.ts';
import { accountUnit } from '../model/scope.ts';

export interface Entered {
  readonly sessions: ReadonlyMap<string, AwsSession>;
  /** Accounts in scope that could not be entered. */
  readonly gaps: readonly Gap[];
}

/** Opens a role's session; a refusal is a gap. */
export async function openRole(
  edge: AwsEdge,
  plan: SweepPlan,
  roleArn: string,
  accountId: string,
): Promise<{ readonly session: AwsSession } | { readonly gap: Gap }> {
  const result = await assumeRole(edge, {
    from: plan.callerSession,
    roleArn,
    sessionName: plan.sessionName,
    ...(plan.externalId === undefined ? {} : { externalId: plan.externalId }),
    region: plan.region,
    accountId,
    unit: accountUnit(plan.partition, accountId),
  });
  return result.kind === 'assumed' ? { session: result.session } : { gap: result.failure.gap };
}

/** A session in every account of the plan that can be entered. */
export async function enterAccounts(edge: AwsEdge, plan: SweepPlan): Promise<Entered> {
  const sessions = new Map<string, AwsSession>();
  const gaps: Gap[] = [];
  for (const { accountId, access } of plan.accounts) {
    if (access.kind === 'session') {
      sessions.set(accountId, access.session);
    } else if (access.kind === 'none') {
      gaps.push(...(access.gap === null ? [] : [access.gap]));
    } else {
      const opened = await openRole(edge, plan, access.roleArn, accountId);
      if ('gap' in opened) {
        gaps.push(opened.gap);
      } else {
        sessions.set(accountId, opened.session);
      }
    }
  }
  return { sessions, gaps };
}
