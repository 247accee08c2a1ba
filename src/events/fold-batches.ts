import type { ActivityBucket } from '../model/activity.ts';
import type { EventTest } from './event-filter.ts';
import { LaneBuckets } from './lane-buckets.ts';
import { rowMembers, type ScannedBatch } from './scan-batch.ts';
import type { SeenEvents } from './seen-events.ts';
import { type RecordPlace, type WholeEvents, wholeEvents } from './whole-events.ts';

/** What one batch adds, once its duplicates are taken out. */
export interface Folded {
  readonly whole: WholeEvents;
  /** Complete buckets; often none. */
  readonly activity: readonly ActivityBucket[];
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

  /** @param forSink which whole events the sink wants; the others are for the coverage */
  constructor(seen: SeenEvents, lanes: number, forSink: EventTest) {
    this.seen = seen;
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
    return { ...sorted, whole: wholeEvents(batch, kept, lane), activity };
  }

  rest(): readonly ActivityBucket[] {
    return this.lanes.flatMap((lane) => lane.take());
  }

  private sort({ files, rows, times }: ScannedBatch, lane: LaneBuckets): Sorted {
    const kept = new Uint8Array(times.length);
    const otherContent: RecordPlace[] = [];
    let duplicates = 0;
    let untold = 0;
    let row = 0;
    for (const file of files) {
      for (const end = row + file.rows; row < end; row += 1) {
        const at = row * rowMembers.length;
        const sighting = this.seen.sight(
          rows[at + rowMembers.idA] ?? 0,
          rows[at + rowMembers.idB] ?? 0,
          rows[at + rowMembers.content] ?? 0,
        );
        if (sighting === 'duplicate') {
          duplicates += 1;
          continue;
        }
        kept[row] = 1;
        lane.count(rows[at + rowMembers.bucket] ?? 0, times[row] ?? 0);
        untold += sighting === 'untold' ? 1 : 0;
        if (sighting === 'other-content') {
          otherContent.push({ file: file.name, index: rows[at + rowMembers.index] ?? 0 });
        }
      }
    }
    return { kept, otherContent, duplicates, untold };
  }
}
