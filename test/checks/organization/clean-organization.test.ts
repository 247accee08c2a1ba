import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { evaluateCheck } from '../../../src/engine/evaluate-check.ts';
import { validateCheck } from '../../../src/engine/validate-check.ts';
import type { AnyCheck, CheckContext } from '../../../src/model/check.ts';
import type { CollectedEvidence, EvidenceCatalog, EvidenceKey } from '../../../src/model/evidence-catalog.ts';
import { type Observation, observed } from '../../../src/model/observation.ts';
import { accountUnit, organizationUnit, regionUnit, type ScopeUnit } from '../../../src/model/scope.ts';
import { severityRank } from '../../../src/model/severity.ts';
import {
  buildIncident,
  buildOrganization,
  buildOrganizationAccount,
} from '../../../src/testing/builders/account.ts';
import { buildAuthorizationDetails, buildRole } from '../../../src/testing/builders/iam.ts';
import {
  buildApplication,
  buildAssignment,
  buildDirectoryGroup,
  buildDirectoryUser,
  buildIdentityCenterAdministrator,
  buildIdentityCenterInstance,
  buildMembership,
  buildPermissionSet,
} from '../../../src/testing/builders/identity-center.ts';
import {
  buildDelegatedAdministrator,
  buildOrganizationPolicy,
  buildOrganizationRoot,
  buildTrustedService,
} from '../../../src/testing/builders/organizations.ts';
import {
  buildAdminPower,
  buildGrantedAction,
  buildPrincipal,
} from '../../../src/testing/builders/principal.ts';

const management = '111122223333';
const security = '222233334444';
const root = resolve(import.meta.dirname, '../../..');

const services = [
  'access-analyzer',
  'account',
  'backup',
  'cloudtrail',
  'config',
  'guardduty',
  'health',
  'iam',
  'member.org.stacksets.cloudformation',
  'ram',
  'securityhub',
  'sso',
].map((name) => buildTrustedService({ servicePrincipal: `${name}.amazonaws.com` }));

const serviceLinkedRoles = [
  'guardduty',
  'config',
  'securityhub',
  'sso',
  'stacksets.cloudformation',
  'support',
].map((name) =>
  buildRole({ path: `/aws-service-role/${name}.amazonaws.com/`, name: `AWSServiceRoleFor-${name}` }),
);

const administrator = buildPrincipal({
  name: 'break-glass',
  power: buildAdminPower({
    changesOrganization: [buildGrantedAction({ action: 'organizations:DetachPolicy' })],
  }),
});

const adminSet = buildPermissionSet({ name: 'AdministratorAccess' });
const evidence = {
  'organizations.organization': buildOrganization(),
  'organizations.accounts': [
    buildOrganizationAccount({ id: management, joinedMethod: 'INVITED' }),
    buildOrganizationAccount({ id: security, name: 'security' }),
    buildOrganizationAccount({ id: '333344445555', name: 'acquired', joinedMethod: 'INVITED' }),
  ],
  'organizations.roots': [buildOrganizationRoot()],
  'organizations.organizational-units': [],
  'organizations.policies': [
    buildOrganizationPolicy(),
    buildOrganizationPolicy({ id: 'p-FullAWSAccess', awsManaged: true }),
  ],
  'organizations.trusted-services': services,
  'organizations.delegated-administrators': [
    buildDelegatedAdministrator({
      services: ['guardduty', 'sso'].map((name) => ({
        servicePrincipal: `${name}.amazonaws.com`,
        delegatedAt: '2025-01-15T08:00:00.000Z',
      })),
    }),
  ],
  'organizations.resource-policy': { present: false },
  'organizations.handshakes': [],
  'organizations.account-handshakes': [],
  'iam.organizations-features': {
    trustedAccess: true,
    enabled: ['RootCredentialsManagement', 'RootSessions'],
  },
  'iam.authorization-details': buildAuthorizationDetails({ roles: serviceLinkedRoles }),
  principals: [administrator],
  'identity-center.instances': [buildIdentityCenterInstance()],
  'identity-center.organization-instances': [buildIdentityCenterInstance()],
  'identity-center.permission-sets': [
    adminSet,
    buildPermissionSet({ name: 'ReadOnlyAccess', sessionDuration: 'PT8H' }),
  ],
  'identity-center.assignments': [
    buildAssignment(),
    buildAssignment({ permissionSetArn: adminSet.arn, principalId: 'group-platform-admins' }),
    buildAssignment({ accountId: management }),
  ],
  'identity-center.administrators': [buildIdentityCenterAdministrator()],
  'identity-center.applications': [
    buildApplication(),
    buildApplication({ name: '', providerArn: 'arn:aws:sso::aws:applicationProvider/redshift' }),
  ],
  'identity-center.trusted-token-issuers': [],
  'identity-center.access-control-attributes': [],
  'identity-store.users': [buildDirectoryUser(), buildDirectoryUser({ userName: 'bob' })],
  'identity-store.groups': [buildDirectoryGroup(), buildDirectoryGroup({ displayName: 'platform-admins' })],
  'identity-store.memberships': [buildMembership()],
} satisfies Partial<CollectedEvidence> & Partial<EvidenceCatalog>;

const units: Readonly<Record<ScopeUnit['kind'], readonly ScopeUnit[]>> = {
  organization: [organizationUnit('aws')],
  account: [accountUnit('aws', management), accountUnit('aws', security)],
  region: [regionUnit('aws', management, 'us-east-1'), regionUnit('aws', security, 'us-east-1')],
};

function lookup(key: EvidenceKey): Observation<unknown> {
  const value = Object.entries(evidence).find(([name]) => name === key)?.[1];
  if (value === undefined && key !== 'resources.organization') {
    throw new Error(`The clean organization lacks ${key}`);
  }
  return observed(value ?? null, [], '2026-11-04T00:00:00.000Z', []);
}

function contextOf({ meta }: AnyCheck, unit: ScopeUnit, incident: CheckContext['incident']): CheckContext {
  const options = Object.entries(meta.options ?? {}).map(([name, option]) => [name, option.default] as const);
  return {
    asOf: '2026-11-04T00:00:00.000Z',
    unit,
    partition: 'aws',
    organizationId: 'o-exampleorgid',
    managementAccountId: management,
    organizationAccountIds: new Set([management, security, '333344445555']),
    incident,
    baseline: null,
    options: Object.fromEntries(options),
  };
}

const checks: AnyCheck[] = [];
for (const folder of ['organization', 'identity-center']) {
  for (const file of readdirSync(join(root, 'checks', folder)).sort()) {
    const id = `${folder}/${file.replace(/\.ts$/, '')}`;
    const module: { readonly default: unknown } = await import(join(root, 'checks', folder, file));
    checks.push(validateCheck(module.default, id));
  }
}

describe('a clean organization without a baseline', () => {
  test.each([
    ['no incident', null],
    ['an incident later than everything', buildIncident()],
  ])('%s: nothing is hostile', (_name, incident) => {
    expect(checks.length).toBeGreaterThan(30);
    const grave: string[] = [];
    for (const check of checks) {
      for (const unit of units[check.meta.scope]) {
        const result = evaluateCheck(check, contextOf(check, unit, incident), lookup);
        expect([check.meta.id, result.outcome]).not.toEqual([check.meta.id, 'error']);
        expect([check.meta.id, result.outcome]).not.toEqual([check.meta.id, 'unevaluated']);
        for (const { messageId, signals = [] } of result.outcome === 'fail' ? result.sightings : []) {
          const message = check.meta.messages[messageId];
          const own = typeof message === 'object' ? message.severity : check.meta.severity;
          const raised = signals.flatMap(({ code }) => check.meta.raise?.[code] ?? []);
          const worst = [own, ...raised].some((one) => severityRank(one) <= severityRank('high'));
          if (worst && check.meta.kind !== 'hardening') {
            grave.push(`${check.meta.id} ${messageId}`);
          }
        }
      }
    }
    expect(grave).toEqual([]);
  });
});
