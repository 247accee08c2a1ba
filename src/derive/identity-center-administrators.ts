import { parsePolicyDocument } from '../iam/parse-policy-document.ts';
import { powerOf } from '../iam/power-of.ts';
import { defineDerivation } from '../model/derivation.ts';
import type { IdentityCenterAdministrator } from '../model/evidence/derived.ts';
import type { DirectoryUser, GroupMembership, PermissionSet } from '../model/evidence/identity-center.ts';
import { byText } from './support/by-text.ts';

/** AWS managed policies that make an administrator by themselves, directly or through control of all of IAM. */
const administratorPolicies = new Set(['AdministratorAccess', 'IAMFullAccess']);

/** The name of an AWS managed policy, or null for a customer's own. */
function awsManagedName(arn: string): string | null {
  return /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1] ?? null;
}

/**
 * The set's own inline policy or one of the AWS managed ones. Customer policies that a set names live in each account
 * and are judged there, at the role that the set becomes. A boundary is not subtracted: it can only be over-reported.
 */
function isAdministrator(set: PermissionSet, partition: string): boolean {
  if (set.managedPolicies.some(({ arn }) => administratorPolicies.has(awsManagedName(arn) ?? ''))) {
    return true;
  }
  if (set.inlinePolicy === null) {
    return false;
  }
  const parsed = parsePolicyDocument(set.inlinePolicy);
  const document = parsed.ok ? parsed.document : null;
  const accountId = '000000000000';
  const power = powerOf(
    { identity: [{ name: set.name, source: 'inline', document }], boundary: null, serviceControl: null },
    {
      accountId,
      partition,
      principalArn: `arn:${partition}:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/${set.name}`,
    },
  );
  return power.administrator !== 'no';
}

function membersOf(groupId: string, memberships: readonly GroupMembership[] | null): readonly string[] {
  return (memberships ?? [])
    .filter((membership) => membership.groupId === groupId)
    .map(({ userId }) => userId)
    .sort();
}

function userNameOf(users: readonly DirectoryUser[] | null, id: string): string | null {
  return users?.find((user) => user.id === id)?.userName ?? null;
}

export default defineDerivation({
  key: 'identity-center.administrators',
  inputs: ['identity-center.permission-sets', 'identity-center.assignments'],
  optional: ['identity-store.users', 'identity-store.groups', 'identity-store.memberships'],
  compute: (evidence, { partition }): readonly IdentityCenterAdministrator[] => {
    const sets = new Map(
      evidence['identity-center.permission-sets']
        .filter((set) => isAdministrator(set, partition))
        .map((set) => [set.arn, set]),
    );
    const users = evidence['identity-store.users'];
    return evidence['identity-center.assignments']
      .flatMap((assignment): readonly IdentityCenterAdministrator[] => {
        const { permissionSetArn, accountId, principalType, principalId } = assignment;
        const set = sets.get(permissionSetArn);
        if (set === undefined) {
          return [];
        }
        const isUser = principalType === 'USER';
        const group = evidence['identity-store.groups']?.find(({ id }) => id === principalId);
        const ids = isUser ? [principalId] : membersOf(principalId, evidence['identity-store.memberships']);
        return [
          {
            permissionSetArn,
            permissionSetName: set.name,
            accountId,
            principalType,
            principalId,
            principalName: isUser ? userNameOf(users, principalId) : (group?.displayName ?? null),
            users: ids.map((id) => ({ id, userName: userNameOf(users, id) })),
          },
        ];
      })
      .sort(byText((one) => `${one.permissionSetArn}\n${one.accountId}\n${one.principalId}`));
  },
});
