import { compileGlob, globContains, literalGlob } from '../iam/glob.ts';
import type { Principal } from '../model/evidence/derived.ts';
import type { TriageReach } from '../model/triage-result.ts';

export interface ReachInput {
  readonly partition: string;
  /** Account that owns the key. */
  readonly accountId: string;
  readonly managementAccountId: string | null;
  /** Null: the list could not be read. */
  readonly accounts:
    | readonly { readonly accountId: string; readonly name: string | null; readonly state: string | null }[]
    | null;
  readonly principal: Principal | null;
  readonly isRoot: boolean;
}

/** Roles that trust the whole management account, under the names that AWS gives them. */
const managementRoles = [
  'AWSCloudFormationStackSetExecutionRole',
  'AWSControlTowerExecution',
  'OrganizationAccountAccessRole',
];

function mayAssume(principal: Principal | null, roleArn: string): boolean {
  if (principal === null) {
    return false;
  }
  if (principal.power.administrator !== 'no') {
    return true;
  }
  return principal.power.mintsCredentials.some(
    ({ action, resources }) =>
      action === 'sts:AssumeRole' &&
      resources.some((pattern) => globContains(compileGlob(pattern), literalGlob(roleArn))),
  );
}

/**
 * Members that the owner can enter by roles that exist under these names as a rule. A root user cannot assume roles,
 * but can make itself somebody who can.
 */
export function reachableByName(input: ReachInput): TriageReach['byName'] {
  const { partition, accountId, managementAccountId, accounts, principal, isRoot } = input;
  if (accountId !== managementAccountId || accounts === null) {
    return null;
  }
  const members = accounts.filter(
    (one) => one.accountId !== accountId && one.state !== 'SUSPENDED' && one.state !== 'CLOSED',
  );
  const roleArn = (member: string, role: string): string => `arn:${partition}:iam::${member}:role/${role}`;
  const may = (member: string, role: string): boolean =>
    isRoot || mayAssume(principal, roleArn(member, role));
  const roleNames = managementRoles.filter((role) => members.some((member) => may(member.accountId, role)));
  const reached = members.filter((member) => roleNames.some((role) => may(member.accountId, role)));
  if (reached.length === 0) {
    return null;
  }
  const administrator = isRoot || principal?.power.administrator === 'yes';
  return {
    roleNames: administrator
      ? [...roleNames, 'stacksets-exec-* (through CloudFormation StackSets)']
      : roleNames,
    accounts: reached
      .map(({ accountId: id, name }) => ({ accountId: id, name }))
      .sort((left, right) => (left.accountId < right.accountId ? -1 : 1)),
    why: administrator
      ? 'an administrator of the management account may assume any role that trusts it; whether these roles exist was not verified'
      : 'its policies allow sts:AssumeRole on these names; whether the roles exist was not verified',
  };
}
