import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activityOf, addUpActivity } from '../../../src/events/aggregate-activity.ts';
import { type LogFilesSettings, logFilesSource } from '../../../src/events/log-files-source.ts';
import { isEvent, normalizeEvent } from '../../../src/events/normalize-event.ts';
import { SeenEvents } from '../../../src/events/seen-events.ts';
import type { EventSource } from '../../../src/model/event-source.ts';
import { isLineageEvent } from '../../../src/model/lineage-events.ts';
import type { TrailEvent } from '../../../src/model/trail-event.ts';
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

const reference = shapes.flatMap((record, index): readonly TrailEvent[] => {
  const event = normalizeEvent(record, { file: '', index });
  return isEvent(event) ? [event] : [];
});

function contents(events: readonly TrailEvent[]): readonly string[] {
  return events.map(({ origin: _, ...event }) => JSON.stringify(event)).sort();
}

describe('logFilesSource', () => {
  test('hands over events and activity as the normalizer tells them', async () => {
    const { reading, events, activity } = await collect(source([fixtures]));
    expect(contents(events)).toEqual(contents(reference));
    expect(addUpActivity(activity)).toEqual(activityOf(reference));
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
      fc.asyncProperty(placed, async (files) => {
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
          const { reading, events, activity } = await collect(source([folder]));
          const expected = reference.filter((_, index) => picked.has(index));
          expect(contents(events)).toEqual(contents(expected));
          expect(addUpActivity(activity)).toEqual(activityOf(expected));
          expect(reading.counts.duplicates).toBe(written - picked.size);
        });
      }),
      { numRuns: 60 },
    );
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
