import type { EventList } from '../model/event-list.ts';
import { type EventActor, plainEvent, type TrailEvent } from '../model/trail-event.ts';
import { BatchEvents } from './batch-events.ts';
import { Numbers, narrow } from './growing.ts';
import type { KeptRecords } from './kept-records.ts';
import type { LaneGeneration } from './lane-generation.ts';
import type { LeftOutCalls } from './left-out.ts';
import { isEvent } from './normalize-event.ts';
import { rowMembers, type ScannedBatch } from './scan-batch.ts';
import { BatchRecords, type EventColumns } from './scanned-event.ts';

export interface RecordPlace {
  readonly file: string;
  readonly index: number;
}

/** A record that the scanner counted and the normalizer cannot read (a member that is written twice). */
export type UnusableRecord = RecordPlace & { readonly problem: string };

export interface WholeEvents {
  /** Those that the sink wants. */
  readonly events: EventList;
  /** Those that stop, start or change trails. */
  readonly control: readonly TrailEvent[];
  readonly unusable: readonly UnusableRecord[];
  /** Those that the sink would have wanted, where there is no room for them. */
  readonly leftOut: readonly LeftOutCalls[];
}

function columnsOf({ files, rows, times, wholeRows, wholeBounds }: ScannedBatch): EventColumns {
  const count = wholeRows.length;
  const ownTimes = new Float64Array(count);
  const fileNumbers = new Int32Array(count);
  const indexes = new Int32Array(count);
  let number = 0;
  let end = files[0]?.rows ?? 0;
  for (let position = 0; position < count; position += 1) {
    const row = wholeRows[position] ?? 0;
    while (row >= end && number < files.length) {
      number += 1;
      end += files[number]?.rows ?? 0;
    }
    ownTimes[position] = times[row] ?? 0;
    fileNumbers[position] = number;
    indexes[position] = rows[row * rowMembers.length + rowMembers.index] ?? 0;
  }
  return {
    bounds: wholeBounds,
    times: ownTimes,
    fileNumbers: narrow(fileNumbers),
    indexes: narrow(indexes),
    files: files.map(({ name }) => name),
  };
}

/** Gathers the events that go the same way. */
class Gathering {
  private readonly positions = new Numbers();
  private readonly buckets = new Numbers();
  private readonly identities = new Numbers();
  private readonly actors = new Map<number, EventActor>();

  /** @param actor of a record that crossed as it is */
  add(position: number, bucket: number, identity: number, actor: EventActor | null): void {
    if (actor !== null) {
      this.actors.set(this.positions.length, actor);
    }
    this.positions.push(position);
    this.buckets.push(bucket);
    this.identities.push(identity);
  }

  events(records: BatchRecords, generation: LaneGeneration): BatchEvents {
    const positions = this.positions.taken();
    const columns = {
      positions: positions.every((position, place) => position === place) ? null : narrow(positions),
      buckets: narrow(this.buckets.taken()),
      identities: narrow(this.identities.taken()),
    };
    return new BatchEvents(records, generation, columns, this.actors);
  }
}

function callOf({ accountId, region, time }: TrailEvent): LeftOutCalls {
  const at = Date.parse(time);
  return { accountId, region, calls: 1, first: at, last: at };
}

/** The whole events among the kept rows; to be taken before the lane gets its next batch. */
export function wholeEvents(
  batch: ScannedBatch,
  kept: Uint8Array,
  generation: LaneGeneration,
  keeping: KeptRecords,
): WholeEvents {
  const { rows, wholeRows, wholeActors, wholeBytes } = batch;
  // Its identities are there already.
  const before = generation.size - batch.identities.length;
  const records = new BatchRecords(wholeBytes, columnsOf(batch));
  const events = new Gathering();
  const control = new Gathering();
  const unusable: UnusableRecord[] = [];
  for (let position = 0; position < wholeRows.length; position += 1) {
    const row = wholeRows[position] ?? 0;
    if (kept[row] !== 1) {
      continue;
    }
    const bucket = rows[row * rowMembers.length + rowMembers.bucket] ?? 0;
    const { forSink, isControl } = generation.whole(bucket);
    const crossed = records.isWhole(position) ? records.normalized(position) : null;
    if (crossed !== null && !isEvent(crossed)) {
      unusable.push({ ...records.origin(position), ...crossed });
      continue;
    }
    const identity = wholeActors[position] ?? 0;
    if (forSink) {
      events.add(position, bucket, identity, crossed?.actor ?? null);
    }
    if (isControl) {
      control.add(position, bucket, identity, crossed?.actor ?? null);
    }
  }
  const found = { control: Array.from(control.events(records, generation), plainEvent), unusable };
  const wanted = events.events(records, generation);
  if (wanted.length > 0 && !keeping.admit(wanted.length, generation.size - before)) {
    return { ...found, events: [], leftOut: Array.from(wanted, callOf) };
  }
  if (wanted.length > 0) {
    records.keep(keeping);
  }
  return { ...found, events: wanted, leftOut: [] };
}
