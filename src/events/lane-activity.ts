import type { ActivityBucket } from '../model/activity.ts';
import type { ActivityNumbers, NumberedBucket } from '../model/activity-numbers.ts';
import { credentialName } from './credential-name.ts';
import { withoutVersion } from './event-name.ts';
import { eventSlots } from './event-scanner.ts';
import { isoOf, normalTime } from './event-time.ts';
import type { LaneGeneration } from './lane-generation.ts';

const members = 10;

/** One bucket of a generation, read from its numbers. */
export class LaneBucket implements ActivityBucket, NumberedBucket {
  readonly numbers: ActivityNumbers;
  readonly row: number;

  constructor(numbers: ActivityNumbers, row: number) {
    this.numbers = numbers;
    this.row = row;
  }

  get numbered(): NumberedBucket {
    return this;
  }

  get credential(): string {
    return this.text(0) ?? '';
  }

  get sessionCreatedAt(): string | null {
    return this.text(1);
  }

  get sourceIp(): string | null {
    return this.text(2);
  }

  get userAgent(): string | null {
    return this.text(3);
  }

  get source(): string {
    return this.text(4) ?? '';
  }

  get name(): string {
    return this.text(5) ?? '';
  }

  get region(): string {
    return this.text(6) ?? '';
  }

  get errorCode(): string | null {
    return this.text(7);
  }

  get accountId(): string | null {
    return this.text(8);
  }

  get actorArn(): string | null {
    return this.text(9);
  }

  get calls(): number {
    return this.numbers.calls[this.row] ?? 0;
  }

  get firstAt(): string {
    return isoOf(this.firstTime);
  }

  get lastAt(): string {
    return isoOf(this.lastTime);
  }

  /** In milliseconds. */
  get firstTime(): number {
    return this.numbers.times[this.row * 2] ?? 0;
  }

  /** In milliseconds. */
  get lastTime(): number {
    return this.numbers.times[this.row * 2 + 1] ?? 0;
  }

  private text(member: number): string | null {
    const number = this.numbers.members[this.row * members + member] ?? 0;
    return number === 0 ? null : (this.numbers.texts[number - 1] ?? null);
  }
}

/** Tells the buckets of a generation by numbers: mostly those of the generation's own texts. */
class LaneNumbers {
  readonly texts: string[];
  private readonly generation: LaneGeneration;
  /** Texts that are made of others, by the number of the one that tells them. */
  private readonly credentials = new Map<number, number>();
  private readonly sessions = new Map<number, number>();
  private readonly names = new Map<number, number>();
  private empty = 0;

  constructor(generation: LaneGeneration) {
    this.generation = generation;
    this.texts = [...generation.texts];
  }

  /** Of the generation's bucket at a place, into those of a row. */
  write(at: number, numbers: Int32Array, row: number): void {
    const { generation } = this;
    const to = row * members;
    const name = generation.number(at, eventSlots.name);
    numbers[to] = this.credential(at);
    numbers[to + 1] = this.session(generation.number(at, eventSlots.creationDate));
    numbers[to + 2] = generation.number(at, eventSlots.sourceIp);
    numbers[to + 3] = generation.number(at, eventSlots.userAgent);
    numbers[to + 4] = generation.number(at, eventSlots.source) || this.emptyText();
    numbers[to + 5] = name === 0 ? this.emptyText() : this.name(name);
    numbers[to + 6] = generation.number(at, eventSlots.region) || this.emptyText();
    numbers[to + 7] = generation.number(at, eventSlots.errorCode);
    numbers[to + 8] = generation.number(at, eventSlots.recipientAccountId);
    numbers[to + 9] = generation.number(at, eventSlots.arn);
  }

  private credential(at: number): number {
    const { generation } = this;
    const accessKeyId = generation.number(at, eventSlots.accessKeyId);
    const arn = generation.number(at, eventSlots.arn);
    const known = accessKeyId === 0 && arn !== 0 ? this.credentials.get(arn) : accessKeyId;
    if (known !== undefined && known !== 0) {
      return known;
    }
    const number = this.texts.push(
      credentialName({
        accessKeyId: null,
        arn: generation.text(at, eventSlots.arn),
        invokedBy: generation.text(at, eventSlots.invokedBy),
        principalId: generation.text(at, eventSlots.principalId),
        type: generation.text(at, eventSlots.type) ?? 'Unknown',
      }),
    );
    this.credentials.set(arn, number);
    return number;
  }

  private session(recorded: number): number {
    const known = recorded === 0 ? 0 : this.sessions.get(recorded);
    if (known !== undefined) {
      return known;
    }
    const time = normalTime(this.texts[recorded - 1] ?? null);
    const number = time === null ? 0 : this.texts.push(time);
    this.sessions.set(recorded, number);
    return number;
  }

  private name(recorded: number): number {
    const known = this.names.get(recorded);
    if (known !== undefined) {
      return known;
    }
    const recordedName = this.texts[recorded - 1] ?? '';
    const name = withoutVersion(recordedName);
    const number = name === recordedName ? recorded : this.texts.push(name);
    this.names.set(recorded, number);
    return number;
  }

  private emptyText(): number {
    this.empty ||= this.texts.push('');
    return this.empty;
  }
}

/** What was counted in the buckets of a generation, by their places. */
export interface LaneCounts {
  readonly calls: Int32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
}

/** The buckets of a generation that count a call. */
export function laneActivity(
  generation: LaneGeneration,
  { calls, first, last }: LaneCounts,
): readonly LaneBucket[] {
  const writer = new LaneNumbers(generation);
  const counted = calls.filter((ofBucket) => ofBucket > 0);
  const numbers: ActivityNumbers = {
    texts: writer.texts,
    members: new Int32Array(counted.length * members),
    calls: counted,
    times: new Float64Array(counted.length * 2),
  };
  const buckets: LaneBucket[] = [];
  for (let at = 0; at < calls.length; at += 1) {
    if ((calls[at] ?? 0) > 0) {
      const row = buckets.length;
      writer.write(at, numbers.members, row);
      numbers.times[row * 2] = Math.trunc(first[at] ?? 0);
      numbers.times[row * 2 + 1] = Math.trunc(last[at] ?? 0);
      buckets.push(new LaneBucket(numbers, row));
    }
  }
  return buckets;
}
