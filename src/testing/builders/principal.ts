import type { ChangeDuringSweep, Principal } from '../../model/evidence/derived.ts';
import type { EscalationPath, GrantedAction, PolicyReference, Power } from '../../model/power.ts';
import type { TrustGrant } from '../../model/trust-grant.ts';
import { buildUniqueId, exampleAccountId, exampleCreatedAt } from './account.ts';

export function buildPolicyReference(fields: Partial<PolicyReference> = {}): PolicyReference {
  return {
    policy: 'AdministratorAccess',
    source: 'managed',
    arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    statement: 0,
    sid: null,
    ...fields,
  };
}

/** No rights at all. */
export function buildPower(fields: Partial<Power> = {}): Power {
  return {
    administrator: 'no',
    administratorBy: null,
    administratorPolicies: [],
    mintsCredentials: [],
    escalationPaths: [],
    changesOrganization: [],
    readsOnly: true,
    unparsedPolicies: [],
    ...fields,
  };
}

/** Everything on everything, through AdministratorAccess. */
export function buildAdminPower(fields: Partial<Power> = {}): Power {
  return buildPower({
    administrator: 'yes',
    administratorBy: 'all-actions',
    administratorPolicies: [buildPolicyReference()],
    mintsCredentials: [buildGrantedAction()],
    escalationPaths: [buildEscalationPath()],
    readsOnly: false,
    ...fields,
  });
}

export function buildGrantedAction(fields: Partial<GrantedAction> = {}): GrantedAction {
  return {
    action: 'iam:CreateAccessKey',
    verdict: 'allowed',
    scope: 'all',
    resources: ['*'],
    allowedBy: [],
    conditionKeys: [],
    ...fields,
  };
}

export function buildEscalationPath(fields: Partial<EscalationPath> = {}): EscalationPath {
  return {
    id: 'iam-005',
    title: 'Attach a policy to itself',
    category: 'raises-itself',
    verdict: 'allowed',
    actions: ['iam:AttachUserPolicy'],
    scope: 'all',
    mustExist: '',
    ...fields,
  };
}

/** A role of the customer without rights and without trust; `type` decides the shape of the ARN. */
export function buildPrincipal(fields: Partial<Principal> = {}): Principal {
  const type = fields.type ?? 'iam-role';
  const name = fields.name ?? 'application';
  const path = fields.path ?? '/';
  const accountId = fields.accountId ?? exampleAccountId;
  const prefixes = { 'iam-user': 'AIDA', 'iam-role': 'AROA', 'iam-group': 'AGPA' } as const;
  return {
    arn: `arn:aws:iam::${accountId}:${type.slice('iam-'.length)}${path}${name}`,
    uniqueId: buildUniqueId(prefixes[type], name),
    type,
    name,
    path,
    accountId,
    createdAt: exampleCreatedAt,
    managedBy: 'customer',
    power: buildPower(),
    trust: [],
    groups: [],
    lastUsedAt: null,
    ...fields,
  };
}

const noGuards: TrustGrant['guards'] = {
  externalId: false,
  organization: false,
  sourceAccount: false,
  sourceArn: false,
  sourceNetwork: false,
  mfa: false,
  subject: 'none',
};

/** A foreign account without any guard, unless said otherwise. */
export function buildTrustGrant(
  fields: Partial<Omit<TrustGrant, 'guards'>> & { readonly guards?: Partial<TrustGrant['guards']> } = {},
): TrustGrant {
  const { guards, ...rest } = fields;
  return {
    principalKind: 'account',
    principal: 'arn:aws:iam::999988887777:root',
    accountId: '999988887777',
    relation: 'outside',
    actions: ['sts:AssumeRole'],
    verdict: guards === undefined ? 'open' : 'guarded',
    ...rest,
    guards: { ...noGuards, ...guards },
  };
}

export function buildChangeDuringSweep(fields: Partial<ChangeDuringSweep> = {}): ChangeDuringSweep {
  const name = fields.name ?? 'application';
  const type = fields.type ?? 'iam-role';
  return {
    arn: `arn:aws:iam::${exampleAccountId}:${type.slice('iam-'.length)}/${name}`,
    uniqueId: buildUniqueId('AROA', name),
    type,
    name,
    change: 'changed',
    ...fields,
  };
}
