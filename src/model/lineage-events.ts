/**
 * Events that the lineage, the impact and the settings are told from, as `source:name` (name without its version
 * suffix). Everything else is only counted (src/model/activity.ts). A test holds this table against the rules in
 * src/derive/lineage that read these events: none is missing on either side.
 */
export const lineageEvents: Readonly<Record<string, readonly string[]>> = {
  'access-analyzer.amazonaws.com': names(`
    CreateAnalyzer CreateArchiveRule DeleteAnalyzer DeleteArchiveRule UpdateAnalyzer UpdateArchiveRule
  `),
  'account.amazonaws.com': names(`
    AcceptPrimaryEmailUpdate CloseAccount DeleteAlternateContact DisableRegion EmailUpdated EnableRegion
    PutAccountName PutAlternateContact PutContactInformation StartPrimaryEmailUpdate
  `),
  'apigateway.amazonaws.com': names(`
    CreateApi CreateApiKey CreateApiMapping CreateAuthorizer CreateBasePathMapping CreateDeployment
    CreateDomainName CreateIntegration CreateResource CreateRestApi CreateRoute CreateStage DeleteApi
    DeleteApiKey DeleteAuthorizer DeleteDeployment DeleteDomainName DeleteIntegration DeleteMethod
    DeleteResource DeleteRestApi DeleteRoute DeleteStage ImportApi ImportRestApi PutIntegration
    PutMethod PutRestApi ReimportApi UpdateApi UpdateApiKey UpdateAuthorizer UpdateDomainName
    UpdateIntegration UpdateMethod UpdateRestApi UpdateRoute UpdateStage
  `),
  'auditmanager.amazonaws.com': names('DeregisterOrganizationAdminAccount RegisterOrganizationAdminAccount'),
  'bedrock.amazonaws.com': names(`
    CreateFoundationModelAgreement DeleteModelInvocationLoggingConfiguration
    PutFoundationModelEntitlement PutModelInvocationLoggingConfiguration PutUseCaseForModelAccess
  `),
  'cloudformation.amazonaws.com': names(`
    CreateChangeSet CreateStack CreateStackInstances CreateStackSet DeleteStack DeleteStackInstances
    DeleteStackSet ExecuteChangeSet UpdateStack UpdateStackInstances UpdateStackSet
  `),
  'cloudtrail.amazonaws.com': names(`
    CreateEventDataStore CreateTrail DeleteEventDataStore DeleteTrail
    DeregisterOrganizationDelegatedAdmin PutEventSelectors PutInsightSelectors
    RegisterOrganizationDelegatedAdmin StartEventDataStoreIngestion StartLogging
    StopEventDataStoreIngestion StopLogging UpdateEventDataStore UpdateTrail
  `),
  'codeartifact.amazonaws.com': names('GetAuthorizationToken'),
  'codebuild.amazonaws.com': names('BatchGetProjects'),
  'cognito-identity.amazonaws.com': names(`
    CreateIdentityPool DeleteIdentityPool SetIdentityPoolRoles UpdateIdentityPool
  `),
  'config.amazonaws.com': names(`
    DeleteConfigRule DeleteConfigurationAggregator DeleteConfigurationRecorder DeleteDeliveryChannel
    PutConfigRule PutConfigurationRecorder PutDeliveryChannel PutRetentionConfiguration
    StartConfigurationRecorder StopConfigurationRecorder
  `),
  'controltower.amazonaws.com': names('DeleteLandingZone DisableBaseline DisableControl UpdateLandingZone'),
  'detective.amazonaws.com': names(`
    DisableOrganizationAdminAccount EnableOrganizationAdminAccount UpdateOrganizationConfiguration
  `),
  'ec2.amazonaws.com': names(`
    AssociateIamInstanceProfile AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CopyImage
    CopySnapshot CreateFlowLogs CreateImage CreateKeyPair CreateLaunchTemplate
    CreateLaunchTemplateVersion CreateSecurityGroup CreateSnapshot CreateVolume DeleteFlowLogs
    DeleteKeyPair DeleteLaunchTemplate DeleteSecurityGroup DeleteSnapshot DeleteVolume DeregisterImage
    DescribeInstanceAttribute DescribeLaunchTemplateVersions DisableEbsEncryptionByDefault
    DisableImageBlockPublicAccess DisableSerialConsoleAccess DisableSnapshotBlockPublicAccess
    EnableEbsEncryptionByDefault EnableImageBlockPublicAccess EnableSerialConsoleAccess
    EnableSnapshotBlockPublicAccess GetPasswordData ImportKeyPair ModifyImageAttribute
    ModifyInstanceAttribute ModifyInstanceMetadataOptions ModifyLaunchTemplate ModifySecurityGroupRules
    ModifySnapshotAttribute RebootInstances RegisterImage ReplaceIamInstanceProfileAssociation
    RevokeSecurityGroupIngress RunInstances StartInstances StopInstances TerminateInstances
  `),
  'ecr.amazonaws.com': names('GetAuthorizationToken'),
  'ecs.amazonaws.com': names('DescribeTaskDefinition'),
  'eks.amazonaws.com': names(`
    CreatePodIdentityAssociation DeletePodIdentityAssociation UpdatePodIdentityAssociation
  `),
  'elasticbeanstalk.amazonaws.com': names('DescribeConfigurationSettings'),
  'events.amazonaws.com': names(`
    CreateEventBus DeleteEventBus DeleteRule DisableRule EnableRule PutPermission PutRule PutTargets
    RemovePermission RemoveTargets
  `),
  'fms.amazonaws.com': names('AssociateAdminAccount DisassociateAdminAccount PutAdminAccount'),
  'guardduty.amazonaws.com': names(`
    ArchiveFindings CreateDetector CreateFilter CreateIPSet DeleteDetector DeleteFilter DeleteIPSet
    DeleteMembers DeletePublishingDestination DisableOrganizationAdminAccount
    DisassociateFromAdministratorAccount DisassociateFromMasterAccount DisassociateMembers
    EnableOrganizationAdminAccount StopMonitoringMembers UpdateDetector UpdateFilter UpdateIPSet
    UpdateMalwareScanSettings UpdateMemberDetectors UpdateOrganizationConfiguration
    UpdatePublishingDestination
  `),
  'health.amazonaws.com': names(`
    DisableHealthServiceAccessForOrganization EnableHealthServiceAccessForOrganization
  `),
  'iam.amazonaws.com': names(`
    AcceptDelegationRequest AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup
    AttachGroupPolicy AttachRolePolicy AttachUserPolicy ChangePassword CreateAccessKey
    CreateAccountAlias CreateGroup CreateInstanceProfile CreateLoginProfile CreateOpenIDConnectProvider
    CreatePolicy CreatePolicyVersion CreateRole CreateSAMLProvider CreateServiceLinkedRole
    CreateServiceSpecificCredential CreateUser CreateVirtualMFADevice DeactivateMFADevice
    DeleteAccessKey DeleteAccountAlias DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy
    DeleteInstanceProfile DeleteLoginProfile DeleteOpenIDConnectProvider DeletePolicy
    DeletePolicyVersion DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DeleteSAMLProvider
    DeleteSSHPublicKey DeleteServiceLinkedRole DeleteServiceSpecificCredential DeleteSigningCertificate
    DeleteUser DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice DetachGroupPolicy
    DetachRolePolicy DetachUserPolicy DisableOrganizationsRootCredentialsManagement
    DisableOrganizationsRootSessions DisableOutboundWebIdentityFederation EmailUpdated EnableMFADevice
    EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions
    EnableOutboundWebIdentityFederation PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy
    PutUserPermissionsBoundary PutUserPolicy RejectDelegationRequest
    RemoveClientIDFromOpenIDConnectProvider RemoveRoleFromInstanceProfile RemoveUserFromGroup
    ResetServiceSpecificCredential ResyncMFADevice SendDelegationToken SetDefaultPolicyVersion
    SetSecurityTokenServicePreferences TagRole TagUser UntagRole UntagUser UpdateAccessKey
    UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateGroup UpdateLoginProfile
    UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateRoleDescription UpdateSAMLProvider
    UpdateSSHPublicKey UpdateServiceSpecificCredential UpdateSigningCertificate UpdateUser
    UploadSSHPublicKey UploadSigningCertificate
  `),
  'identitystore.amazonaws.com': names(`
    AddMemberToGroup CompleteVirtualMfaDeviceRegistration CompleteWebAuthnDeviceRegistration
    CreateBearerToken CreateExternalIdPConfigurationForDirectory CreateGroup CreateGroupMembership
    CreateProvisioningTenant CreateUser DeleteBearerToken DeleteGroup DeleteGroupMembership
    DeleteMfaDeviceForUser DeleteUser DisableExternalIdPConfigurationForDirectory DisableUser
    EnableExternalIdPConfigurationForDirectory EnableUser ImportExternalIdPCertificate
    RemoveMemberFromGroup StartVirtualMfaDeviceRegistration StartWebAuthnDeviceRegistration
    UpdateExternalIdPConfigurationForDirectory UpdateGroup UpdateMfaDeviceForUser UpdatePassword
    UpdateUser UpdateUserName VerifyEmail
  `),
  'inspector2.amazonaws.com': names(`
    Disable DisableDelegatedAdminAccount Enable EnableDelegatedAdminAccount
  `),
  'kms.amazonaws.com': names(`
    CancelKeyDeletion CreateGrant CreateKey DeleteImportedKeyMaterial DisableKey EnableKey
    ImportKeyMaterial PutKeyPolicy ScheduleKeyDeletion
  `),
  'lambda.amazonaws.com': names(`
    AddLayerVersionPermission AddPermission CreateAlias CreateEventSourceMapping CreateFunction
    CreateFunctionUrlConfig DeleteEventSourceMapping DeleteFunction DeleteFunctionConcurrency
    DeleteFunctionUrlConfig DeleteLayerVersion GetFunction GetFunctionConfiguration ListFunctions
    PublishLayerVersion PublishVersion PutFunctionConcurrency PutFunctionEventInvokeConfig
    RemoveLayerVersionPermission RemovePermission UpdateAlias UpdateEventSourceMapping
    UpdateFunctionCode UpdateFunctionConfiguration UpdateFunctionUrlConfig
  `),
  'logs.amazonaws.com': names(`
    CreateLogGroup DeleteLogGroup DeleteLogStream DeleteMetricFilter DeleteRetentionPolicy
    DeleteSubscriptionFilter PutRetentionPolicy PutSubscriptionFilter
  `),
  'macie2.amazonaws.com': names(`
    DisableMacie DisableOrganizationAdminAccount EnableMacie EnableOrganizationAdminAccount
    UpdateOrganizationConfiguration
  `),
  'monitoring.amazonaws.com': names('DeleteAlarms DisableAlarmActions PutMetricAlarm'),
  'organizations.amazonaws.com': names(`
    AcceptHandshake AccountDepartedOrganization AccountJoinedOrganization AttachPolicy CancelHandshake
    CloseAccount CreateAccount CreateAccountResult CreateGovCloudAccount CreateOrganization
    CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit
    DeletePolicy DeleteResourcePolicy DeregisterDelegatedAdministrator DetachPolicy
    DisableAWSServiceAccess DisablePolicyType EnableAWSServiceAccess EnableAllFeatures EnablePolicyType
    InviteAccountToOrganization InviteOrganizationToTransferResponsibility LeaveOrganization MoveAccount
    PutResourcePolicy RegisterDelegatedAdministrator RemoveAccountFromOrganization
    ResponsibilityTransferAccepted TagResource TerminateResponsibilityTransfer UntagResource
    UpdateOrganizationalUnit UpdatePolicy
  `),
  'ram.amazonaws.com': names(`
    AssociateResourceShare CreateResourceShare EnableSharingWithAwsOrganization
  `),
  'rds.amazonaws.com': names(`
    CopyDBSnapshot CreateDBCluster CreateDBClusterSnapshot CreateDBInstance CreateDBSnapshot
    DeleteDBCluster DeleteDBClusterSnapshot DeleteDBInstance DeleteDBSnapshot ModifyDBCluster
    ModifyDBClusterSnapshotAttribute ModifyDBInstance ModifyDBSnapshotAttribute
    RestoreDBInstanceFromDBSnapshot
  `),
  'rolesanywhere.amazonaws.com': names(`
    CreateProfile CreateSession CreateTrustAnchor DeleteAttributeMapping DeleteCrl DeleteProfile
    DeleteTrustAnchor DisableCrl DisableProfile DisableTrustAnchor EnableCrl EnableProfile
    EnableTrustAnchor ImportCrl PutAttributeMapping UpdateCrl UpdateProfile UpdateTrustAnchor
  `),
  'route53resolver.amazonaws.com': names(`
    AssociateResolverQueryLogConfig CreateResolverQueryLogConfig DeleteResolverQueryLogConfig
    DisassociateResolverQueryLogConfig
  `),
  's3.amazonaws.com': names(`
    CreateBucket DeleteBucket DeleteBucketEncryption DeleteBucketLifecycle DeleteBucketPolicy
    DeleteBucketPublicAccessBlock PutBucketAcl PutBucketCors PutBucketEncryption PutBucketLifecycle
    PutBucketLifecycleConfiguration PutBucketLogging PutBucketNotification PutBucketOwnershipControls
    PutBucketPolicy PutBucketPublicAccessBlock PutBucketReplication PutBucketVersioning PutBucketWebsite
    PutObjectLockConfiguration
  `),
  'scheduler.amazonaws.com': names(`
    CreateSchedule CreateScheduleGroup DeleteSchedule DeleteScheduleGroup UpdateSchedule
  `),
  'secretsmanager.amazonaws.com': names(`
    BatchGetSecretValue CreateSecret DeleteResourcePolicy DeleteSecret GetSecretValue PutResourcePolicy
    PutSecretValue RestoreSecret UpdateSecret
  `),
  'securityhub.amazonaws.com': names(`
    BatchDisableStandards BatchUpdateFindings CreateActionTarget CreateAutomationRule CreateInsight
    DeleteActionTarget DeleteInsight DeleteMembers DisableImportFindingsForProduct
    DisableOrganizationAdminAccount DisableSecurityHub DisassociateFromAdministratorAccount
    DisassociateMembers EnableOrganizationAdminAccount EnableSecurityHub UpdateFindings UpdateInsight
    UpdateOrganizationConfiguration UpdateSecurityHubConfiguration UpdateStandardsControl
  `),
  'securitylake.amazonaws.com': names(`
    DeregisterDataLakeDelegatedAdministrator RegisterDataLakeDelegatedAdministrator
  `),
  'servicecatalog.amazonaws.com': names('DisableAWSOrganizationsAccess EnableAWSOrganizationsAccess'),
  'servicequotas.amazonaws.com': names('RequestServiceQuotaIncrease'),
  'ses.amazonaws.com': names(`
    CreateEmailIdentity CreateEmailIdentityPolicy DeleteEmailIdentity DeleteIdentity PutAccountDetails
    PutAccountSendingAttributes PutIdentityPolicy UpdateAccountSendingEnabled UpdateEmailIdentityPolicy
    VerifyDomainDkim VerifyDomainIdentity VerifyEmailAddress VerifyEmailIdentity
  `),
  'signin.amazonaws.com': names(`
    AuthorizeOAuth2Access CheckMfa ConsoleLogin CreateOAuth2Token CreateOAuth2TokenWithIAM
    CredentialChallenge CredentialVerification EmailUpdated GetSigninToken PasswordRecoveryCompleted
    PasswordRecoveryRequested PasswordUpdated SwitchRole UserAuthentication
  `),
  'ssm.amazonaws.com': names(`
    DeleteParameter DeleteParameters GetParameter GetParameterHistory GetParameters GetParametersByPath
    PutParameter SendCommand StartSession
  `),
  'sso-directory.amazonaws.com': names(`
    AddMemberToGroup CompleteVirtualMfaDeviceRegistration CompleteWebAuthnDeviceRegistration
    CreateBearerToken CreateExternalIdPConfigurationForDirectory CreateGroup CreateGroupMembership
    CreateProvisioningTenant CreateUser DeleteBearerToken DeleteGroup DeleteGroupMembership
    DeleteMfaDeviceForUser DeleteUser DisableExternalIdPConfigurationForDirectory DisableUser
    EnableExternalIdPConfigurationForDirectory EnableUser ImportExternalIdPCertificate
    RemoveMemberFromGroup StartVirtualMfaDeviceRegistration StartWebAuthnDeviceRegistration
    UpdateExternalIdPConfigurationForDirectory UpdateGroup UpdateMfaDeviceForUser UpdatePassword
    UpdateUser UpdateUserName VerifyEmail
  `),
  'sso-oauth.amazonaws.com': names('CreateToken'),
  'sso.amazonaws.com': names(`
    AddRegion AssociateDirectory AttachCustomerManagedPolicyReferenceToPermissionSet
    AttachManagedPolicyToPermissionSet Authenticate CreateAccountAssignment CreateApplication
    CreateApplicationAssignment CreateApplicationInstance CreateInstance
    CreateInstanceAccessControlAttributeConfiguration CreateManagedApplicationInstance
    CreatePermissionSet CreateToken CreateTrustedTokenIssuer DeleteAccountAssignment DeleteApplication
    DeleteApplicationAssignment DeleteInlinePolicyFromPermissionSet DeleteInstance
    DeleteInstanceAccessControlAttributeConfiguration DeletePermissionSet
    DeletePermissionsBoundaryFromPermissionSet DeleteTrustedTokenIssuer
    DetachCustomerManagedPolicyReferenceFromPermissionSet DetachManagedPolicyFromPermissionSet
    DisassociateDirectory Federate GetRoleCredentials ProvisionPermissionSet PutApplicationAccessScope
    PutApplicationAssignmentConfiguration PutApplicationAuthenticationMethod PutApplicationGrant
    PutApplicationSessionConfiguration PutInlinePolicyToPermissionSet PutMfaDeviceManagementForDirectory
    PutPermissionsBoundaryToPermissionSet RemoveRegion StartSSO UpdateApplication UpdateInstance
    UpdateInstanceAccessControlAttributeConfiguration UpdatePermissionSet UpdateSSOConfiguration
    UpdateSsoConfiguration UpdateTrustedTokenIssuer
  `),
  'states.amazonaws.com': names('CreateStateMachine DeleteStateMachine UpdateStateMachine'),
  'sts.amazonaws.com': names(`
    AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot GetDelegatedAccessToken
    GetFederationToken GetSessionToken GetWebIdentityToken
  `),
  'support.amazonaws.com': names('AddCommunicationToCase CreateCase ResolveCase'),
  'wafv2.amazonaws.com': names('CreateWebACL DeleteWebACL UpdateWebACL'),
};

const index = new Map(
  Object.entries(lineageEvents).map(([source, names]) => [source, new Set(names)] as const),
);

export function isLineageEvent(source: string, name: string): boolean {
  return index.get(source)?.has(name) ?? false;
}

/** Names stand many to a line: one to a line would be seven hundred lines. */
function names(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}
