import type { ActivityBucket } from '../model/activity.ts';
import { credentialName } from './credential-name.ts';
import type { EventTest } from './event-filter.ts';
import { eventSlots } from './event-scanner.ts';
import { isoOf, normalTime } from './event-time.ts';
import { Doubles, Numbers } from './growing.ts';
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
  take(): readonly ActivityBucket[] {
    const taken: ActivityBucket[] = [];
    for (let at = 0; at < this.calls.length; at += 1) {
      if (this.calls.at(at) > 0) {
        taken.push(this.bucket(at));
      }
    }
    this.calls.clear();
    this.first.clear();
    this.last.clear();
    this.present.close();
    this.present = new LaneGeneration(this.forSink);
    return taken;
  }

  private bucket(at: number): ActivityBucket {
    const { present } = this;
    const arn = present.text(at, eventSlots.arn);
    const first = this.first.at(at);
    const last = this.last.at(at);
    const firstAt = isoOf(first);
    const { source, name, region, accountId, errorCode, sourceIp, userAgent } = present.head(at);
    return {
      credential: credentialName({
        accessKeyId: present.text(at, eventSlots.accessKeyId),
        arn,
        invokedBy: present.text(at, eventSlots.invokedBy),
        principalId: present.text(at, eventSlots.principalId),
        type: present.text(at, eventSlots.type) ?? 'Unknown',
      }),
      actorArn: arn,
      sessionCreatedAt: normalTime(present.text(at, eventSlots.creationDate)),
      accountId,
      sourceIp,
      userAgent,
      source,
      name,
      region,
      errorCode,
      calls: this.calls.at(at),
      firstAt,
      lastAt: first === last ? firstAt : isoOf(last),
    };
  }
}
