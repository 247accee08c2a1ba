import type { TrailEvent } from '../model/trail-event.ts';
import type { LaneBuckets } from './lane-buckets.ts';
import { isEvent, normalizeEvent } from './normalize-event.ts';
import { rowMembers, type ScannedBatch, type ScannedFile } from './scan-batch.ts';
import { BatchRecords, type EventColumns, ScannedEvent } from './scanned-event.ts';

export interface RecordPlace {
  readonly file: string;
  readonly index: number;
}

/** A record that the scanner counted and the normalizer cannot read (a member that is written twice). */
export type UnusableRecord = RecordPlace & { readonly problem: string };

export interface WholeEvents {
  readonly events: readonly TrailEvent[];
  readonly unusable: readonly UnusableRecord[];
}

/** Number of the file of each of these ascending rows. */
function fileNumbersOf(files: readonly ScannedFile[], wholeRows: Int32Array): Int32Array {
  let number = 0;
  let end = files[0]?.rows ?? 0;
  return wholeRows.map((row) => {
    while (row >= end && number < files.length) {
      number += 1;
      end += files[number]?.rows ?? 0;
    }
    return number;
  });
}

function columnsOf({ files, rows, times, wholeRows, wholeBytes, wholeBounds }: ScannedBatch): EventColumns {
  return {
    bytes: wholeBytes,
    bounds: wholeBounds,
    times: Float64Array.from(wholeRows, (row) => times[row] ?? 0),
    fileNumbers: fileNumbersOf(files, wholeRows),
    indexes: wholeRows.map((row) => rows[row * rowMembers.length + rowMembers.index] ?? 0),
    files: files.map(({ name }) => name),
  };
}

/** The whole events among the kept rows; to be taken before the lane gets its next batch. */
export function wholeEvents(batch: ScannedBatch, kept: Uint8Array, lane: LaneBuckets): WholeEvents {
  const { rows, wholeRows, wholeActors } = batch;
  const records = new BatchRecords(columnsOf(batch));
  const events: TrailEvent[] = [];
  const unusable: UnusableRecord[] = [];
  for (let position = 0; position < wholeRows.length; position += 1) {
    const row = wholeRows[position] ?? 0;
    if (kept[row] !== 1) {
      continue;
    }
    if (records.isWhole(position)) {
      const origin = records.origin(position);
      const event = normalizeEvent(records.json(position), origin);
      if (isEvent(event)) {
        events.push(event);
      } else {
        unusable.push({ ...origin, ...event });
      }
    } else {
      const head = lane.head(rows[row * rowMembers.length + rowMembers.bucket] ?? 0);
      events.push(new ScannedEvent(lane.actor(wholeActors[position] ?? 0), head, records, position));
    }
  }
  return { events, unusable };
}
