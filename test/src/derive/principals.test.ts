import { describe, expect, test } from '@jest/globals';
import principals from '../../../src/derive/principals.ts';
import type { Principal } from '../../../src/model/evidence/derived.ts';
import type { AuthorizationDetails } from '../../../src/model/evidence/iam.ts';
import { buildOrganization, buildOrganizationAccount } from '../../../src/testing/builders/account.ts';
import {
  adminDocument,
  buildAuthorizationDetails,
  buildIamGroup,
  buildIamUser,
  buildManagedPolicy,
  buildPolicyVersion,
  buildRole,
  buildTrustPolicy,
  readOnlyDocument,
} from '../../../src/testing/builders/iam.ts';
import { accountContext, accountContextOf } from './derivation-contexts.ts';

type Inputs = Parameters<typeof principals.compute>[0];

const administrator = buildManagedPolicy({
  name: 'AdministratorAccess',
  awsManaged: true,
  versions: [buildPolicyVersion({ document: adminDocument })],
});
const attached = { arn: administrator.arn, name: administrator.name };

function compute(
  details: Partial<AuthorizationDetails>,
  more: Partial<Inputs> = {},
  context = accountContext,
): readonly Principal[] {
  return principals.compute(
    {
      'iam.authorization-details': buildAuthorizationDetails({ policies: [administrator], ...details }),
      'organizations.organization': null,
      'organizations.accounts': null,
      'organizations.roots': null,
      'organizations.policies': null,
      ...more,
    },
    context,
  );
}

const powerOf = (found: readonly Principal[], name: string) =>
  found.find((principal) => principal.name === name)?.power.administrator;

describe('principals', () => {
  test('lists users, groups and roles by ARN, with what is known of each', () => {
    const found = compute({
      users: [buildIamUser({ groups: ['b', 'a'] })],
      groups: [buildIamGroup()],
      roles: [buildRole({ lastUsed: { at: '2026-11-01T00:00:00.000Z', region: 'us-east-1' } })],
    });
    expect(found).toMatchObject([
      { type: 'iam-group', name: 'developers', trust: [], managedBy: 'customer' },
      { type: 'iam-role', name: 'application', lastUsedAt: '2026-11-01T00:00:00.000Z' },
      { type: 'iam-user', name: 'alice', groups: ['a', 'b'], lastUsedAt: null },
    ]);
  });

  test('gives power from inline, managed and group policies', () => {
    const found = compute({
      users: [
        buildIamUser({ name: 'inline', inlinePolicies: [{ name: 'all', document: adminDocument }] }),
        buildIamUser({ name: 'managed', attachedPolicies: [attached] }),
        buildIamUser({ name: 'member', groups: ['admins'] }),
        buildIamUser({ name: 'plain', inlinePolicies: [{ name: 'read', document: readOnlyDocument }] }),
      ],
      groups: [buildIamGroup({ name: 'admins', attachedPolicies: [attached] })],
    });
    expect(['inline', 'managed', 'member', 'admins', 'plain'].map((name) => powerOf(found, name))).toEqual([
      'yes',
      'yes',
      'yes',
      'yes',
      'no',
    ]);
  });

  test('lets a boundary take power away', () => {
    const boundary = buildManagedPolicy({ name: 'boundary' });
    const found = compute({
      roles: [buildRole({ attachedPolicies: [attached], permissionsBoundaryArn: boundary.arn })],
      policies: [administrator, boundary],
    });
    expect(powerOf(found, 'application')).toBe('no');
  });

  test('counts a policy that was not listed or cannot be read as conditional, never as nothing', () => {
    const unknown = { arn: 'arn:aws:iam::111122223333:policy/unseen', name: 'unseen' };
    const found = compute({
      roles: [
        buildRole({ name: 'unlisted', attachedPolicies: [unknown] }),
        buildRole({ name: 'broken', inlinePolicies: [{ name: 'broken', document: '{' }] }),
      ],
    });
    expect(found.map(({ name, power }) => [name, power.administrator, power.unparsedPolicies])).toEqual([
      ['broken', 'conditional', ['broken']],
      ['unlisted', 'conditional', ['unseen']],
    ]);
  });

  test('takes the default version of a managed policy', () => {
    const policy = buildManagedPolicy({
      versions: [
        buildPolicyVersion({ versionId: 'v1', isDefault: true, document: adminDocument }),
        buildPolicyVersion({ versionId: 'v2', isDefault: false }),
      ],
    });
    const found = compute({
      roles: [buildRole({ attachedPolicies: [{ arn: policy.arn, name: policy.name }] })],
      policies: [policy],
    });
    expect(powerOf(found, 'application')).toBe('yes');
  });

  test('says who keeps a role', () => {
    const roles = [
      '/',
      '/aws-service-role/config.amazonaws.com/',
      '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    ];
    const found = compute({ roles: roles.map((path, index) => buildRole({ path, name: `role-${index}` })) });
    expect(found.map(({ name, managedBy }) => [name, managedBy])).toEqual([
      ['role-2', 'identity-center'],
      ['role-1', 'service-linked'],
      ['role-0', 'customer'],
    ]);
  });

  test('reads trust, and tells an unreadable trust policy from one that lets in nobody', () => {
    const found = compute({
      roles: [
        buildRole({ name: 'a', trustPolicy: buildTrustPolicy({ AWS: 'arn:aws:iam::999988887777:root' }) }),
        buildRole({ name: 'b', trustPolicy: 'nonsense' }),
      ],
    });
    expect(found.map(({ trust }) => trust)).toMatchObject([
      [{ principalKind: 'account', relation: 'outside', verdict: 'open' }],
      [{ principalKind: 'anyone', verdict: 'conditional' }],
    ]);
  });
});

describe('service control policies', () => {
  const member = '444455556666';
  const path = `o-exampleorgid/r-exam/${member}/`;
  const policy = {
    id: 'p-readonly1',
    arn: 'arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-readonly1',
    name: 'read-only',
    type: 'SERVICE_CONTROL_POLICY',
    awsManaged: false,
    document: readOnlyDocument,
    targets: ['r-exam', member].map((id) => ({ id, arn: id, name: id, type: 'ROOT' })),
  };
  const known: Partial<Inputs> = {
    'organizations.organization': buildOrganization(),
    'organizations.accounts': [
      buildOrganizationAccount({ id: member, path }),
      buildOrganizationAccount({ path: 'o-exampleorgid/r-exam/111122223333/' }),
    ],
    'organizations.roots': [
      {
        id: 'r-exam',
        arn: 'arn:aws:organizations::111122223333:root/o-exampleorgid/r-exam',
        name: 'Root',
        policyTypes: [{ type: 'SERVICE_CONTROL_POLICY', status: 'ENABLED' }],
      },
    ],
    'organizations.policies': [policy],
  };
  const details = { roles: [buildRole({ attachedPolicies: [attached] })] };
  const admin = (more: Partial<Inputs>, accountId: string) =>
    powerOf(compute(details, more, accountContextOf(accountId)), 'application');

  test('take power away in a member account', () => {
    expect(admin(known, member)).toBe('no');
  });

  test('never in the management account', () => {
    expect(admin(known, '111122223333')).toBe('yes');
  });

  test.each(['organizations.accounts', 'organizations.roots', 'organizations.policies'] as const)(
    'not while %s was not seen',
    (key) => {
      expect(admin({ ...known, [key]: null }, member)).toBe('yes');
    },
  );
});
