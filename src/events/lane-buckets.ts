import type { ActivityBucket } from '../model/activity.ts';
import type { EventActor } from '../model/trail-event.ts';
import { credentialName } from './credential-name.ts';
import type { EventTest } from './event-filter.ts';
import { withoutVersion } from './event-name.ts';
import { isoOf, normalTime } from './event-time.ts';
import { actorOf, type EventHead } from './normalize-event.ts';
import { bucketMembers, type ScannedBatch } from './scan-batch.ts';
import { isTrailControl } from './trail-control.ts';

type BucketMember = (typeof bucketMembers)[number];

const nobody = actorOf(null);

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
  private members: number[] = [];
  private calls: number[] = [];
  private first: number[] = [];
  private last: number[] = [];
  private wholes: WholeBucket[] = [];
  private actors: EventActor[] = [];
  private readonly forSink: EventTest;

  constructor(forSink: EventTest) {
    this.forSink = forSink;
  }

  add({ strings, buckets, identities }: ScannedBatch): void {
    for (const text of strings) {
      this.strings.push(text);
    }
    for (const id of buckets) {
      this.members.push(id);
    }
    for (let added = 0; added < buckets.length; added += bucketMembers.length) {
      this.calls.push(0);
      this.first.push(Number.POSITIVE_INFINITY);
      this.last.push(Number.NEGATIVE_INFINITY);
    }
    for (const identity of identities) {
      const parsed: unknown = JSON.parse(identity);
      this.actors.push(actorOf(parsed));
    }
  }

  count(bucket: number, time: number): void {
    const at = bucket - 1;
    this.calls[at] = (this.calls[at] ?? 0) + 1;
    if (time < (this.first[at] ?? time + 1)) {
      this.first[at] = time;
    }
    if (time > (this.last[at] ?? time - 1)) {
      this.last[at] = time;
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
    const recordedName = this.text(at, 'name') ?? '';
    return {
      source: this.text(at, 'source') ?? '',
      name: withoutVersion(recordedName),
      recordedName,
      region: this.text(at, 'region') ?? '',
      accountId: this.text(at, 'recipientAccountId'),
      errorCode: this.text(at, 'errorCode'),
      sourceIp: this.text(at, 'sourceIp'),
      userAgent: this.text(at, 'userAgent'),
    };
  }

  /** @param identity 0 = none */
  actor(identity: number): EventActor {
    return this.actors[identity - 1] ?? nobody;
  }

  take(): readonly ActivityBucket[] {
    const taken: ActivityBucket[] = [];
    for (const [at, calls] of this.calls.entries()) {
      if (calls > 0) {
        taken.push(this.bucket(at, calls));
      }
    }
    this.strings = [];
    this.members = [];
    this.calls = [];
    this.first = [];
    this.last = [];
    this.wholes = [];
    this.actors = [];
    return taken;
  }

  private bucket(at: number, calls: number): ActivityBucket {
    const arn = this.text(at, 'arn');
    const first = this.first[at] ?? 0;
    const last = this.last[at] ?? 0;
    const firstAt = isoOf(first);
    const { source, name, region, accountId, errorCode, sourceIp, userAgent } = this.head(at);
    return {
      credential: credentialName({
        accessKeyId: this.text(at, 'accessKeyId'),
        arn,
        invokedBy: this.text(at, 'invokedBy'),
        principalId: this.text(at, 'principalId'),
        type: this.text(at, 'type') ?? 'Unknown',
      }),
      actorArn: arn,
      sessionCreatedAt: normalTime(this.text(at, 'creationDate')),
      accountId,
      sourceIp,
      userAgent,
      source,
      name,
      region,
      errorCode,
      calls,
      firstAt,
      lastAt: first === last ? firstAt : isoOf(last),
    };
  }

  private text(at: number, member: BucketMember): string | null {
    const id = this.members[at * bucketMembers.length + bucketMembers.indexOf(member)] ?? 0;
    return id === 0 ? null : (this.strings[id - 1] ?? null);
  }
}
