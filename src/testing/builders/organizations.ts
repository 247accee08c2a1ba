import type {
  DelegatedAdministrator,
  Handshake,
  OrganizationPolicy,
  OrganizationResourcePolicy,
  OrganizationRoot,
  TrustedService,
} from '../../model/evidence/organizations.ts';
import { exampleAccountId, exampleCreatedAt } from './account.ts';

const organizationId = 'o-exampleorgid';

/** ARN of something of the example organization: `organizationsArn('account', '222233334444')`. */
export function organizationsArn(kind: string, ...path: readonly string[]): string {
  return `arn:aws:organizations::${exampleAccountId}:${[kind, organizationId, ...path].join('/')}`;
}

export function buildTrustedService(fields: Partial<TrustedService> = {}): TrustedService {
  return { servicePrincipal: 'guardduty.amazonaws.com', enabledAt: exampleCreatedAt, ...fields };
}

export function buildDelegatedAdministrator(
  fields: Partial<DelegatedAdministrator> = {},
): DelegatedAdministrator {
  const accountId = fields.accountId ?? '222233334444';
  return {
    accountId,
    arn: organizationsArn('account', accountId),
    name: 'security',
    enabledAt: exampleCreatedAt,
    services: [{ servicePrincipal: 'guardduty.amazonaws.com', delegatedAt: exampleCreatedAt }],
    ...fields,
  };
}

export function buildOrganizationRoot(fields: Partial<OrganizationRoot> = {}): OrganizationRoot {
  const id = fields.id ?? 'r-exam';
  return {
    id,
    arn: organizationsArn('root', id),
    name: 'Root',
    policyTypes: [{ type: 'SERVICE_CONTROL_POLICY', status: 'ENABLED' }],
    ...fields,
  };
}

export const guardrailDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: ['cloudtrail:StopLogging'], Resource: '*' }],
});

/** A customer's SCP with a Deny, attached to one unit. */
export function buildOrganizationPolicy(fields: Partial<OrganizationPolicy> = {}): OrganizationPolicy {
  const id = fields.id ?? 'p-guardrails';
  const type = fields.type ?? 'SERVICE_CONTROL_POLICY';
  return {
    id,
    arn: organizationsArn('policy', type.toLowerCase(), id),
    name: 'guardrails',
    type,
    awsManaged: false,
    document: guardrailDocument,
    targets: [
      {
        id: 'ou-exam-workload',
        arn: organizationsArn('ou', 'ou-exam-workload'),
        name: 'Workloads',
        type: 'ORGANIZATIONAL_UNIT',
      },
    ],
    ...fields,
  };
}

/** A delegation policy with these statements. */
export function buildOrganizationResourcePolicy(
  ...statements: readonly object[]
): OrganizationResourcePolicy & { readonly present: true } {
  return {
    present: true,
    arn: organizationsArn('resourcepolicy', 'rp-example'),
    document: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  };
}

/** An open invitation that the example organization sent. */
export function buildHandshake(fields: Partial<Handshake> = {}): Handshake {
  const id = fields.id ?? 'h-examplehandshakeid1';
  return {
    id,
    arn: organizationsArn('handshake', 'invite', id),
    action: 'INVITE',
    state: 'OPEN',
    parties: [
      { id: '999988887777', type: 'ACCOUNT' },
      { id: organizationId, type: 'ORGANIZATION' },
    ],
    requestedAt: '2026-10-28T10:00:00.000Z',
    expiresAt: '2026-11-12T10:00:00.000Z',
    ...fields,
  };
}
