import type {
  IdentityCenterInstance,
  PermissionSet,
} from '../../../../../src/model/evidence/identity-center.ts';
import { observed } from '../../../../../src/model/observation.ts';
import { organizationUnit } from '../../../../../src/model/scope.ts';
import { fakeAsOf, output, type Script } from '../../../../support/fake-reader.ts';

export const unit = organizationUnit('aws');
const managementAccountId = '111122223333';
export const instanceArn = 'arn:aws:sso:::instance/ssoins-1111222233334444';
export const permissionSetArn = `${instanceArn.replace('instance', 'permissionSet')}/ps-aaaabbbbccccdddd`;
export const applicationArn = `arn:aws:sso::${managementAccountId}:application/ssoins-1111222233334444/apl-1`;

export const instance: IdentityCenterInstance = {
  arn: instanceArn,
  identityStoreId: 'd-1234567890',
  ownerAccountId: managementAccountId,
  name: 'main',
  status: 'ACTIVE',
  createdAt: '2025-01-01T00:00:00.000Z',
  region: 'eu-central-1',
};

export const instanceAnswer = {
  InstanceArn: instanceArn,
  IdentityStoreId: 'd-1234567890',
  OwnerAccountId: managementAccountId,
  Name: 'main',
  Status: 'ACTIVE',
  CreatedDate: new Date('2025-01-01T00:00:00Z'),
};

const permissionSet: PermissionSet = {
  arn: permissionSetArn,
  instanceArn,
  name: 'Admin',
  description: null,
  createdAt: null,
  sessionDuration: 'PT1H',
  relayState: null,
  managedPolicies: [],
  customerManagedPolicies: [],
  inlinePolicy: null,
  permissionsBoundary: { kind: 'none' },
  provisionedAccounts: ['111122223333', '444455556666'],
};

export const dependencies = {
  'organizations.organization': observed(
    {
      id: 'o-exampleorgid',
      arn: `arn:aws:organizations::${managementAccountId}:organization/o-exampleorgid`,
      featureSet: 'ALL',
      managementAccountId,
    },
    [],
    fakeAsOf,
    [],
  ),
  'identity-center.organization-instances': observed([instance], [], fakeAsOf, []),
  'identity-center.permission-sets': observed([permissionSet], [], fakeAsOf, []),
  'identity-store.groups': observed(
    [
      {
        id: 'group-1',
        identityStoreId: 'd-1234567890',
        displayName: 'admins',
        createdAt: null,
        createdBy: null,
        updatedAt: null,
        updatedBy: null,
      },
    ],
    [],
    fakeAsOf,
    [],
  ),
} as const;

export const identityCenterAnswers: Script = {
  ListInstances: output({ Instances: [instanceAnswer] }),
  ListPermissionSets: output({ PermissionSets: [permissionSetArn] }),
  DescribePermissionSet: output({
    PermissionSet: {
      PermissionSetArn: permissionSetArn,
      Name: 'Admin',
      SessionDuration: 'PT12H',
      CreatedDate: new Date('2026-11-03T10:00:00Z'),
    },
  }),
  ListManagedPoliciesInPermissionSet: output({
    AttachedManagedPolicies: [
      { Name: 'AdministratorAccess', Arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ],
  }),
  ListCustomerManagedPolicyReferencesInPermissionSet: output({
    CustomerManagedPolicyReferences: [{ Name: 'extra', Path: '/ops/' }],
  }),
  GetInlinePolicyForPermissionSet: output({ InlinePolicy: '{"Version":"2012-10-17","Statement":[]}' }),
  GetPermissionsBoundaryForPermissionSet: output({
    PermissionsBoundary: { ManagedPolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
  }),
  ListAccountsForProvisionedPermissionSet: output({ AccountIds: ['444455556666', '111122223333'] }),
  ListAccountAssignments: (input) =>
    output({
      AccountAssignments: [
        {
          AccountId: input['AccountId'],
          PermissionSetArn: permissionSetArn,
          PrincipalType: 'GROUP',
          PrincipalId: 'group-1',
        },
      ],
    }),
  ListApplications: output({
    Applications: [
      {
        ApplicationArn: applicationArn,
        ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom',
        ApplicationAccount: managementAccountId,
        Name: 'portal',
        Status: 'ENABLED',
        CreatedDate: new Date('2026-11-03T10:00:00Z'),
      },
    ],
  }),
  GetApplicationAssignmentConfiguration: output({ AssignmentRequired: false }),
  ListApplicationGrants: output({
    Grants: [{ GrantType: 'refresh_token' }, { GrantType: 'authorization_code' }],
  }),
  ListTrustedTokenIssuers: output({
    TrustedTokenIssuers: [
      { TrustedTokenIssuerArn: `${instanceArn}/tti-1`, Name: 'outside', TrustedTokenIssuerType: 'OIDC_JWT' },
    ],
  }),
  DescribeTrustedTokenIssuer: output({
    TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: { IssuerUrl: 'https://issuer.example' } },
  }),
  DescribeInstanceAccessControlAttributeConfiguration: output({
    Status: 'ENABLED',
    InstanceAccessControlAttributeConfiguration: {
      AccessControlAttributes: [{ Key: 'team', Value: { Source: ['user.department'] } }],
    },
  }),
  ListUsers: output({
    Users: [
      {
        UserId: 'user-1',
        IdentityStoreId: 'd-1234567890',
        UserName: 'jane',
        UserStatus: 'ENABLED',
        Name: { GivenName: 'Jane-Given', FamilyName: 'Doe-Family' },
        Emails: [{ Value: 'jane.personal@example.com' }],
        PhoneNumbers: [{ Value: '+49-555-0100' }],
        ExternalIds: [{ Issuer: 'https://scim.example/issuer', Id: 'external-secret-id' }],
        CreatedAt: new Date('2026-11-03T10:00:00Z'),
        CreatedBy: 'arn:aws:sts::111122223333:assumed-role/Admin/deploy',
      },
    ],
  }),
  ListGroups: output({
    Groups: [
      {
        GroupId: 'group-1',
        IdentityStoreId: 'd-1234567890',
        DisplayName: 'admins',
        CreatedAt: new Date('2026-11-03T10:00:00Z'),
      },
    ],
  }),
  ListGroupMemberships: output({
    GroupMemberships: [
      {
        MembershipId: 'membership-1',
        GroupId: 'group-1',
        MemberId: { UserId: 'user-1' },
        CreatedAt: new Date('2026-11-03T10:00:00Z'),
        CreatedBy: 'arn:aws:iam::111122223333:user/deploy',
      },
    ],
  }),
};
