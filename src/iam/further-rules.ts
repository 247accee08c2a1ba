import type { EscalationRule } from './escalation-rule.ts';

const passes = (id: string, title: string, service: string, actions: readonly string[]): EscalationRule => ({
  id,
  title,
  category: 'passes-role',
  actions: ['iam:PassRole', ...actions],
  mustExist: `admin role trusting ${service}`,
  passedTo: [`${service}.amazonaws.com`],
});

const uses = (id: string, title: string, actions: readonly string[], mustExist: string): EscalationRule => ({
  id,
  title,
  category: 'uses-role',
  actions,
  mustExist,
});

const takesOver = (
  id: string,
  title: string,
  actions: readonly string[],
  mustExist: string,
  targets?: EscalationRule['targets'],
): EscalationRule => ({
  id,
  title,
  category: 'takes-over',
  actions,
  mustExist,
  ...(targets === undefined ? {} : { targets }),
});

const raises = (
  id: string,
  title: string,
  actions: readonly string[],
  mustExist: string,
  targets?: EscalationRule['targets'],
): EscalationRule => ({
  id,
  title,
  category: 'raises-itself',
  actions,
  mustExist,
  ...(targets === undefined ? {} : { targets }),
});

const onlyWithBoundary = (rule: EscalationRule): EscalationRule => ({ ...rule, onlyWithBoundary: true });

/** Combinations seen in other open sources that pathfinding.cloud does not list. Their ids start with `x-`. */
export const furtherRules: readonly EscalationRule[] = [
  raises(
    'x-iam-default-version',
    'Switch a policy of the caller to another stored version',
    ['iam:SetDefaultPolicyVersion'],
    'customer policy on the caller with a wider stored version',
    { 'iam:SetDefaultPolicyVersion': 'own-policy' },
  ),
  onlyWithBoundary(
    raises(
      'x-iam-own-user-boundary',
      'Take the boundary off the own user',
      ['iam:DeleteUserPermissionsBoundary'],
      'a boundary on the caller that holds back rights already granted',
      { 'iam:DeleteUserPermissionsBoundary': 'self-user' },
    ),
  ),
  onlyWithBoundary(
    raises(
      'x-iam-own-role-boundary',
      'Take the boundary off the own role',
      ['iam:DeleteRolePermissionsBoundary'],
      'a boundary on the caller that holds back rights already granted',
      { 'iam:DeleteRolePermissionsBoundary': 'self-role' },
    ),
  ),
  onlyWithBoundary(
    raises(
      'x-iam-replace-user-boundary',
      'Put a wider boundary on the own user',
      ['iam:PutUserPermissionsBoundary'],
      'a boundary on the caller that holds back rights already granted',
      { 'iam:PutUserPermissionsBoundary': 'self-user' },
    ),
  ),
  onlyWithBoundary(
    raises(
      'x-iam-replace-role-boundary',
      'Put a wider boundary on the own role',
      ['iam:PutRolePermissionsBoundary'],
      'a boundary on the caller that holds back rights already granted',
      { 'iam:PutRolePermissionsBoundary': 'self-role' },
    ),
  ),
  takesOver(
    'x-iam-role-boundary',
    'Take the boundary off a role and assume it',
    ['iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole'],
    'role with a boundary that trusts the caller',
  ),
  takesOver(
    'x-iam-reactivate-key',
    'Switch on a disabled access key whose secret is known',
    ['iam:UpdateAccessKey'],
    'disabled key of another user',
    { 'iam:UpdateAccessKey': 'other-user' },
  ),
  takesOver(
    'x-iam-service-credential',
    'Make a service-specific credential for another user',
    ['iam:CreateServiceSpecificCredential'],
    'user with rights in that service',
    { 'iam:CreateServiceSpecificCredential': 'other-user' },
  ),
  takesOver(
    'x-iam-service-credential-reset',
    'Reset a service-specific credential of another user',
    ['iam:ResetServiceSpecificCredential'],
    'user with such a credential',
    { 'iam:ResetServiceSpecificCredential': 'other-user' },
  ),
  takesOver(
    'x-iam-mfa-device',
    'Register an own MFA device for another user',
    ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'],
    'known key or password of a user whose rights need MFA',
    { 'iam:EnableMFADevice': 'other-user' },
  ),
  takesOver(
    'x-iam-saml-provider',
    'Swap the metadata of a SAML provider',
    ['iam:UpdateSAMLProvider'],
    'role that trusts the provider',
  ),
  takesOver(
    'x-iam-oidc-provider',
    'Make an identity provider and let a role trust it',
    ['iam:CreateOpenIDConnectProvider', 'iam:UpdateAssumeRolePolicy'],
    'admin role in resource scope',
  ),
  takesOver(
    'x-iam-oidc-audience',
    'Add an audience to an identity provider',
    ['iam:AddClientIDToOpenIDConnectProvider'],
    'role that trusts the provider without a tight subject',
  ),
  takesOver(
    'x-iam-acquire-role',
    'Make a role from a role template',
    ['iam:AcquireRole'],
    'role template with more rights than the caller',
  ),
  takesOver(
    'x-iam-user-tag',
    'Tag a user so that attribute-based access opens',
    ['iam:TagUser'],
    'policy that grants by aws:PrincipalTag',
  ),
  takesOver(
    'x-iam-role-tag',
    'Tag a role so that attribute-based access opens',
    ['iam:TagRole'],
    'policy that grants by aws:PrincipalTag',
  ),
  passes('x-rolesanywhere', 'Trust an own certificate authority', 'rolesanywhere', [
    'rolesanywhere:CreateTrustAnchor',
    'rolesanywhere:CreateProfile',
  ]),
  takesOver('x-sts-assume-root', 'Act as root of a member account', ['sts:AssumeRoot'], 'root sessions on'),
  uses(
    'x-lambda-configuration',
    'Add a layer or wrapper to a function that has a role',
    ['lambda:UpdateFunctionConfiguration'],
    'function with admin role',
  ),
  passes('x-scheduler', 'Give a role to a new schedule', 'scheduler', ['scheduler:CreateSchedule']),
  passes('x-states-create', 'Give a role to a new state machine and run it', 'states', [
    'states:CreateStateMachine',
    'states:StartExecution',
  ]),
  uses(
    'x-states-update',
    'Change a state machine that has a role',
    ['states:UpdateStateMachine'],
    'state machine with admin role',
  ),
  passes('x-ssm-automation', 'Give a role to an automation document and run it', 'ssm', [
    'ssm:CreateDocument',
    'ssm:StartAutomationExecution',
  ]),
  {
    ...passes('x-batch', 'Give a role to a batch job and run it', 'batch', [
      'batch:RegisterJobDefinition',
      'batch:SubmitJob',
    ]),
    passedTo: ['ecs-tasks.amazonaws.com', 'batch.amazonaws.com'],
  },
  passes('x-cognito-identity', 'Give a role to an identity pool', 'cognito-identity', [
    'cognito-identity:SetIdentityPoolRoles',
  ]),
  {
    ...passes('x-emr', 'Start a cluster with a role', 'elasticmapreduce', ['elasticmapreduce:RunJobFlow']),
    passedTo: ['elasticmapreduce.amazonaws.com', 'ec2.amazonaws.com'],
  },
  passes('x-glue-session', 'Give a role to a Glue session and run code in it', 'glue', [
    'glue:CreateSession',
    'glue:RunStatement',
  ]),
  passes('x-emr-serverless', 'Run a serverless EMR job with a role', 'emr-serverless', [
    'emr-serverless:StartJobRun',
  ]),
  {
    ...passes('x-autoscaling', 'Launch instances with a role through a launch configuration', 'autoscaling', [
      'autoscaling:CreateLaunchConfiguration',
      'autoscaling:CreateAutoScalingGroup',
    ]),
    passedTo: ['ec2.amazonaws.com', 'autoscaling.amazonaws.com'],
  },
  uses(
    'x-ecs-exec',
    'Open a shell in a task that has a role',
    ['ecs:ExecuteCommand'],
    'task with admin role',
  ),
  uses(
    'x-codedeploy',
    'Deploy own code to instances that have a role',
    ['codedeploy:CreateDeployment'],
    'deployment group on instances with admin profile',
  ),
  takesOver(
    'x-sso-inline-policy',
    'Rewrite the inline policy of a permission set',
    ['sso:PutInlinePolicyToPermissionSet'],
    'permission set that the caller can use',
  ),
  takesOver(
    'x-sso-managed-policy',
    'Attach a policy to a permission set',
    ['sso:AttachManagedPolicyToPermissionSet'],
    'permission set that the caller can use',
  ),
  takesOver(
    'x-sso-assignment',
    'Assign a permission set to an account',
    ['sso:CreateAccountAssignment'],
    'directory user that the caller can use',
  ),
  takesOver(
    'x-identity-store-membership',
    'Join a directory group',
    ['identitystore:CreateGroupMembership'],
    'group with an administrative assignment',
  ),
  takesOver(
    'x-sso-password',
    'Reset the password of a directory user',
    ['sso-directory:UpdatePassword'],
    'directory user with an administrative assignment',
  ),
  takesOver(
    'x-account-access',
    'Make an account access entitlement',
    ['account-access:CreateEntitlement'],
    'account access application',
  ),
  takesOver(
    'x-organizations-delegate',
    'Make a member account delegated administrator',
    ['organizations:RegisterDelegatedAdministrator'],
    'caller in the management account',
  ),
  takesOver(
    'x-organizations-resource-policy',
    'Delegate organization policies to a member account',
    ['organizations:PutResourcePolicy'],
    'caller in the management account',
  ),
  takesOver(
    'x-organizations-detach',
    'Detach an organization policy that holds rights back',
    ['organizations:DetachPolicy'],
    'caller in the management account or delegated',
  ),
  takesOver(
    'x-organizations-policy-type',
    'Switch a whole organization policy type off',
    ['organizations:DisablePolicyType'],
    'caller in the management account or delegated',
  ),
];
