import type { ActivityBucket } from '../model/activity.ts';
import type { EventActor } from '../model/trail-event.ts';
import { credentialName } from './credential-name.ts';
import type { EventTest } from './event-filter.ts';
import { withoutVersion } from './event-name.ts';
import { eventSlots } from './event-scanner.ts';
import { isoOf, normalTime } from './event-time.ts';
import { Doubles, Numbers } from './growing.ts';
import { actorOf, type EventHead } from './normalize-event.ts';
import { bucketMembers, type ScannedBatch } from './scan-batch.ts';
import { isTrailControl } from './trail-control.ts';

const nobody = actorOf(null);

function actorOfText(identity: string): EventActor {
  const parsed: unknown = JSON.parse(identity);
  return actorOf(parsed);
}

/** What the whole events of a bucket have in common. */
export interface WholeBucket {
  readonly head: EventHead;
  /** The sink wants them. */
  readonly forSink: boolean;
  /** They stop, start or change trails. */
  readonly isControl: boolean;
}

/** Strings, buckets and identities of one lane in its present generation. */
export class LaneBuckets {
  private strings: string[] = [];
  private readonly members = new Numbers();
  private readonly calls = new Numbers();
  private readonly first = new Doubles();
  private readonly last = new Doubles();
  private wholes: WholeBucket[] = [];
  private actors: EventActor[] = [];
  private readonly forSink: EventTest;

  constructor(forSink: EventTest) {
    this.forSink = forSink;
  }

  add({ strings, buckets, identities }: ScannedBatch): void {
    const added = buckets.length / bucketMembers.length;
    this.strings = this.strings.concat(strings);
    this.members.append(buckets);
    this.calls.append(new Int32Array(added));
    this.first.append(new Float64Array(added).fill(Number.POSITIVE_INFINITY));
    this.last.append(new Float64Array(added).fill(Number.NEGATIVE_INFINITY));
    this.actors = this.actors.concat(identities.map(actorOfText));
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

  whole(bucket: number): WholeBucket {
    const at = bucket - 1;
    const known = this.wholes[at];
    if (known !== undefined) {
      return known;
    }
    const head = this.head(at);
    const whole = { head, forSink: this.forSink(head), isControl: isTrailControl(head) };
    this.wholes[at] = whole;
    return whole;
  }

  private head(at: number): EventHead {
    const recordedName = this.text(at, eventSlots.name) ?? '';
    return {
      source: this.text(at, eventSlots.source) ?? '',
      name: withoutVersion(recordedName),
      recordedName,
      region: this.text(at, eventSlots.region) ?? '',
      accountId: this.text(at, eventSlots.recipientAccountId),
      errorCode: this.text(at, eventSlots.errorCode),
      sourceIp: this.text(at, eventSlots.sourceIp),
      userAgent: this.text(at, eventSlots.userAgent),
    };
  }

  /** @param identity 0 = none */
  actor(identity: number): EventActor {
    return this.actors[identity - 1] ?? nobody;
  }

  take(): readonly ActivityBucket[] {
    const taken: ActivityBucket[] = [];
    for (let at = 0; at < this.calls.length; at += 1) {
      if (this.calls.at(at) > 0) {
        taken.push(this.bucket(at));
      }
    }
    this.strings = [];
    this.members.clear();
    this.calls.clear();
    this.first.clear();
    this.last.clear();
    this.wholes = [];
    this.actors = [];
    return taken;
  }

  private bucket(at: number): ActivityBucket {
    const arn = this.text(at, eventSlots.arn);
    const first = this.first.at(at);
    const last = this.last.at(at);
    const firstAt = isoOf(first);
    const { source, name, region, accountId, errorCode, sourceIp, userAgent } = this.head(at);
    return {
      credential: credentialName({
        accessKeyId: this.text(at, eventSlots.accessKeyId),
        arn,
        invokedBy: this.text(at, eventSlots.invokedBy),
        principalId: this.text(at, eventSlots.principalId),
        type: this.text(at, eventSlots.type) ?? 'Unknown',
      }),
      actorArn: arn,
      sessionCreatedAt: normalTime(this.text(at, eventSlots.creationDate)),
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

  /** @param slot one of those that make a bucket: the first of a record */
  private text(at: number, slot: number): string | null {
    const id = this.members.at(at * bucketMembers.length + slot);
    return id === 0 ? null : (this.strings[id - 1] ?? null);
  }
}
