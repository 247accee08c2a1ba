import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activityOf, addUpActivity } from '../../../src/events/aggregate-activity.ts';
import { createEventScanner, detailSlots } from '../../../src/events/event-scanner.ts';
import { KeptRecords } from '../../../src/events/kept-records.ts';
import { type LogFilesSettings, logFilesSource } from '../../../src/events/log-files-source.ts';
import { logLimits } from '../../../src/events/log-limits.ts';
import { detailMembers, isEvent, normalizeEvent } from '../../../src/events/normalize-event.ts';
import { SeenEvents } from '../../../src/events/seen-events.ts';
import type { EventSource } from '../../../src/model/event-source.ts';
import { isLineageEvent } from '../../../src/model/lineage-events.ts';
import { idOrder, plainEvent, type TrailEvent } from '../../../src/model/trail-event.ts';
import { collect, delivery, everything, fixtures, inFolder, type Json, now, shapes } from './support.ts';

const name = '111122223333_CloudTrail_us-east-1_20261103T0915Z_AbCdEfGhIjKlMnOp.json.gz';

function source(paths: readonly string[], more: Partial<LogFilesSettings> = {}): EventSource {
  return logFilesSource({
    paths,
    now,
    signal: new AbortController().signal,
    cores: 0,
    wholeEvents: null,
    ...more,
  });
}

/** Bytes of records that stay in memory: none, some, or all. */
const inMemory = fc.constantFrom(0, 5000, logLimits().residentBytes);

const reference = shapes.flatMap((record, index): readonly TrailEvent[] => {
  const event = normalizeEvent(record, { file: '', index });
  return isEvent(event) ? [event] : [];
});

/** What the source knows of an event besides must be what the event tells. */
function tellsOtherNumbers({ at, time, order, id }: TrailEvent): boolean {
  return (at ?? Date.parse(time)) !== Date.parse(time) || (order ?? idOrder(id)) !== idOrder(id);
}

function contents(events: readonly TrailEvent[]): readonly string[] {
  return events.map((event) => JSON.stringify({ ...plainEvent(event), origin: null })).sort();
}

describe('logFilesSource', () => {
  test('hands over events and activity as the normalizer tells them', async () => {
    const { reading, events, activity } = await collect(source([fixtures]));
    expect(contents(events)).toEqual(contents(reference));
    expect(addUpActivity(activity)).toEqual(activityOf(reference));
    expect(events.filter(({ at, order }) => at !== undefined && order !== undefined)).not.toEqual([]);
    expect(events.filter(tellsOtherNumbers)).toEqual([]);
    expect(reading.gaps).toEqual([]);
    expect(reading.counts).toMatchObject({ files: 1, records: shapes.length, duplicates: 0, unparsable: 0 });
  });

  test('without being told otherwise hands over the events of the lineage, and counts all', async () => {
    const { wholeEvents: _, ...settings } = {
      paths: [fixtures],
      now,
      signal: new AbortController().signal,
      cores: 0,
      wholeEvents: null,
    };
    const { events, activity } = await collect(logFilesSource(settings));
    expect(contents(events)).toEqual(
      contents(reference.filter((event) => isLineageEvent(event.source, event.name))),
    );
    expect(activity.reduce((sum, { calls }) => sum + calls, 0)).toBe(shapes.length);
  });

  test('any split, order and repetition over files is the same log', async () => {
    const placed = fc.array(
      fc.record({
        picked: fc.array(fc.nat(shapes.length - 1), { maxLength: 12 }),
        form: fc.constantFrom('gzip', 'plain', 'lines', 'pretty'),
      }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(placed, inMemory, async (files, residentBytes) => {
        await inFolder(async (folder) => {
          const picked = new Set<number>();
          let written = 0;
          for (const [number, file] of files.entries()) {
            const records = file.picked.map((index) => shapes[index]);
            written += records.length;
            for (const index of file.picked) {
              picked.add(index);
            }
            const texts = {
              gzip: delivery(records),
              plain: JSON.stringify({ Records: records }),
              lines: records.length === 0 ? '[]' : records.map((record) => JSON.stringify(record)).join('\n'),
              pretty: JSON.stringify(records, null, 1),
            };
            writeFileSync(join(folder, `${number}.json`), texts[file.form]);
          }
          const kept = new KeptRecords({ ...logLimits(), residentBytes });
          const { reading, events, activity } = await collect(source([folder], { kept }));
          const expected = reference.filter((_, index) => picked.has(index));
          expect(contents(events)).toEqual(contents(expected));
          expect(addUpActivity(activity)).toEqual(activityOf(expected));
          expect(reading.counts.duplicates).toBe(written - picked.size);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('what there is no room for is told: a gap and a hole in the coverage for each place', async () => {
    await inFolder(async (folder) => {
      const other = name.replace('111122223333', '444455556666').replace('us-east-1', 'eu-west-1');
      const record = (number: number, more: Json): Json => ({
        ...shapes[0],
        eventID: `${number} of ${more['awsRegion']}`,
        eventTime: `2026-11-03T09:1${number}:00Z`,
        ...more,
      });
      const first = { recipientAccountId: '111122223333', awsRegion: 'us-east-1' };
      const second = { recipientAccountId: '444455556666', awsRegion: 'eu-west-1' };
      writeFileSync(join(folder, name), delivery([1, 2, 3].map((number) => record(number, first))));
      writeFileSync(join(folder, other), delivery([1, 2, 3, 4].map((number) => record(number, second))));
      const kept = new KeptRecords({ ...logLimits(), events: 5 });
      const read = (one: string) => collect(source([join(folder, one)], { kept }));
      const early = await read(name);
      const late = await read(other);
      expect(early.reading.gaps).toEqual([]);
      expect(early.events).toHaveLength(3);
      expect(late.events).toEqual([]);
      // Counted all the same.
      expect(late.activity.reduce((sum, { calls }) => sum + calls, 0)).toBe(4);
      expect(late.reading.gaps).toEqual([
        expect.objectContaining({
          reason: 'truncated',
          unit: { kind: 'region', partition: 'aws', accountId: '444455556666', region: 'eu-west-1' },
          detail: expect.stringMatching(
            /^4 events that the lineage may need from 2026-11-03T09:11:00\.000Z to 2026-11-03T09:14:00\.000Z were not kept.*--trail-memory/,
          ),
        }),
      ]);
      expect(late.reading.coverage.map(({ holes }) => holes)).toEqual([
        [expect.objectContaining({ from: '2026-11-03T09:11:00.000Z', to: '2026-11-03T09:14:00.001Z' })],
      ]);
    });
  });

  test.each([
    ['a string with an escape that is not needed', '"userAgent":"\\u0061 tool\\/1"'],
    ['lone surrogates', '"userAgent":"\\ud800","sourceIPAddress":"\\ud801"'],
    ['names with escapes', '"user\\u0041gent":"one","error\\u0043ode":"Odd"'],
    ['a member twice', '"userIdentity":{"accessKeyId":"AKIAIOSFODNN7EXAMPLE"},"userIdentity":{"arn":"a"}'],
    [
      'an answer twice',
      '"responseElements":{"ConsoleLogin":"Failure"},"responseElements":{"ConsoleLogin":"Success"}',
    ],
    [
      'an answer twice, then without',
      '"responseElements":{"ConsoleLogin":"Failure"},"responseElements":null',
    ],
    ['no event id', '"eventID":null,"requestParameters":{"a":1e2}'],
    ['an empty event id', '"eventID":""'],
    ['an identity that is no object', '"userIdentity":"root"'],
    ['no identity', '"userIdentity":null'],
    [
      'members of other kinds',
      '"awsRegion":1,"errorCode":{},"eventType":[],"resources":{},"requestParameters":"x"',
    ],
    [
      'resources of all kinds',
      '"resources":[1,null,{"ARN":"a"},{"arn":"b","type":"c"},{"ARN":"","arn":"d"}]',
    ],
    ['letters beyond ASCII', '"userIdentity":{"type":"IAMUser","userName":"Zoë 🔑"},"errorMessage":"für ✓"'],
    ['a fraction of a second', '"eventTime":"2026-11-03T09:10:05.123456Z"'],
    ['the other time', '"eventTime":"Nov 3","@timestamp":"2026-11-03T09:10:05+01:00"'],
    ['a name with a version', '"eventName":"CreateFunction20150331v2"'],
  ])('%s: told as the normalizer tells it, among others like it', async (_name, odd) => {
    const texts = [0, 1, 2].flatMap((number) => {
      const common = `{"eventID":"${number}","eventTime":"2026-11-03T09:10:0${number}Z","eventSource":"s3.amazonaws.com","eventName":"Get","userAgent":"plain agent","recipientAccountId":"111122223333"`;
      return [`${common}}`.replace('"eventID":"', '"eventID":"plain-'), `${common},"n":${number},${odd}}`];
    });
    const expected = texts.map((text, index) => normalizeEvent(JSON.parse(text), { file: '', index }));
    await inFolder(async (folder) => {
      writeFileSync(join(folder, 'a.json'), `{"Records":[${texts.join(',')}]}`);
      const kept = new KeptRecords({ ...logLimits(), residentBytes: 0 });
      const { reading, events, activity } = await collect(source([folder]));
      expect(contents((await collect(source([folder], { kept }))).events)).toEqual(contents(events));
      expect(reading.gaps.filter(({ detail }) => !detail.includes('event id'))).toEqual([]);
      expect(contents(events)).toEqual(contents(expected.filter(isEvent)));
      expect(events).toHaveLength(texts.length);
      expect(events.filter(tellsOtherNumbers)).toEqual([]);
      expect(activity.reduce((sum, { calls }) => sum + calls, 0)).toBe(texts.length);
    });
  });

  test('the details of an event are those that cross the threads, in their order', () => {
    const text = JSON.stringify(Object.fromEntries(detailMembers.map((member) => [member, member])));
    const scanner = createEventScanner();
    scanner.load(Buffer.from(text), 0);
    scanner.scanRecord();
    expect(detailSlots.map((slot) => scanner.text(slot))).toEqual(detailMembers);
  });

  test('an event id with other content is kept and named', async () => {
    await inFolder(async (folder) => {
      const other: Json = { ...shapes[0], userAgent: 'another' };
      writeFileSync(join(folder, 'a.json.gz'), delivery([shapes[0], shapes[0]]));
      writeFileSync(join(folder, 'b.json.gz'), delivery([other, shapes[0], other]));
      const { reading, events } = await collect(source([folder]));
      expect(events).toHaveLength(2);
      expect(reading.counts.duplicates).toBe(3);
      expect(reading.gaps.map(({ detail }) => detail).join()).toMatch(
        /1 records have the event id of another.*b\.json/,
      );
    });
  });

  test('sources may share what they have seen', async () => {
    const seen = new SeenEvents();
    await collect(source([fixtures], { seen }));
    const again = await collect(source([fixtures], { seen }));
    expect(again.events).toEqual([]);
    expect(again.activity).toEqual([]);
  });

  test('keeps to window and accounts', async () => {
    const query = {
      ...everything,
      window: { from: '2026-11-03T09:10:05Z', to: '2026-11-03T09:10:20Z' },
      accountIds: ['444455556666'],
    };
    const { reading, events } = await collect(source([fixtures]), query);
    expect(events.map(({ name: one }) => one)).toEqual(['CreateRole', 'AssumeRoleWithSAML', 'ListBuckets']);
    expect(reading.counts.outsideWindow).toBe(shapes.length - 3);
  });

  test('a folder of mixed things: each trouble by name, the rest is used', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, 'inner'));
      const packed = delivery(shapes);
      writeFileSync(join(folder, 'inner', name), packed);
      writeFileSync(join(folder, 'cut.json.gz'), packed.subarray(0, 900));
      writeFileSync(join(folder, 'half.json'), JSON.stringify({ Records: shapes }).slice(0, 3000));
      writeFileSync(join(folder, 'empty.json.gz'), '');
      writeFileSync(join(folder, 'table.csv'), 'time,name,key\n1,2,3\n');
      writeFileSync(
        join(folder, 'bad.json'),
        JSON.stringify({ Records: [{ ...shapes[0], eventTime: 'Nov 3' }] }),
      );
      writeFileSync(
        join(folder, 'huge.json.gz'),
        gzipSync(
          JSON.stringify({ Records: [{ ...shapes[1], eventID: 'huge', requestID: 'x'.repeat(64_000_000) }] }),
        ),
      );
      const { reading, events } = await collect(
        source([folder, join(folder, 'missing'), join(folder, '*.none')]),
      );
      expect(new Set(events.map(({ id }) => id)).size).toBe(shapes.length + 1);
      const gaps = reading.gaps
        .map(({ resource, detail }) => `${resource?.slice(folder.length + 1)}: ${detail}`)
        .sort();
      expect(gaps).toEqual([
        expect.stringMatching(/^\*\.none: no file matches/),
        expect.stringMatching(/^bad\.json: 1 of 1 records .*no time/),
        expect.stringMatching(/^cut\.json\.gz: broken JSON/),
        expect.stringMatching(/^cut\.json\.gz: the gzip data end too early/),
        expect.stringMatching(/^empty\.json\.gz: .*0 bytes/),
        expect.stringMatching(/^half\.json: broken JSON/),
        expect.stringMatching(/^missing: no such file/),
        expect.stringMatching(/^table\.csv: not a CloudTrail log: CSV/),
      ]);
      expect(reading.counts.unparsable).toBe(1);
    });
  });

  test('a file without permission is named', async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, 'a.json'), '[]');
      chmodSync(join(folder, 'a.json'), 0);
      const { reading } = await collect(source([folder]));
      // Root reads everything: then there is nothing to name.
      const root = process.getuid?.() === 0;
      expect(reading.gaps.map(({ reason }) => reason)).toEqual(root ? [] : ['access-denied']);
    });
  });

  test('globs', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, 'x', 'y'), { recursive: true });
      writeFileSync(join(folder, 'x', 'y', 'a.json'), JSON.stringify([shapes[0]]));
      writeFileSync(join(folder, 'x', 'b.json'), JSON.stringify([shapes[1]]));
      writeFileSync(join(folder, 'x', 'c.txt'), 'no');
      const found = async (glob: string) => (await collect(source([join(folder, glob)]))).events.length;
      expect(await found('**/*.json')).toBe(2);
      expect(await found('x/*.json')).toBe(1);
      expect(await found('x/{b,z}.js?n')).toBe(1);
      expect(await found('x/[ab].json')).toBe(1);
    });
  });

  test('coverage: delivered files, cut off a quarter of an hour before now, with holes', async () => {
    await inFolder(async (folder) => {
      const stop: Json = {
        ...shapes[0],
        eventID: 'stop',
        eventTime: '2026-11-03T09:20:00Z',
        eventSource: 'cloudtrail.amazonaws.com',
        eventName: 'StopLogging',
        requestParameters: { name: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main' },
      };
      const start = {
        ...stop,
        eventID: 'start',
        eventName: 'StartLogging',
        eventTime: '2026-11-03T09:40:00Z',
      };
      const tried = {
        ...stop,
        eventID: 'tried',
        eventTime: '2026-11-03T09:50:00Z',
        errorCode: 'AccessDenied',
      };
      writeFileSync(join(folder, name), delivery([stop]));
      writeFileSync(join(folder, name.replace('T0915Z', 'T1000Z')), delivery([start, tried]));
      writeFileSync(join(folder, name.replace('T0915Z', 'T0935Z')), '');
      const { reading } = await collect(source([folder], { now: Date.parse('2026-11-03T10:10:00Z') }));
      expect(reading.coverage).toEqual([
        {
          accountId: '111122223333',
          region: 'us-east-1',
          from: '2026-11-03T09:10:00.000Z',
          to: '2026-11-03T09:55:00.000Z',
          basis: 'delivery',
          holes: [
            {
              from: '2026-11-03T09:15:00.000Z',
              to: '2026-11-03T09:35:00.000Z',
              why: expect.stringMatching(/T0935Z.*0 bytes/),
            },
            {
              from: '2026-11-03T09:20:00.000Z',
              to: '2026-11-03T09:40:00.000Z',
              why: 'trail main was stopped (StopLogging, event stop)',
            },
          ],
        },
      ]);
    });
  });

  test('a stopped run says so', async () => {
    const controller = new AbortController();
    controller.abort();
    const { reading, events } = await collect(source([fixtures], { signal: controller.signal }));
    expect(events).toEqual([]);
    expect(reading.gaps.map(({ reason }) => reason)).toEqual(['aborted']);
  });
});
