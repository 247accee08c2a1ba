import type { ResourceFact } from '../../model/evidence/derived.ts';
import type {
  AttachedPolicy,
  AuthorizationDetails,
  IamGroup,
  IamRole,
  IamUser,
  ManagedPolicy,
  NamedPolicyText,
} from '../../model/evidence/iam.ts';
import { contentDigest, ownerByTag, resourceFact, sortedTexts } from './resource-fact.ts';

interface Holder {
  readonly inlinePolicies: readonly NamedPolicyText[];
  readonly attachedPolicies: readonly AttachedPolicy[];
}

function policiesOf({ inlinePolicies, attachedPolicies }: Holder) {
  return {
    inline: Object.fromEntries(inlinePolicies.map(({ name, document }) => [name, document])),
    attached: sortedTexts(attachedPolicies.map(({ arn }) => arn)),
  };
}

/** IAM dates the making of users, groups and roles and nothing that happens to them afterwards. */
const createdOnly = { changeCoverage: 'created-only' } as const;

function userFact(user: IamUser, accountId: string): ResourceFact {
  return resourceFact({
    ...createdOnly,
    arn: user.arn,
    uniqueId: user.userId,
    type: 'iam-user',
    name: user.name,
    accountId,
    createdAt: user.createdAt,
    owner: ownerByTag(user.tags),
    contentSha256: contentDigest({
      ...policiesOf(user),
      groups: sortedTexts(user.groups),
      boundary: user.permissionsBoundaryArn,
    }),
  });
}

function groupFact(group: IamGroup, accountId: string): ResourceFact {
  return resourceFact({
    ...createdOnly,
    arn: group.arn,
    uniqueId: group.groupId,
    type: 'iam-group',
    name: group.name,
    accountId,
    createdAt: group.createdAt,
    contentSha256: contentDigest(policiesOf(group)),
  });
}

function roleFact(role: IamRole, accountId: string): ResourceFact {
  return resourceFact({
    ...createdOnly,
    arn: role.arn,
    uniqueId: role.roleId,
    type: 'iam-role',
    name: role.name,
    accountId,
    createdAt: role.createdAt,
    owner: ownerByTag(role.tags),
    contentSha256: contentDigest({
      ...policiesOf(role),
      trust: role.trustPolicy,
      boundary: role.permissionsBoundaryArn,
      instanceProfiles: sortedTexts(role.instanceProfileArns),
    }),
  });
}

/**
 * `updatedAt` is the making of the newest version: with a single version it shows every change, with several the default may
 * have been switched without a date.
 */
function policyFact(policy: ManagedPolicy, accountId: string): ResourceFact {
  const effective = policy.versions.find((version) => version.isDefault);
  return resourceFact({
    arn: policy.arn,
    uniqueId: policy.policyId,
    type: 'iam-policy',
    name: policy.name,
    accountId,
    createdAt: policy.createdAt,
    modifiedAt: policy.updatedAt,
    changeCoverage: policy.versions.length === 1 ? 'complete' : 'created-only',
    contentSha256: effective === undefined ? null : contentDigest(effective.document),
  });
}

/** AWS managed policies are everybody's and nobody's: they are left out. */
export function iamFacts(details: AuthorizationDetails | null, accountId: string): readonly ResourceFact[] {
  if (details === null) {
    return [];
  }
  return [
    ...details.users.map((user) => userFact(user, accountId)),
    ...details.groups.map((group) => groupFact(group, accountId)),
    ...details.roles.map((role) => roleFact(role, accountId)),
    ...details.policies.filter((policy) => !policy.awsManaged).map((policy) => policyFact(policy, accountId)),
  ];
}
