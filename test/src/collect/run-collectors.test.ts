import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, test } from '@jest/globals';
import { CredentialsExpired } from '../../../src/aws/fatal-aws-error.ts';
import type { AnyCollector } from '../../../src/collect/define-collector.ts';
import { type RunSettings, runCollectors } from '../../../src/collect/run-collectors.ts';
import type { SweepPlan } from '../../../src/collect/sweep-plan.ts';
import { missing, observed } from '../../../src/model/observation.ts';
import { accountUnit } from '../../../src/model/scope.ts';
import {
  benchEdge,
  callerAccount,
  callerSession,
  fakeCollector,
  memorySink,
  planOf,
  regionsCollector,
} from '../../support/collect-bench.ts';
import {
  type Fault,
  type FaultServer,
  queryError,
  type SeenCall,
  startFaultServer,
} from '../../support/fault-server.ts';

const servers: FaultServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function run(
  collectors: readonly AnyCollector[],
  plan: Partial<SweepPlan> = {},
  more: Partial<RunSettings> & { answer?: (call: SeenCall) => Fault; controller?: AbortController } = {},
) {
  const server = await startFaultServer(more.answer ?? (() => queryError('AccessDenied', 'no', 403)));
  servers.push(server);
  const controller = more.controller ?? new AbortController();
  const sink = memorySink();
  const outcome = await runCollectors({
    edge: benchEdge(server.url, controller.signal, collectors),
    plan: planOf(plan),
    collectors,
    sink,
    regions: 'all',
    concurrency: 4,
    ...more,
  });
  return { outcome, sink, server };
}

const member = '444455556666';
const role = (accountId: string) => ({
  accountId,
  name: null,
  access: { kind: 'role' as const, roleArn: `arn:aws:iam::${accountId}:role/audit` },
});
const own = {
  accountId: callerAccount,
  name: null,
  access: { kind: 'session' as const, session: callerSession },
};

describe('the order of things', () => {
  test('organization first, each account closed, regions inside, the closing pass at the end', async () => {
    const { sink, outcome } = await run([
      regionsCollector('eu-central-1', 'us-east-1'),
      fakeCollector('organizations.roots', () => [], { vantage: 'management' }),
      fakeCollector('iam.account-summary', () => ({})),
      fakeCollector('lambda.functions', (context) => context.region),
      fakeCollector('iam.closing-authorization-details', () => ({}), { closing: true }),
    ]);
    expect(sink.events).toEqual([
      `put ${callerAccount} account.regions complete`,
      'put organization organizations.roots complete',
      `put ${callerAccount} iam.account-summary complete`,
      `put ${callerAccount}/eu-central-1 lambda.functions complete`,
      `put ${callerAccount}/us-east-1 lambda.functions complete`,
      `close ${callerAccount}`,
      `put ${callerAccount} iam.closing-authorization-details complete`,
      `close ${callerAccount}`,
    ]);
    expect(outcome.accounts).toEqual([
      {
        accountId: callerAccount,
        name: 'root',
        inScope: true,
        swept: true,
        reason: null,
        regions: ['eu-central-1', 'us-east-1'],
      },
    ]);
    expect(outcome.ownTraces).toMatchObject({
      sessions: [planOf().caller.arn],
      userAgent: 'afterleak/0.0.0',
    });
    expect(outcome.stopped).toBeNull();
  });

  test('what a collector builds on is there before it, from its own unit and from wider ones', async () => {
    const { sink } = await run([
      regionsCollector('us-east-1'),
      fakeCollector('organizations.organization', () => ({ id: 'o-example' })),
      fakeCollector('lambda.functions', () => [{ name: 'f' }]),
      fakeCollector(
        'lambda.function-urls',
        (context) => [
          context.dependency('lambda.functions'),
          context.dependency('organizations.organization'),
        ],
        { dependsOn: ['lambda.functions', 'organizations.organization'] },
      ),
    ]);
    expect(sink.find('lambda.function-urls', `${callerAccount}/us-east-1`)).toMatchObject({
      value: [{ value: [{ name: 'f' }] }, { value: { id: 'o-example' } }],
    });
  });

  test('progress counts accounts and regions', async () => {
    const seen: string[] = [];
    await run(
      [regionsCollector('us-east-1'), fakeCollector('lambda.functions', () => [])],
      {},
      {
        onProgress: (progress) => {
          seen.push(
            `${progress.accountsDone}/${progress.accountsTotal} ${progress.regionsDone}/${progress.regionsTotal}`,
          );
        },
      },
    );
    expect(seen.at(-1)).toBe('1/1 1/1');
  });

  test('redactions and skew are told', async () => {
    const { outcome } = await run([
      fakeCollector('iam.account-summary', (context) => context.redacted('Email', 2)),
      fakeCollector('iam.password-policy', (context) => context.redacted('Email', 1)),
    ]);
    expect(outcome.redactions).toEqual({ Email: 3 });
    expect(outcome.clockSkewSeconds).toBe(0);
  });
});

describe('bad days', () => {
  test('an account that refuses the role is a gap in each of its facts and stops nothing', async () => {
    const collectors = [
      regionsCollector('us-east-1'),
      fakeCollector('iam.account-summary', () => ({})),
      fakeCollector('lambda.functions', () => []),
      fakeCollector('iam.closing-authorization-details', () => ({}), { closing: true }),
    ];
    const { sink, outcome } = await run(collectors, { accounts: [own, role(member)] });
    expect(outcome.accounts.map(({ accountId, inScope, swept }) => [accountId, inScope, swept])).toEqual([
      [callerAccount, true, true],
      [member, true, false],
    ]);
    expect(outcome.accounts[1]?.reason).toContain(`arn:aws:iam::${member}:role/audit could not be assumed`);
    for (const [key, unit] of [
      ['account.regions', member],
      ['iam.account-summary', member],
      ['iam.closing-authorization-details', member],
      ['lambda.functions', `${member}/us-east-1`],
    ] as const) {
      expect(sink.find(key, unit)).toMatchObject({
        state: 'missing',
        gaps: [{ reason: 'access-denied', operation: 'sts:AssumeRole', unit: { accountId: member } }],
      });
    }
    expect(sink.find('iam.account-summary', callerAccount)).toMatchObject({ state: 'complete' });
  });

  test('an account left out on purpose has no observations and no gaps', async () => {
    const { sink, outcome } = await run([regionsCollector('us-east-1')], {
      accounts: [
        own,
        { accountId: member, name: null, access: { kind: 'none', reason: 'excluded', gap: null } },
      ],
    });
    expect(outcome.accounts[1]).toMatchObject({ inScope: false, swept: false, reason: 'excluded' });
    expect(sink.events.filter((event) => event.includes(`put ${member}`))).toEqual([]);
  });

  test('a region that does not answer costs a bounded number of calls and stops nothing', async () => {
    const functions: AnyCollector = {
      key: 'lambda.functions',
      vantage: 'account',
      operations: [{ service: 'lambda', command: 'ListFunctions', permission: 'lambda:ListFunctions' }],
      async collect(context) {
        const gaps = [];
        for (let index = 0; index < 6; index += 1) {
          const pages = await context.reader.readAll(ListFunctionsCommand, {}, (output) => output.Functions);
          gaps.push(...pages.gaps);
        }
        return observed([], gaps, '2026-11-21T10:15:00.000Z', []);
      },
    };
    const { sink, server } = await run(
      [regionsCollector('eu-central-1', 'us-east-1'), functions],
      {},
      {
        answer: (call) =>
          call.region === 'us-east-1'
            ? { kind: 'answer', type: 'application/json', body: '{"Functions":[]}' }
            : { kind: 'hang' },
      },
    );
    expect(sink.find('lambda.functions', `${callerAccount}/us-east-1`)).toMatchObject({ state: 'complete' });
    expect(sink.find('lambda.functions', `${callerAccount}/eu-central-1`)).toMatchObject({
      state: 'partial',
      gaps: Array.from({ length: 6 }, () => ({ reason: 'unreachable' })),
    });
    expect(server.calls.filter((call) => call.region === 'eu-central-1')).toHaveLength(4);
  });

  test('a collector that throws is a gap that says so', async () => {
    const { sink } = await run([
      fakeCollector('iam.account-summary', () => {
        throw new RangeError('off by one');
      }),
      fakeCollector('iam.password-policy', (context) => context.dependency('iam.account-summary')),
      fakeCollector('iam.role-settings', () => []),
    ]);
    expect(sink.find('iam.account-summary', callerAccount)).toMatchObject({
      gaps: [{ reason: 'error', detail: expect.stringContaining('RangeError: off by one') }],
    });
    expect(sink.find('iam.password-policy', callerAccount)).toMatchObject({
      gaps: [{ reason: 'error', detail: expect.stringContaining('without depending on it') }],
    });
    expect(sink.find('iam.role-settings', callerAccount)).toMatchObject({ state: 'complete' });
  });

  test('what is missing below is missing above, with the same gaps', async () => {
    const gap = {
      reason: 'throttled' as const,
      operation: 'lambda:ListFunctions',
      unit: accountUnit('aws', callerAccount),
      detail: 'busy',
      retryable: true,
    };
    const { sink } = await run([
      regionsCollector('us-east-1'),
      fakeCollector('lambda.functions', () => [], { collect: async () => missing(gap) }),
      fakeCollector('lambda.aliases', () => [], { dependsOn: ['lambda.functions'] }),
    ]);
    expect(sink.find('lambda.aliases', `${callerAccount}/us-east-1`)).toEqual({
      state: 'missing',
      gaps: [gap],
    });
  });

  test('without the vantage nothing is asked, and the gap says what would help', async () => {
    const asked: string[] = [];
    const ask = (
      key: 'organizations.roots' | 'iam.organizations-features',
      vantage: AnyCollector['vantage'],
    ) => fakeCollector(key, () => asked.push(key), { vantage });
    const collectors = [
      ask('organizations.roots', 'management-or-delegated'),
      ask('iam.organizations-features', 'management'),
    ];
    const none = await run(collectors, { vantage: { kind: 'none', reason: 'only a member account' } });
    expect(none.sink.find('organizations.roots', 'organization')).toMatchObject({
      gaps: [{ reason: 'not-collected', detail: 'only a member account' }],
    });
    expect(asked).toEqual([]);
    const delegated = await run(collectors, { vantage: { kind: 'delegated', session: callerSession } });
    expect(delegated.sink.find('organizations.roots', 'organization')).toMatchObject({ state: 'complete' });
    expect(delegated.sink.find('iam.organizations-features', 'organization')).toMatchObject({
      gaps: [{ reason: 'not-collected', detail: expect.stringContaining('--management-role-arn') }],
    });
  });

  test('an unknown region list is a gap in everything that was concluded from it', async () => {
    const gap = {
      reason: 'access-denied' as const,
      operation: 'account:ListRegions',
      unit: accountUnit('aws', callerAccount),
      detail: 'no',
      retryable: false,
    };
    const { sink, outcome } = await run(
      [
        fakeCollector('account.regions', () => [], { collect: async () => missing(gap) }),
        fakeCollector('organizations.roots', (context) => context.regions),
        fakeCollector('organizations.accounts', () => []),
        fakeCollector('lambda.functions', () => []),
      ],
      {},
      { regions: ['eu-central-1'] },
    );
    expect(sink.find('organizations.roots', 'organization')).toMatchObject({ state: 'partial', gaps: [gap] });
    expect(sink.find('organizations.accounts', 'organization')).toMatchObject({ state: 'complete' });
    expect(outcome.accounts[0]?.regions).toEqual(['eu-central-1', 'us-east-1']);
    expect(outcome.gaps).toEqual([gap]);
  });

  test('regions narrow to what was asked for; a region that does not exist is a gap', async () => {
    const { outcome } = await run(
      [regionsCollector('eu-central-1', 'us-east-1')],
      {},
      {
        regions: ['eu-central-1', 'eu-mars-1'],
      },
    );
    expect(outcome.accounts[0]?.regions).toEqual(['eu-central-1']);
    expect(outcome.gaps).toMatchObject([{ reason: 'not-collected', resource: 'eu-mars-1' }]);
  });

  test('stopping keeps what is there and makes a gap of the rest', async () => {
    const controller = new AbortController();
    const { sink, outcome } = await run(
      [
        regionsCollector('us-east-1'),
        fakeCollector('iam.account-summary', () => {
          controller.abort();
          return {};
        }),
        fakeCollector('iam.password-policy', () => ({}), { dependsOn: ['iam.account-summary'] }),
        fakeCollector('lambda.functions', () => []),
        fakeCollector('iam.closing-authorization-details', () => ({}), { closing: true }),
      ],
      { accounts: [own] },
      { controller },
    );
    expect(sink.find('iam.account-summary', callerAccount)).toMatchObject({ state: 'complete' });
    for (const key of ['iam.password-policy', 'iam.closing-authorization-details'] as const) {
      expect(sink.find(key, callerAccount)).toMatchObject({ gaps: [{ reason: 'aborted', retryable: true }] });
    }
    expect(sink.find('lambda.functions', `${callerAccount}/us-east-1`)).toMatchObject({
      gaps: [{ reason: 'aborted' }],
    });
    expect(outcome.stopped).toEqual({ message: 'the run was stopped', next: null });
  });

  test('credentials that expire end the run with a next step, and nothing is lost', async () => {
    const { sink, outcome } = await run([
      regionsCollector('us-east-1'),
      fakeCollector('iam.account-summary', () => {
        throw new CredentialsExpired('ExpiredToken');
      }),
      fakeCollector('lambda.functions', () => []),
    ]);
    expect(sink.find('account.regions', callerAccount)).toMatchObject({ state: 'complete' });
    expect(sink.find('lambda.functions', `${callerAccount}/us-east-1`)).toMatchObject({
      gaps: [{ reason: 'aborted', detail: expect.stringContaining('credentials expired') }],
    });
    expect(outcome.stopped?.next).toContain('--resume');
  });

  test('a sink that cannot write ends the run with its error', async () => {
    const sink = {
      put: async () => Promise.reject(new Error('disk full')),
      closeAccount: async () => undefined,
    };
    await expect(run([regionsCollector('us-east-1')], {}, { sink })).rejects.toThrow('disk full');
  });

  test('resumed accounts are not read again, but closed with the others', async () => {
    const swept = {
      accountId: callerAccount,
      name: 'root',
      inScope: true,
      swept: true,
      reason: null,
      regions: ['us-east-1'],
    };
    const { sink, outcome } = await run(
      [
        regionsCollector('us-east-1'),
        fakeCollector('iam.account-summary', () => ({})),
        fakeCollector('iam.closing-authorization-details', () => ({}), { closing: true }),
      ],
      {},
      { resumed: new Map([[callerAccount, swept]]) },
    );
    expect(outcome.accounts).toEqual([swept]);
    expect(sink.events).toEqual([
      `put ${callerAccount} iam.closing-authorization-details complete`,
      `close ${callerAccount}`,
    ]);
  });
});
