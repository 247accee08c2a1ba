import { tmpdir } from 'node:os';
import { Numbers } from './growing.ts';
import { type LogLimits, logLimits } from './log-limits.ts';
import { SealedSegments, usualSegment } from './sealed-segments.ts';
import { boundCount, boundMembers } from './whole-records.ts';

/** Where a record lies in bytes that are at hand. */
export interface BytesAt {
  readonly bytes: Buffer;
  /** What its bounds count from. */
  readonly base: number;
}

/** The records of a batch, wherever they are kept. */
export interface KeptBatch {
  /** The bytes are not to be kept: they may be read again from where they are. */
  at(position: number): BytesAt;
}

/** Bytes in memory. */
export class ResidentBatch implements KeptBatch {
  private readonly found: BytesAt;

  constructor(bytes: Buffer) {
    this.found = { bytes, base: 0 };
  }

  at(): BytesAt {
    return this.found;
  }
}

/** Segments hold whole records: the first of each is known. */
class Sealed implements KeptBatch {
  private readonly segments: SealedSegments;
  private readonly bounds: Int32Array;
  private readonly firsts: Int32Array;
  /** Numbers of the segments. */
  private readonly numbers: Int32Array;
  private last = 0;

  constructor(segments: SealedSegments, bounds: Int32Array, firsts: Int32Array, numbers: Int32Array) {
    this.segments = segments;
    this.bounds = bounds;
    this.firsts = firsts;
    this.numbers = numbers;
  }

  at(position: number): BytesAt {
    const index = this.indexOf(position);
    const first = this.firsts[index] ?? 0;
    return {
      bytes: this.segments.get(this.numbers[index] ?? 0),
      base: this.bounds[first * boundCount + boundMembers.start] ?? 0,
    };
  }

  private indexOf(position: number): number {
    const { firsts, last } = this;
    if ((firsts[last] ?? 0) <= position && position < (firsts[last + 1] ?? Number.POSITIVE_INFINITY)) {
      return last;
    }
    let from = 0;
    for (let until = firsts.length; until - from > 1; ) {
      const middle = (from + until) >>> 1;
      if ((firsts[middle] ?? 0) <= position) {
        from = middle;
      } else {
        until = middle;
      }
    }
    this.last = from;
    return from;
  }
}

/** Where a batch lies may change. */
class Moved implements KeptBatch {
  private place: KeptBatch;

  constructor(place: KeptBatch) {
    this.place = place;
  }

  at(position: number): BytesAt {
    return this.place.at(position);
  }

  to(place: KeptBatch): void {
    this.place = place;
  }
}

interface InMemory {
  readonly bytes: Buffer;
  readonly bounds: Int32Array;
  readonly kept: Moved;
}

/** Keeps the records of a log: in memory as long as they are few, and all of them sealed on disk when they are not. */
export class KeptRecords {
  readonly limits: LogLimits;
  private readonly folder: string;
  private events = 0;
  private callers = 0;
  private resident = 0;
  private inMemory: InMemory[] = [];
  private segments: SealedSegments | null = null;
  /** No file could be made or written: the answer is worth more than the memory. */
  private diskFailed = false;

  /** @param folder for what waits on disk */
  constructor(limits: LogLimits = logLimits(), folder = tmpdir()) {
    this.limits = limits;
    this.folder = folder;
  }

  /**
   * Whether so many events more are kept; they count then.
   * @param callers that no event before them had, and ways of calling
   */
  admit(events: number, callers: number): boolean {
    const isRoom =
      this.events + events <= this.limits.events && this.callers + callers <= this.limits.callers;
    if (isRoom) {
      this.events += events;
      this.callers += callers;
    }
    return isRoom;
  }

  /** @param bounds of the records in the bytes, as in `WholeColumns` */
  keep(bytes: Buffer, bounds: Int32Array): KeptBatch {
    const kept = new Moved(new ResidentBatch(bytes));
    this.inMemory.push({ bytes, bounds, kept });
    this.resident += bytes.length;
    if (this.resident > this.limits.residentBytes && !this.diskFailed) {
      this.sealAll();
    }
    return kept;
  }

  private sealAll(): void {
    try {
      this.segments ??= new SealedSegments(this.folder);
      for (const { bytes, bounds, kept } of this.inMemory) {
        kept.to(sealed(this.segments, bytes, bounds));
      }
      this.inMemory = [];
    } catch {
      this.diskFailed = true;
    }
  }
}

function sealed(segments: SealedSegments, bytes: Buffer, bounds: Int32Array): KeptBatch {
  const firsts = new Numbers();
  const numbers = new Numbers();
  const count = bounds.length / boundCount;
  for (let first = 0; first < count; ) {
    const next = segmentEnd(bounds, first);
    const start = bounds[first * boundCount + boundMembers.start] ?? 0;
    const end = bounds[(next - 1) * boundCount + boundMembers.end] ?? start;
    firsts.push(first);
    numbers.push(segments.add(bytes.subarray(start, end)));
    first = next;
  }
  return new Sealed(segments, bounds, firsts.taken(), numbers.taken());
}

/** The record behind the last one that lies in the same segment as `first`: at least one does. */
function segmentEnd(bounds: Int32Array, first: number): number {
  const count = bounds.length / boundCount;
  const start = bounds[first * boundCount + boundMembers.start] ?? 0;
  let next = first + 1;
  while (next < count && (bounds[next * boundCount + boundMembers.end] ?? 0) - start <= usualSegment) {
    next += 1;
  }
  return next;
}
