import { assignmentArn } from '../../../model/resource-arn.ts';
import type { TrailEvent } from '../../../model/trail-event.ts';
import type { LineageRule, NodeSeed, Relation, RuleTable } from './lineage-rule.ts';
import { accountOf } from './place.ts';
import { findMember, text } from './read-member.ts';
import { setting } from './setting.ts';
import { act, rule, type Shape, sameRule } from './shape.ts';

/** ARNs of Identity Center carry no account: the id alone names the thing. */
export const permissionSet = {
  type: 'permission-set',
  scope: 'global',
  id: ['response.permissionSet.permissionSetArn', 'request.permissionSetArn'],
  label: ['request.name', 'response.permissionSet.name'],
} as const satisfies Shape;

const application = {
  type: 'application',
  scope: 'global',
  id: [
    'response.applicationArn',
    'request.applicationArn',
    'response.applicationInstance.instanceId',
    'request.name',
  ],
  label: ['request.name'],
} as const satisfies Shape;

const tokenIssuer = {
  type: 'trusted-token-issuer',
  scope: 'global',
  id: ['response.trustedTokenIssuerArn', 'request.trustedTokenIssuerArn', 'request.name'],
  label: ['request.name'],
} as const satisfies Shape;

const instance = {
  type: 'identity-center-instance',
  scope: 'global',
  id: ['response.instanceArn', 'request.instanceArn'],
  label: ['request.name'],
} as const satisfies Shape;

export function permissionSetKey(accountId: string, arn: string): string {
  return `permission-set ${accountId} ${arn.split('/').at(-1)?.toLowerCase() ?? ''}`;
}

export function directoryKey(kind: 'user' | 'group', id: string): string {
  return `directory-${kind} ${id.toLowerCase()}`;
}

interface Assignment {
  readonly seed: NodeSeed;
  readonly permissionSetKey: string;
  readonly holderKey: string;
}

export function assignmentOf(event: TrailEvent): Assignment | null {
  const permissionSetArn = text(event, 'request.permissionSetArn');
  const targetId = text(event, 'request.targetId');
  const principalType = text(event, 'request.principalType');
  const principalId = text(event, 'request.principalId');
  if (permissionSetArn === null || targetId === null || principalType === null || principalId === null) {
    return null;
  }
  const arn = assignmentArn({ permissionSetArn, accountId: targetId, principalType, principalId });
  return {
    seed: {
      kind: 'resource',
      type: 'assignment',
      key: `assignment ${arn.toLowerCase()}`,
      label: `${principalType} ${principalId} in ${targetId}`,
      arn,
      uniqueId: null,
      accountId: targetId,
      region: null,
    },
    permissionSetKey: permissionSetKey(accountOf(event), permissionSetArn),
    holderKey: directoryKey(principalType === 'GROUP' ? 'group' : 'user', principalId),
  };
}

function onAssignment(relation: Relation): LineageRule {
  return {
    acts: (event) => {
      const found = assignmentOf(event);
      return found === null ? [] : [{ relation, seed: found.seed }];
    },
    links: (event) => {
      const found = assignmentOf(event);
      return found === null
        ? []
        : [
            { from: found.permissionSetKey, to: found.seed.key },
            { from: found.holderKey, to: found.seed.key },
          ];
    },
  };
}

const centerSetting = (label: string): LineageRule => rule(setting('identity-center-setting', label));

/** One event for several settings: each is a thing of its own, told by the members that were sent. */
const signInSettings = [
  { label: 'MFA at sign-in', members: ['mfaMode', 'noMfaSignInBehavior', 'allowedMfaTypes'] },
  { label: 'portal session', members: ['maxAuthenticationAge', 'extendedSessionEnabledAppProviders'] },
] as const;

const signInConfiguration: LineageRule = {
  acts: (event) => {
    const sent = signInSettings.filter(({ members }) =>
      members.some((name) => findMember(event.request, name) !== undefined),
    );
    const labels = sent.length === 0 ? ['sign-in and session settings'] : sent.map(({ label }) => label);
    return labels.flatMap((label) => setting('identity-center-setting', label)(event));
  },
};

export const ssoRules: RuleTable = {
  CreatePermissionSet: rule(act('created', permissionSet)),
  DeletePermissionSet: rule(act('deleted', permissionSet)),
  ...sameRule(
    [
      'UpdatePermissionSet',
      'PutInlinePolicyToPermissionSet',
      'AttachManagedPolicyToPermissionSet',
      'AttachCustomerManagedPolicyReferenceToPermissionSet',
      'DetachManagedPolicyFromPermissionSet',
      'DetachCustomerManagedPolicyReferenceFromPermissionSet',
      'DeleteInlinePolicyFromPermissionSet',
      'DeletePermissionsBoundaryFromPermissionSet',
      'PutPermissionsBoundaryToPermissionSet',
      'ProvisionPermissionSet',
    ],
    rule(act('changed', permissionSet)),
  ),
  CreateAccountAssignment: onAssignment('created'),
  DeleteAccountAssignment: onAssignment('deleted'),
  ...sameRule(
    ['CreateApplication', 'CreateApplicationInstance', 'CreateManagedApplicationInstance'],
    rule(act('created', application)),
  ),
  ...sameRule(
    [
      'UpdateApplication',
      'CreateApplicationAssignment',
      'DeleteApplicationAssignment',
      'PutApplicationGrant',
      'PutApplicationAuthenticationMethod',
      'PutApplicationAccessScope',
      'PutApplicationAssignmentConfiguration',
      'PutApplicationSessionConfiguration',
    ],
    rule(act('changed', application)),
  ),
  DeleteApplication: rule(act('deleted', application)),
  CreateTrustedTokenIssuer: rule(act('created', tokenIssuer)),
  UpdateTrustedTokenIssuer: rule(act('changed', tokenIssuer)),
  DeleteTrustedTokenIssuer: rule(act('deleted', tokenIssuer)),
  ...sameRule(['CreateInstance', 'StartSSO'], rule(act('created', instance))),
  ...sameRule(['UpdateInstance', 'AddRegion', 'RemoveRegion'], rule(act('changed', instance))),
  DeleteInstance: rule(act('deleted', instance)),
  ...sameRule(['UpdateSsoConfiguration', 'UpdateSSOConfiguration'], signInConfiguration),
  PutMfaDeviceManagementForDirectory: centerSetting('management of MFA devices'),
  ...sameRule(['AssociateDirectory', 'DisassociateDirectory'], centerSetting('identity source')),
  ...sameRule(
    [
      'CreateInstanceAccessControlAttributeConfiguration',
      'UpdateInstanceAccessControlAttributeConfiguration',
      'DeleteInstanceAccessControlAttributeConfiguration',
    ],
    centerSetting('attributes for access control'),
  ),
};
