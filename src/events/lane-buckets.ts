import type { EventTest } from './event-filter.ts';
import { Doubles, Numbers } from './growing.ts';
import { type LaneBucket, laneActivity } from './lane-activity.ts';
import { LaneGeneration } from './lane-generation.ts';
import { bucketMembers, type ScannedBatch } from './scan-batch.ts';

/** Counts the calls of one lane, bucket by bucket. */
export class LaneBuckets {
  private readonly calls = new Numbers();
  private readonly first = new Doubles();
  private readonly last = new Doubles();
  private present: LaneGeneration;
  private readonly forSink: EventTest;

  constructor(forSink: EventTest) {
    this.forSink = forSink;
    this.present = new LaneGeneration(forSink);
  }

  get generation(): LaneGeneration {
    return this.present;
  }

  add(batch: Pick<ScannedBatch, 'strings' | 'buckets' | 'identities'>): void {
    const added = batch.buckets.length / bucketMembers.length;
    this.present.add(batch);
    this.calls.append(new Int32Array(added));
    this.first.append(new Float64Array(added).fill(Number.POSITIVE_INFINITY));
    this.last.append(new Float64Array(added).fill(Number.NEGATIVE_INFINITY));
  }

  count(bucket: number, time: number): void {
    const at = bucket - 1;
    this.calls.set(at, this.calls.at(at) + 1);
    if (time < this.first.at(at)) {
      this.first.set(at, time);
    }
    if (time > this.last.at(at)) {
      this.last.set(at, time);
    }
  }

  /** The buckets of this generation; the next one begins. */
  take(): readonly LaneBucket[] {
    const taken = laneActivity(this.present, {
      calls: this.calls.taken(),
      first: this.first.taken(),
      last: this.last.taken(),
    });
    this.calls.clear();
    this.first.clear();
    this.last.clear();
    this.present.close();
    this.present = new LaneGeneration(this.forSink);
    return taken;
  }
}
