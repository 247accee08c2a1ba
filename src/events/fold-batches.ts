import { isAscii } from 'node:buffer';
import type { ActivityBucket } from '../model/activity.ts';
import type { TrailEvent } from '../model/trail-event.ts';
import { credentialName } from './credential-name.ts';
import { withoutVersion } from './event-name.ts';
import { isoOf, normalTime } from './event-time.ts';
import { isEvent, normalizeEvent } from './normalize-event.ts';
import { bucketMembers, rowMembers, type ScannedBatch, type ScannedFile } from './scan-batch.ts';
import type { SeenEvents } from './seen-events.ts';

/** What one batch adds, once its duplicates are taken out. */
export interface Folded {
  /** Whole events, a few hundred at a time. */
  readonly whole: Iterable<WholeEventsPart>;
  /** Complete buckets; often none. */
  readonly activity: readonly ActivityBucket[];
  readonly duplicates: number;
  /** The index of seen events is full. */
  readonly untold: number;
  readonly otherContent: readonly RecordPlace[];
}

/** A record that the scanner counted and the normalizer cannot read (a member that is written twice). */
export type UnusableRecord = RecordPlace & { readonly problem: string };

export interface WholeEventsPart {
  readonly events: readonly TrailEvent[];
  readonly unusable: readonly UnusableRecord[];
}

export interface RecordPlace {
  readonly file: string;
  readonly index: number;
}

type BucketMember = (typeof bucketMembers)[number];

/** Strings and buckets of one lane in its present generation. */
class LaneBuckets {
  private strings: string[] = [];
  private members: number[] = [];
  private calls: number[] = [];
  private first: number[] = [];
  private last: number[] = [];

  add(strings: readonly string[], buckets: Int32Array): void {
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
    return taken;
  }

  private bucket(at: number, calls: number): ActivityBucket {
    const text = (member: BucketMember): string | null => {
      const id = this.members[at * bucketMembers.length + bucketMembers.indexOf(member)] ?? 0;
      return id === 0 ? null : (this.strings[id - 1] ?? null);
    };
    const arn = text('arn');
    const first = this.first[at] ?? 0;
    const last = this.last[at] ?? 0;
    const firstAt = isoOf(first);
    return {
      credential: credentialName({
        accessKeyId: text('accessKeyId'),
        arn,
        invokedBy: text('invokedBy'),
        principalId: text('principalId'),
        type: text('type') ?? 'Unknown',
      }),
      actorArn: arn,
      sessionCreatedAt: normalTime(text('creationDate')),
      accountId: text('recipientAccountId'),
      sourceIp: text('sourceIp'),
      userAgent: text('userAgent'),
      source: text('source') ?? '',
      name: withoutVersion(text('name') ?? ''),
      region: text('region') ?? '',
      errorCode: text('errorCode'),
      calls,
      firstAt,
      lastAt: first === last ? firstAt : isoOf(last),
    };
  }
}

interface Sorted extends Omit<Folded, 'whole' | 'activity'> {
  readonly kept: Uint8Array;
}

/** Puts the columns of all lanes together, in the order of the files: which of two equal records stays is certain. */
export class BatchFold {
  private readonly seen: SeenEvents;
  private readonly lanes: readonly LaneBuckets[];

  constructor(seen: SeenEvents, lanes: number) {
    this.seen = seen;
    this.lanes = Array.from({ length: lanes }, () => new LaneBuckets());
  }

  fold(batch: ScannedBatch, laneNumber: number): Folded {
    const lane = this.lanes[laneNumber] ?? new LaneBuckets();
    const activity = batch.reset ? lane.take() : [];
    lane.add(batch.strings, batch.buckets);
    const { kept, ...sorted } = this.sort(batch, lane);
    return { ...sorted, whole: wholeEvents(batch, kept), activity };
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

/** In parts: what is parsed, used and let go at once is cheap. */
function* wholeEvents(batch: ScannedBatch, kept: Uint8Array): Generator<WholeEventsPart> {
  const { files, rows, wholeRows, wholeBytes, wholeParts } = batch;
  const bytes = Buffer.from(wholeBytes.buffer, wholeBytes.byteOffset, wholeBytes.length);
  const encoding = isAscii(bytes) ? 'latin1' : 'utf8';
  const fileOf = fileFinder(files);
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
      position += 1;
      const origin = { file: fileOf(row), index: rows[row * rowMembers.length + rowMembers.index] ?? 0 };
      if (kept[row] === 1) {
        const event = normalizeEvent(record, origin);
        if (isEvent(event)) {
          events.push(event);
        } else {
          unusable.push({ ...origin, ...event });
        }
      }
    }
    yield { events, unusable };
  }
}
