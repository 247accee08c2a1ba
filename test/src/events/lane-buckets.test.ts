import { expect, test } from '@jest/globals';
import { LaneBuckets } from '../../../src/events/lane-buckets.ts';
import { bucketMembers } from '../../../src/events/scan-batch.ts';
import type { ActivityBucket } from '../../../src/model/activity.ts';
import { plainBucket } from '../../fixtures/lineage/plain-bucket.ts';

type Recorded = Partial<Record<(typeof bucketMembers)[number], string>>;

const key = 'AKIAIOSFODNN7EXAMPLE';
const arn = 'arn:aws:iam::111122223333:user/deploy';
const nine = Date.parse('2026-11-03T09:00:00Z');

/** Counts each of the records as often as its place tells, from one. */
function counted(records: readonly Recorded[]): readonly ActivityBucket[] {
  const strings: string[] = [];
  const numbers = records.flatMap((record) =>
    bucketMembers.map((member) => {
      const text = record[member];
      const known = text === undefined ? 0 : strings.indexOf(text) + 1;
      return text === undefined || known > 0 ? known : strings.push(text);
    }),
  );
  const lane = new LaneBuckets(() => true);
  lane.add({ strings, buckets: Int32Array.from(numbers), identities: [] });
  for (const place of records.keys()) {
    for (let call = 0; call <= place; call += 1) {
      lane.count(place + 1, nine + call * 1000);
    }
  }
  const taken = lane.take().map(plainBucket);
  expect(lane.take()).toEqual([]);
  return taken;
}

const bare: ActivityBucket = {
  credential: 'service Unknown',
  actorArn: null,
  sessionCreatedAt: null,
  accountId: null,
  sourceIp: null,
  userAgent: null,
  source: '',
  name: '',
  region: '',
  errorCode: null,
  calls: 1,
  firstAt: '2026-11-03T09:00:00.000Z',
  lastAt: '2026-11-03T09:00:00.000Z',
};

test('a bucket is told by what its records have in common', () => {
  const record: Recorded = {
    accessKeyId: key,
    arn,
    type: 'IAMUser',
    creationDate: '2026-11-03T08:00:00Z',
    recipientAccountId: '111122223333',
    sourceIp: '198.51.100.7',
    userAgent: 'aws-cli/2.15',
    source: 'lambda.amazonaws.com',
    name: 'CreateFunction20150331',
    region: 'us-east-1',
    errorCode: 'AccessDenied',
  };
  const told = {
    credential: key,
    actorArn: arn,
    sessionCreatedAt: '2026-11-03T08:00:00.000Z',
    accountId: '111122223333',
    sourceIp: '198.51.100.7',
    userAgent: 'aws-cli/2.15',
    source: 'lambda.amazonaws.com',
    name: 'CreateFunction',
    region: 'us-east-1',
    errorCode: 'AccessDenied',
    firstAt: '2026-11-03T09:00:00.000Z',
  };
  expect(counted([record, { ...record, name: 'CreateFunction', creationDate: 'soon' }])).toEqual([
    { ...told, calls: 1, lastAt: '2026-11-03T09:00:00.000Z' },
    { ...told, sessionCreatedAt: null, calls: 2, lastAt: '2026-11-03T09:00:01.000Z' },
  ]);
});

test('without a key it is named after its actor or its service', () => {
  const named = counted([
    {},
    { arn },
    { arn, type: 'IAMUser' },
    { invokedBy: 'sso.amazonaws.com', principalId: 'AIDAEXAMPLE', type: 'AWSService' },
    { principalId: 'AIDAEXAMPLE', type: 'AWSAccount' },
    { type: 'AWSAccount' },
    { accessKeyId: '', arn },
  ]);
  expect(named[0]).toEqual(bare);
  expect(named.map(({ credential }) => credential)).toEqual([
    'service Unknown',
    `arn ${arn}`,
    `arn ${arn}`,
    'service sso.amazonaws.com',
    'service AIDAEXAMPLE',
    'service AWSAccount',
    '',
  ]);
});

test('what counted no call is no bucket', () => {
  const lane = new LaneBuckets(() => true);
  lane.add({ strings: [], buckets: new Int32Array(bucketMembers.length * 2), identities: [] });
  lane.count(2, nine);
  expect(lane.take().map(plainBucket)).toEqual([bare]);
});
