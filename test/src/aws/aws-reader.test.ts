import { GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import {
  CreateUserCommand,
  GetUserCommand,
  ListServiceSpecificCredentialsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { ListUsersCommand as ListStoreUsersCommand } from '@aws-sdk/client-identitystore';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { ReaderScope } from '../../../src/aws/aws-call.ts';
import { createReader } from '../../../src/aws/aws-reader.ts';
import { type AwsEdgeSettings, createEdge } from '../../../src/aws/edge.ts';
import { CredentialsExpired } from '../../../src/aws/fatal-aws-error.ts';
import type { Operation } from '../../../src/aws/operation.ts';
import { UndeclaredOperation } from '../../../src/aws/read-only-guard.ts';
import { RunAborted } from '../../../src/aws/runtime.ts';
import { accountUnit } from '../../../src/model/scope.ts';
import { manualRuntime } from '../../support/aws-runtime.ts';
import {
  type Fault,
  type FaultServer,
  jsonAnswer,
  jsonError,
  queryError,
  type SeenCall,
  startFaultServer,
} from '../../support/fault-server.ts';

const account = '111122223333';
const operations: readonly Operation[] = [
  { service: 'iam', command: 'ListUsers', permission: 'iam:ListUsers' },
  { service: 'iam', command: 'GetUser', permission: 'iam:GetUser' },
  {
    service: 'iam',
    command: 'ListServiceSpecificCredentials',
    permission: 'iam:ListServiceSpecificCredentials',
  },
  { service: 'organizations', command: 'ListAccounts', permission: 'organizations:ListAccounts' },
  { service: 'api-gateway', command: 'GetRestApis', permission: 'apigateway:GET' },
];
const unit = accountUnit('aws', account);
const servers: FaultServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

interface Setup {
  readonly settings?: Partial<AwsEdgeSettings>;
  readonly scope?: Partial<ReaderScope>;
  readonly controller?: AbortController;
}

async function against(answer: (call: SeenCall, index: number) => Fault | Promise<Fault>, setup: Setup = {}) {
  const server = await startFaultServer(answer);
  servers.push(server);
  const runtime = manualRuntime();
  const controller = setup.controller ?? new AbortController();
  const edge = createEdge({
    runtime,
    signal: controller.signal,
    version: '0.0.0',
    operations,
    endpointUrl: server.url,
    rateShare: 1,
    concurrency: 8,
    maxAttempts: 3,
    timeoutSeconds: 0.3,
    ...setup.settings,
  });
  const reader = createReader(edge, {
    unit,
    partition: 'aws',
    region: 'eu-central-1',
    session: {
      accountId: account,
      credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' }),
    },
    operations,
    ...setup.scope,
  });
  return { server, edge, reader, runtime };
}

function usersPage(names: readonly string[], marker: string | null): Fault {
  const members = names
    .map(
      (name) =>
        `<member><UserName>${name}</UserName><UserId>AIDAEXAMPLE</UserId><Path>/</Path><Arn>arn:aws:iam::${account}:user/${name}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></member>`,
    )
    .join('');
  const rest =
    marker === null
      ? '<IsTruncated>false</IsTruncated>'
      : `<IsTruncated>true</IsTruncated><Marker>${marker}</Marker>`;
  return {
    kind: 'answer',
    date: 'Sat, 07 Nov 2026 10:00:00 GMT',
    body: `<ListUsersResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListUsersResult><Users>${members}</Users>${rest}</ListUsersResult><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></ListUsersResponse>`,
  };
}

test('with a wrong local clock an error is asked for once more, and not as often as the service is busy', async () => {
  const { server, reader } = await against(
    () => ({
      kind: 'answer',
      status: 403,
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code></Error></ErrorResponse>',
      date: new Date(Date.now() - 600_000).toUTCString(),
    }),
    { settings: { maxAttempts: 8 } },
  );
  const answer = await reader.read(GetUserCommand, { UserName: 'a' });
  expect(answer).toMatchObject({ kind: 'gap', gap: { reason: 'access-denied' } });
  expect(server.calls).toHaveLength(2);
});

test('clients of an account that was read are forgotten, and made anew when it is asked again', async () => {
  const { reader, edge } = await against(() => usersPage(['a'], null));
  const session = {
    accountId: account,
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' }),
  };
  const first = await edge.clients.client(session, 'eu-central-1', 'iam');
  expect(await edge.clients.client(session, 'eu-central-1', 'iam')).toBe(first);
  edge.clients.release('444455556666');
  expect(await edge.clients.client(session, 'eu-central-1', 'iam')).toBe(first);
  edge.clients.release(account);
  expect(await edge.clients.client(session, 'eu-central-1', 'iam')).not.toBe(first);
  expect((await reader.readAll(ListUsersCommand, {}, (output) => output.Users)).items).toHaveLength(1);
});

describe('reading', () => {
  test('follows pages, signs in the home region, and tells the service time', async () => {
    const { server, reader, edge } = await against((call) =>
      call.body.includes('Marker=two') ? usersPage(['b'], null) : usersPage(['a'], 'two'),
    );
    const pages = await reader.readAll(ListUsersCommand, {}, (output) => output.Users);
    expect(pages.items.map((user) => user.UserName)).toEqual(['a', 'b']);
    expect(pages.gaps).toEqual([]);
    expect(pages.asOf).toBe('2026-11-07T10:00:00.000Z');
    expect(pages.provenance).toEqual([{ operation: 'iam:ListUsers', requestId: 'request-1', calls: 2 }]);
    expect(server.calls.map((call) => call.region)).toEqual(['us-east-1', 'us-east-1']);
    expect(server.calls[0]?.userAgent).toContain('afterleak/0.0.0');
    expect(edge.ledger.entries()).toEqual([
      {
        operation: 'iam:ListUsers',
        accountId: account,
        region: 'us-east-1',
        calls: 2,
        pages: 2,
        items: 2,
        outcome: 'ok',
        requestId: null,
        error: null,
      },
    ]);
  });

  test('knows the token names of JSON and REST services', async () => {
    const { reader } = await against((call) => {
      if (call.operation === 'ListAccounts') {
        return call.body.includes('two')
          ? jsonAnswer({ Accounts: [{ Id: '2' }] })
          : jsonAnswer({ Accounts: [], NextToken: 'two' });
      }
      return { ...jsonAnswer({ item: [{ id: 'x' }] }), type: 'application/json' };
    });
    const accounts = await reader.readAll(ListAccountsCommand, {}, (output) => output.Accounts);
    expect(accounts.items).toEqual([{ Id: '2' }]);
    const apis = await reader.readAll(GetRestApisCommand, {}, (output) => output.items);
    expect(apis.items).toMatchObject([{ id: 'x' }]);
  });

  test('an optional thing that is not there is absent, and a gap without being declared optional', async () => {
    const { reader, edge } = await against(() =>
      queryError('NoSuchEntity', 'The user x cannot be found.', 404),
    );
    const absent = await reader.read(
      GetUserCommand,
      { UserName: 'x' },
      { absentOn: ['NoSuchEntityException'] },
    );
    expect(absent.kind).toBe('absent');
    const gap = await reader.read(GetUserCommand, { UserName: 'x' });
    expect(gap).toMatchObject({ kind: 'gap', gap: { reason: 'error', operation: 'iam:GetUser', unit } });
    expect(edge.ledger.entries()[0]).toMatchObject({ outcome: 'error', error: 'NoSuchEntityException' });
  });
});

describe('refusing', () => {
  test('an operation that this collector did not declare never leaves the machine', async () => {
    const { reader, server } = await against(() => usersPage([], null));
    await expect(reader.read(ListStoreUsersCommand, { IdentityStoreId: 'd-1' })).rejects.toThrow(
      UndeclaredOperation,
    );
    await expect(reader.read(CreateUserCommand, { UserName: 'x' })).rejects.toThrow('iam:CreateUser');
    expect(server.calls).toEqual([]);
  });

  test('the client itself refuses what no collector declared', async () => {
    const write: Operation = { service: 'iam', command: 'CreateUser', permission: 'iam:CreateUser' };
    const { reader, server } = await against(() => usersPage([], null), {
      scope: { operations: [write] },
    });
    await expect(reader.read(CreateUserCommand, { UserName: 'x' })).rejects.toThrow(
      'iam:CreateUser is declared by no collector',
    );
    expect(server.calls).toEqual([]);
  });
});

describe('bad days', () => {
  test('throttled twice, then answered: no gap', async () => {
    const { reader, server, edge } = await against((_call, index) =>
      index < 2 ? queryError('Throttling', 'Rate exceeded') : usersPage(['a'], null),
    );
    const pages = await reader.readAll(ListUsersCommand, {}, (output) => output.Users);
    expect(pages.items).toHaveLength(1);
    expect(server.calls).toHaveLength(3);
    expect(edge.ledger.entries()[0]).toMatchObject({ calls: 3, outcome: 'ok' });
  });

  test('throttled for good: a retryable gap after the allowed attempts', async () => {
    const { reader, server, runtime } = await against(() =>
      jsonError('TooManyRequestsException', 'slow down', 429),
    );
    const pages = await reader.readAll(ListAccountsCommand, {}, (output) => output.Accounts);
    expect(pages.gaps).toMatchObject([{ reason: 'throttled', retryable: true }]);
    expect(server.calls).toHaveLength(3);
    expect(runtime.sleeps).toEqual(expect.arrayContaining([500, 1000]));
  });

  test.each<'hang' | 'stall'>(['hang', 'stall'])('a connection that %ss is cut', async (kind) => {
    const { reader, server } = await against(() => ({ kind }));
    const started = Date.now();
    const pages = await reader.readAll(ListUsersCommand, {}, (output) => output.Users);
    expect(pages.gaps).toMatchObject([{ reason: 'unreachable', retryable: true }]);
    expect(Date.now() - started).toBeLessThan(3000);
    expect(server.calls.length).toBeLessThanOrEqual(3);
  });

  test('a place that does not answer is not asked for ever', async () => {
    const { reader, server } = await against(() => ({ kind: 'reset' }));
    for (let index = 0; index < 5; index += 1) {
      const answer = await reader.read(GetUserCommand, {});
      expect(answer).toMatchObject({ kind: 'gap', gap: { reason: 'unreachable' } });
    }
    expect(server.calls).toHaveLength(6);
  });

  test('a port where nobody listens is a gap', async () => {
    const { reader } = await against(() => usersPage([], null), {
      settings: { endpointUrl: 'http://127.0.0.1:1' },
    });
    const answer = await reader.read(GetUserCommand, {});
    expect(answer).toMatchObject({
      kind: 'gap',
      gap: { reason: 'unreachable', detail: expect.stringContaining('ECONNREFUSED') },
    });
  });

  test('a page of HTML is no answer of AWS', async () => {
    const { reader, server } = await against(() => ({
      kind: 'answer',
      type: 'text/html',
      body: '<html>hello</html>',
    }));
    const answer = await reader.read(GetUserCommand, {});
    expect(answer).toMatchObject({
      kind: 'gap',
      gap: { reason: 'malformed', detail: expect.stringContaining(`${server.url} does not answer as AWS`) },
    });
    expect(server.calls).toHaveLength(1);
  });

  test('text that is no JSON is no answer of AWS', async () => {
    const { reader } = await against(() => ({ kind: 'answer', type: 'application/json', body: 'hello' }));
    const answer = await reader.read(ListAccountsCommand, {});
    expect(answer).toMatchObject({ kind: 'gap', gap: { reason: 'malformed' } });
  });

  test('a later page that fails keeps what came before and says why it stops', async () => {
    const { reader, edge } = await against((_call, index) =>
      index === 0 ? usersPage(['a', 'b'], 'two') : queryError('AccessDenied', 'no', 403),
    );
    const pages = await reader.readAll(ListUsersCommand, {}, (output) => output.Users);
    expect(pages.items).toHaveLength(2);
    expect(pages.gaps).toMatchObject([
      {
        reason: 'truncated',
        permission: 'iam:ListUsers',
        detail: expect.stringMatching(/after 1 pages with 2 items: access-denied/),
      },
    ]);
    expect(edge.ledger.entries()[0]).toMatchObject({ outcome: 'truncated', items: 2, error: 'AccessDenied' });
  });

  test('a token that comes again, or is missing, ends the list visibly', async () => {
    const repeated = await against(() => usersPage(['a'], 'same'));
    const pages = await repeated.reader.readAll(ListUsersCommand, {}, (output) => output.Users);
    expect(pages.gaps).toMatchObject([{ reason: 'truncated', detail: expect.stringContaining('repeated') }]);
    expect(repeated.server.calls).toHaveLength(2);

    const lost = await against(() => ({
      kind: 'answer',
      body: '<ListServiceSpecificCredentialsResponse><ListServiceSpecificCredentialsResult><ServiceSpecificCredentials/><IsTruncated>true</IsTruncated></ListServiceSpecificCredentialsResult></ListServiceSpecificCredentialsResponse>',
    }));
    const credentials = await lost.reader.readAll(
      ListServiceSpecificCredentialsCommand,
      { AllUsers: true },
      (output) => output.ServiceSpecificCredentials,
    );
    expect(credentials.gaps).toMatchObject([
      { reason: 'truncated', detail: expect.stringContaining('no page token') },
    ]);
  });

  test('a refusal names the permission and the kind of policy', async () => {
    const message = `User: arn:aws:sts::${account}:assumed-role/audit/x is not authorized to perform: iam:ListUsers on resource: * with an explicit deny in a service control policy`;
    const { reader } = await against(() => queryError('AccessDenied', message, 403));
    const pages = await reader.readAll(ListUsersCommand, {}, (output) => output.Users);
    expect(pages.gaps).toMatchObject([
      {
        reason: 'access-denied',
        permission: 'iam:ListUsers',
        deniedBy: 'service-control-policy',
        retryable: false,
      },
    ]);
  });

  test('an expired session ends the run', async () => {
    const { reader } = await against(() =>
      queryError('ExpiredToken', 'The security token included in the request is expired', 403),
    );
    await expect(reader.read(GetUserCommand, {})).rejects.toThrow(CredentialsExpired);
  });

  test('stopping cuts what is under way', async () => {
    const controller = new AbortController();
    const { reader, edge } = await against(
      () => {
        controller.abort();
        return { kind: 'hang' };
      },
      { controller, settings: { timeoutSeconds: 20 } },
    );
    await expect(reader.read(GetUserCommand, {})).rejects.toThrow(RunAborted);
    await expect(reader.read(GetUserCommand, {})).rejects.toThrow(RunAborted);
    expect(edge.ledger.entries()[0]).toMatchObject({ outcome: 'aborted' });
  });

  test('never more calls in flight than asked for', async () => {
    const { reader, server } = await against(
      async () => {
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
        return usersPage([], null);
      },
      { settings: { concurrency: 2, rateShare: null, timeoutSeconds: 5 } },
    );
    await Promise.all(Array.from({ length: 8 }, () => reader.read(ListUsersCommand, {})));
    expect(server.calls).toHaveLength(8);
    expect(server.mostAtOnce()).toBe(2);
  });
});
