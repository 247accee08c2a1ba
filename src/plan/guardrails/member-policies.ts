import { inMembers, named, newCredentialsOf, ownThings, subjectsOf, thingName } from './evidence-facts.ts';
import { breakGlassRole, exceptRole, type PolicyTemplate, provisioningRole } from './policy-template.ts';

/** Calls that make or revive a credential that does not expire by itself. */
export const longTermCredentialCalls = [
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:CreateUser',
  'iam:ResetServiceSpecificCredential',
  'iam:UpdateAccessKey',
  'iam:UpdateLoginProfile',
  'iam:UploadSigningCertificate',
  'iam:UploadSSHPublicKey',
] as const;

const eyeCalls = [
  'access-analyzer:DeleteAnalyzer',
  'cloudtrail:DeleteEventDataStore',
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
  'config:DeleteConfigurationRecorder',
  'config:DeleteDeliveryChannel',
  'config:StopConfigurationRecorder',
  'guardduty:DeleteDetector',
  'guardduty:DisassociateFromAdministratorAccount',
  'guardduty:UpdateDetector',
  'securityhub:DisableSecurityHub',
  'securityhub:DisassociateFromAdministratorAccount',
] as const;

const leaving = ['account:CloseAccount', 'organizations:AcceptHandshake', 'organizations:LeaveOrganization'];

/** Service control policies: they bind the members, never the management account nor service-linked roles. */
export const memberPolicies: readonly PolicyTemplate[] = [
  {
    id: 'scp-long-term-credentials',
    kind: 'scp',
    title: 'Members make no credential that never expires',
    appliesTo: 'the root or an OU of the organization; one provisioning role stays free',
    why: 'An intruder who can make a user or a key stays after the first key is revoked.',
    checks: [
      'long-term-keys/',
      'leftover-admins/admin-user',
      'leftover-admins/console-password',
      'leftover-admins/window-principal',
    ],
    binds: 'members',
    refuses: longTermCredentialCalls,
    statements: ({ result }) => [
      {
        Sid: 'DenyLongTermCredentials',
        Effect: 'Deny',
        Action: longTermCredentialCalls,
        Resource: '*',
        Condition: exceptRole(result.partition, provisioningRole),
      },
    ],
    wouldBreak: (input) => newCredentialsOf(input, inMembers(input)),
    notKnown: 'which pipelines make users or keys: look for the refused calls in CloudTrail',
  },
  {
    id: 'scp-federation-tokens',
    kind: 'scp',
    title: 'Members mint no federation tokens',
    appliesTo: 'the root or an OU of the organization',
    why: 'A federation token lives up to 36 hours and outlives the key that asked for it.',
    checks: ['long-term-keys/compromised-key', 'long-term-keys/active-key'],
    binds: 'members',
    refuses: ['sts:GetFederationToken'],
    statements: ({ result }) => [
      {
        Sid: 'DenyFederationTokens',
        Effect: 'Deny',
        Action: ['sts:GetFederationToken'],
        Resource: '*',
        Condition: exceptRole(result.partition, breakGlassRole),
      },
    ],
    wouldBreak: () => [],
    notKnown:
      'who asks for federation tokens on ordinary days: look for sts:GetFederationToken in CloudTrail',
  },
  {
    id: 'scp-leaving',
    kind: 'scp',
    title: 'Members neither leave nor change their organization',
    appliesTo: 'the root of the organization',
    why: 'Outside the organization no guardrail binds the account; since November 2025 an accepted invitation moves it directly.',
    checks: ['organization/'],
    binds: 'members',
    refuses: leaving,
    statements: ({ result }) => [
      {
        Sid: 'DenyLeaving',
        Effect: 'Deny',
        Action: leaving,
        Resource: '*',
        Condition: exceptRole(result.partition, breakGlassRole),
      },
    ],
    wouldBreak: (input) => named(subjectsOf(input, ['organization/open-handshake']), 'open handshakes'),
    notKnown: 'which moves of accounts are planned',
  },
  {
    id: 'scp-open-endpoints',
    kind: 'scp',
    title: 'Members open no endpoint without authentication',
    appliesTo: 'the root or an OU of the organization',
    why: 'A function behind an open endpoint makes credentials for whoever knows its address.',
    checks: ['endpoints/'],
    binds: 'members',
    refuses: ['lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig'],
    statements: ({ result }) => [
      {
        Sid: 'DenyOpenFunctionUrls',
        Effect: 'Deny',
        Action: ['lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig'],
        Resource: '*',
        Condition: {
          StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' },
          ...exceptRole(result.partition, breakGlassRole),
        },
      },
      {
        Sid: 'DenyFunctionsForEveryone',
        Effect: 'Deny',
        Action: ['lambda:AddPermission'],
        Resource: '*',
        Condition: {
          StringEquals: { 'lambda:Principal': '*' },
          ...exceptRole(result.partition, breakGlassRole),
        },
      },
      {
        Sid: 'DenyOpenRoutes',
        Effect: 'Deny',
        Action: ['apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT'],
        Resource: [
          `arn:${result.partition}:apigateway:*::/apis/*/routes*`,
          `arn:${result.partition}:apigateway:*::/restapis/*/resources/*/methods/*`,
        ],
        Condition: {
          StringEquals: { 'apigateway:Request/RouteAuthorizationType': 'NONE' },
          ...exceptRole(result.partition, breakGlassRole),
        },
      },
    ],
    wouldBreak: (input) =>
      named(
        subjectsOf(input, [
          'endpoints/open-function-policy',
          'endpoints/public-function-url',
          'endpoints/unauthenticated-route',
        ]).map((subject) => `the next deployment of ${subject}`),
        'open endpoints',
      ),
    notKnown: 'which endpoints are meant to be open and change without being found here',
  },
  {
    id: 'scp-eyes',
    kind: 'scp',
    title: 'Members switch off no trail, recorder or detector',
    appliesTo: 'the root of the organization; a break-glass role stays free',
    why: 'Whoever closes the eyes first acts unseen.',
    checks: ['eyes/'],
    binds: 'members',
    refuses: eyeCalls,
    statements: ({ result }) => [
      {
        Sid: 'DenyClosingEyes',
        Effect: 'Deny',
        Action: eyeCalls,
        Resource: '*',
        Condition: exceptRole(result.partition, breakGlassRole),
      },
    ],
    wouldBreak: (input) =>
      named(
        ownThings(input, 'trail')
          .filter(inMembers(input))
          .map((row) => `changes by the owner of ${thingName(row)}`),
        'trails',
      ),
    notKnown: 'which pipelines change recorders, detectors and analyzers',
  },
  {
    id: 'rcp-role-assumption',
    kind: 'rcp',
    title: 'Roles of members are assumed from inside the organization only',
    appliesTo: 'the root of the organization (resource control policy)',
    why: 'A trust policy edited by an intruder then opens the role to nobody outside.',
    checks: [
      'leftover-admins/anyone-trust',
      'leftover-admins/external-trust',
      'leftover-admins/orphaned-trust',
    ],
    binds: 'members',
    refuses: [],
    statements: ({ result }) => [
      {
        Sid: 'DenyAssumptionFromOutside',
        Effect: 'Deny',
        Principal: '*',
        Action: ['sts:AssumeRole'],
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: {
            'aws:PrincipalOrgID': result.organizationId ?? '',
          },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ],
    wouldBreak: (input) =>
      named(
        subjectsOf(input, ['leftover-admins/external-trust']).map(
          (subject) => `use of ${subject} from outside`,
        ),
        'roles trusted from outside: name vendors in `aws:PrincipalAccount` first',
      ),
    notKnown:
      'callers from outside that no trust policy names by account: look for AssumeRole from other organizations',
  },
];
