import { afterEach, describe, expect, test } from '@jest/globals';
import { discoverScope, type ScopeOptions } from '../../../src/collect/discover-scope.ts';
import { discoveryOperations } from '../../../src/collect/organization-reads.ts';
import { benchEdge, callerSession, fakeCollector } from '../../support/collect-bench.ts';
import {
  type Fault,
  type FaultServer,
  jsonAnswer,
  jsonError,
  queryError,
  type SeenCall,
  startFaultServer,
} from '../../support/fault-server.ts';

const servers: FaultServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const management = '111122223333';
const member = '444455556666';
const closed = '777788889999';

interface World {
  /** Account of the caller; the management account unless said otherwise. */
  readonly caller?: string;
  readonly delegated?: boolean;
  readonly organization?: boolean;
  readonly managementRole?: boolean;
  readonly paths?: boolean;
  readonly answer?: (call: SeenCall) => Fault | null;
}

function accountsAnswer(paths: boolean): Fault {
  const account = (Id: string, State: string, unit: string) => ({
    Id,
    Name: `name of ${Id}`,
    State,
    ...(paths ? { Paths: [`o-example/r-root/${unit}/`] } : {}),
  });
  return jsonAnswer({
    Accounts: [
      account(management, 'ACTIVE', 'ou-top'),
      account(member, 'ACTIVE', 'ou-work'),
      account(closed, 'SUSPENDED', 'ou-work'),
    ],
  });
}

function worldAnswer(world: World, call: SeenCall): Fault {
  const caller = world.caller ?? management;
  const viaRole = call.accessKeyId === 'ASIAMANAGEMENT';
  switch (call.operation) {
    case 'GetCallerIdentity':
      return {
        kind: 'answer',
        body: `<R><GetCallerIdentityResult><Arn>arn:aws:iam::${caller}:user/me</Arn><UserId>AIDA</UserId><Account>${caller}</Account></GetCallerIdentityResult></R>`,
      };
    case 'AssumeRole':
      return world.managementRole === true
        ? {
            kind: 'answer',
            body: `<R><AssumeRoleResult><Credentials><AccessKeyId>ASIAMANAGEMENT</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::${management}:assumed-role/audit/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></R>`,
          }
        : queryError('AccessDenied', 'is not authorized to perform: sts:AssumeRole', 403);
    case 'DescribeOrganization':
      return world.organization === false
        ? jsonError('AWSOrganizationsNotInUseException', 'none')
        : jsonAnswer({ Organization: { Id: 'o-example', MasterAccountId: management } });
    case 'ListAccounts':
      return caller === management || world.delegated === true || viaRole
        ? accountsAnswer(world.paths ?? true)
        : jsonError('AccessDeniedException', "You don't have permissions to access this resource.");
    case 'ListAccountsForParent':
      return jsonAnswer({ Accounts: call.body.includes('ou-child') ? [{ Id: member }] : [] });
    case 'ListOrganizationalUnitsForParent':
      return jsonAnswer({ OrganizationalUnits: call.body.includes('ou-child') ? [] : [{ Id: 'ou-child' }] });
    default:
      return jsonError('NotImplemented', call.operation, 501);
  }
}

async function discover(options: ScopeOptions, world: World = {}) {
  const server = await startFaultServer((call) => world.answer?.(call) ?? worldAnswer(world, call));
  servers.push(server);
  const edge = benchEdge(server.url, new AbortController().signal, [
    fakeCollector('organizations.accounts', () => [], { operations: discoveryOperations }),
  ]);
  const plan = await discoverScope(
    { edge, credentials: callerSession.credentials, region: 'us-east-1' },
    options,
  );
  return { plan, server };
}

describe('one account', () => {
  test('of the management account: the organization is in scope, one of three accounts', async () => {
    const { plan, server } = await discover({ mode: 'account' });
    expect(plan).toMatchObject({
      partition: 'aws',
      organizationId: 'o-example',
      managementAccountId: management,
      organizationInScope: true,
      vantage: { kind: 'management' },
      ofAccounts: 3,
      gaps: [],
    });
    expect(plan.accounts).toMatchObject([{ accountId: management, access: { kind: 'session' } }]);
    expect(server.calls).toHaveLength(3);
  });

  test('of a member: the organization is not in scope, and that is no gap', async () => {
    const { plan } = await discover({ mode: 'account' }, { caller: member });
    expect(plan).toMatchObject({
      organizationId: 'o-example',
      organizationInScope: false,
      vantage: { kind: 'none' },
      ofAccounts: null,
      gaps: [],
    });
    expect(plan.accounts.map(({ accountId }) => accountId)).toEqual([member]);
  });

  test('without an organization', async () => {
    const { plan } = await discover({ mode: 'account' }, { organization: false });
    expect(plan).toMatchObject({ organizationId: null, organizationInScope: false, gaps: [] });
    expect(plan.accounts).toHaveLength(1);
  });

  test('an organization that may not be read is a gap', async () => {
    const { plan } = await discover(
      { mode: 'account' },
      {
        answer: (call) =>
          call.operation === 'DescribeOrganization' ? jsonError('AccessDeniedException', 'no') : null,
      },
    );
    expect(plan.gaps).toMatchObject([
      { reason: 'access-denied', operation: 'organizations:DescribeOrganization' },
    ]);
  });
});

describe('an organization', () => {
  test('from the management account: members by role, closed accounts named', async () => {
    const { plan } = await discover({ mode: 'organization', roleName: 'audit' });
    expect(plan.accounts).toMatchObject([
      { accountId: management, name: `name of ${management}`, access: { kind: 'session' } },
      { accountId: member, access: { kind: 'role', roleArn: `arn:aws:iam::${member}:role/audit` } },
      {
        accountId: closed,
        access: { kind: 'none', reason: expect.stringContaining('SUSPENDED'), gap: null },
      },
    ]);
    expect(plan.ofAccounts).toBe(3);
  });

  test('from a delegated administrator: the unswept management account is a loud gap', async () => {
    const { plan } = await discover(
      { mode: 'organization', roleName: 'audit' },
      { caller: member, delegated: true },
    );
    expect(plan.vantage.kind).toBe('delegated');
    expect(plan.accounts[0]).toMatchObject({
      accountId: management,
      access: {
        kind: 'none',
        gap: { reason: 'not-collected', detail: expect.stringContaining('--management-role-arn') },
      },
    });
    expect(plan.accounts[1]).toMatchObject({ accountId: member, access: { kind: 'session' } });
  });

  test('from a member with a role in the management account', async () => {
    const { plan } = await discover(
      { mode: 'organization', roleName: 'audit', managementRoleArn: `arn:aws:iam::${management}:role/audit` },
      { caller: member, managementRole: true },
    );
    expect(plan.vantage.kind).toBe('management');
    expect(plan.accounts[0]).toMatchObject({ accountId: management, access: { kind: 'session' } });
    expect(plan.sessionArns).toContain(`arn:aws:sts::${management}:assumed-role/audit/s`);
  });

  test('a management role that refuses is a gap, and what can be seen without it is seen', async () => {
    const { plan } = await discover(
      { mode: 'organization', managementRoleArn: `arn:aws:iam::${management}:role/audit` },
      { caller: member, delegated: true },
    );
    expect(plan.vantage.kind).toBe('delegated');
    expect(plan.gaps).toMatchObject([{ operation: 'sts:AssumeRole', unit: { accountId: management } }]);
  });

  test('members without a role name are gaps', async () => {
    const { plan } = await discover({ mode: 'organization' });
    expect(plan.accounts[1]).toMatchObject({
      accountId: member,
      access: { kind: 'none', gap: { detail: expect.stringContaining('--role-name') } },
    });
  });

  test('accounts, exclusions and the management account that was not asked for', async () => {
    const { plan } = await discover({
      mode: 'organization',
      roleName: 'audit',
      accounts: [member],
      excludeAccounts: [closed],
    });
    expect(plan.accounts).toMatchObject([
      {
        accountId: management,
        access: { kind: 'none', reason: expect.stringContaining('not among'), gap: null },
      },
      { accountId: member, access: { kind: 'role' } },
      { accountId: closed, access: { kind: 'none', reason: expect.stringContaining('--exclude-accounts') } },
    ]);
  });

  test.each([true, false])(
    'an organizational unit, with the path of each account told: %s',
    async (paths) => {
      const { plan } = await discover(
        { mode: 'organization', roleName: 'audit', ou: paths ? 'ou-work' : 'ou-parent' },
        { paths },
      );
      expect(
        plan.accounts.filter(({ access }) => access.kind === 'role').map(({ accountId }) => accountId),
      ).toEqual([member]);
    },
  );

  test('a list of accounts that breaks off is a gap, and the known ones are in scope', async () => {
    const { plan } = await discover(
      { mode: 'organization', roleName: 'audit' },
      {
        answer: (call) =>
          call.operation !== 'ListAccounts'
            ? null
            : call.body.includes('NextToken')
              ? jsonError('ServiceException', 'sorry', 500)
              : jsonAnswer({ Accounts: [{ Id: member, State: 'ACTIVE' }], NextToken: 'two' }),
      },
    );
    expect(plan.gaps).toMatchObject([{ reason: 'truncated', operation: 'organizations:ListAccounts' }]);
    expect(plan.ofAccounts).toBeNull();
    expect(plan.accounts.map(({ accountId }) => accountId)).toEqual([management, member]);
  });
});

describe('one clear line and no run', () => {
  test.each<readonly [string, ScopeOptions, World, RegExp]>([
    [
      'an account outside',
      { mode: 'organization', accounts: ['999988887777'] },
      {},
      /999988887777 is not in the organization o-example/,
    ],
    ['no organization', { mode: 'organization' }, { organization: false }, /is not in an organization/],
    [
      'a management role elsewhere',
      { mode: 'account', managementRoleArn: `arn:aws:iam::${member}:role/x` },
      { caller: member },
      /not a role of the management account/,
    ],
    [
      'an unknown unit',
      { mode: 'organization', ou: 'ou-none' },
      {
        answer: (call) =>
          call.operation === 'ListAccountsForParent' ? jsonError('ParentNotFoundException', 'none') : null,
      },
      /ou-none/,
    ],
    [
      'expired credentials',
      { mode: 'account' },
      { answer: () => queryError('ExpiredToken', 'expired', 403) },
      /expired/,
    ],
  ])('%s', async (_name, options, world, message) => {
    await expect(discover(options, world)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      next: expect.stringMatching(/\w{3}/),
    });
  });
});
