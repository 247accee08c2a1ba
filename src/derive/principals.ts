import { analyzeTrust } from '../iam/analyze-trust.ts';
import { parsePolicyDocument } from '../iam/parse-policy-document.ts';
import { defineDerivation } from '../model/derivation.ts';
import type { Principal } from '../model/evidence/derived.ts';
import type { IamRole } from '../model/evidence/iam.ts';
import type { TrustGrant } from '../model/trust-grant.ts';
import { type PolicyReader, policyReader } from './principal/policy-reader.ts';
import { controlPolicies, principalPower } from './principal/principal-power.ts';
import { byText } from './support/by-text.ts';

type Context = Parameters<typeof analyzeTrust>[1];

/** A trust policy that cannot be read may let in anyone: it must not look like one that lets in nobody. */
const unreadableTrust: TrustGrant = {
  principalKind: 'anyone',
  principal: '(the trust policy could not be read)',
  accountId: null,
  relation: 'anyone',
  actions: [],
  guards: {
    externalId: false,
    organization: false,
    sourceAccount: false,
    sourceArn: false,
    sourceNetwork: false,
    mfa: false,
    subject: 'none',
  },
  verdict: 'conditional',
};

function trustOf(role: IamRole, context: Context): readonly TrustGrant[] {
  const parsed = parsePolicyDocument(role.trustPolicy);
  return parsed.ok ? analyzeTrust(parsed.document, context) : [unreadableTrust];
}

function managedBy(role: IamRole): Principal['managedBy'] {
  if (role.path.startsWith('/aws-service-role/')) {
    return 'service-linked';
  }
  return role.path.startsWith('/aws-reserved/sso.amazonaws.com/') ? 'identity-center' : 'customer';
}

/**
 * Control policies can only take away: without them the power is computed as if there were none, which may say too much
 * and never too little. That is why Organizations' evidence is ignorable.
 */
export default defineDerivation({
  key: 'principals',
  inputs: ['iam.authorization-details'],
  optional: [
    'organizations.organization',
    'organizations.accounts',
    'organizations.roots',
    'organizations.policies',
  ],
  ignorable: [
    'organizations.organization',
    'organizations.accounts',
    'organizations.roots',
    'organizations.policies',
  ],
  compute: (evidence, { unit, partition, organizationAccountIds }): readonly Principal[] => {
    const accountId = unit.accountId ?? '';
    const details = evidence['iam.authorization-details'];
    const organization = evidence['organizations.organization'];
    const reader: PolicyReader = policyReader(details.policies);
    const setting = {
      accountId,
      partition,
      reader,
      control: controlPolicies(accountId, evidence),
      ...(organization === null ? {} : { organizationId: organization.id }),
    };
    const trustContext: Context = {
      accountId,
      organizationAccountIds,
      ...(organization === null ? {} : { organizationId: organization.id }),
    };
    const users = details.users.map((user): Principal => {
      const groups = details.groups.filter(({ name }) => user.groups.includes(name));
      return {
        arn: user.arn,
        uniqueId: user.userId,
        type: 'iam-user',
        name: user.name,
        path: user.path,
        accountId,
        createdAt: user.createdAt,
        managedBy: 'customer',
        power: principalPower(user, groups, setting),
        trust: [],
        groups: [...user.groups].sort(),
        lastUsedAt: null,
      };
    });
    const groups = details.groups.map(
      (group): Principal => ({
        arn: group.arn,
        uniqueId: group.groupId,
        type: 'iam-group',
        name: group.name,
        path: group.path,
        accountId,
        createdAt: group.createdAt,
        managedBy: 'customer',
        power: principalPower({ ...group, permissionsBoundaryArn: null }, null, setting),
        trust: [],
        groups: [],
        lastUsedAt: null,
      }),
    );
    const roles = details.roles.map(
      (role): Principal => ({
        arn: role.arn,
        uniqueId: role.roleId,
        type: 'iam-role',
        name: role.name,
        path: role.path,
        accountId,
        createdAt: role.createdAt,
        managedBy: managedBy(role),
        power: principalPower(role, null, setting),
        trust: trustOf(role, trustContext),
        groups: [],
        lastUsedAt: role.lastUsed?.at ?? null,
      }),
    );
    return [...users, ...groups, ...roles].sort(byText(({ arn }) => arn));
  },
});
