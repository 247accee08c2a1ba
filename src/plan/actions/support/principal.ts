import type { GroupDependents, RoleDependents, UserDependents } from '../../../model/dependents.ts';
import type { ActionRequest, PlanWorld } from '../../planner.ts';
import { accountOfArn } from './arn-parts.ts';
import type { PrincipalType } from './assertions.ts';
import type { Target } from './step.ts';
import { targetOf } from './step.ts';

type DependentsOf = UserDependents | GroupDependents | RoleDependents;

/** A user, group or role as the evidence shows it. */
export interface Principal extends Target {
  readonly type: PrincipalType;
  /** Null where they could not be seen. */
  readonly dependents: DependentsOf | null;
  /** IAM refuses changes to such roles. */
  readonly guardedBy: 'service-linked' | 'identity-center' | null;
}

function isPrincipalType(type: string): type is PrincipalType {
  return type === 'iam-user' || type === 'iam-role' || type === 'iam-group';
}

/** Nobody but AWS can make a role on these paths. */
function guardOf(arn: string): Principal['guardedBy'] {
  if (/:role\/aws-service-role\//.test(arn)) {
    return 'service-linked';
  }
  return /:role\/aws-reserved\/sso\.amazonaws\.com\//.test(arn) ? 'identity-center' : null;
}

function isPrincipalDependents(found: ReturnType<PlanWorld['dependentsOf']>): found is DependentsOf {
  return found !== null && isPrincipalType(found.type);
}

function principalFrom(found: DependentsOf): Principal {
  const { arn, type, uniqueId, name, accountId } = found;
  const managed = found.type === 'iam-role' && found.managedBy !== 'customer' ? found.managedBy : null;
  return { arn, type, uniqueId, name, accountId, dependents: found, guardedBy: managed ?? guardOf(arn) };
}

/** Null where an ARN names no user, group or role that the evidence holds. */
export function principalAt(world: PlanWorld, arn: string): Principal | null {
  const found = world.dependentsOf(arn);
  return isPrincipalDependents(found) ? principalFrom(found) : null;
}

/** The principal that a finding is about, even where what hangs on it could not be seen. */
export function principalOf({ finding }: Pick<ActionRequest, 'finding'>, world: PlanWorld): Principal | null {
  const target = targetOf(finding);
  if (!isPrincipalType(target.type)) {
    return null;
  }
  return (
    principalAt(world, target.arn) ?? {
      ...target,
      type: target.type,
      accountId: accountOfArn(target.arn) ?? target.accountId,
      dependents: null,
      guardedBy: guardOf(target.arn),
    }
  );
}

export function userDependentsOf({ dependents }: Principal): UserDependents | null {
  return dependents?.type === 'iam-user' ? dependents : null;
}

export function roleDependentsOf({ dependents }: Principal): RoleDependents | null {
  return dependents?.type === 'iam-role' ? dependents : null;
}

export function groupDependentsOf({ dependents }: Principal): GroupDependents | null {
  return dependents?.type === 'iam-group' ? dependents : null;
}

/** A service mints new sessions for it at once: sessions older than a time are no measure there. */
export function isServiceRole(principal: Principal): boolean {
  return (roleDependentsOf(principal)?.trustedServices.length ?? 0) > 0;
}

export function isInManagementAccount({ accountId }: Target, world: PlanWorld): boolean {
  return accountId !== null && accountId === world.managementAccountId;
}
