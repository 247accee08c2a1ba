import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ActivityBucket } from '../../../src/model/activity.ts';
import type { EventQuery, EventReading, EventSink, EventSource } from '../../../src/model/event-source.ts';
import type { TrailEvent } from '../../../src/model/trail-event.ts';
import { plainBucket } from '../../fixtures/lineage/plain-bucket.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');

/** The public data sets beside the repository. */
export const dataFolder = process.env['AFTERLEAK_DATA'] ?? join(root, '..', 'shared', 'data');

export const fixtures = join(root, 'test', 'fixtures', 'trail');
export const shapesFile = join(fixtures, 'record-shapes.json');

export type Json = Record<string, unknown>;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

export function recordsOf(text: string): readonly Json[] {
  const parsed: unknown = JSON.parse(text);
  const list: unknown = isJson(parsed) && !Array.isArray(parsed) ? parsed['Records'] : parsed;
  return Array.isArray(list) ? list.filter(isJson) : [];
}

/** Records of every shape that is known: see test/fixtures/trail. */
export const shapes = recordsOf(readFileSync(shapesFile, 'utf8'));

export function delivery(records: readonly unknown[]): Buffer {
  return gzipSync(JSON.stringify({ Records: records }));
}

export const everything: EventQuery = {
  window: null,
  accountIds: null,
  seeds: { accessKeyIds: [], userNames: [], resourceNames: [] },
};

/** Time of the fixtures' runs: a day after the incident. */
export const now = Date.parse('2026-11-04T12:00:00.000Z');

export interface Collected {
  readonly reading: EventReading;
  readonly events: readonly TrailEvent[];
  readonly activity: readonly ActivityBucket[];
}

export async function collect(source: EventSource, query: EventQuery = everything): Promise<Collected> {
  const events: TrailEvent[] = [];
  const activity: ActivityBucket[] = [];
  const sink: EventSink = {
    events(batch) {
      events.push(...batch);
      return Promise.resolve();
    },
    activity(batch) {
      activity.push(...[...batch].map(plainBucket));
      return Promise.resolve();
    },
  };
  const reading = await source.read(query, sink);
  return { reading, events, activity };
}

/** Runs with a temporary folder that is removed afterwards. */
export async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'afterleak-trail-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
