import { GetUserCommand } from '@aws-sdk/client-iam';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createReader } from '../../../src/aws/aws-reader.ts';
import { whoAmI } from '../../../src/aws/caller.ts';
import { assumeRole, sessionName } from '../../../src/aws/credentials.ts';
import { createEdge } from '../../../src/aws/edge.ts';
import type { Operation } from '../../../src/aws/operation.ts';
import { accountUnit } from '../../../src/model/scope.ts';
import { manualRuntime } from '../../support/aws-runtime.ts';
import {
  type Fault,
  type FaultServer,
  queryError,
  type SeenCall,
  startFaultServer,
} from '../../support/fault-server.ts';

const operations: readonly Operation[] = [{ service: 'iam', command: 'GetUser', permission: 'iam:GetUser' }];
const servers: FaultServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const caller = {
  accountId: '111122223333',
  credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' }),
};

async function edgeAgainst(answer: (call: SeenCall, index: number) => Fault) {
  const server = await startFaultServer(answer);
  servers.push(server);
  const runtime = manualRuntime();
  const edge = createEdge({
    runtime,
    signal: new AbortController().signal,
    version: '0.0.0',
    operations,
    endpointUrl: server.url,
    rateShare: null,
    concurrency: 4,
    maxAttempts: 2,
    timeoutSeconds: 1,
  });
  return { server, runtime, edge };
}

function identity(arn: string): Fault {
  return {
    kind: 'answer',
    body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  };
}

function sessionUntil(expiration: number, key: string): Fault {
  return {
    kind: 'answer',
    body: `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>example</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${new Date(expiration).toISOString()}</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::444455556666:assumed-role/audit/s</Arn><AssumedRoleId>AROAEXAMPLE:s</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>`,
  };
}

describe('who is calling', () => {
  test('account, ARN and partition', async () => {
    const { edge } = await edgeAgainst(() => identity('arn:aws-us-gov:iam::111122223333:user/a'));
    expect(await whoAmI(edge, caller, 'us-gov-west-1')).toEqual({
      accountId: '111122223333',
      arn: 'arn:aws-us-gov:iam::111122223333:user/a',
      userId: 'AIDAEXAMPLE',
      partition: 'aws-us-gov',
    });
  });

  test.each<readonly [string, Fault, RegExp, RegExp]>([
    ['expired session', queryError('ExpiredToken', 'expired', 403), /credentials expired/, /Sign in again/],
    [
      'unknown key',
      queryError('InvalidClientTokenId', 'invalid', 403),
      /does not accept/,
      /access key is unknown/,
    ],
    ['wrong secret', queryError('SignatureDoesNotMatch', 'no match', 403), /does not accept/, /secret key/],
    [
      'page of HTML',
      { kind: 'answer', type: 'text/html', body: '<html></html>' },
      /does not answer as AWS/,
      /--endpoint-url/,
    ],
    [
      'something else',
      { kind: 'answer', body: '<hello>world</hello>' },
      /does not answer as AWS/,
      /--endpoint-url/,
    ],
    ['nothing at all', { kind: 'reset' }, /cannot tell who is calling/, /network/],
  ])('%s: one line and a next step', async (_name, fault, message, next) => {
    const { edge } = await edgeAgainst(() => fault);
    await expect(whoAmI(edge, caller, 'us-east-1')).rejects.toMatchObject({
      message: expect.stringMatching(message),
      next: expect.stringMatching(next),
    });
  });

  test('no credentials anywhere', async () => {
    const { edge, server } = await edgeAgainst(() => identity('arn:aws:iam::111122223333:user/a'));
    const nobody = {
      accountId: 'caller',
      credentials: async () => {
        throw Object.assign(new Error('Could not load credentials from any providers'), {
          name: 'CredentialsProviderError',
        });
      },
    };
    await expect(whoAmI(edge, nobody, 'us-east-1')).rejects.toMatchObject({
      next: expect.stringContaining('--profile'),
    });
    expect(server.calls).toEqual([]);
  });
});

describe('roles', () => {
  const unit = accountUnit('aws', '444455556666');
  const request = {
    from: caller,
    roleArn: 'arn:aws:iam::444455556666:role/audit',
    sessionName: sessionName(Date.UTC(2026, 10, 21, 10, 15)),
    externalId: 'outside-1',
    region: 'eu-central-1',
    accountId: '444455556666',
    unit,
  };

  test('the session names us, carries the external id and is renewed before it ends', async () => {
    const start = Date.now();
    const { edge, runtime, server } = await edgeAgainst((call, index) =>
      call.operation === 'AssumeRole'
        ? sessionUntil(start + 3_600_000 * (index + 1), `ASIAEXAMPLE${index}`)
        : queryError('NoSuchEntity', '', 404),
    );
    const result = await assumeRole(edge, request);
    if (result.kind !== 'assumed') {
      throw new Error('the role was refused');
    }
    expect(result.sessionArn).toBe('arn:aws:sts::444455556666:assumed-role/audit/s');
    expect(server.calls[0]?.body).toContain('RoleSessionName=afterleak-20261121T101500');
    expect(server.calls[0]?.body).toContain('ExternalId=outside-1');
    expect((await result.session.credentials()).accessKeyId).toBe('ASIAEXAMPLE0');
    await runtime.sleep(56 * 60_000, new AbortController().signal);
    const both = await Promise.all([result.session.credentials(), result.session.credentials()]);
    expect(both.map((one) => one.accessKeyId)).toEqual(['ASIAEXAMPLE1', 'ASIAEXAMPLE1']);
    expect(server.calls).toHaveLength(2);
  });

  test('a refused role is a result, and a renewal that fails is a gap of what needed it', async () => {
    const start = Date.now();
    const { edge, runtime } = await edgeAgainst((_call, index) =>
      index === 0
        ? sessionUntil(start + 3_600_000, 'ASIAEXAMPLE0')
        : queryError('AccessDenied', 'is not authorized to perform: sts:AssumeRole', 403),
    );
    const first = await assumeRole(edge, request);
    const second = await assumeRole(edge, request);
    expect(second).toMatchObject({
      kind: 'refused',
      failure: {
        gap: { reason: 'access-denied', operation: 'sts:AssumeRole', resource: request.roleArn, unit },
      },
    });
    if (first.kind !== 'assumed') {
      throw new Error('the role was refused');
    }
    await runtime.sleep(56 * 60_000, new AbortController().signal);
    const reader = createReader(edge, {
      unit,
      partition: 'aws',
      region: 'us-east-1',
      session: first.session,
      operations,
    });
    expect(await reader.read(GetUserCommand, {})).toMatchObject({
      kind: 'gap',
      gap: { reason: 'access-denied', operation: 'sts:AssumeRole', unit },
    });
  });
});
