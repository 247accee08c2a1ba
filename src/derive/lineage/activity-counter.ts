import type { ActivityBucket } from '../../model/activity.ts';
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

function absentOf(bucket: ActivityBucket): number {
  return (
    (bucket.sessionCreatedAt === null ? slots.sessionCreatedAt.absent : 0) |
    (bucket.sourceIp === null ? slots.sourceIp.absent : 0) |
    (bucket.userAgent === null ? slots.userAgent.absent : 0) |
    (bucket.errorCode === null ? slots.errorCode.absent : 0) |
    (bucket.accountId === null ? slots.accountId.absent : 0) |
    (bucket.actorArn === null ? slots.actorArn.absent : 0)
  );
}

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

  add(bucket: ActivityBucket): void {
    const before = this.#keys.size;
    const row = this.#rowOf(bucket);
    if (row === before) {
      this.#begin(row, bucket);
    } else {
      this.#addUp(row, bucket);
    }
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

  #rowOf(bucket: ActivityBucket): number {
    const pool = this.#pool;
    const pair = this.#pair;
    const four = this.#four;
    pair[0] = pool.numberOf(bucket.credential);
    pair[1] = pool.numberOf(bucket.sessionCreatedAt ?? '');
    const session = this.#sessions.numberOf(pair);
    pair[0] = pool.numberOfCommon(bucket.sourceIp ?? '');
    pair[1] = pool.numberOfCommon(bucket.userAgent ?? '');
    const client = this.#clients.numberOf(pair);
    four[0] = pool.numberOfCommon(bucket.source);
    four[1] = pool.numberOfCommon(bucket.name);
    four[2] = pool.numberOfCommon(bucket.region);
    four[3] = pool.numberOfCommon(bucket.errorCode ?? '');
    const action = this.#actions.numberOf(four);
    pair[0] = pool.numberOfCommon(bucket.accountId ?? '');
    pair[1] = pool.numberOfCommon(bucket.actorArn ?? '');
    const owner = this.#owners.numberOf(pair);
    four[0] = session;
    four[1] = client;
    four[2] = action;
    four[3] = owner;
    return this.#keys.numberOf(four);
  }

  #begin(row: number, bucket: ActivityBucket): void {
    if (row === this.#absent.length) {
      const absent = new Uint8Array(row * 2);
      absent.set(this.#absent);
      this.#absent = absent;
      this.#calls = larger(this.#calls);
      this.#times = larger(this.#times);
    }
    const { firstAt, lastAt } = bucket;
    const first = this.#timeNumber(firstAt);
    this.#absent[row] = absentOf(bucket);
    this.#calls[row] = bucket.calls;
    this.#times[row * 2] = first;
    this.#times[row * 2 + 1] = lastAt === firstAt ? first : this.#timeNumber(lastAt);
  }

  #addUp(row: number, { calls, firstAt, lastAt }: ActivityBucket): void {
    const at = row * 2;
    const first = this.#timeNumber(firstAt);
    const last = lastAt === firstAt ? first : this.#timeNumber(lastAt);
    this.#calls[row] = (this.#calls[row] ?? 0) + calls;
    if (this.#isBefore(first, this.#times[at] ?? 0)) {
      this.#times[at] = first;
    }
    if (this.#isBefore(this.#times[at + 1] ?? 0, last)) {
      this.#times[at + 1] = last;
    }
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
