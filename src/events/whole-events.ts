import { isAscii } from 'node:buffer';
import type { EventOrigin, TrailEvent } from '../model/trail-event.ts';
import { IsoWriter } from './event-time.ts';
import type { LaneBuckets } from './lane-buckets.ts';
import { eventOf, isEvent, normalizeEvent } from './normalize-event.ts';
import { rowMembers, type ScannedBatch, type ScannedFile } from './scan-batch.ts';

export interface RecordPlace {
  readonly file: string;
  readonly index: number;
}

/** A record that the scanner counted and the normalizer cannot read (a member that is written twice). */
export type UnusableRecord = RecordPlace & { readonly problem: string };

export interface WholeEventsPart {
  readonly events: readonly TrailEvent[];
  readonly unusable: readonly UnusableRecord[];
}

/** Tells for ascending rows of a batch which file they are of. */
function fileFinder(files: readonly ScannedFile[]): (row: number) => string {
  let number = 0;
  let end = files[0]?.rows ?? 0;
  return (row) => {
    while (row >= end && number < files.length) {
      number += 1;
      end += files[number]?.rows ?? 0;
    }
    return files[number]?.name ?? '';
  };
}

/**
 * The whole events among the kept rows, in parts: what is parsed, used and let go at once is cheap. To be taken before
 * the lane gets its next batch.
 */
export function* wholeEvents(
  batch: ScannedBatch,
  kept: Uint8Array,
  lane: LaneBuckets,
): Generator<WholeEventsPart> {
  const { files, rows, wholeRows, wholeActors, wholeBytes, wholeParts } = batch;
  const bytes = Buffer.from(wholeBytes.buffer, wholeBytes.byteOffset, wholeBytes.length);
  const encoding = isAscii(bytes) ? 'latin1' : 'utf8';
  const fileOf = fileFinder(files);
  const times = new IsoWriter();
  const eventAt = (position: number, row: number, record: unknown, origin: EventOrigin) => {
    if (!Array.isArray(record)) {
      return normalizeEvent(record, origin);
    }
    const details: readonly unknown[] = record;
    return eventOf(
      {
        id: String(details[0]),
        time: times.isoOf(batch.times[row] ?? 0),
        actor: lane.actor(wholeActors[position] ?? 0),
        origin,
      },
      lane.head(rows[row * rowMembers.length + rowMembers.bucket] ?? 0),
      details,
    );
  };
  let start = 0;
  let position = 0;
  for (const end of wholeParts) {
    const parsed: unknown = JSON.parse(bytes.toString(encoding, start, end));
    start = end;
    const events: TrailEvent[] = [];
    const unusable: UnusableRecord[] = [];
    const records: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
    for (const record of records) {
      const row = wholeRows[position] ?? 0;
      if (kept[row] === 1) {
        const origin = { file: fileOf(row), index: rows[row * rowMembers.length + rowMembers.index] ?? 0 };
        const event = eventAt(position, row, record, origin);
        if (isEvent(event)) {
          events.push(event);
        } else {
          unusable.push({ ...origin, ...event });
        }
      }
      position += 1;
    }
    yield { events, unusable };
  }
}
