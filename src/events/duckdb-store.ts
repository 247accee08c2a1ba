import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { TrailEvent } from '../model/trail-event.ts';
import { type EventRow, eventColumns, eventRow } from './event-row.ts';
import { sqlText } from './sql-text.ts';

export type StoreValue = string | number | boolean | null;
export type StoreRow = Readonly<Record<string, unknown>>;

/** Events of a case as Parquet files in its folder, and the answers to questions about them. */
export interface EventStore {
  /** Adds events; they are on disk after `flush`, and at the latest after `close`. */
  write(events: readonly TrailEvent[]): Promise<void>;
  flush(): Promise<void>;
  /** Runs SQL over the view `events`; rows as plain JSON. */
  query(sql: string, values?: readonly StoreValue[]): Promise<readonly StoreRow[]>;
  close(): Promise<void>;
}

export interface EventStoreSettings {
  /** Gets the Parquet files. */
  readonly folder: string;
  /** Folders with raw logs that queries may read besides. */
  readonly rawFolders?: readonly string[];
  readonly memoryMegabytes?: number;
  readonly threads?: number;
}

const rowsPerFile = 200_000;
const defaultMemory = 512;

/**
 * Nothing is fetched, nothing outside the given folders is read, and no query can change that. File errors are never
 * ignored: what DuckDB cannot read fails the query.
 */
async function confine(connection: DuckDBConnection, settings: EventStoreSettings): Promise<void> {
  const folders = [settings.folder, ...(settings.rawFolders ?? [])].map((folder) => `${resolve(folder)}/`);
  await connection.run(`SET allowed_directories=[${folders.map(sqlText).join(', ')}]`);
  await connection.run(`SET memory_limit='${settings.memoryMegabytes ?? defaultMemory}MB'`);
  await connection.run(`SET temp_directory=${sqlText(join(resolve(settings.folder), 'temporary'))}`);
  if (settings.threads !== undefined) {
    await connection.run(`SET threads=${settings.threads}`);
  }
  await connection.run('SET enable_external_access=false');
  await connection.run('SET lock_configuration=true');
}

class DuckdbStore implements EventStore {
  private readonly connection: DuckDBConnection;
  private readonly folder: string;
  private pending = 0;
  private parts: number;

  constructor(connection: DuckDBConnection, folder: string, parts: number) {
    this.connection = connection;
    this.folder = folder;
    this.parts = parts;
  }

  async write(events: readonly TrailEvent[]): Promise<void> {
    const appender = await this.connection.createAppender('pending');
    for (const event of events) {
      const row: EventRow = eventRow(event);
      for (const value of Object.values(row)) {
        if (value === null) {
          appender.appendNull();
        } else if (typeof value === 'number') {
          appender.appendInteger(value);
        } else {
          appender.appendVarchar(value);
        }
      }
      appender.endRow();
    }
    appender.closeSync();
    this.pending += events.length;
    if (this.pending >= rowsPerFile) {
      await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.pending === 0) {
      return;
    }
    this.parts += 1;
    const path = join(this.folder, `events-${String(this.parts).padStart(5, '0')}.parquet`);
    await this.connection.run(
      `COPY (SELECT * FROM pending ORDER BY time, id) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    await this.connection.run('DELETE FROM pending');
    this.pending = 0;
    await this.view();
  }

  /** What is on disk, and what is still in memory. */
  async view(): Promise<void> {
    const stored = join(this.folder, 'events-*.parquet');
    const disk = this.parts === 0 ? '' : ` UNION ALL SELECT * FROM read_parquet(${sqlText(stored)})`;
    await this.connection.run(`CREATE OR REPLACE VIEW events AS SELECT * FROM pending${disk}`);
  }

  async query(sql: string, values: readonly StoreValue[] = []): Promise<readonly StoreRow[]> {
    const reader = await this.connection.runAndReadAll(sql, [...values]);
    return reader.getRowObjectsJson();
  }

  async close(): Promise<void> {
    await this.flush();
    this.connection.closeSync();
  }
}

/** Opens the event store of a case; what was written into its folder before is there again. */
export async function openEventStore(settings: EventStoreSettings): Promise<EventStore> {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 });
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await confine(connection, settings);
  const columns = Object.entries(eventColumns).map(([name, type]) => `"${name}" ${type}`);
  await connection.run(`CREATE TABLE pending (${columns.join(', ')})`);
  const numbers = readdirSync(settings.folder).flatMap((name) => {
    const [, digits] = /^events-(\d{5,})\.parquet$/.exec(name) ?? [];
    return digits === undefined ? [] : [Number(digits)];
  });
  const store = new DuckdbStore(connection, resolve(settings.folder), Math.max(0, ...numbers));
  await store.view();
  return store;
}
