import { inManagementAccount, named, newCredentialsOf, subjectsOf } from './evidence-facts.ts';
import { longTermCredentialCalls } from './member-policies.ts';
import { breakGlassRole, exceptRole, type PolicyTemplate, provisioningRole } from './policy-template.ts';

const organizationCalls = [
  'organizations:AttachPolicy',
  'organizations:CreateAccount',
  'organizations:DeletePolicy',
  'organizations:DeleteResourcePolicy',
  'organizations:DeregisterDelegatedAdministrator',
  'organizations:DetachPolicy',
  'organizations:DisableAWSServiceAccess',
  'organizations:DisablePolicyType',
  'organizations:EnableAWSServiceAccess',
  'organizations:InviteAccountToOrganization',
  'organizations:MoveAccount',
  'organizations:PutResourcePolicy',
  'organizations:RegisterDelegatedAdministrator',
  'organizations:RemoveAccountFromOrganization',
  'organizations:UpdatePolicy',
] as const;

const settingCalls = [
  'sso-directory:UpdatePassword',
  'sso:AssociateDirectory',
  'sso:DisassociateDirectory',
  'sso:PutMfaDeviceManagementForDirectory',
  'sso:UpdateSSOConfiguration',
] as const;

const attached =
  'users, groups and roles of the management account, as an attached policy or as their permissions boundary';

/** No service control policy binds the management account: what holds there are identity policies and fewer identities. */
export const managementAccountPolicies: readonly PolicyTemplate[] = [
  {
    id: 'management-organization-changes',
    kind: 'identity-policy',
    title: 'Only the pipeline changes the organization',
    appliesTo: attached,
    why: 'One call of a management-account identity takes the eyes of every account away.',
    checks: ['organization/'],
    binds: 'management-account',
    refuses: organizationCalls,
    statements: ({ result }) => [
      {
        Sid: 'DenyOrganizationChanges',
        Effect: 'Deny',
        Action: organizationCalls,
        Resource: '*',
        Condition: exceptRole(result.partition, breakGlassRole),
      },
    ],
    wouldBreak: (input) =>
      named(subjectsOf(input, ['organization/organization-change-power']), 'principals that may do this now'),
    notKnown: 'which of them do it on ordinary days: CloudTrail tells',
  },
  {
    id: 'management-long-term-credentials',
    kind: 'identity-policy',
    title: 'The management account makes no credential that never expires',
    appliesTo: attached,
    why: 'The cure is to have no users and no keys there at all; until then this keeps their number.',
    checks: ['long-term-keys/', 'leftover-admins/'],
    binds: 'management-account',
    refuses: [...longTermCredentialCalls, 'sts:GetFederationToken'],
    statements: ({ result }) => [
      {
        Sid: 'DenyLongTermCredentials',
        Effect: 'Deny',
        Action: [...longTermCredentialCalls, 'sts:GetFederationToken'],
        Resource: '*',
        Condition: exceptRole(result.partition, provisioningRole),
      },
    ],
    wouldBreak: (input) => newCredentialsOf(input, inManagementAccount(input)),
    notKnown: 'which pipelines make users or keys: look for the refused calls in CloudTrail',
  },
  {
    id: 'management-identity-center-settings',
    kind: 'identity-policy',
    title: 'Sign-in settings of Identity Center are changed by one role only',
    appliesTo: `${attached}; the same as an SCP for its delegated administrator`,
    why: 'Weaker MFA and longer sessions show in no API afterwards.',
    checks: ['identity-center/'],
    binds: 'management-account',
    // CloudTrail writes the same call in another spelling.
    refuses: [...settingCalls, 'sso:UpdateSsoConfiguration'],
    statements: ({ result }) => [
      {
        Sid: 'DenySignInSettings',
        Effect: 'Deny',
        Action: settingCalls,
        Resource: '*',
        Condition: exceptRole(result.partition, breakGlassRole),
      },
    ],
    wouldBreak: () => [],
    notKnown: 'who changes these settings on ordinary days: look for the refused calls in CloudTrail',
  },
  {
    id: 'delegated-policy-management',
    kind: 'organization-resource-policy',
    title: 'Policies are managed from a delegated account',
    appliesTo: 'the organization, as its resource policy (replace SECURITY_ACCOUNT_ID)',
    why: 'What can be done from a member account, which guardrails bind, needs no identity in the management account.',
    checks: ['organization/', 'long-term-keys/management-account-key'],
    binds: 'management-account',
    refuses: [],
    statements: ({ result }) => [
      {
        Sid: 'DelegatePolicyManagement',
        Effect: 'Allow',
        Principal: { AWS: `arn:${result.partition}:iam::SECURITY_ACCOUNT_ID:root` },
        Action: [
          'organizations:AttachPolicy',
          'organizations:CreatePolicy',
          'organizations:DeletePolicy',
          'organizations:DescribePolicy',
          'organizations:DetachPolicy',
          'organizations:ListPolicies',
          'organizations:ListTargetsForPolicy',
          'organizations:UpdatePolicy',
        ],
        Resource: '*',
        Condition: {
          StringLikeIfExists: {
            'organizations:PolicyType': ['RESOURCE_CONTROL_POLICY', 'SERVICE_CONTROL_POLICY'],
          },
        },
      },
    ],
    wouldBreak: (input) =>
      named(
        subjectsOf(input, ['organization/delegation-policy']).map((one) => `replaces ${one}`),
        'policies',
      ),
    notKnown: 'what a resource policy that is in force now allows: read it before you replace it',
  },
];
