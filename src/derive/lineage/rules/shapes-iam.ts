import type { Shape } from './shape.ts';

/** Self-service calls name nobody: the owner stands in the response (CreateAccessKey) or is the caller. */
export const user = {
  type: 'iam-user',
  kind: 'principal',
  scope: 'global',
  id: ['request.userName', 'response.user.userName', 'response.accessKey.userName'],
  arn: ['response.user.arn'],
  uniqueId: ['response.user.userId'],
  arnTemplate: 'arn:{partition}:iam::{account}:user/{id}',
} as const satisfies Shape;

export const group = {
  type: 'iam-group',
  kind: 'principal',
  scope: 'global',
  id: ['request.groupName', 'response.group.groupName'],
  arn: ['response.group.arn'],
  uniqueId: ['response.group.groupId'],
  arnTemplate: 'arn:{partition}:iam::{account}:group/{id}',
} as const satisfies Shape;

export const role = {
  type: 'iam-role',
  kind: 'principal',
  scope: 'global',
  id: ['response.role.arn', 'request.roleName'],
  uniqueId: ['response.role.roleId'],
  arnTemplate: 'arn:{partition}:iam::{account}:role/{id}',
} as const satisfies Shape;

export const policy = {
  type: 'iam-policy',
  scope: 'global',
  id: ['response.policy.arn', 'request.policyArn', 'request.policyName'],
  uniqueId: ['response.policy.policyId'],
  arnTemplate: 'arn:{partition}:iam::{account}:policy/{id}',
} as const satisfies Shape;

export const instanceProfile = {
  type: 'instance-profile',
  scope: 'global',
  id: ['response.instanceProfile.arn', 'request.instanceProfileName'],
  uniqueId: ['response.instanceProfile.instanceProfileId'],
  arnTemplate: 'arn:{partition}:iam::{account}:instance-profile/{id}',
} as const satisfies Shape;

export const samlProvider = {
  type: 'saml-provider',
  scope: 'global',
  id: ['response.sAMLProviderArn', 'request.sAMLProviderArn', 'request.name'],
  arnTemplate: 'arn:{partition}:iam::{account}:saml-provider/{id}',
} as const satisfies Shape;

export const oidcProvider = {
  type: 'oidc-provider',
  scope: 'global',
  id: ['response.openIDConnectProviderArn', 'request.openIDConnectProviderArn', 'request.url'],
  arnTemplate: 'arn:{partition}:iam::{account}:oidc-provider/{id}',
} as const satisfies Shape;

export const mfaDevice = {
  type: 'mfa-device',
  kind: 'credential',
  scope: 'global',
  id: ['response.virtualMFADevice.serialNumber', 'request.serialNumber', 'request.virtualMFADeviceName'],
  arnTemplate: 'arn:{partition}:iam::{account}:mfa/{id}',
} as const satisfies Shape;
