/** One EventBridge rule: the calls of one service that are worth an alarm by themselves. */
export interface AlarmTemplate {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly source: string;
  readonly events: readonly string[];
  /** Region of the service's management events, or null: the region where the call was made. */
  readonly region: string | null;
  readonly managementAccountOnly: boolean;
  readonly checks: readonly string[];
}

/** Telling events, the loudest first. */
export const alarmTemplates: readonly AlarmTemplate[] = [
  {
    id: 'alarm-organization',
    title: 'Trusted access, delegation or policies of the organization changed',
    why: 'DisableAWSServiceAccess blinds every account at once and is seldom part of a working day.',
    source: 'organizations',
    events: [
      'DisableAWSServiceAccess',
      'EnableAWSServiceAccess',
      'DeregisterDelegatedAdministrator',
      'RegisterDelegatedAdministrator',
      'DetachPolicy',
      'DeletePolicy',
      'UpdatePolicy',
      'DisablePolicyType',
      'PutResourcePolicy',
      'LeaveOrganization',
      'AcceptHandshake',
      'InviteAccountToOrganization',
      'RemoveAccountFromOrganization',
      'MoveAccount',
    ],
    region: 'us-east-1',
    managementAccountOnly: false,
    checks: ['organization/'],
  },
  {
    id: 'alarm-credentials',
    title: 'A user, key, password or role trust was made or changed',
    why: 'These calls turn a stolen key into access that outlives it.',
    source: 'iam',
    events: [
      'CreateUser',
      'CreateAccessKey',
      'UpdateAccessKey',
      'CreateLoginProfile',
      'UpdateLoginProfile',
      'UpdateAssumeRolePolicy',
      'AttachUserPolicy',
      'AttachGroupPolicy',
      'AttachRolePolicy',
      'PutUserPolicy',
      'PutGroupPolicy',
      'PutRolePolicy',
      'AddUserToGroup',
      'CreatePolicyVersion',
      'SetDefaultPolicyVersion',
      'CreateSAMLProvider',
      'UpdateSAMLProvider',
      'CreateOpenIDConnectProvider',
      'DeactivateMFADevice',
    ],
    region: 'us-east-1',
    managementAccountOnly: true,
    checks: ['long-term-keys/', 'leftover-admins/'],
  },
  {
    id: 'alarm-federation',
    title: 'A federation token was minted',
    why: 'It lives up to 36 hours, whatever happens to the key.',
    source: 'sts',
    events: ['GetFederationToken'],
    region: null,
    managementAccountOnly: true,
    checks: ['long-term-keys/compromised-key'],
  },
  {
    id: 'alarm-eyes',
    title: 'A trail was stopped, narrowed or deleted',
    why: 'What follows is not recorded.',
    source: 'cloudtrail',
    events: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors', 'DeleteEventDataStore'],
    region: null,
    managementAccountOnly: false,
    checks: ['eyes/'],
  },
  {
    id: 'alarm-sign-in-settings',
    title: 'MFA or session settings of Identity Center changed',
    why: 'No API shows them afterwards.',
    source: 'sso',
    events: [
      'UpdateSsoConfiguration',
      'PutMfaDeviceManagementForDirectory',
      'CreateAccountAssignment',
      'UpdatePermissionSet',
      'PutInlinePolicyToPermissionSet',
      'AttachManagedPolicyToPermissionSet',
      'CreateTrustedTokenIssuer',
    ],
    region: null,
    managementAccountOnly: false,
    checks: ['identity-center/'],
  },
  {
    id: 'alarm-endpoints',
    title: 'A function was opened to callers',
    why: 'An endpoint gives access without any credential of the account.',
    source: 'lambda',
    events: ['AddPermission', 'CreateFunctionUrlConfig', 'UpdateFunctionUrlConfig', 'UpdateFunctionCode'],
    region: null,
    managementAccountOnly: false,
    checks: ['endpoints/'],
  },
];
