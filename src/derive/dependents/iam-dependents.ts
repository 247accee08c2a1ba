import { parsePolicyDocument } from '../../iam/parse-policy-document.ts';
import { contentDigest } from '../../model/content-digest.ts';
import type {
  GroupDependents,
  NamedDigest,
  PolicyDependents,
  RoleDependents,
  UserDependents,
} from '../../model/dependents.ts';
import type {
  AttachedPolicy,
  AuthorizationDetails,
  IamGroup,
  IamRole,
  IamUser,
  ManagedPolicy,
  NamedPolicyText,
} from '../../model/evidence/iam.ts';
import { byText } from '../support/by-text.ts';
import { byName } from './by-name.ts';
import type { UserCredentials } from './user-credentials.ts';

function inlineDigests(policies: readonly NamedPolicyText[]): readonly NamedDigest[] {
  return policies
    .map(({ name, document }) => ({ name, digest: contentDigest(document) }))
    .sort(byText(({ name }) => name));
}

function attachedArns(policies: readonly AttachedPolicy[]): readonly string[] {
  return policies.map(({ arn }) => arn).sort();
}

export function userDependents(
  user: IamUser,
  credentials: UserCredentials,
  accountId: string,
): UserDependents {
  return {
    type: 'iam-user',
    arn: user.arn,
    name: user.name,
    accountId,
    uniqueId: user.userId,
    ...credentials,
    groups: [...user.groups].sort(),
    attachedPolicyArns: attachedArns(user.attachedPolicies),
    inlinePolicies: inlineDigests(user.inlinePolicies),
    permissionsBoundaryArn: user.permissionsBoundaryArn,
  };
}

export function groupDependents(
  group: IamGroup,
  members: readonly string[],
  accountId: string,
): GroupDependents {
  return {
    type: 'iam-group',
    arn: group.arn,
    name: group.name,
    accountId,
    uniqueId: group.groupId,
    members,
    attachedPolicyArns: attachedArns(group.attachedPolicies),
    inlinePolicies: inlineDigests(group.inlinePolicies),
  };
}

/** Services that may assume a role; nothing where the document cannot be read, which its null text tells. */
function trustedServices(document: string): readonly string[] {
  const parsed = parsePolicyDocument(document);
  const statements = parsed.ok ? parsed.document.statements : [];
  const services = statements
    .filter(({ effect }) => effect !== 'Deny')
    .flatMap(({ principals }) => principals ?? [])
    .filter(({ type }) => type === 'Service')
    .map(({ value }) => value);
  return [...new Set(services)].sort();
}

/** Service-linked roles and Identity Center's reserved roles belong to AWS services: IAM refuses to change them. */
function managedBy({ path }: IamRole): RoleDependents['managedBy'] {
  if (path.startsWith('/aws-service-role/')) {
    return 'service-linked';
  }
  return path.startsWith('/aws-reserved/sso.amazonaws.com/') ? 'identity-center' : 'customer';
}

export function roleDependents(role: IamRole, accountId: string): RoleDependents {
  const trustDigest = contentDigest(role.trustPolicy);
  return {
    type: 'iam-role',
    arn: role.arn,
    name: role.name,
    accountId,
    uniqueId: role.roleId,
    path: role.path,
    managedBy: managedBy(role),
    trustDocument: trustDigest === null ? null : role.trustPolicy,
    trustDigest,
    trustedServices: trustedServices(role.trustPolicy),
    instanceProfileArns: [...role.instanceProfileArns].sort(),
    attachedPolicyArns: attachedArns(role.attachedPolicies),
    inlinePolicies: inlineDigests(role.inlinePolicies),
    permissionsBoundaryArn: role.permissionsBoundaryArn,
  };
}

interface Holder {
  readonly name: string;
  readonly attachedPolicies: readonly AttachedPolicy[];
  readonly permissionsBoundaryArn?: string | null;
}

/** Names of those to whom a policy is attached, and whose boundary it is, by the policy's ARN. */
function holdersOf(holders: readonly Holder[]): {
  readonly attached: (arn: string) => readonly string[];
  readonly bounded: (arn: string) => readonly string[];
} {
  const attachments = byName(
    holders.flatMap(({ name, attachedPolicies }) => attachedPolicies.map(({ arn }) => ({ arn, name }))),
    ({ arn }) => arn,
  );
  const boundaries = byName(holders, ({ permissionsBoundaryArn }) => permissionsBoundaryArn ?? null);
  return {
    attached: (arn) =>
      attachments(arn)
        .map(({ name }) => name)
        .sort(),
    bounded: (arn) =>
      boundaries(arn)
        .map(({ name }) => name)
        .sort(),
  };
}

export function policyDependents(
  details: AuthorizationDetails,
  accountId: string,
): (policy: ManagedPolicy) => PolicyDependents {
  const users = holdersOf(details.users);
  const groups = holdersOf(details.groups);
  const roles = holdersOf(details.roles);
  return ({ arn, name, policyId, versions }) => ({
    type: 'iam-policy',
    arn,
    name,
    accountId,
    uniqueId: policyId,
    versions: versions.map(({ versionId, isDefault, createdAt, document }) => ({
      id: versionId,
      isDefault,
      createdAt,
      digest: contentDigest(document),
    })),
    users: users.attached(arn),
    groups: groups.attached(arn),
    roles: roles.attached(arn),
    boundaryOfUsers: users.bounded(arn),
    boundaryOfRoles: roles.bounded(arn),
  });
}
