import { describe, expect, test } from '@jest/globals';
import { incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import { between, hasNode, nodeOf } from '../../../fixtures/lineage/reading.ts';
import {
  account,
  assumeRole,
  type Caller,
  call,
  federatedCaller,
  foreignAccount,
  leakedKey,
  memberAccount,
  roleCaller,
  userCaller,
} from '../../../fixtures/lineage/records.ts';

/** A composite written by us after a public account: in through a federated session, back from another account. */
const deploy = userCaller('deploy', leakedKey);
const consoleOf = federatedCaller('admin', 'deploy', 'ASIACONSOLE02EXAMPLE', '2026-11-03T09:02:00Z');
const supportArn = `arn:aws:iam::${account}:role/SupportAWS`;
const trust = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${foreignAccount}:root` }, Action: 'sts:AssumeRole' },
  ],
});
const visitor: Caller = {
  identity: { type: 'AWSAccount', principalId: 'AIDAADMINPRODEXAMPLE', accountId: foreignAccount },
  ip: '198.51.100.99',
  agent: 'Mozilla/5.0',
};
const support = roleCaller('SupportAWS', 'adminprod', 'ASIASUPPORT01EXAMPLE', {
  ip: '198.51.100.99',
  roleId: 'AROASUPPORTEXAMPLE',
});

const events = [
  call({
    at: '09:00:00',
    by: deploy,
    action: 'sts:GetFederationToken',
    request: { name: 'admin', durationSeconds: 3600, policy: '{}' },
    response: {
      credentials: { accessKeyId: 'ASIAFEDERATED2EXAMPLE' },
      federatedUser: { arn: `arn:aws:sts::${account}:federated-user/admin` },
    },
  }),
  call({
    at: '09:01:00',
    by: federatedCaller('admin', 'deploy', 'ASIAFEDERATED2EXAMPLE'),
    action: 'signin:GetSigninToken',
    response: { credentials: { accessKeyId: 'ASIASIGNIN002EXAMPLE' } },
  }),
  call({
    at: '09:02:00',
    by: federatedCaller('admin', 'deploy', null),
    action: 'signin:ConsoleLogin',
    response: { ConsoleLogin: 'Success' },
  }),
  call({
    at: '09:03:00',
    by: consoleOf,
    action: 'iam:CreateRole',
    request: { roleName: 'SupportAWS', assumeRolePolicyDocument: trust },
    response: { role: { arn: supportArn, roleName: 'SupportAWS', roleId: 'AROASUPPORTEXAMPLE' } },
  }),
  call({
    at: '09:03:01',
    by: consoleOf,
    action: 'iam:AttachRolePolicy',
    request: { roleName: 'SupportAWS', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  }),
  assumeRole('12:00:00', visitor, 'SupportAWS', 'adminprod', 'ASIASUPPORT01EXAMPLE', {
    sharedEventId: 'shared-1',
  }),
  call({
    at: '12:05:00',
    by: support,
    action: 'iam:CreateUser',
    request: { userName: 'supdev' },
    response: {
      user: { userName: 'supdev', userId: 'AIDASUPDEVEXAMPLE', arn: `arn:aws:iam::${account}:user/supdev` },
    },
  }),
  call({
    at: '12:05:10',
    by: support,
    action: 'iam:CreateLoginProfile',
    request: { userName: 'supdev' },
    response: { loginProfile: { userName: 'supdev' } },
  }),
  call({
    at: '12:10:00',
    by: {
      ...userCaller('supdev', ''),
      identity: {
        type: 'IAMUser',
        arn: `arn:aws:iam::${account}:user/supdev`,
        principalId: 'AIDASUPDEVEXAMPLE',
        accountId: account,
        userName: 'supdev',
      },
    },
    action: 'signin:ConsoleLogin',
    response: { ConsoleLogin: 'Success' },
  }),
  call({
    at: '12:11:00',
    by: {
      ...userCaller('supdev', 'ASIASUPDEV001EXAMPLE'),
      identity: {
        type: 'IAMUser',
        arn: `arn:aws:iam::${account}:user/supdev`,
        principalId: 'AIDASUPDEVEXAMPLE',
        accountId: account,
        userName: 'supdev',
        accessKeyId: 'ASIASUPDEV001EXAMPLE',
        sessionContext: { attributes: { creationDate: '2026-11-03T12:10:00Z' } },
      },
    },
    action: 's3:CreateBucket',
    request: { bucketName: 'loot' },
  }),
];

describe('in through a federated session, back from another account (composite)', () => {
  const traced = trace(events, incidentOf([leakedKey]), { organizationAccountIds: [account, memberAccount] });

  test('the foreign principal is a node of its own, outside the organization', () => {
    expect(nodeOf(traced, 'AIDAADMINPRODEXAMPLE')).toMatchObject({
      type: 'foreign-principal',
      accountId: foreignAccount,
      standing: 'tainted',
    });
    expect(between(traced, 'AIDAADMINPRODEXAMPLE', 'ASIASUPPORT01EXAMPLE')).toEqual([
      'assumed done sts:AssumeRole',
    ]);
    expect(between(traced, 'ASIASUPPORT01EXAMPLE', 'supdev')).toContain('created done iam:CreateUser');
  });

  test('password → console session → what was made there', () => {
    const console = traced.lineage.nodes.find(({ id }) => id.includes('supdev#console'));
    expect(between(traced, `arn:aws:iam::${account}:user/supdev/login-profile`, console?.id ?? '')).toEqual([
      'issued done signin:ConsoleLogin',
    ]);
    expect(between(traced, console?.id ?? '', 'loot')).toEqual(['created done s3:CreateBucket']);
    expect(console?.expiresAt).toBe('2026-11-04T00:10:00.000Z');
  });

  test('out into a member account: both copies of the call are one edge', () => {
    const both = [
      ...events,
      assumeRole('09:30:00', deploy, 'OrganizationAccountAccessRole', 'x', 'ASIAMEMBER001EXAMPLE', {
        account: memberAccount,
        sharedEventId: 'shared-2',
        recipient: account,
        durationSeconds: 3600,
      }),
      assumeRole('09:30:00', deploy, 'OrganizationAccountAccessRole', 'x', 'ASIAMEMBER001EXAMPLE', {
        account: memberAccount,
        sharedEventId: 'shared-2',
        identity: { type: 'AWSAccount', accountId: account, principalId: 'AIDADEPLOYEXAMPLE' },
      }),
      call({
        at: '09:31:00',
        by: roleCaller('OrganizationAccountAccessRole', 'x', 'ASIAMEMBER001EXAMPLE', {
          account: memberAccount,
        }),
        action: 'iam:CreateUser',
        request: { userName: 'member-backdoor' },
        response: {
          user: { userName: 'member-backdoor', arn: `arn:aws:iam::${memberAccount}:user/member-backdoor` },
        },
        account: memberAccount,
      }),
    ];
    const across = trace(both, incidentOf([leakedKey]), { organizationAccountIds: [account, memberAccount] });
    const edges = across.lineage.edges.filter(({ to }) => to === 'ASIAMEMBER001EXAMPLE');
    expect(edges).toHaveLength(1);
    expect(edges[0]).toMatchObject({ from: leakedKey, relation: 'assumed' });
    expect(edges[0]?.eventIds).toHaveLength(2);
    expect(between(across, 'ASIAMEMBER001EXAMPLE', 'member-backdoor')).toEqual([
      'created done iam:CreateUser',
    ]);
    expect(nodeOf(across, 'ASIAMEMBER001EXAMPLE').expiresAt).toBe('2026-11-03T10:30:00.000Z');
    expect(across.suspects.filter(({ id }) => id !== leakedKey)).toEqual([]);
    expect(across.activity.find(({ node }) => node === leakedKey)?.services).toContainEqual({
      service: 'sts',
      actions: expect.arrayContaining([{ action: 'AssumeRole', calls: 1, errors: 0 }]),
    });
  });

  test('the member account’s copy alone is a lead that names the principal, not a service', () => {
    const alone = [
      call({ at: '09:29:00', by: deploy, action: 'iam:CreateUser', request: { userName: 'someone' } }),
      assumeRole('09:30:00', deploy, 'OrganizationAccountAccessRole', 'x', 'ASIAMEMBER001EXAMPLE', {
        account: memberAccount,
        sharedEventId: 'shared-2',
        identity: { type: 'AWSAccount', accountId: account, principalId: 'AIDADEPLOYEXAMPLE' },
      }),
    ];
    const { suspects } = trace(alone, incidentOf([leakedKey]), {
      organizationAccountIds: [account, memberAccount],
    });
    expect(suspects.find(({ id }) => id === 'AIDADEPLOYEXAMPLE')?.why).toMatch(
      /^the principal arn:aws:iam::111122223333:user\/deploy, which only the called account’s copy of the calls names, made 1 calls/,
    );
  });

  test('an existing role opened to an outsider: his sessions count, everybody else keeps his', () => {
    const colleague = userCaller('alice', 'AKIAALICE0000EXAMPLE', { ip: '203.0.113.5' });
    const opened = [
      call({
        at: '09:00:00',
        by: deploy,
        action: 'iam:UpdateAssumeRolePolicy',
        request: { roleName: 'Reporting', policyDocument: trust },
      }),
      assumeRole('09:10:00', visitor, 'Reporting', 'adminprod', 'ASIAREPORTING1EXAMPL'),
      assumeRole('09:11:00', colleague, 'Reporting', 'alice', 'ASIAREPORTING2EXAMPL'),
      call({
        at: '09:20:00',
        by: roleCaller('Reporting', 'alice', 'ASIAREPORTING2EXAMPL', { ip: '203.0.113.5' }),
        action: 's3:CreateBucket',
        request: { bucketName: 'reports' },
      }),
      call({
        at: '09:21:00',
        by: roleCaller('Reporting', 'adminprod', 'ASIAREPORTING1EXAMPL'),
        action: 's3:CreateBucket',
        request: { bucketName: 'loot' },
      }),
    ];
    const found = trace(opened, incidentOf([leakedKey]));
    expect(hasNode(found, 'ASIAREPORTING1EXAMPL')).toBe(true);
    expect(hasNode(found, 'loot')).toBe(true);
    expect(hasNode(found, 'ASIAREPORTING2EXAMPL')).toBe(false);
    expect(hasNode(found, 'reports')).toBe(false);
    expect(nodeOf(found, 'Reporting')).toMatchObject({ intruderMade: false, standing: 'tainted' });
  });
});
