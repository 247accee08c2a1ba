import type { ActivityBucket } from '../../model/activity.ts';
import type { ActivityNumbers, NumberedBucket } from '../../model/activity-numbers.ts';
import { exactIsoTime } from '../../model/iso-time.ts';
import { isBefore } from './activity.ts';
import { ActivityTable, groupWidths, isOddTime, oddTimeNumber, slots, timeText } from './activity-table.ts';
import { RowIndex } from './row-index.ts';
import { orderOfRows, orderOfTexts, ranksIn } from './sort-rows.ts';
import { TextPool } from './text-pool.ts';

const firstRows = 1024;

function larger(values: Float64Array): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(values.length * 2);
  grown.set(values);
  return grown;
}

/** The numbers between which milliseconds have texts of years of four digits. */
const [firstTime, lastTime] = [
  Date.parse('0000-01-01T00:00:00.000Z'),
  Date.parse('9999-12-31T23:59:59.999Z'),
];

const absentMarks = Object.values(slots).map(({ absent }) => absent);

/** Adds up counted calls on their way: buckets of one key become one at once. */
export class ActivityCounter {
  readonly #pool = new TextPool();
  readonly #sessions = new RowIndex(2);
  readonly #clients = new RowIndex(2);
  readonly #actions = new RowIndex(4);
  readonly #owners = new RowIndex(2);
  readonly #keys = new RowIndex(4);
  #absent = new Uint8Array(firstRows);
  #calls = new Float64Array(firstRows);
  #times = new Float64Array(firstRows * 2);
  /** The rows that are looked for: one of each width for all. */
  readonly #pair = new Int32Array(2);
  readonly #four = new Int32Array(4);
  /** The bucket that is added: the numbers of its texts, in the order of `slots`, and what it is without. */
  readonly #members = new Int32Array(absentMarks.length);
  #without = 0;
  /** Where many are told by numbers: whose these are, and which are ours; 0 = not known yet, else one more. */
  #numbers: ActivityNumbers | null = null;
  #ours = new Int32Array();

  /** Buckets so far. */
  get size(): number {
    return this.#keys.size;
  }

  /** Different texts in them. */
  get texts(): number {
    return this.#pool.texts.length;
  }

  add(buckets: Iterable<ActivityBucket>): void {
    for (const bucket of buckets) {
      const { numbered } = bucket;
      if (numbered === undefined) {
        this.#addPlain(bucket);
      } else {
        this.#addNumbered(bucket, numbered);
      }
    }
    this.#numbers = null;
  }

  /** What was counted so far. */
  table(): ActivityTable {
    const texts = this.#pool.texts.slice();
    const ofTexts = ranksIn(orderOfTexts(texts));
    const groups = [this.#sessions, this.#clients, this.#actions, this.#owners].map((group) => group.taken());
    const ranks = groups.map((rows, group) =>
      ranksIn(orderOfRows({ rows, ranks: Array.from({ length: groupWidths[group] ?? 0 }, () => ofTexts) })),
    );
    const keys = this.#keys.taken();
    return ActivityTable.of(
      {
        texts,
        groups,
        keys,
        absent: this.#absent,
        calls: this.#calls,
        times: this.#times,
      },
      orderOfRows({ rows: keys, ranks }),
    );
  }

  #addPlain(bucket: ActivityBucket): void {
    this.#without = 0;
    this.#tellText(0, bucket.credential);
    this.#tellText(1, bucket.sessionCreatedAt);
    this.#tellText(2, bucket.sourceIp);
    this.#tellText(3, bucket.userAgent);
    this.#tellText(4, bucket.source);
    this.#tellText(5, bucket.name);
    this.#tellText(6, bucket.region);
    this.#tellText(7, bucket.errorCode);
    this.#tellText(8, bucket.accountId);
    this.#tellText(9, bucket.actorArn);
    const { firstAt, lastAt, calls } = bucket;
    const first = this.#timeNumber(firstAt);
    this.#count(calls, first, lastAt === firstAt ? first : this.#timeNumber(lastAt));
  }

  #tellText(member: number, text: string | null): void {
    this.#members[member] = text === null ? 0 : this.#pool.numberOf(text);
    this.#without |= text === null ? (absentMarks[member] ?? 0) : 0;
  }

  #addNumbered(bucket: ActivityBucket, { numbers, row }: NumberedBucket): void {
    if (numbers !== this.#numbers) {
      this.#numbers = numbers;
      this.#ours = new Int32Array(numbers.texts.length + 1);
    }
    const members = this.#members;
    this.#without = 0;
    for (let member = 0; member < members.length; member += 1) {
      const number = numbers.members[row * members.length + member] ?? 0;
      members[member] = number === 0 ? 0 : this.#ourNumber(numbers, number);
      this.#without |= number === 0 ? (absentMarks[member] ?? 0) : 0;
    }
    const first = numbers.times[row * 2] ?? 0;
    const last = numbers.times[row * 2 + 1] ?? 0;
    if (Math.min(first, last) >= firstTime && Math.max(first, last) <= lastTime) {
      this.#count(bucket.calls, first, last);
    } else {
      this.#count(bucket.calls, this.#timeNumber(bucket.firstAt), this.#timeNumber(bucket.lastAt));
    }
  }

  #ourNumber({ texts }: ActivityNumbers, number: number): number {
    const known = this.#ours[number] ?? 0;
    if (known !== 0) {
      return known - 1;
    }
    const ours = this.#pool.numberOf(texts[number - 1] ?? '');
    this.#ours[number] = ours + 1;
    return ours;
  }

  /** The row of the bucket that is added. */
  #row(): number {
    const members = this.#members;
    const pair = this.#pair;
    const four = this.#four;
    pair[0] = members[0] ?? 0;
    pair[1] = members[1] ?? 0;
    const session = this.#sessions.numberOf(pair);
    pair[0] = members[2] ?? 0;
    pair[1] = members[3] ?? 0;
    const client = this.#clients.numberOf(pair);
    four[0] = members[4] ?? 0;
    four[1] = members[5] ?? 0;
    four[2] = members[6] ?? 0;
    four[3] = members[7] ?? 0;
    const action = this.#actions.numberOf(four);
    pair[0] = members[8] ?? 0;
    pair[1] = members[9] ?? 0;
    const owner = this.#owners.numberOf(pair);
    four[0] = session;
    four[1] = client;
    four[2] = action;
    four[3] = owner;
    return this.#keys.numberOf(four);
  }

  #count(calls: number, first: number, last: number): void {
    const before = this.#keys.size;
    const row = this.#row();
    if (row === before) {
      this.#begin(row);
      this.#calls[row] = calls;
      this.#times[row * 2] = first;
      this.#times[row * 2 + 1] = last;
      return;
    }
    this.#calls[row] = (this.#calls[row] ?? 0) + calls;
    if (this.#isBefore(first, this.#times[row * 2] ?? 0)) {
      this.#times[row * 2] = first;
    }
    if (this.#isBefore(this.#times[row * 2 + 1] ?? 0, last)) {
      this.#times[row * 2 + 1] = last;
    }
  }

  #begin(row: number): void {
    if (row === this.#absent.length) {
      const absent = new Uint8Array(row * 2);
      absent.set(this.#absent);
      this.#absent = absent;
      this.#calls = larger(this.#calls);
      this.#times = larger(this.#times);
    }
    this.#absent[row] = this.#without;
  }

  /** Milliseconds where they tell the text as well; else by the text. */
  #timeNumber(text: string): number {
    return exactIsoTime(text) ?? oddTimeNumber(this.#pool.numberOf(text));
  }

  #isBefore(left: number, right: number): boolean {
    if (isOddTime(left) || isOddTime(right)) {
      const { texts } = this.#pool;
      return isBefore(timeText(left, texts), timeText(right, texts));
    }
    return left < right;
  }
}
