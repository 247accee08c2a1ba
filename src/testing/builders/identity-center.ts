import type { IdentityCenterAdministrator } from '../../model/evidence/derived.ts';
import type {
  AccessControlAttributes,
  AccountAssignment,
  DirectoryGroup,
  DirectoryUser,
  GroupMembership,
  IdentityCenterApplication,
  IdentityCenterInstance,
  PermissionSet,
  TrustedTokenIssuer,
} from '../../model/evidence/identity-center.ts';
import { exampleAccountId, exampleCreatedAt } from './account.ts';

export const exampleInstanceArn = 'arn:aws:sso:::instance/ssoins-7223456789abcdef';
const identityStoreId = 'd-9067example';

export function permissionSetArn(id: string): string {
  return `arn:aws:sso:::permissionSet/ssoins-7223456789abcdef/${id}`;
}

/** The organization's instance, unless another owner is given. */
export function buildIdentityCenterInstance(
  fields: Partial<IdentityCenterInstance> = {},
): IdentityCenterInstance {
  return {
    arn: exampleInstanceArn,
    identityStoreId,
    ownerAccountId: exampleAccountId,
    name: null,
    status: 'ACTIVE',
    createdAt: exampleCreatedAt,
    region: 'us-east-1',
    ...fields,
  };
}

export function buildPermissionSet(fields: Partial<PermissionSet> = {}): PermissionSet {
  const name = fields.name ?? 'ReadOnlyAccess';
  return {
    arn: permissionSetArn(`ps-${name.toLowerCase()}`),
    instanceArn: exampleInstanceArn,
    name,
    description: null,
    createdAt: exampleCreatedAt,
    sessionDuration: 'PT1H',
    relayState: null,
    managedPolicies: [{ arn: `arn:aws:iam::aws:policy/${name}`, name }],
    customerManagedPolicies: [],
    inlinePolicy: null,
    permissionsBoundary: { kind: 'none' },
    provisionedAccounts: [],
    ...fields,
  };
}

/** A group holds read access in a member account. */
export function buildAssignment(fields: Partial<AccountAssignment> = {}): AccountAssignment {
  return {
    accountId: '222233334444',
    permissionSetArn: permissionSetArn('ps-readonlyaccess'),
    principalType: 'GROUP',
    principalId: 'group-engineers',
    ...fields,
  };
}

/** A group holds administrator access in a member account. */
export function buildIdentityCenterAdministrator(
  fields: Partial<IdentityCenterAdministrator> = {},
): IdentityCenterAdministrator {
  return {
    permissionSetArn: permissionSetArn('ps-administratoraccess'),
    permissionSetName: 'AdministratorAccess',
    accountId: '222233334444',
    principalType: 'GROUP',
    principalId: 'group-platform-admins',
    principalName: 'platform-admins',
    users: [{ id: 'user-alice', userName: 'alice' }],
    ...fields,
  };
}

export function buildApplication(fields: Partial<IdentityCenterApplication> = {}): IdentityCenterApplication {
  const name = fields.name ?? 'wiki';
  return {
    arn: `arn:aws:sso::${exampleAccountId}:application/ssoins-7223456789abcdef/apl-${name}`,
    instanceArn: exampleInstanceArn,
    providerArn: 'arn:aws:sso::aws:applicationProvider/custom',
    name,
    status: 'ENABLED',
    ownerAccountId: exampleAccountId,
    createdAt: exampleCreatedAt,
    assignmentRequired: true,
    grants: [],
    ...fields,
  };
}

export function buildTokenIssuer(fields: Partial<TrustedTokenIssuer> = {}): TrustedTokenIssuer {
  const name = fields.name ?? 'external-tokens';
  return {
    arn: `arn:aws:sso::${exampleAccountId}:trustedTokenIssuer/ssoins-7223456789abcdef/tti-${name}`,
    instanceArn: exampleInstanceArn,
    name,
    type: 'OIDC_JWT',
    issuerUrl: 'https://tokens.example.com',
    ...fields,
  };
}

export function buildAccessControlAttributes(
  fields: Partial<AccessControlAttributes> = {},
): AccessControlAttributes {
  return {
    instanceArn: exampleInstanceArn,
    present: true,
    status: 'ENABLED',
    attributes: [{ key: 'team', sources: [`\${path:enterprise.department}`] }],
    ...fields,
  };
}

export function buildDirectoryUser(fields: Partial<DirectoryUser> = {}): DirectoryUser {
  const userName = fields.userName ?? 'alice';
  return {
    id: `user-${userName}`,
    identityStoreId,
    userName,
    status: 'ENABLED',
    externalIssuers: [],
    createdAt: exampleCreatedAt,
    createdBy: `arn:aws:sts::${exampleAccountId}:assumed-role/provisioning/scim`,
    updatedAt: exampleCreatedAt,
    updatedBy: `arn:aws:sts::${exampleAccountId}:assumed-role/provisioning/scim`,
    ...fields,
  };
}

export function buildDirectoryGroup(fields: Partial<DirectoryGroup> = {}): DirectoryGroup {
  const displayName = fields.displayName ?? 'engineers';
  return {
    id: `group-${displayName}`,
    identityStoreId,
    displayName,
    createdAt: exampleCreatedAt,
    createdBy: `arn:aws:sts::${exampleAccountId}:assumed-role/provisioning/scim`,
    updatedAt: exampleCreatedAt,
    updatedBy: `arn:aws:sts::${exampleAccountId}:assumed-role/provisioning/scim`,
    ...fields,
  };
}

export function buildMembership(fields: Partial<GroupMembership> = {}): GroupMembership {
  const groupId = fields.groupId ?? 'group-engineers';
  const userId = fields.userId ?? 'user-alice';
  return {
    id: `membership-${userId}-${groupId}`,
    groupId,
    userId,
    createdAt: exampleCreatedAt,
    createdBy: `arn:aws:sts::${exampleAccountId}:assumed-role/provisioning/scim`,
    ...fields,
  };
}
