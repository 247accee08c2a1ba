import { describe, expect, test } from '@jest/globals';
import { createReader } from '../../../src/aws/aws-reader.ts';
import { createEdge } from '../../../src/aws/edge.ts';
import type { AwsReader } from '../../../src/aws/reader.ts';
import { parseS3Uri } from '../../../src/events/s3-paths.ts';
import { s3Source, s3TrailOperations } from '../../../src/events/s3-source.ts';
import type { EventQuery } from '../../../src/model/event-source.ts';
import { accountUnit } from '../../../src/model/scope.ts';
import { manualRuntime } from '../../support/aws-runtime.ts';
import { denied, type FakeReader, fakeReader, output, type Reply } from '../../support/fake-reader.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import { collect, delivery, everything, now, shapes } from './support.ts';

const window = { from: '2026-11-02T23:00:00.000Z', to: '2026-11-03T23:30:00.000Z' };
const query: EventQuery = { ...everything, window, accountIds: ['111122223333'] };

function key(account: string, region: string, day: string, time = '0915', organization = ''): string {
  const stamp = `${day.replaceAll('/', '')}T${time}Z`;
  return `logs/AWSLogs/${organization}${account}/CloudTrail/${region}/${day}/${account}_CloudTrail_${region}_${stamp}_AbCdEfGhIjKlMnOp.json.gz`;
}

const needed = [
  key('111122223333', 'us-east-1', '2026/11/02', '2305'),
  key('111122223333', 'us-east-1', '2026/11/03'),
  key('111122223333', 'eu-west-1', '2026/11/04', '0010'),
];
const others = [
  key('111122223333', 'us-east-1', '2026/11/01'),
  key('111122223333', 'us-east-1', '2026/11/03', '0915').replace('CloudTrail/', 'CloudTrail-Insight/'),
  key('111122223333', 'us-east-1', '2026/11/02', '0100'),
  key('111122223333', 'us-east-1', '2026/11/05'),
  key('444455556666', 'us-east-1', '2026/11/03'),
  'logs/AWSLogs/111122223333/Config/us-east-1/2026/11/3/x.json.gz',
  'other/unrelated.json.gz',
];

interface Bucket {
  readonly reader: FakeReader;
  readonly listed: () => readonly string[];
  readonly got: () => readonly string[];
}

/** A bucket that answers as S3 does: keys under a prefix, folded at the delimiter. */
function bucket(
  keys: readonly string[],
  get: (key: string) => Reply = () => body(shapes.slice(0, 3)),
): Bucket {
  const reader = fakeReader({
    ListObjectsV2: ({ Prefix, Delimiter }) => {
      const inside = keys.filter((one) => one.startsWith(String(Prefix)));
      const rest = (one: string): string => one.slice(String(Prefix).length);
      const folded = Delimiter === undefined ? [] : inside.filter((one) => rest(one).includes('/'));
      const prefixes = new Set(folded.map((one) => `${Prefix}${rest(one).split('/')[0]}/`));
      return output({
        CommonPrefixes: [...prefixes].map((prefix) => ({ Prefix: prefix })),
        Contents: inside.filter((one) => !folded.includes(one)).map((one) => ({ Key: one, Size: 100 })),
      });
    },
    GetObject: ({ Key }) => get(String(Key)),
  });
  const inputs = (command: string, name: string): readonly string[] =>
    reader.calls.filter((call) => call.command === command).map(({ input }) => String(input[name]));
  return {
    reader,
    listed: () => inputs('ListObjectsV2', 'Prefix'),
    got: () => inputs('GetObject', 'Key').toSorted(),
  };
}

function body(records: readonly unknown[]): Reply {
  return output({ Body: { transformToByteArray: () => Promise.resolve(new Uint8Array(delivery(records))) } });
}

function source(reader: AwsReader, uri = 's3://example-trail/logs') {
  return s3Source({ uri, reader, now, signal: new AbortController().signal, cores: 0, wholeEvents: null });
}

describe('s3Source', () => {
  test('gets what window and accounts need, and nothing else', async () => {
    const { reader, listed, got } = bucket([...needed, ...others]);
    const { reading, events } = await collect(source(reader), {
      ...query,
      window: { ...window, from: '2026-11-02T00:00:00Z' },
    });
    expect(got()).toEqual([others[2], ...needed].toSorted());
    expect(
      listed().filter((prefix) => prefix.includes('444455556666') || prefix.includes('Config/')),
    ).toEqual([]);
    expect(listed()).toContain('logs/AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/03/');
    expect(events).toHaveLength(3);
    expect(reading).toMatchObject({ gaps: [], counts: { files: 4, duplicates: 9 } });
  });

  test('the time in a name is held against the window, padded for late delivery', async () => {
    const { reader, got } = bucket([...needed, ...others]);
    const { reading } = await collect(source(reader), query);
    expect(got()).toEqual(needed.toSorted());
    expect(reading.coverage.map(({ accountId, region, from }) => `${accountId} ${region} ${from}`)).toEqual([
      '111122223333 eu-west-1 2026-11-02T23:00:00.000Z',
      '111122223333 us-east-1 2026-11-02T23:00:00.000Z',
    ]);
  });

  test('finds every account of an organization trail', async () => {
    const organization = [
      key('111122223333', 'us-east-1', '2026/11/03', '0915', 'o-exampleorgid/'),
      key('444455556666', 'us-east-1', '2026/11/03', '0915', 'o-exampleorgid/'),
    ];
    const { reader, got } = bucket(organization);
    await collect(source(reader), { ...query, accountIds: null });
    expect(got()).toEqual(organization);
  });

  test('a prefix may lead to one region or one day', async () => {
    for (const [prefix, expected] of [
      ['logs/AWSLogs/111122223333/CloudTrail/us-east-1/', needed.slice(0, 2)],
      ['logs/AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/03', needed.slice(1, 2)],
    ] as const) {
      const { reader, got } = bucket([...needed, ...others]);
      await collect(source(reader, `s3://example-trail/${prefix}`), query);
      expect(got()).toEqual(expected);
    }
  });

  test('never walks a bucket: a prefix above the delivery is named', async () => {
    const { reader, listed } = bucket([...needed, ...others]);
    const { reading } = await collect(source(reader, 's3://example-trail'), query);
    expect(listed()).toEqual(['']);
    expect(reading.gaps.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/no AWSLogs.*give the prefix/),
    ]);
  });

  test('denials are gaps by name, and leave holes', async () => {
    const refused = await collect(source(fakeReader({ ListObjectsV2: denied() })), query);
    expect(refused.reading.gaps).toMatchObject([
      { reason: 'access-denied', resource: 's3://example-trail/logs/' },
    ]);
    expect(refused.reading.coverage).toEqual([]);
    const { reader } = bucket(needed, (one) => (one === needed[1] ? denied() : body(shapes.slice(0, 1))));
    const partly = await collect(source(reader), query);
    expect(partly.reading.gaps).toMatchObject([
      { reason: 'access-denied', resource: `s3://example-trail/${needed[1]}` },
    ]);
    expect(partly.reading.coverage.flatMap(({ holes }) => holes)).toHaveLength(1);
    expect(partly.events).toHaveLength(1);
  });

  test('ten thousand denials are told in a few lines', async () => {
    const many = Array.from(
      { length: 50 },
      (_, index) => needed[1]?.replace('AbCdEfGhIjKlMnOp', `A${index}`) ?? '',
    );
    const { reader } = bucket(many, () => denied());
    const { reading } = await collect(source(reader), query);
    expect(reading.gaps).toHaveLength(5);
    expect(reading.gaps[0]?.detail).toMatch(/and 45 more objects/);
  });

  test('an object that breaks off is asked for again, then named', async () => {
    const broken = output({ Body: { transformToByteArray: () => Promise.reject(new Error('aborted')) } });
    const { reader, got } = bucket(needed.slice(0, 1), () => broken);
    const { reading } = await collect(source(reader), query);
    expect(got()).toHaveLength(3);
    expect(reading.gaps).toMatchObject([{ reason: 'unreachable', retryable: true }]);
  });

  test('goes through the guarded, counted edge', async () => {
    const listing = `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>logs/a.json</Key><Size>9</Size></Contents></ListBucketResult>`;
    const server = await startFaultServer(({ operation }) => ({
      kind: 'answer',
      type: operation.endsWith('a.json') ? 'application/json' : 'application/xml',
      body: operation.endsWith('a.json') ? JSON.stringify({ Records: shapes }) : listing,
    }));
    try {
      const edge = createEdge({
        runtime: manualRuntime(),
        signal: new AbortController().signal,
        version: '0.0.0',
        operations: s3TrailOperations,
        endpointUrl: server.url,
        rateShare: 1,
        concurrency: 4,
      });
      const reader = createReader(edge, {
        unit: accountUnit('aws', '111122223333'),
        partition: 'aws',
        region: 'us-east-1',
        session: {
          accountId: '111122223333',
          credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' }),
        },
        operations: s3TrailOperations,
      });
      const { reading, events } = await collect(source(reader));
      expect(reading.gaps).toEqual([]);
      expect(events).toHaveLength(shapes.length);
      expect(edge.ledger.entries().map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
        's3:GetObject ok',
        's3:ListObjectsV2 ok',
      ]);
    } finally {
      await server.stop();
    }
  });

  test('tells S3 locations', () => {
    expect(parseS3Uri('s3://example-trail/a/b')).toEqual({ bucket: 'example-trail', prefix: 'a/b' });
    expect(parseS3Uri('s3://example-trail')).toEqual({ bucket: 'example-trail', prefix: '' });
    expect([parseS3Uri('./logs'), parseS3Uri('s3://'), parseS3Uri('s3://UPPER/x')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
