import type { EventTest } from './event-filter.ts';
import type { KeptRecords } from './kept-records.ts';
import type { LaneBucket } from './lane-activity.ts';
import { LaneBuckets } from './lane-buckets.ts';
import { rowMembers, type ScannedBatch } from './scan-batch.ts';
import type { SeenEvents, Sighting } from './seen-events.ts';
import { type RecordPlace, type WholeEvents, wholeEvents } from './whole-events.ts';

/** What one batch adds, once its duplicates are taken out. */
export interface Folded {
  readonly whole: WholeEvents;
  /** Complete buckets; often none. */
  readonly activity: readonly LaneBucket[];
  readonly duplicates: number;
  /** The index of seen events is full. */
  readonly untold: number;
  readonly otherContent: readonly RecordPlace[];
}

interface Sorted extends Omit<Folded, 'whole' | 'activity'> {
  readonly kept: Uint8Array;
}

/** Puts the columns of all lanes together, in the order of the files: which of two equal records stays is certain. */
export class BatchFold {
  private readonly seen: SeenEvents;
  private readonly lanes: readonly LaneBuckets[];
  private readonly keeping: KeptRecords;

  /** @param forSink which whole events the sink wants; the others are for the coverage */
  constructor(seen: SeenEvents, keeping: KeptRecords, lanes: number, forSink: EventTest) {
    this.seen = seen;
    this.keeping = keeping;
    this.lanes = Array.from({ length: lanes }, () => new LaneBuckets(forSink));
  }

  fold(batch: ScannedBatch, laneNumber: number): Folded {
    const lane = this.lanes[laneNumber];
    if (lane === undefined) {
      throw new RangeError(`there is no lane ${laneNumber}`);
    }
    const activity = batch.reset ? lane.take() : [];
    lane.add(batch);
    const { kept, ...sorted } = this.sort(batch, lane);
    return { ...sorted, whole: wholeEvents(batch, kept, lane.generation, this.keeping), activity };
  }

  rest(): readonly LaneBucket[] {
    return this.lanes.flatMap((lane) => lane.take());
  }

  private sort({ files, rows, times }: ScannedBatch, lane: LaneBuckets): Sorted {
    const kept = new Uint8Array(times.length);
    const otherContent: RecordPlace[] = [];
    const counts: Record<Sighting, number> = { new: 0, duplicate: 0, 'other-content': 0, untold: 0 };
    let row = 0;
    for (const file of files) {
      for (const end = row + file.rows; row < end; row += 1) {
        const sighting = this.sight(rows, row);
        counts[sighting] += 1;
        if (sighting !== 'duplicate') {
          kept[row] = 1;
          lane.count(rows[row * rowMembers.length + rowMembers.bucket] ?? 0, times[row] ?? 0);
        }
        if (sighting === 'other-content') {
          otherContent.push({
            file: file.name,
            index: rows[row * rowMembers.length + rowMembers.index] ?? 0,
          });
        }
      }
    }
    return { kept, otherContent, duplicates: counts.duplicate, untold: counts.untold };
  }

  private sight(rows: Int32Array, row: number): Sighting {
    const at = row * rowMembers.length;
    return this.seen.sight(
      rows[at + rowMembers.idA] ?? 0,
      rows[at + rowMembers.idB] ?? 0,
      rows[at + rowMembers.content] ?? 0,
    );
  }
}
