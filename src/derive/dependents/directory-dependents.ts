import type {
  DirectoryGroupDependents,
  DirectoryUserDependents,
  PermissionSetDependents,
} from '../../model/dependents.ts';
import type { DerivationContext } from '../../model/derivation.ts';
import type { AccountAssignment, IdentityCenterInstance } from '../../model/evidence/identity-center.ts';
import type { EvidenceCatalog } from '../../model/evidence-catalog.ts';
import type { Gap } from '../../model/gap.ts';
import { directoryArn } from '../../model/resource-arn.ts';
import { byText } from '../support/by-text.ts';
import { byName } from './by-name.ts';
import { wholeLists } from './whole-list.ts';

type DirectoryKey =
  | 'identity-center.permission-sets'
  | 'identity-center.assignments'
  | 'identity-store.users'
  | 'identity-store.groups'
  | 'identity-store.memberships';

export type DirectoryEvidence = { readonly [Key in DirectoryKey]: EvidenceCatalog[Key] | null };

/** What a permission set holds does not decide who is assigned to it. */
const setContent = [
  'sso:GetInlinePolicyForPermissionSet',
  'sso:GetPermissionsBoundaryForPermissionSet',
  'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
  'sso:ListManagedPoliciesInPermissionSet',
] as const;

/** Permission sets that were not seen do not weaken what is known of the others. */
const otherSets = ['sso:DescribePermissionSet', 'sso:ListPermissionSets'] as const;

/** A group that was not seen may hold any user; of the known groups it hides nothing. */
const otherGroups = ['identitystore:ListGroups', 'identity-store.groups'] as const;

/** An instance that was not seen has a directory and permission sets of its own: its gaps hide nothing here either. */
function hidingNothing(context: DerivationContext, operations: readonly string[]): (gap: Gap) => boolean {
  const ofInstances = context.gapsOf?.('identity-center.organization-instances') ?? [];
  const all = new Set([...ofInstances.map(({ operation }) => operation), ...operations]);
  return ({ operation }) => all.has(operation);
}

/**
 * @throws Error when nothing is known of the instance a thing belongs to: users, groups and permission sets are read
 * from the instances, so evidence without it is not what the collectors write.
 */
function instanceOf(
  instances: readonly IdentityCenterInstance[],
  what: string,
  belongs: (instance: IdentityCenterInstance) => boolean,
): IdentityCenterInstance {
  const found = instances.find(belongs);
  if (found === undefined) {
    throw new Error(`the Identity Center instance of ${what} is not among those read`);
  }
  return found;
}

function assignedTo(assignments: readonly AccountAssignment[]) {
  return assignments
    .map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn }))
    .sort(byText(({ accountId, permissionSetArn }) => `${accountId}\n${permissionSetArn}`));
}

export function directoryDependents(
  instances: readonly IdentityCenterInstance[],
  evidence: DirectoryEvidence,
  context: DerivationContext,
): readonly (DirectoryUserDependents | DirectoryGroupDependents | PermissionSetDependents)[] {
  const sets = evidence['identity-center.permission-sets'] ?? [];
  const groups = evidence['identity-store.groups'] ?? [];
  const assignments = evidence['identity-center.assignments'];
  const memberships = evidence['identity-store.memberships'];
  const nobody: ReadonlySet<string> = new Set();
  const setArns = new Set(sets.map(({ arn }) => arn));
  const groupIds = new Set(groups.map(({ id }) => id));
  const assignmentsKey = 'identity-center.assignments';
  const membershipsKey = 'identity-store.memberships';
  const wholeSet = wholeLists(
    assignmentsKey,
    context,
    setArns,
    hidingNothing(context, [...setContent, ...otherSets]),
  );
  const wholeGroup = wholeLists(membershipsKey, context, groupIds, hidingNothing(context, otherGroups));
  const everySet =
    assignments !== null &&
    wholeLists(assignmentsKey, context, nobody, hidingNothing(context, setContent))('');
  const everyGroup =
    memberships !== null && wholeLists(membershipsKey, context, nobody, hidingNothing(context, []))('');
  const bySet = byName(assignments ?? [], ({ permissionSetArn }) => permissionSetArn);
  const byPrincipal = byName(
    assignments ?? [],
    ({ principalType, principalId }) => `${principalType} ${principalId}`,
  );
  const byUser = byName(memberships ?? [], ({ userId }) => userId);
  const byGroup = byName(memberships ?? [], ({ groupId }) => groupId);

  const ofDirectory = (identityStoreId: string) => {
    const instance = instanceOf(
      instances,
      `the directory ${identityStoreId}`,
      (candidate) => candidate.identityStoreId === identityStoreId,
    );
    const { arn, ownerAccountId, region } = instance;
    return { accountId: ownerAccountId, identityStoreId, instanceArn: arn, region };
  };

  return [
    ...(evidence['identity-store.users'] ?? []).map(
      ({ id, userName, identityStoreId }): DirectoryUserDependents => ({
        type: 'directory-user',
        arn: directoryArn('user', context.partition, id),
        name: userName,
        ...ofDirectory(identityStoreId),
        userId: id,
        memberships: everyGroup
          ? byUser(id)
              .map((membership) => ({ membershipId: membership.id, groupId: membership.groupId }))
              .sort(byText(({ membershipId }) => membershipId))
          : null,
        assignments: everySet ? assignedTo(byPrincipal(`USER ${id}`)) : null,
      }),
    ),
    ...groups.map(
      ({ id, displayName, identityStoreId }): DirectoryGroupDependents => ({
        type: 'directory-group',
        arn: directoryArn('group', context.partition, id),
        name: displayName,
        ...ofDirectory(identityStoreId),
        groupId: id,
        memberships:
          memberships !== null && wholeGroup(id)
            ? byGroup(id)
                .map((membership) => ({ membershipId: membership.id, userId: membership.userId }))
                .sort(byText(({ membershipId }) => membershipId))
            : null,
        assignments: everySet ? assignedTo(byPrincipal(`GROUP ${id}`)) : null,
      }),
    ),
    ...sets.map(
      ({ arn, name, instanceArn, sessionDuration, provisionedAccounts }): PermissionSetDependents => {
        const instance = instanceOf(instances, arn, (candidate) => candidate.arn === instanceArn);
        return {
          type: 'permission-set',
          arn,
          name,
          accountId: instance.ownerAccountId,
          instanceArn,
          region: instance.region,
          sessionDuration,
          provisionedAccounts: [...provisionedAccounts].sort(),
          assignments:
            assignments !== null && wholeSet(arn)
              ? bySet(arn)
                  .map(({ accountId, principalType, principalId }) => ({
                    accountId,
                    principalType,
                    principalId,
                  }))
                  .sort(
                    byText(
                      (assignment) =>
                        `${assignment.accountId}\n${assignment.principalType}\n${assignment.principalId}`,
                    ),
                  )
              : null,
        };
      },
    ),
  ];
}
