interface ActionTargets {
  /** ARN patterns without `arn:partition:`; empty for actions that only `Resource: "*"` can grant. */
  readonly resources: readonly string[];
  readonly actions: readonly string[];
}

/**
 * On what kind of resource each action works that we look for. Where an action touches several kinds, the one that
 * matters for the caller's power. Held against the action data package by a test.
 */
const actionTargets: readonly ActionTargets[] = [
  {
    resources: [],
    actions: [
      'bedrock-agentcore:CreateCodeInterpreter',
      'cloudformation:ActivateOrganizationsAccess',
      'cloudformation:CreateStackSet',
      'cloudtrail:DeregisterOrganizationDelegatedAdmin',
      'cloudtrail:RegisterOrganizationDelegatedAdmin',
      'cognito-identity:GetCredentialsForIdentity',
      'cognito-identity:SetIdentityPoolRoles',
      'datapipeline:CreatePipeline',
      'elasticmapreduce:RunJobFlow',
      'glue:CreateDevEndpoint',
      'iam:DisableOrganizationsRootCredentialsManagement',
      'iam:DisableOrganizationsRootSessions',
      'iam:EnableOrganizationsRootCredentialsManagement',
      'iam:EnableOrganizationsRootSessions',
      'iam:EnableOutboundWebIdentityFederation',
      'lambda:CreateEventSourceMapping',
      'organizations:CreateAccount',
      'organizations:DeleteResourcePolicy',
      'organizations:DisableAWSServiceAccess',
      'organizations:EnableAWSServiceAccess',
      'organizations:LeaveOrganization',
      'rolesanywhere:CreateProfile',
      'rolesanywhere:CreateTrustAnchor',
      'sso-directory:UpdatePassword',
      'sso:PutMfaDeviceManagementForDirectory',
      'sso:UpdateSSOConfiguration',
      'sts:GetWebIdentityToken',
    ],
  },
  { resources: ['account-access:*:{account}:application/*'], actions: ['account-access:CreateEntitlement'] },
  { resources: ['account::{account}:account'], actions: ['account:DisableRegion', 'account:EnableRegion'] },
  {
    resources: ['apprunner:*:{account}:service/*/*'],
    actions: ['apprunner:CreateService', 'apprunner:UpdateService'],
  },
  {
    resources: ['autoscaling:*:{account}:autoScalingGroup:*:autoScalingGroupName/*'],
    actions: ['autoscaling:CreateAutoScalingGroup'],
  },
  {
    resources: ['autoscaling:*:{account}:launchConfiguration:*:launchConfigurationName/*'],
    actions: ['autoscaling:CreateLaunchConfiguration'],
  },
  {
    resources: ['batch:*:{account}:job-definition/*'],
    actions: ['batch:RegisterJobDefinition', 'batch:SubmitJob'],
  },
  {
    resources: [
      'bedrock-agentcore:*:aws:code-interpreter/*',
      'bedrock-agentcore:*:{account}:code-interpreter-custom/*',
    ],
    actions: ['bedrock-agentcore:InvokeCodeInterpreter', 'bedrock-agentcore:StartCodeInterpreterSession'],
  },
  {
    resources: ['cloudformation:*:{account}:stack/*/*'],
    actions: [
      'cloudformation:CreateChangeSet',
      'cloudformation:CreateStack',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:UpdateStack',
    ],
  },
  {
    resources: ['cloudformation:*:{account}:stackset/*:*'],
    actions: ['cloudformation:CreateStackInstances', 'cloudformation:UpdateStackSet'],
  },
  {
    resources: ['cloudtrail:*:{account}:eventdatastore/*'],
    actions: ['cloudtrail:DeleteEventDataStore', 'cloudtrail:StopEventDataStoreIngestion'],
  },
  {
    resources: ['cloudtrail:*:{account}:trail/*'],
    actions: [
      'cloudtrail:DeleteTrail',
      'cloudtrail:PutEventSelectors',
      'cloudtrail:StopLogging',
      'cloudtrail:UpdateTrail',
    ],
  },
  {
    resources: ['codebuild:*:{account}:project/*'],
    actions: ['codebuild:CreateProject', 'codebuild:StartBuild', 'codebuild:StartBuildBatch'],
  },
  { resources: ['codedeploy:*:{account}:deploymentgroup:*/*'], actions: ['codedeploy:CreateDeployment'] },
  {
    resources: ['datapipeline:*:{account}:pipeline/*'],
    actions: ['datapipeline:ActivatePipeline', 'datapipeline:PutPipelineDefinition'],
  },
  {
    resources: ['ec2:*:{account}:instance/*'],
    actions: [
      'ec2-instance-connect:SendSSHPublicKey',
      'ec2:ModifyInstanceAttribute',
      'ec2:RunInstances',
      'ec2:StartInstances',
      'ec2:StopInstances',
    ],
  },
  {
    resources: ['ec2:*:{account}:instance/*', 'ecs:*:{account}:task/*', 'ssm:*:{account}:managed-instance/*'],
    actions: ['ssm:StartSession'],
  },
  {
    resources: ['ec2:*:{account}:instance/*', 'ssm:*:{account}:managed-instance/*'],
    actions: ['ssm:SendCommand'],
  },
  {
    resources: ['ec2:*:{account}:launch-template/*'],
    actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],
  },
  { resources: ['ec2:*:{account}:spot-instances-request/*'], actions: ['ec2:RequestSpotInstances'] },
  { resources: ['ecs:*:{account}:cluster/*'], actions: ['ecs:CreateCluster'] },
  { resources: ['ecs:*:{account}:service/*/*'], actions: ['ecs:CreateService'] },
  {
    resources: ['ecs:*:{account}:task-definition/*:*'],
    actions: ['ecs:RegisterTaskDefinition', 'ecs:RunTask', 'ecs:StartTask'],
  },
  { resources: ['ecs:*:{account}:task/*/*'], actions: ['ecs:ExecuteCommand'] },
  { resources: ['emr-serverless:*:{account}:/applications/*'], actions: ['emr-serverless:StartJobRun'] },
  { resources: ['glue:*:{account}:devEndpoint/*'], actions: ['glue:UpdateDevEndpoint'] },
  {
    resources: ['glue:*:{account}:job/*'],
    actions: ['glue:CreateJob', 'glue:StartJobRun', 'glue:UpdateJob'],
  },
  { resources: ['glue:*:{account}:session/*'], actions: ['glue:CreateSession', 'glue:RunStatement'] },
  { resources: ['glue:*:{account}:trigger/*'], actions: ['glue:CreateTrigger'] },
  { resources: ['iam::*:role/*'], actions: ['sts:AssumeRole'] },
  { resources: ['iam::*:root'], actions: ['sts:AssumeRoot'] },
  {
    resources: ['iam::{account}:delegation-request/*'],
    actions: ['iam:AcceptDelegationRequest', 'iam:SendDelegationToken'],
  },
  {
    resources: ['iam::{account}:group/*'],
    actions: ['iam:AddUserToGroup', 'iam:AttachGroupPolicy', 'iam:PutGroupPolicy'],
  },
  { resources: ['iam::{account}:mfa/*'], actions: ['iam:CreateVirtualMFADevice'] },
  {
    resources: ['iam::{account}:oidc-provider/*'],
    actions: ['iam:AddClientIDToOpenIDConnectProvider', 'iam:CreateOpenIDConnectProvider'],
  },
  {
    resources: ['iam::{account}:policy/*'],
    actions: ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'],
  },
  {
    resources: ['iam::{account}:role/*'],
    actions: [
      'iam:AcquireRole',
      'iam:AttachRolePolicy',
      'iam:CreateRole',
      'iam:DeleteRolePermissionsBoundary',
      'iam:PassRole',
      'iam:PutRolePermissionsBoundary',
      'iam:PutRolePolicy',
      'iam:TagRole',
      'iam:UpdateAssumeRolePolicy',
    ],
  },
  {
    resources: ['iam::{account}:saml-provider/*'],
    actions: ['iam:CreateSAMLProvider', 'iam:UpdateSAMLProvider'],
  },
  {
    resources: ['iam::{account}:user/*'],
    actions: [
      'iam:AttachUserPolicy',
      'iam:CreateAccessKey',
      'iam:CreateLoginProfile',
      'iam:CreateServiceSpecificCredential',
      'iam:CreateUser',
      'iam:DeactivateMFADevice',
      'iam:DeleteAccessKey',
      'iam:DeleteUserPermissionsBoundary',
      'iam:EnableMFADevice',
      'iam:PutUserPermissionsBoundary',
      'iam:PutUserPolicy',
      'iam:ResetServiceSpecificCredential',
      'iam:TagUser',
      'iam:UpdateAccessKey',
      'iam:UpdateLoginProfile',
      'iam:UpdateServiceSpecificCredential',
      'iam:UploadSSHPublicKey',
      'iam:UploadSigningCertificate',
    ],
  },
  { resources: ['identitystore::*:identitystore/*'], actions: ['identitystore:CreateUser'] },
  { resources: ['identitystore:::group/*'], actions: ['identitystore:CreateGroupMembership'] },
  {
    resources: ['lambda:*:{account}:function:*'],
    actions: [
      'lambda:AddPermission',
      'lambda:CreateFunction',
      'lambda:InvokeFunction',
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
    ],
  },
  {
    resources: ['organizations::*:account/o-*/*'],
    actions: [
      'organizations:CloseAccount',
      'organizations:DeregisterDelegatedAdministrator',
      'organizations:InviteAccountToOrganization',
      'organizations:MoveAccount',
      'organizations:RegisterDelegatedAdministrator',
      'organizations:RemoveAccountFromOrganization',
    ],
  },
  { resources: ['organizations::*:handshake/o-*/*/h-*'], actions: ['organizations:AcceptHandshake'] },
  {
    resources: ['organizations::*:policy/o-*/*/p-*'],
    actions: [
      'organizations:AttachPolicy',
      'organizations:CreatePolicy',
      'organizations:DeletePolicy',
      'organizations:DetachPolicy',
      'organizations:UpdatePolicy',
    ],
  },
  { resources: ['organizations::*:resourcepolicy/o-*/rp-*'], actions: ['organizations:PutResourcePolicy'] },
  { resources: ['organizations::*:root/o-*/r-*'], actions: ['organizations:DisablePolicyType'] },
  { resources: ['rolesanywhere:*:{account}:profile/*'], actions: ['rolesanywhere:UpdateProfile'] },
  { resources: ['rolesanywhere:*:{account}:trust-anchor/*'], actions: ['rolesanywhere:UpdateTrustAnchor'] },
  {
    resources: ['sagemaker:*:{account}:notebook-instance-lifecycle-config/*'],
    actions: ['sagemaker:CreateNotebookInstanceLifecycleConfig'],
  },
  {
    resources: ['sagemaker:*:{account}:notebook-instance/*'],
    actions: [
      'sagemaker:CreateNotebookInstance',
      'sagemaker:CreatePresignedNotebookInstanceUrl',
      'sagemaker:StartNotebookInstance',
      'sagemaker:StopNotebookInstance',
      'sagemaker:UpdateNotebookInstance',
    ],
  },
  { resources: ['sagemaker:*:{account}:processing-job/*'], actions: ['sagemaker:CreateProcessingJob'] },
  { resources: ['sagemaker:*:{account}:training-job/*'], actions: ['sagemaker:CreateTrainingJob'] },
  { resources: ['scheduler:*:{account}:schedule/*/*'], actions: ['scheduler:CreateSchedule'] },
  {
    resources: [
      'signin:*:{account}:oauth2/public-client/localhost',
      'signin:*:{account}:oauth2/public-client/remote',
    ],
    actions: ['signin:CreateOAuth2Token'],
  },
  {
    resources: ['ssm:*:{account}:automation-definition/*:*', 'ssm:*:{account}:document/*'],
    actions: ['ssm:StartAutomationExecution'],
  },
  { resources: ['ssm:*:{account}:document/*'], actions: ['ssm:CreateDocument'] },
  { resources: ['sso::*:trustedTokenIssuer/*/*'], actions: ['sso:UpdateTrustedTokenIssuer'] },
  {
    resources: ['sso:::instance/*'],
    actions: [
      'sso:CreateApplication',
      'sso:CreateInstance',
      'sso:CreatePermissionSet',
      'sso:CreateTrustedTokenIssuer',
      'sso:UpdateInstanceAccessControlAttributeConfiguration',
    ],
  },
  {
    resources: ['sso:::permissionSet/*/*'],
    actions: [
      'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
      'sso:AttachManagedPolicyToPermissionSet',
      'sso:CreateAccountAssignment',
      'sso:DeleteInlinePolicyFromPermissionSet',
      'sso:DeletePermissionsBoundaryFromPermissionSet',
      'sso:DetachManagedPolicyFromPermissionSet',
      'sso:ProvisionPermissionSet',
      'sso:PutInlinePolicyToPermissionSet',
      'sso:PutPermissionsBoundaryToPermissionSet',
      'sso:UpdatePermissionSet',
    ],
  },
  {
    resources: ['states:*:{account}:stateMachine:*'],
    actions: ['states:CreateStateMachine', 'states:StartExecution', 'states:UpdateStateMachine'],
  },
  { resources: ['sts::*:federated-user/*'], actions: ['sts:GetFederationToken'] },
];

const resourcesByAction: ReadonlyMap<string, readonly string[]> = new Map(
  actionTargets.flatMap(({ resources, actions }) => actions.map((action) => [action, resources] as const)),
);

/** Undefined for actions that are not in the table. */
export const targetsOf = (action: string): readonly string[] | undefined => resourcesByAction.get(action);

export const actionsWithTargets: readonly string[] = [...resourcesByAction.keys()].sort();
