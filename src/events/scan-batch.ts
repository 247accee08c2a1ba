import { createHash } from 'node:crypto';
import { withoutVersion } from './event-name.ts';
import { createEventScanner, eventMembers, eventSlots } from './event-scanner.ts';
import { parseEventTime } from './event-time.ts';
import { Doubles, Numbers } from './growing.ts';
import { HashIndex } from './hash-index.ts';
import { mixHash, rotateMix } from './hash-mix.ts';
import { textHash } from './json-cursor.ts';
import type { JsonScanner } from './json-scanner.ts';
import type { LogProblem } from './log-problem.ts';
import { failure } from './normalize-event.ts';
import { walkLog } from './parse-log.ts';
import { RecordRunner, type RunHost } from './record-runner.ts';
import type { BadRecord, RecordTaker } from './scan-log.ts';
import { utcSecondAt } from './utc-second.ts';
import { type WholeColumns, WholeRecords } from './whole-records.ts';

/** What the records are held against while they are scanned; plain data, so that a worker can be given it. */
export interface ScanFilter {
  /** Milliseconds, half open; null = no bound. */
  readonly from: number | null;
  readonly to: number | null;
  readonly accountIds: readonly string[] | null;
  /** `source:name` of the events that are handed over whole; null = all of them. */
  readonly wholeEvents: readonly string[] | null;
}

export interface LoadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Its plain bytes, where it was unpacked with others, among theirs. */
  readonly plain?: { readonly bytes: Uint8Array; readonly among: Uint8Array };
}

export interface ScannedFile {
  readonly name: string;
  readonly packedBytes: number;
  readonly records: number;
  /** Rows of the batch that are this file's. */
  readonly rows: number;
  readonly outside: number;
  readonly badCount: number;
  readonly bad: readonly BadRecord[];
  readonly problems: readonly LogProblem[];
  readonly digest: boolean;
  /** SHA-256 of the plain content, in hex. */
  readonly sha256: string | null;
}

/** Members of a bucket's row in `buckets`: ids of strings, 0 = null. The first slots of a record, in their order. */
export const bucketMembers = [
  'accessKeyId',
  'arn',
  'invokedBy',
  'principalId',
  'type',
  'creationDate',
  'recipientAccountId',
  'sourceIp',
  'userAgent',
  'source',
  'name',
  'region',
  'errorCode',
] as const;

/** Numbers of a record's row in `rows`. */
export const rowMembers = { idA: 0, idB: 1, content: 2, bucket: 3, index: 4, length: 5 } as const;

/** Columns instead of objects: a million records cross from worker to main thread in milliseconds. */
export interface ScannedBatch extends WholeColumns {
  readonly files: readonly ScannedFile[];
  /** A new generation of strings, buckets and identities begins: those before are complete. */
  readonly reset: boolean;
  /** New strings and buckets; both are numbered from 1 within their generation. */
  readonly strings: readonly string[];
  readonly buckets: Int32Array;
  readonly rows: Int32Array;
  readonly times: Float64Array;
}

/** Slots for the strings and buckets of most generations. */
const usualCapacity = 1 << 16;
const mostBuckets = 40_000;
const mostStrings = 100_000;
const mostIdentities = 20_000;
const verdictSlots = [eventSlots.recipientAccountId, eventSlots.source, eventSlots.name] as const;
const failureHash = textHash(failure);
const noText: Buffer = Buffer.alloc(0);
const noTime = 'the record has no time that can be read (eventTime)';

/** Scans files into columns. Keeps its strings and buckets from batch to batch, so that each crosses once. */
export class BatchScanner {
  private readonly filter: ScanFilter;
  private readonly wanted: ReadonlySet<string> | null;
  private readonly accounts: ReadonlySet<string> | null;
  private readonly scanner: JsonScanner = createEventScanner();
  private readonly stringIndex = new HashIndex(Number.POSITIVE_INFINITY, usualCapacity);
  private readonly bucketIndex = new HashIndex(Number.POSITIVE_INFINITY, usualCapacity);
  /** Per bucket: 0 = outside the accounts asked for, 1 = counted, 2 = handed over whole. */
  private verdicts: number[] = [];
  /** The same of a source, a name and an account: few among many buckets. */
  private readonly verdictIndex = new HashIndex();
  private judgements: number[] = [];
  private strings: string[] = [];
  private readonly buckets = new Numbers();
  private readonly rows = new Numbers();
  private readonly times = new Doubles();
  private readonly whole = new WholeRecords();
  private text: Buffer = noText;
  private outside = 0;
  private hashes = false;

  private readonly runner: RecordRunner | null;
  private readonly taker: RecordTaker;

  /** @param module the compiled scanner of usual records; null = without it, more slowly */
  constructor(filter: ScanFilter, module: WebAssembly.Module | null) {
    this.filter = filter;
    this.wanted = filter.wholeEvents === null ? null : new Set(filter.wholeEvents);
    this.accounts = filter.accountIds === null ? null : new Set(filter.accountIds);
    const runner =
      module === null ? null : new RecordRunner(module, this.scanner, eventMembers, filter, this.host());
    this.runner = runner;
    this.taker = {
      one: (start, end, index) => this.record(start, end, index),
      ...(runner === null ? {} : { many: (index) => runner.take(index) }),
    };
  }

  /** @param hashes also hash each file's plain content, to hold it against digests */
  scan(files: Iterable<LoadedFile>, hashes: boolean): ScannedBatch {
    this.hashes = hashes;
    const reset =
      this.bucketIndex.size > mostBuckets ||
      this.stringIndex.size > mostStrings ||
      this.whole.identityCount > mostIdentities;
    if (reset) {
      this.whole.reset();
      this.runner?.forget();
      this.bucketIndex.clear();
      this.stringIndex.clear();
      this.verdictIndex.clear();
      this.judgements = [];
      this.verdicts = [];
    }
    this.strings = [];
    this.buckets.clear();
    this.rows.clear();
    this.times.clear();
    const scanned = [...files].map((file) => this.file(file));
    this.runner?.close();
    return {
      files: scanned,
      reset,
      strings: this.strings,
      buckets: this.buckets.taken(),
      rows: this.rows.taken(),
      times: this.times.taken(),
      ...this.whole.taken(),
    };
  }

  private file({ name, bytes, plain }: LoadedFile): ScannedFile {
    const before = this.times.length;
    this.outside = 0;
    let sha256: string | null = null;
    const load = (text: Uint8Array): void => {
      this.text = Buffer.from(text.buffer, text.byteOffset, text.length);
      this.runner?.open(plain?.bytes === text ? plain.among : text);
      sha256 ??= this.hashes ? createHash('sha256').update(text).digest('hex') : null;
    };
    const unpacked = plain === undefined ? undefined : { bytes: plain.bytes, problems: [] };
    const outline = walkLog(bytes, this.scanner, load, this.taker, unpacked);
    // Its memory is needed for the next one.
    if (plain === undefined) {
      this.runner?.close();
    }
    this.text = noText;
    this.scanner.load(noText, 0);
    return {
      name,
      packedBytes: bytes.length,
      records: outline.records,
      rows: this.times.length - before,
      outside: this.outside,
      badCount: outline.badCount,
      bad: outline.bad,
      problems: outline.problems,
      digest: outline.digest,
      sha256,
    };
  }

  private host(): RunHost {
    return {
      bucket: () => {
        const bucket = this.bucket();
        return { bucket, verdict: this.verdicts[bucket - 1] ?? 0 };
      },
      identity: () => this.whole.identity(this.text, this.scanner),
      add: (columns) => {
        this.rows.append(columns.rows);
        this.times.append(columns.times);
        this.whole.append(columns);
        this.outside += columns.outside;
      },
      size: () => ({ rows: this.times.length, bytes: this.whole.size }),
    };
  }

  private record(start: number, end: number, index: number): string | null {
    const { scanner } = this;
    const contentA = scanner.hashA;
    const contentB = scanner.hashB;
    const time = this.time();
    if (!scanner.hasText(eventSlots.source) || !scanner.hasText(eventSlots.name)) {
      return `the record has no ${scanner.hasText(eventSlots.source) ? 'eventName' : 'eventSource'}`;
    }
    if (time === null) {
      return noTime;
    }
    if ((this.filter.from ?? time) > time || (this.filter.to !== null && time >= this.filter.to)) {
      this.outside += 1;
      return null;
    }
    const bucket = this.bucket();
    const verdict = this.verdicts[bucket - 1];
    if (verdict === 0) {
      this.outside += 1;
      return null;
    }
    const withId = scanner.hasText(eventSlots.eventId);
    this.rows.push(withId ? (scanner.hashesA[eventSlots.eventId] ?? 0) : contentA);
    this.rows.push(withId ? (scanner.hashesB[eventSlots.eventId] ?? 0) : contentB);
    this.rows.push(contentA);
    this.rows.push(bucket);
    this.rows.push(index);
    this.times.push(time);
    if (verdict === 2) {
      this.whole.add(this.times.length - 1, this.text, scanner, withId, start, end);
    }
    return null;
  }

  private time(): number | null {
    const { scanner } = this;
    const start = scanner.starts[eventSlots.eventTime] ?? -1;
    const usual =
      start < 0 ? null : utcSecondAt(this.text, start, scanner.ends[eventSlots.eventTime] ?? start);
    if (usual !== null) {
      return usual;
    }
    const text = scanner.text(eventSlots.eventTime);
    const time = text === null ? null : parseEventTime(text);
    if (time !== null) {
      return time;
    }
    const shipped = scanner.text(eventSlots.timestamp);
    return shipped === null ? null : parseEventTime(shipped);
  }

  /** Id of a slot's string in this generation; 0 for null. */
  private stringId(slot: number): number {
    const { scanner } = this;
    if (!scanner.hasText(slot)) {
      return 0;
    }
    const next = this.stringIndex.size + 1;
    const known = this.stringIndex.insert(scanner.hashesA[slot] ?? 0, scanner.hashesB[slot] ?? 0, next);
    if (known > 0) {
      return known;
    }
    this.strings.push(scanner.text(slot) ?? '');
    return next;
  }

  /** No error code, and yet it failed: a sign-in has only a message or the answer `Failure`. */
  private failedWithoutCode(): boolean {
    const { scanner } = this;
    if (scanner.hasText(eventSlots.errorCode)) {
      return false;
    }
    const login = eventSlots.consoleLogin;
    return (
      scanner.hasText(eventSlots.errorMessage) ||
      ((scanner.starts[login] ?? -1) >= 0 &&
        scanner.hashesA[login] === failureHash[0] &&
        scanner.hashesB[login] === failureHash[1])
    );
  }

  private failureId(): number {
    const next = this.stringIndex.size + 1;
    const known = this.stringIndex.insert(failureHash[0], failureHash[1], next);
    if (known === 0) {
      this.strings.push(failure);
    }
    return known === 0 ? next : known;
  }

  /** Found by the hashes of its texts: only a new bucket has to number them. */
  private bucket(): number {
    const { scanner } = this;
    const failed = this.failedWithoutCode();
    let a = failed ? 1 : 0;
    let b = 0;
    for (let slot = 0; slot < bucketMembers.length; slot += 1) {
      const told = scanner.hasText(slot);
      a = mixHash(a, told ? (scanner.hashesA[slot] ?? 0) : 0);
      b = rotateMix(b, told ? (scanner.hashesB[slot] ?? 0) : 0);
    }
    const next = this.bucketIndex.size + 1;
    const known = this.bucketIndex.insert(a, b, next);
    if (known > 0) {
      return known;
    }
    for (let slot = 0; slot < bucketMembers.length; slot += 1) {
      this.buckets.push(failed && slot === eventSlots.errorCode ? this.failureId() : this.stringId(slot));
    }
    this.verdicts.push(this.verdict());
    return next;
  }

  private verdict(): number {
    const { hashesA, hashesB } = this.scanner;
    let a = 0;
    let b = 0;
    for (const slot of verdictSlots) {
      const told = this.scanner.hasText(slot);
      a = mixHash(a, told ? (hashesA[slot] ?? 0) : 0);
      b = rotateMix(b, told ? (hashesB[slot] ?? 0) : 0);
    }
    const known = this.verdictIndex.insert(a, b, this.judgements.length + 1);
    if (known === 0) {
      this.judgements.push(this.judged());
    }
    return this.judgements[known === 0 ? this.judgements.length - 1 : known - 1] ?? 0;
  }

  private judged(): number {
    const { scanner } = this;
    const account = scanner.text(eventSlots.recipientAccountId);
    if (this.accounts !== null && account !== null && !this.accounts.has(account)) {
      return 0;
    }
    const name = withoutVersion(scanner.text(eventSlots.name) ?? '');
    return this.wanted === null || this.wanted.has(`${scanner.text(eventSlots.source)}:${name}`) ? 2 : 1;
  }
}
