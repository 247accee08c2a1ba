import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runOptionsSchema } from '../../../src/input/run-options.ts';
import type { TraceResult } from '../../../src/model/trace-result.ts';
import { trace } from '../../../src/pipeline/trace.ts';
import { manualRuntime } from '../../support/aws-runtime.ts';

const account = '111122223333';
const leakedKey = 'AKIAIOSFODNN7EXAMPLE';
const trust =
  '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}';

let serial = 0;

function record(
  at: string,
  by: { readonly user: string; readonly key: string; readonly ip: string },
  name: string,
  request: Readonly<Record<string, unknown>>,
): unknown {
  serial += 1;
  return {
    eventVersion: '1.10',
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDA${by.user.toUpperCase()}EXAMPLE`,
      arn: `arn:aws:iam::${account}:user/${by.user}`,
      accountId: account,
      accessKeyId: by.key,
      userName: by.user,
    },
    eventTime: at,
    eventSource: 'iam.amazonaws.com',
    eventName: name,
    awsRegion: 'us-east-1',
    sourceIPAddress: by.ip,
    userAgent: by.ip.startsWith('198.') ? 'Python-urllib/3.11' : 'aws-cli/2.17.0 Python/3.11',
    requestParameters: request,
    responseElements: null,
    eventID: `event-${serial}`,
    eventType: 'AwsApiCall',
    recipientAccountId: account,
  };
}

const alice = { user: 'alice', key: 'AKIAALICE0000EXAMPLE', ip: '203.0.113.10' };
const pipeline = { user: 'deploy', key: leakedKey, ip: '192.0.2.10' };
const intruder = { ...pipeline, ip: '198.51.100.7' };

const records = [
  record('2026-10-01T08:00:00Z', alice, 'CreateRole', {
    roleName: 'Deployer',
    assumeRolePolicyDocument: trust,
  }),
  record('2026-11-02T08:00:00Z', pipeline, 'TagRole', { roleName: 'app' }),
  record('2026-11-03T09:30:00Z', { ...pipeline, ip: '192.0.2.99' }, 'TagRole', { roleName: 'app' }),
  record('2026-11-03T09:31:00Z', intruder, 'UpdateAssumeRolePolicy', {
    roleName: 'Deployer',
    policyDocument: '{"Statement":[]}',
  }),
  record('2026-11-03T13:00:00Z', intruder, 'CreateUser', { userName: 'after-the-window' }),
];

let folder = '';
let result: TraceResult;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterleak-trace-'));
  await writeFile(join(folder, 'records.json'), JSON.stringify({ Records: records }));
  const options = runOptionsSchema.parse({
    accessKey: leakedKey,
    since: '2026-11-03T09:00:00Z',
    until: '2026-11-03T12:00:00Z',
    trail: folder,
  });
  const runtime = manualRuntime(Date.parse('2026-11-03T18:00:00Z'));
  result = await trace(options, { runtime, signal: new AbortController().signal });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('files that were named are read from their beginning: how things were before is known', () => {
  expect(result.priorStates).toEqual([
    {
      arn: `arn:aws:iam::${account}:role/Deployer`,
      what: 'role-trust',
      part: '',
      value: trust,
      at: '2026-10-01T08:00:00.000Z',
      eventId: 'event-1',
    },
  ]);
});

test('and so is the owner’s habit', () => {
  const own = result.activity.map(({ node, standing }) => `${node} ${standing}`);
  expect(own).toEqual([`${leakedKey} tainted`, `${leakedKey}#owner shared-credential`]);
  expect(result.suspects.map(({ why }) => why)).toEqual([expect.stringContaining('by habit alone')]);
});

test('nothing after the window counts', () => {
  expect(result.counts).toMatchObject({ records: 5, outsideWindow: 1 });
  expect(JSON.stringify(result.lineage)).not.toContain('after-the-window');
});
