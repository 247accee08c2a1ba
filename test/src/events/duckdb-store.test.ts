import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type EventStore, openEventStore } from '../../../src/events/duckdb-store.ts';
import { isEvent, normalizeEvent } from '../../../src/events/normalize-event.ts';
import { parseLog } from '../../../src/events/parse-log.ts';
import { type RawShape, rawLogSql } from '../../../src/events/raw-log-sql.ts';
import type { TrailEvent } from '../../../src/model/trail-event.ts';
import { dataFolder, delivery, inFolder, type Json, shapes } from './support.ts';

function eventsOf(file: string): readonly TrailEvent[] {
  return parseLog(readFileSync(file)).records.flatMap(({ index, record }) => {
    const event = normalizeEvent(record, { file, index });
    return isEvent(event) ? [event] : [];
  });
}

async function inStore<T>(
  rawFolders: readonly string[],
  run: (store: EventStore, folder: string) => Promise<T>,
): Promise<T> {
  return inFolder(async (folder) => {
    const store = await openEventStore({ folder, rawFolders, threads: 1 });
    try {
      return await run(store, folder);
    } finally {
      await store.close();
    }
  });
}

/** What both readers say of an event. DuckDB's JSON keeps the writing of numbers: parsed, both are the same. */
function comparable(value: unknown): unknown {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : null;
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : {};
}

/** Reads files with both readers; returns them side by side. */
async function bothReaders(folder: string, files: readonly string[], shape: RawShape) {
  const strict = files.flatMap(eventsOf).map((event) => ({
    file: event.origin.file,
    id: event.id,
    source: event.source,
    recorded_name: event.recordedName,
    region: event.region,
    account_id: event.accountId,
    actor_type: event.actor.type,
    actor_arn: event.actor.arn,
    access_key_id: event.actor.accessKeyId,
    source_ip: event.sourceIp,
    user_agent: event.userAgent,
    error_message: event.errorMessage,
    request: event.request,
    response: event.response,
  }));
  const rows = await inStore([folder], (store) => store.query(rawLogSql(files, shape)));
  const duckdb = rows.map(({ recorded_time: _time, error_code: _code, ...row }) => ({
    ...row,
    actor_type: row['actor_type'] ?? 'Unknown',
    access_key_id: row['access_key_id'] === '' ? null : row['access_key_id'],
    request: comparable(row['request']),
    response: comparable(row['response']),
  }));
  const sorted = (list: readonly Readonly<Record<string, unknown>>[]) =>
    list.toSorted((left, right) =>
      `${left['file']} ${left['id']}` < `${right['file']} ${right['id']}` ? -1 : 1,
    );
  return { strict: sorted(strict), duckdb: sorted(duckdb) };
}

describe('event store', () => {
  test('keeps events and answers questions, also after it was closed', async () => {
    const events = shapes.flatMap((record, index) => {
      const event = normalizeEvent(record, { file: 'a', index });
      return isEvent(event) ? [event] : [];
    });
    await inFolder(async (folder) => {
      const store = await openEventStore({ folder });
      await store.write(events.slice(0, 20));
      expect(await store.query('SELECT count(*)::INTEGER AS n FROM events')).toEqual([{ n: 20 }]);
      await store.flush();
      await store.write(events.slice(20));
      expect(await store.query('SELECT count(*)::INTEGER AS n FROM events')).toEqual([{ n: events.length }]);
      await store.close();
      expect(readdirSync(folder).filter((name) => name.endsWith('.parquet'))).toHaveLength(2);
      const again = await openEventStore({ folder });
      const found = await again.query(
        `SELECT name, request->>'roleName' AS role, TRY_CAST(time AS TIMESTAMP) AS at FROM events
         WHERE request->>'roleName' IS NOT NULL AND source = $1`,
        ['iam.amazonaws.com'],
      );
      expect(found).toEqual([
        { name: 'CreateRole', role: 'AWSReservedSSO_admin_1111111111111111', at: '2026-11-03 09:10:10' },
      ]);
      await again.close();
    });
  });

  test('a lone surrogate spoils no question', async () => {
    await inStore([], async (store) => {
      const event = normalizeEvent(
        { ...shapes[0], requestParameters: { a: '\ud800', b: '\\ud800', c: '😀' } },
        { file: 'a', index: 0 },
      );
      await store.write(isEvent(event) ? [event] : []);
      await store.flush();
      expect(
        await store.query(`SELECT request->>'a' AS a, request->>'b' AS b, request->>'c' AS c FROM events`),
      ).toEqual([{ a: '\ufffd', b: '\\ud800', c: '😀' }]);
    });
  });

  test('reads nothing outside its folders, fetches nothing, and cannot be told to', async () => {
    await inStore([], async (store) => {
      for (const sql of [
        `SELECT * FROM read_text('/etc/hostname')`,
        `SELECT * FROM read_json('https://example.com/a.json')`,
        `COPY (SELECT 1) TO '/tmp/afterleak-outside.csv'`,
        'INSTALL httpfs',
        'LOAD httpfs',
        'SET enable_external_access=true',
        `SET allowed_directories=['/']`,
      ]) {
        await expect(store.query(sql)).rejects.toThrow();
      }
    });
  });
});

describe('both readers', () => {
  test('agree on every known shape', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'a.json.gz');
      writeFileSync(file, delivery(shapes.filter(({ eventTime }) => typeof eventTime === 'string')));
      const { strict, duckdb } = await bothReaders(folder, [file], 'delivery');
      expect(duckdb).toEqual(strict);
    });
  });

  test.each([
    ['invictus', join('invictus', 'CloudTrail'), 'delivery'],
    ['stratus', 'stratus', 'array'],
  ] as const)(
    'agree event for event on %s',
    async (_name, place, shape) => {
      const folder = join(dataFolder, place);
      if (!existsSync(folder)) {
        console.log(`${folder} is not here: the comparison on real logs was not made`);
        expect(existsSync(folder)).toBe(false);
        return;
      }
      const files = readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(folder, name));
      const { strict, duckdb } = await bothReaders(folder, files, shape);
      expect(strict.length).toBeGreaterThan(shape === 'delivery' ? 1447 : 100);
      expect(duckdb).toEqual(strict);
    },
    60_000,
  );

  const text = JSON.stringify({ Records: shapes.slice(0, 3) });
  const odd: Json = { ...shapes[0], userAgent: 'odd' };

  test.each([
    [
      'a lone surrogate',
      Buffer.from(JSON.stringify({ Records: [odd, odd, odd] }).replaceAll('"odd"', '"\\ud800"')),
    ],
    ['pretty-printed', Buffer.from(JSON.stringify({ Records: shapes.slice(0, 3) }, null, 2))],
  ])('%s is for the strict reader only', async (_name, bytes) => {
    await inFolder(async (folder) => {
      const file = join(folder, 'a.json.gz');
      writeFileSync(file, gzipSync(bytes));
      expect(eventsOf(file)).toHaveLength(3);
      const rows = inStore([folder], (store) => store.query(rawLogSql([file], 'delivery')));
      await expect(rows).rejects.toThrow();
    });
  });

  test('agree on a byte order mark', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'a.json.gz');
      writeFileSync(file, gzipSync(`\ufeff${text}`));
      const { strict, duckdb } = await bothReaders(folder, [file], 'delivery');
      expect(strict).toHaveLength(3);
      expect(duckdb).toEqual(strict);
    });
  });

  test('only the strict reader sees that a file is not as it was packed', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'a.json.gz');
      const packed = delivery(shapes.slice(0, 3));
      packed.writeUInt32LE(~packed.readUInt32LE(packed.length - 8) >>> 0, packed.length - 8);
      writeFileSync(file, packed);
      expect(parseLog(readFileSync(file)).problems).toHaveLength(1);
      expect(await inStore([folder], (store) => store.query(rawLogSql([file], 'delivery')))).toHaveLength(3);
    });
  });
});
