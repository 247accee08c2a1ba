import { delegatedAdministratorArn } from '../../../model/resource-arn.ts';
import type { TrailEvent } from '../../../model/trail-event.ts';
import type { LineageRule, NodeSeed, Relation, RuleTable } from './lineage-rule.ts';
import { accountOf } from './place.ts';
import { text } from './read-member.ts';
import { setting } from './setting.ts';
import { act, rule, type Shape, sameRule } from './shape.ts';

const policy = {
  type: 'organization-policy',
  scope: 'global',
  id: ['response.policy.policySummary.id', 'request.policyId'],
  arn: ['response.policy.policySummary.arn'],
  label: ['request.name', 'response.policy.policySummary.name'],
} as const satisfies Shape;

const unit = {
  type: 'organizational-unit',
  scope: 'global',
  id: ['response.organizationalUnit.id', 'request.organizationalUnitId'],
  arn: ['response.organizationalUnit.arn'],
  label: ['request.name'],
} as const satisfies Shape;

const handshake = {
  type: 'handshake',
  scope: 'global',
  id: ['response.handshake.id', 'request.handshakeId'],
  arn: ['response.handshake.arn'],
} as const satisfies Shape;

const root = { type: 'organization-root', scope: 'global', id: ['request.rootId'] } as const satisfies Shape;

function named(
  relation: Relation,
  seedOf: (event: TrailEvent) => Pick<NodeSeed, 'type' | 'key' | 'label' | 'arn' | 'uniqueId'> | null,
): LineageRule {
  return {
    acts: (event) => {
      const fields = seedOf(event);
      const accountId = accountOf(event);
      return fields === null
        ? []
        : [
            {
              relation,
              seed: {
                kind: 'resource',
                accountId: accountId === '' ? null : accountId,
                region: null,
                ...fields,
              },
            },
          ];
    },
  };
}

const trustedService = (event: TrailEvent) => {
  const principal = text(event, 'request.servicePrincipal');
  return principal === null
    ? null
    : {
        type: 'trusted-service',
        key: `trusted-service ${accountOf(event)} ${principal.toLowerCase()}`,
        label: principal,
        arn: principal,
        uniqueId: null,
      };
};

const delegatedAdministrator = (event: TrailEvent) => {
  const account = text(event, 'request.accountId');
  const service = text(event, 'request.servicePrincipal');
  return account === null
    ? null
    : {
        type: 'delegated-administrator',
        key: `delegated-administrator ${account} ${service ?? ''}`,
        label: `${account} for ${service ?? 'an unnamed service'}`,
        // The organization's id, part of the account's ARN, is not in the event.
        arn: delegatedAdministratorArn(account),
        uniqueId: account,
      };
};

const memberAccount = (event: TrailEvent) => {
  const id = text(
    event,
    'request.accountId',
    'response.createAccountStatus.accountId',
    'service.createAccountStatus.accountId',
    'service.accountId',
  );
  const requested = text(event, 'response.createAccountStatus.id', 'service.createAccountStatus.id');
  const name = text(event, 'request.accountName', 'service.createAccountStatus.accountName');
  const known = id ?? requested ?? name;
  return known === null
    ? null
    : {
        type: 'organization-account',
        key: `organization-account ${requested ?? known}`,
        label: name ?? known,
        arn: null,
        uniqueId: id,
      };
};

/** LeaveOrganization names nothing: it is the caller's own account that leaves. */
const ownAccount = (event: TrailEvent) => ({
  type: 'organization-account',
  key: `organization-account ${accountOf(event)}`,
  label: accountOf(event),
  arn: null,
  uniqueId: accountOf(event),
});

const organization = (label: string): LineageRule => rule(setting('organization-setting', label));

export const organizationRules: RuleTable = {
  EnableAWSServiceAccess: named('created', trustedService),
  DisableAWSServiceAccess: named('deleted', trustedService),
  RegisterDelegatedAdministrator: named('created', delegatedAdministrator),
  DeregisterDelegatedAdministrator: named('deleted', delegatedAdministrator),
  CreatePolicy: rule(act('created', policy)),
  DeletePolicy: rule(act('deleted', policy)),
  ...sameRule(['UpdatePolicy', 'AttachPolicy', 'DetachPolicy'], rule(act('changed', policy))),
  ...sameRule(['EnablePolicyType', 'DisablePolicyType'], rule(act('changed', root))),
  ...sameRule(
    ['PutResourcePolicy', 'DeleteResourcePolicy'],
    rule(setting('organization-resource-policy', 'resource policy')),
  ),
  CreateAccount: named('created', memberAccount),
  CreateGovCloudAccount: named('created', memberAccount),
  CreateAccountResult: named('changed', memberAccount),
  ...sameRule(['MoveAccount', 'CloseAccount'], named('changed', memberAccount)),
  RemoveAccountFromOrganization: named('deleted', memberAccount),
  AccountJoinedOrganization: named('changed', memberAccount),
  AccountDepartedOrganization: named('changed', memberAccount),
  LeaveOrganization: named('changed', ownAccount),
  InviteAccountToOrganization: rule(act('created', handshake)),
  InviteOrganizationToTransferResponsibility: rule(act('created', handshake)),
  ...sameRule(['AcceptHandshake', 'CancelHandshake', 'DeclineHandshake'], rule(act('changed', handshake))),
  ...sameRule(
    ['ResponsibilityTransferAccepted', 'TerminateResponsibilityTransfer'],
    organization('responsibility transfer'),
  ),
  CreateOrganizationalUnit: rule(act('created', unit)),
  UpdateOrganizationalUnit: rule(act('changed', unit)),
  DeleteOrganizationalUnit: rule(act('deleted', unit)),
  EnableAllFeatures: organization('all features'),
  CreateOrganization: organization('organization'),
  DeleteOrganization: organization('organization'),
  ...sameRule(['TagResource', 'UntagResource'], organization('tags')),
};

export const organizationSwitchRules: Readonly<Record<string, RuleTable>> = {
  'ram.amazonaws.com': sameRule(
    ['EnableSharingWithAwsOrganization', 'CreateResourceShare', 'AssociateResourceShare'],
    organization('resource sharing'),
  ),
  'health.amazonaws.com': sameRule(
    ['EnableHealthServiceAccessForOrganization', 'DisableHealthServiceAccessForOrganization'],
    organization('Health organizational view'),
  ),
  'servicecatalog.amazonaws.com': sameRule(
    ['EnableAWSOrganizationsAccess', 'DisableAWSOrganizationsAccess'],
    organization('Service Catalog access'),
  ),
  'controltower.amazonaws.com': sameRule(
    ['DisableControl', 'DisableBaseline', 'DeleteLandingZone', 'UpdateLandingZone'],
    organization('Control Tower'),
  ),
  'auditmanager.amazonaws.com': sameRule(
    ['RegisterOrganizationAdminAccount', 'DeregisterOrganizationAdminAccount'],
    organization('Audit Manager administrator'),
  ),
  'securitylake.amazonaws.com': sameRule(
    ['RegisterDataLakeDelegatedAdministrator', 'DeregisterDataLakeDelegatedAdministrator'],
    organization('Security Lake administrator'),
  ),
};
