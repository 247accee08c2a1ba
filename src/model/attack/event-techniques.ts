/** What an event of the incident shows by itself, by the event's name; nothing is here that could be ordinary work of another kind. */
const namesByTechnique: Readonly<Record<string, string>> = {
  'T1078.004': 'ConsoleLogin SwitchRole',
  'T1098.001': `
    CreateAccessKey CreateLoginProfile CreateServiceSpecificCredential ResetServiceSpecificCredential
    UpdateAccessKey UpdateLoginProfile UploadSigningCertificate
  `,
  'T1098.003': `
    AddMemberToGroup AddUserToGroup AttachGroupPolicy AttachManagedPolicyToPermissionSet AttachRolePolicy
    AttachUserPolicy CreateAccountAssignment CreateGroupMembership CreatePermissionSet CreatePolicyVersion
    PutGroupPolicy PutInlinePolicyToPermissionSet PutRolePolicy PutUserPolicy RegisterDelegatedAdministrator
    SetDefaultPolicyVersion UpdateAssumeRolePolicy
  `,
  'T1098.004': 'UploadSSHPublicKey',
  'T1098.005': `
    CompleteVirtualMfaDeviceRegistration CompleteWebAuthnDeviceRegistration CreateVirtualMFADevice EnableMFADevice
  `,
  'T1136.003': 'CreateRole CreateUser',
  'T1484.002': `
    CreateExternalIdPConfigurationForDirectory CreateOpenIDConnectProvider CreateSAMLProvider CreateTrustAnchor
    CreateTrustedTokenIssuer EnableExternalIdPConfigurationForDirectory UpdateExternalIdPConfigurationForDirectory
    UpdateSAMLProvider UpdateTrustAnchor
  `,
  T1535: 'EnableRegion',
  T1537:
    'ModifyDBClusterSnapshotAttribute ModifyDBSnapshotAttribute ModifyImageAttribute ModifySnapshotAttribute',
  T1546: 'CreateEventSourceMapping CreateSchedule PutTargets UpdateEventSourceMapping UpdateSchedule',
  'T1550.001': `
    AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot GetFederationToken GetRoleCredentials
    GetSessionToken
  `,
  'T1555.006': 'BatchGetSecretValue GetSecretValue',
  'T1556.006':
    'DeactivateMFADevice DeleteMfaDeviceForUser PutMfaDeviceManagementForDirectory UpdateSsoConfiguration',
  'T1578.001': 'CreateSnapshot CreateSnapshots',
  'T1578.002': 'RunInstances',
  T1648: 'CreateFunction CreateFunctionUrlConfig Invoke UpdateFunctionCode UpdateFunctionConfiguration',
  T1651: 'SendCommand',
  T1666: `
    AcceptHandshake CreateAccount CreateOrganization InviteAccountToOrganization LeaveOrganization MoveAccount
    RemoveAccountFromOrganization
  `,
  T1671: 'CreateApplication CreateApplicationAssignment PutApplicationGrant',
  T1685: `
    DeleteAlarms DeleteAnalyzer DeleteConfigurationRecorder DeleteDeliveryChannel DeleteDetector
    DeregisterDelegatedAdministrator DetachPolicy DisableAWSServiceAccess DisableAlarmActions DisableMacie
    DisableOrganizationAdminAccount DisablePolicyType DisableSecurityHub DisassociateFromAdministratorAccount
    StopConfigurationRecorder UpdateDetector
  `,
  'T1685.002': `
    DeleteEventDataStore DeleteFlowLogs DeleteLogGroup DeleteLogStream DeleteModelInvocationLoggingConfiguration
    DeleteTrail PutEventSelectors StopLogging UpdateTrail
  `,
  'T1686.001': 'AuthorizeSecurityGroupIngress',
};

const byName: ReadonlyMap<string, string> = new Map(
  Object.entries(namesByTechnique).flatMap(([technique, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, technique] as const),
  ),
);

/** Every technique that an event can show, sorted. */
export const techniquesOfEvents: readonly string[] = Object.keys(namesByTechnique).sort();

/** The technique that an event of the incident shows, or null. `name` without the version of the API. */
export function techniqueOfEvent(name: string): string | null {
  return byName.get(name) ?? null;
}
