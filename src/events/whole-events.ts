import type { TrailEvent } from '../model/trail-event.ts';
import type { LaneBuckets } from './lane-buckets.ts';
import { type EventHead, isEvent, type NotAnEvent, normalizeEvent } from './normalize-event.ts';
import { rowMembers, type ScannedBatch } from './scan-batch.ts';
import { BatchRecords, type EventColumns, ScannedEvent } from './scanned-event.ts';

export interface RecordPlace {
  readonly file: string;
  readonly index: number;
}

/** A record that the scanner counted and the normalizer cannot read (a member that is written twice). */
export type UnusableRecord = RecordPlace & { readonly problem: string };

export interface WholeEvents {
  /** Those that the sink wants. */
  readonly events: readonly TrailEvent[];
  /** Those that stop, start or change trails. */
  readonly control: readonly TrailEvent[];
  readonly unusable: readonly UnusableRecord[];
}

function columnsOf({ files, rows, times, wholeRows, wholeBytes, wholeBounds }: ScannedBatch): EventColumns {
  const count = wholeRows.length;
  const columns = {
    bytes: wholeBytes,
    bounds: wholeBounds,
    times: new Float64Array(count),
    fileNumbers: new Int32Array(count),
    indexes: new Int32Array(count),
    files: files.map(({ name }) => name),
  };
  let number = 0;
  let end = files[0]?.rows ?? 0;
  for (let position = 0; position < count; position += 1) {
    const row = wholeRows[position] ?? 0;
    while (row >= end && number < files.length) {
      number += 1;
      end += files[number]?.rows ?? 0;
    }
    columns.times[position] = times[row] ?? 0;
    columns.fileNumbers[position] = number;
    columns.indexes[position] = rows[row * rowMembers.length + rowMembers.index] ?? 0;
  }
  return columns;
}

function eventAt(
  { wholeActors }: ScannedBatch,
  records: BatchRecords,
  position: number,
  head: EventHead,
  lane: LaneBuckets,
): TrailEvent | NotAnEvent {
  return records.isWhole(position)
    ? normalizeEvent(records.json(position), records.origin(position))
    : new ScannedEvent(lane.actor(wholeActors[position] ?? 0), head, records, position);
}

/** The whole events among the kept rows; to be taken before the lane gets its next batch. */
export function wholeEvents(batch: ScannedBatch, kept: Uint8Array, lane: LaneBuckets): WholeEvents {
  const { rows, wholeRows } = batch;
  const records = new BatchRecords(columnsOf(batch));
  const events: TrailEvent[] = [];
  const control: TrailEvent[] = [];
  const unusable: UnusableRecord[] = [];
  for (let position = 0; position < wholeRows.length; position += 1) {
    const row = wholeRows[position] ?? 0;
    if (kept[row] !== 1) {
      continue;
    }
    const { head, forSink, isControl } = lane.whole(rows[row * rowMembers.length + rowMembers.bucket] ?? 0);
    const event = eventAt(batch, records, position, head, lane);
    if (!isEvent(event)) {
      unusable.push({ ...records.origin(position), ...event });
      continue;
    }
    if (forSink) {
      events.push(event);
    }
    if (isControl) {
      control.push(event);
    }
  }
  return { events, control, unusable };
}
