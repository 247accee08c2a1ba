import { tmpdir } from 'node:os';
import { Numbers } from './growing.ts';
import { type LogLimits, logLimits } from './log-limits.ts';
import { SealedSegments } from './sealed-segments.ts';
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

/** Read and opened together, because what is asked for next lies near. */
const segmentSize = 64 * 1024;

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

/** Keeps the records of a log: the first ones in memory, what is beyond a limit sealed on disk. */
export class KeptRecords {
  readonly limits: LogLimits;
  private readonly folder: string;
  private events = 0;
  private resident = 0;
  private segments: SealedSegments | null = null;
  /** No file could be made or written: the answer is worth more than the memory. */
  private diskFailed = false;

  /** @param folder for what waits on disk */
  constructor(limits: LogLimits = logLimits(), folder = tmpdir()) {
    this.limits = limits;
    this.folder = folder;
  }

  /** Whether so many events more are kept; they count then. */
  admit(events: number): boolean {
    const isRoom = this.events + events <= this.limits.events;
    this.events += isRoom ? events : 0;
    return isRoom;
  }

  /** @param bounds of the records in the bytes, as in `WholeColumns` */
  keep(bytes: Buffer, bounds: Int32Array): KeptBatch {
    const sealed = this.resident + bytes.length > this.limits.residentBytes ? this.seal(bytes, bounds) : null;
    if (sealed === null) {
      this.resident += bytes.length;
    }
    return sealed ?? new ResidentBatch(bytes);
  }

  private seal(bytes: Buffer, bounds: Int32Array): KeptBatch | null {
    if (this.diskFailed) {
      return null;
    }
    const firsts = new Numbers();
    const numbers = new Numbers();
    try {
      this.segments ??= new SealedSegments(this.folder);
      const count = bounds.length / boundCount;
      for (let first = 0; first < count; ) {
        const next = segmentEnd(bounds, first);
        const start = bounds[first * boundCount + boundMembers.start] ?? 0;
        const end = bounds[(next - 1) * boundCount + boundMembers.end] ?? start;
        firsts.push(first);
        numbers.push(this.segments.add(bytes.subarray(start, end)));
        first = next;
      }
      return new Sealed(this.segments, bounds, firsts.taken(), numbers.taken());
    } catch {
      this.diskFailed = true;
      return null;
    }
  }
}

/** The record behind the last one that lies in the same segment as `first`: at least one does. */
function segmentEnd(bounds: Int32Array, first: number): number {
  const count = bounds.length / boundCount;
  const start = bounds[first * boundCount + boundMembers.start] ?? 0;
  let next = first + 1;
  while (next < count && (bounds[next * boundCount + boundMembers.end] ?? 0) - start <= segmentSize) {
    next += 1;
  }
  return next;
}
