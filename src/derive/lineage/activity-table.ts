import type { ActivityBucket } from '../../model/activity.ts';
import type { ActivityList } from '../../model/activity-list.ts';
import { isoTime } from '../../model/iso-time.ts';

/** Where a text of a bucket stands: in which group of members that come together again and again, and where in it. */
interface Slot {
  readonly group: number;
  readonly width: number;
  readonly member: number;
  /** Marks rows in which the member is null; 0 = it never is. */
  readonly absent: number;
}

const [session, client, action, owner] = [0, 1, 2, 3];

/** In the order in which buckets are sorted. */
export const slots = {
  credential: { group: session, width: 2, member: 0, absent: 0 },
  sessionCreatedAt: { group: session, width: 2, member: 1, absent: 1 },
  sourceIp: { group: client, width: 2, member: 0, absent: 2 },
  userAgent: { group: client, width: 2, member: 1, absent: 4 },
  source: { group: action, width: 4, member: 0, absent: 0 },
  name: { group: action, width: 4, member: 1, absent: 0 },
  region: { group: action, width: 4, member: 2, absent: 0 },
  errorCode: { group: action, width: 4, member: 3, absent: 8 },
  accountId: { group: owner, width: 2, member: 0, absent: 16 },
  actorArn: { group: owner, width: 2, member: 1, absent: 32 },
} as const satisfies Readonly<Record<string, Slot>>;

/** Numbers in a row of each group. */
export const groupWidths = [2, 2, 4, 2] as const;

/** What buckets are made of, row by row. */
export interface ActivityColumns {
  readonly texts: readonly string[];
  /** Rows of the numbers of texts, per group. */
  readonly groups: readonly Int32Array[];
  /** Per row the numbers of its rows in the groups. */
  readonly keys: Int32Array;
  /** Per row the members that are null; in the groups they are empty texts. */
  readonly absent: Uint8Array;
  readonly calls: Float64Array;
  /** Per row the first and the last time, as `timeNumber` tells them. */
  readonly times: Float64Array;
}

/** Later than every time: from here on a number is that of a text. */
const beyondTime = 9e15;

/** A time that was written otherwise than all others, by the number of its text. */
export function oddTimeNumber(text: number): number {
  return beyondTime + text;
}

export function isOddTime(time: number): boolean {
  return time >= beyondTime;
}

export function timeText(time: number, texts: readonly string[]): string {
  return isOddTime(time) ? (texts[time - beyondTime] ?? '') : new Date(time).toISOString();
}

/** A bucket that is read from its row. */
export class CountedBucket implements ActivityBucket {
  readonly row: number;
  readonly #columns: ActivityColumns;

  constructor(columns: ActivityColumns, row: number) {
    this.#columns = columns;
    this.row = row;
  }

  get credential(): string {
    return this.#text(slots.credential);
  }

  get sessionCreatedAt(): string | null {
    return this.#textOrNull(slots.sessionCreatedAt);
  }

  get sourceIp(): string | null {
    return this.#textOrNull(slots.sourceIp);
  }

  get userAgent(): string | null {
    return this.#textOrNull(slots.userAgent);
  }

  get source(): string {
    return this.#text(slots.source);
  }

  get name(): string {
    return this.#text(slots.name);
  }

  get region(): string {
    return this.#text(slots.region);
  }

  get errorCode(): string | null {
    return this.#textOrNull(slots.errorCode);
  }

  get accountId(): string | null {
    return this.#textOrNull(slots.accountId);
  }

  get actorArn(): string | null {
    return this.#textOrNull(slots.actorArn);
  }

  get calls(): number {
    return this.#columns.calls[this.row] ?? 0;
  }

  get firstAt(): string {
    return timeText(this.#time(0), this.#columns.texts);
  }

  get lastAt(): string {
    return timeText(this.#time(1), this.#columns.texts);
  }

  /** `firstAt` in milliseconds; NaN where the text is no time. */
  get firstTime(): number {
    return this.#milliseconds(this.#time(0));
  }

  /** `lastAt` in milliseconds; NaN where the text is no time. */
  get lastTime(): number {
    return this.#milliseconds(this.#time(1));
  }

  #time(which: 0 | 1): number {
    return this.#columns.times[this.row * 2 + which] ?? Number.NaN;
  }

  #milliseconds(time: number): number {
    return isOddTime(time) ? isoTime(timeText(time, this.#columns.texts)) : time;
  }

  #text({ group, width, member }: Slot): string {
    const { texts, groups, keys } = this.#columns;
    const number = keys[this.row * groupWidths.length + group] ?? 0;
    return texts[groups[group]?.[number * width + member] ?? 0] ?? '';
  }

  #textOrNull(slot: Slot): string | null {
    return ((this.#columns.absent[this.row] ?? 0) & slot.absent) === 0 ? this.#text(slot) : null;
  }
}

/**
 * Counted calls of a log in columns: tens of bytes a bucket, where an object with its texts takes hundreds. Each bucket
 * has a key of its own, and all stand in one order, whatever order they were counted in.
 */
export class ActivityTable implements ActivityList {
  readonly #columns: ActivityColumns;
  /** Those of the rows that stand in this table. */
  readonly #rows: Int32Array;

  constructor(columns: ActivityColumns, rows: Int32Array) {
    this.#columns = columns;
    this.#rows = rows;
  }

  /** All rows in an order; copied, so that they lie as they are read and take no more room than they need. */
  static of(columns: ActivityColumns, order: Int32Array): ActivityTable {
    const width = groupWidths.length;
    const keys = new Int32Array(order.length * width);
    const absent = new Uint8Array(order.length);
    const calls = new Float64Array(order.length);
    const times = new Float64Array(order.length * 2);
    for (let row = 0; row < order.length; row += 1) {
      const from = order[row] ?? 0;
      for (let group = 0; group < width; group += 1) {
        keys[row * width + group] = columns.keys[from * width + group] ?? 0;
      }
      absent[row] = columns.absent[from] ?? 0;
      calls[row] = columns.calls[from] ?? 0;
      times[row * 2] = columns.times[from * 2] ?? 0;
      times[row * 2 + 1] = columns.times[from * 2 + 1] ?? 0;
    }
    return new ActivityTable(
      { ...columns, keys, absent, calls, times },
      order.map((_, row) => row),
    );
  }

  get length(): number {
    return this.#rows.length;
  }

  *[Symbol.iterator](): Generator<CountedBucket> {
    for (const row of this.#rows) {
      yield new CountedBucket(this.#columns, row);
    }
  }

  /** Those of these rows alone. */
  only(rows: readonly number[]): ActivityTable {
    return new ActivityTable(this.#columns, Int32Array.from(rows));
  }

  /** With other numbers of calls, and without what made none of them. */
  counted(callsOf: (bucket: CountedBucket) => number): ActivityTable {
    const calls = this.#columns.calls.slice();
    const rows: number[] = [];
    for (const bucket of this) {
      calls[bucket.row] = callsOf(bucket);
      if ((calls[bucket.row] ?? 0) > 0) {
        rows.push(bucket.row);
      }
    }
    return new ActivityTable({ ...this.#columns, calls }, Int32Array.from(rows));
  }
}
