import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runOptionsSchema } from '../../src/input/run-options.ts';
import { type TraceResult, traceResultSchema } from '../../src/model/trace-result.ts';
import { trace } from '../../src/pipeline/trace.ts';
import { type Emulator, MANAGEMENT_ACCOUNT, startEmulator, type TrailRecord } from './start.js';
import { type CliRun, startCli } from './sweep/support/run-cli.ts';
import { hostFor } from './sweep/support/sweep-bench.ts';
import { trailFiles } from './trail-files.js';

const leakedKey = 'AKIAIOSFODNN7EXAMPLE';
const madeKey = 'AKIAIOSFODNN7MADEKEY';
const bucket = 'organization-trail-logs';

let emulator: Emulator;
let folder: string;
let count = 0;

const hoursAgo = (hours: number): string =>
  `${new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)}Z`;
const window = { since: hoursAgo(8), until: hoursAgo(1) };

function record(
  hours: number,
  by: { readonly user: string; readonly key: string },
  action: string,
  told: {
    readonly request?: TrailRecord['requestParameters'];
    readonly response?: TrailRecord['responseElements'];
  },
): TrailRecord {
  const [service = '', eventName = ''] = action.split(':');
  count += 1;
  return {
    eventID: `e0000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    eventTime: hoursAgo(hours),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'Python-urllib/3.11',
    readOnly: false,
    eventType: 'AwsApiCall',
    recipientAccountId: MANAGEMENT_ACCOUNT,
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDA${by.user.toUpperCase()}EXAMPLE`,
      arn: `arn:aws:iam::${MANAGEMENT_ACCOUNT}:user/${by.user}`,
      accountId: MANAGEMENT_ACCOUNT,
      accessKeyId: by.key,
      userName: by.user,
    },
    requestParameters: told.request ?? null,
    responseElements: told.response ?? null,
  };
}

const deploy = { user: 'deploy', key: leakedKey };
const made = { user: 'backdoor', key: madeKey };
const userArn = `arn:aws:iam::${MANAGEMENT_ACCOUNT}:user/backdoor`;

/** key → user → key → user: the second key is known only after the first was asked. */
const records = [
  record(5, deploy, 'iam:CreateUser', {
    request: { userName: 'backdoor' },
    response: { user: { userName: 'backdoor', arn: userArn } },
  }),
  record(4.5, deploy, 'iam:CreateAccessKey', {
    request: { userName: 'backdoor' },
    response: { accessKey: { userName: 'backdoor', accessKeyId: madeKey } },
  }),
  record(4, made, 's3:CreateBucket', { request: { bucketName: 'loot' } }),
  record(3, { user: 'alice', key: 'AKIAIOSFODNN7ALICEXA' }, 's3:CreateBucket', {
    request: { bucketName: 'reports' },
  }),
];

function labels(result: TraceResult): readonly string[] {
  return result.lineage.nodes
    .filter(({ standing }) => standing === 'tainted')
    .map(({ label }) => label)
    .sort();
}

const whole = ['backdoor', 'loot', `${leakedKey} (deploy)`, `${madeKey} (backdoor)`].sort();

/** The command line as people run it, in the management account alone. */
function run(trail: string, out: string): Promise<CliRun> {
  const credentials = emulator.credentialsFor(MANAGEMENT_ACCOUNT);
  return startCli(
    [
      'trace',
      ...['--access-key', leakedKey, '--since', window.since, '--until', window.until],
      ...['--trail', trail, '--regions', 'us-east-1', '--region', 'us-east-1', '--rate-share', '1'],
      ...['--endpoint-url', emulator.url, '--out', out, '--format', 'json', '--no-progress', '--no-color'],
    ],
    {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    },
  ).ended;
}

async function resultIn(out: string): Promise<TraceResult> {
  return traceResultSchema.parse(JSON.parse(await readFile(join(out, 'trace.json'), 'utf8')));
}

beforeAll(async () => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), 'afterleak-trace-'));
  await emulator.setState({ events: records.map((one) => ({ ...one })) });
  const client = new S3Client({ ...emulator.clientOptions(MANAGEMENT_ACCOUNT), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const [path, bytes] of trailFiles(records)) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: path, Body: bytes }));
  }
  client.destroy();
}, 120_000);

afterAll(async () => {
  await emulator.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('trace --trail lookup', () => {
  test('follows keys that only the answers name, and leaves everybody else alone', async () => {
    const options = runOptionsSchema.parse({
      endpointUrl: emulator.url,
      region: 'us-east-1',
      regions: 'us-east-1',
      accessKey: leakedKey,
      ...window,
      trail: 'lookup',
      rateShare: 1,
    });
    const result = await trace(options, hostFor(emulator));
    expect(labels(result)).toEqual(whole);
    expect(result.coverage).toMatchObject([
      { accountId: MANAGEMENT_ACCOUNT, region: 'us-east-1', basis: 'lookup' },
    ]);
    expect(JSON.stringify(result.lineage)).not.toContain('reports');
  }, 180_000);
});

describe('trace where event history is refused', () => {
  test('is a gap by name, and exit 2', async () => {
    await emulator.setFaults([{ kind: 'deny', service: 'cloudtrail', operation: 'LookupEvents' }]);
    const out = join(folder, 'no-history');
    const { exitCode } = await run('lookup', out);
    await emulator.clearFaults();
    const result = await resultIn(out);
    expect(result.gaps).toContainEqual(
      expect.objectContaining({ reason: 'access-denied', operation: 'cloudtrail:LookupEvents' }),
    );
    expect(result.coverage).toEqual([]);
    expect(exitCode).toBe(2);
  }, 120_000);
});

describe('trace --trail s3://…', () => {
  test('reads what CloudTrail delivered into the bucket', async () => {
    const out = join(folder, 'bucket');
    const { exitCode, stdout, stderr } = await run(`s3://${bucket}/`, out);
    expect(stderr).not.toContain('Error');
    const result = await resultIn(out);
    expect(labels(result)).toEqual(whole);
    expect(result.gaps).toEqual([]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('backdoor');
  }, 120_000);

  test('a refused bucket is a gap by name, and exit 2', async () => {
    await emulator.setFaults([{ kind: 'deny', service: 's3' }]);
    const out = join(folder, 'denied');
    const { exitCode, stdout } = await run(`s3://${bucket}/`, out);
    await emulator.clearFaults();
    const result = await resultIn(out);
    expect(result.gaps).toContainEqual(
      expect.objectContaining({ reason: 'access-denied', operation: 's3:ListObjectsV2' }),
    );
    expect(JSON.stringify(result.gaps)).toContain(bucket);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('Not seen');
  }, 120_000);
});
