import { readFileSync } from 'node:fs';
import { textHash } from './json-cursor.ts';
import type { JsonScanner } from './json-scanner.ts';
import { failure } from './normalize-event.ts';
import { slotsIn, type WantedMembers } from './wanted-members.ts';

/** Why a run ended, as `run` in assembly/records.ts numbers it. */
const runEnds = ['unusual', 'list-ended', 'after-record', 'new-bucket', 'new-identity', 'full'] as const;

/** Where a run left the list: before a record that it leaves to others, behind a record, or behind the list. */
export type RunOutcome = 'unusual' | 'after-record' | 'list-ended';

/** Columns of usual records, each only valid until the next run. */
export interface RunColumns {
  readonly rows: Int32Array;
  readonly times: Float64Array;
  readonly wholeRows: Int32Array;
  readonly wholeActors: Int32Array;
  readonly wholeBounds: Int32Array;
  readonly wholeBytes: Uint8Array;
  readonly outside: number;
}

type ColumnPlace = Exclude<keyof RunColumns, 'outside'>;

/** What the runner asks of who owns the strings, buckets, identities and columns; the scanner holds the record's slots. */
export interface RunHost {
  /** Number of the record's bucket, and its verdict. */
  bucket(): { readonly bucket: number; readonly verdict: number };
  identity(): number;
  add(columns: RunColumns): void;
  /** Rows and bytes of whole records that were added so far. */
  size(): { readonly rows: number; readonly bytes: number };
}

/** Compiled once; threads are given it. */
export function loadRecordScanner(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(new URL(import.meta.resolve('#wasm/record-scanner.wasm'))));
}

/** A record is rarely longer: what lies closer to the end of the window may go on behind it. */
const mostlyShorter = 256 * 1024;

const nothing = new Uint8Array(0);

class Instance {
  private readonly exports: WebAssembly.Exports;
  readonly memory: ArrayBufferLike;

  constructor(module: WebAssembly.Module) {
    this.exports = new WebAssembly.Instance(module).exports;
    const { memory } = this.exports;
    if (typeof memory !== 'object' || !('buffer' in memory)) {
      throw new TypeError('the record scanner has no memory');
    }
    this.memory = memory.buffer;
  }

  call(name: string): (...values: readonly number[]) => number {
    const found = this.exports[name];
    if (typeof found !== 'function') {
      throw new TypeError(`the record scanner has no function ${name}`);
    }
    return found;
  }

  /** A number that changes. */
  global(name: string): WebAssembly.Global {
    const found = this.exports[name];
    if (typeof found !== 'object' || !('value' in found)) {
      throw new TypeError(`the record scanner has no number ${name}`);
    }
    return found;
  }

  number(name: string): number {
    return this.global(name).value;
  }
}

/**
 * Takes the usual records of a log several times as fast as `JsonScanner`, in WebAssembly (assembly/), and with the same
 * result. Whatever it does not know, it leaves: bad JSON, escapes, times and numbers in other forms.
 */
export class RecordRunner {
  private readonly instance: Instance;
  private readonly scanner: JsonScanner;
  private readonly host: RunHost;
  private readonly memory: Uint8Array;
  private readonly textAt: number;
  private readonly textCapacity: number;
  private readonly slots: {
    readonly starts: Int32Array;
    readonly ends: Int32Array;
    readonly hashesA: Int32Array;
    readonly hashesB: Int32Array;
  };
  private readonly run: () => number;
  private readonly begin: (at: number, end: number, index: number) => number;
  private readonly taken: (rows: number, bytes: number) => number;
  private readonly loaded: (length: number) => number;
  private readonly position: WebAssembly.Global;
  private readonly index: WebAssembly.Global;
  private readonly counts: Readonly<Record<'rows' | 'whole' | 'bytes' | 'outside', WebAssembly.Global>>;
  private readonly columns: Readonly<Record<ColumnPlace | 'rowLength' | 'boundsLength', number>>;
  /** What the window may be filled from. */
  private extent: Uint8Array = nothing;
  /** What lies in the window: bytes of the extent's buffer from here to there. */
  private from = 0;
  private to = 0;

  constructor(
    module: WebAssembly.Module,
    scanner: JsonScanner,
    wanted: WantedMembers,
    range: { readonly from: number | null; readonly to: number | null },
    host: RunHost,
  ) {
    const instance = new Instance(module);
    this.instance = instance;
    this.scanner = scanner;
    this.host = host;
    this.memory = new Uint8Array(instance.memory);
    this.textAt = instance.number('text');
    this.textCapacity = instance.number('textCapacity');
    const slots = (name: string): Int32Array =>
      new Int32Array(instance.memory, instance.number(name), scanner.starts.length);
    this.slots = {
      starts: slots('starts'),
      ends: slots('ends'),
      hashesA: slots('hashesA'),
      hashesB: slots('hashesB'),
    };
    this.run = instance.call('run');
    this.begin = instance.call('begin');
    this.taken = instance.call('taken');
    this.loaded = instance.call('loaded');
    this.position = instance.global('position');
    this.index = instance.global('index');
    this.counts = {
      rows: instance.global('rowCount'),
      whole: instance.global('wholeCount'),
      bytes: instance.global('byteCount'),
      outside: instance.global('outside'),
    };
    this.columns = {
      rows: instance.number('rows'),
      times: instance.number('times'),
      wholeRows: instance.number('wholeRows'),
      wholeActors: instance.number('wholeActors'),
      wholeBounds: instance.number('wholeBounds'),
      wholeBytes: instance.number('wholeBytes'),
      rowLength: instance.number('rowSize') / Int32Array.BYTES_PER_ELEMENT,
      boundsLength: instance.number('boundsSize') / Int32Array.BYTES_PER_ELEMENT,
    };
    instance.call('setFailure')(...textHash(failure));
    const { from, to } = range;
    instance.call('configure')(
      this.table(wanted),
      from ?? Number.NEGATIVE_INFINITY,
      to ?? Number.POSITIVE_INFINITY,
    );
  }

  /** Bytes among which the texts lie that the scanner is loaded with next: a text, or several that were unpacked together. */
  open(extent: Uint8Array): void {
    if (this.extent !== extent) {
      this.extent = extent;
      this.to = 0;
    }
  }

  /** Lets go of them. */
  close(): void {
    this.open(nothing);
  }

  /** A new generation of buckets and identities begins. */
  forget(): void {
    this.instance.call('forget')();
  }

  /**
   * Takes records from the scanner's position on, which is before an element of a list; the position moves on.
   * @param index number of that record in its file
   * @returns the number of the record that is next, and where that is
   */
  take(index: number): { readonly index: number; readonly outcome: RunOutcome } {
    const { scanner, host } = this;
    this.window(scanner.position, 0);
    this.start(index);
    for (;;) {
      const end = runEnds[this.run()];
      switch (end) {
        case 'new-bucket': {
          this.showSlots();
          const { bucket, verdict } = host.bucket();
          this.instance.call('knowBucket')(bucket, verdict);
          break;
        }
        case 'new-identity':
          this.showSlots();
          this.instance.call('knowIdentity')(host.identity());
          break;
        case 'full':
          this.flush();
          break;
        case 'list-ended':
        case 'after-record':
          return this.finish(end);
        default:
          if (!this.slide()) {
            return this.finish('unusual');
          }
      }
    }
  }

  private table(wanted: WantedMembers): number {
    const table = this.instance.call('newTable')();
    for (const [name, { slot = -1, members }] of Object.entries(wanted)) {
      const inner = members === undefined ? [] : slotsIn(members);
      this.instance.call('want')(
        table,
        ...textHash(name),
        slot,
        members === undefined ? 0 : this.table(members),
        inner.reduce((bits, one) => bits | (1 << one), 0),
      );
    }
    return table;
  }

  private get text(): Uint8Array {
    return this.scanner.bytes;
  }

  /** Sees to it that the window holds the text from a position on, and at least so much of it. */
  private window(position: number, atLeast: number): void {
    const { text } = this;
    const from = text.byteOffset + position;
    if (this.from <= from && from + atLeast < this.to) {
      return;
    }
    const length = Math.min(this.textCapacity, this.extent.byteOffset + this.extent.length - from);
    this.memory.set(new Uint8Array(text.buffer, from, length), this.textAt);
    this.loaded(length);
    this.from = from;
    this.to = from + length;
  }

  private start(index: number): void {
    const { text, scanner } = this;
    const { rows, bytes } = this.host.size();
    this.taken(rows, bytes);
    const end = Math.min(this.to, text.byteOffset + text.length);
    this.begin(this.addressOf(scanner.position), end - this.from + this.textAt, index);
  }

  private addressOf(position: number): number {
    return this.text.byteOffset + position - this.from + this.textAt;
  }

  /** Position in the text minus address in the window. */
  private get shift(): number {
    return this.from - this.text.byteOffset - this.textAt;
  }

  /** The window moves on when the record may only be cut off by its end; false = it is not. */
  private slide(): boolean {
    const { text, scanner, from } = this;
    const isLast = this.to >= text.byteOffset + text.length;
    scanner.position = this.position.value + this.shift;
    const at = text.byteOffset + scanner.position;
    if (isLast || at === from || this.to - at > mostlyShorter) {
      return false;
    }
    const index = this.index.value;
    this.flush();
    this.window(scanner.position, mostlyShorter);
    this.start(index);
    return true;
  }

  private finish(outcome: RunOutcome): { readonly index: number; readonly outcome: RunOutcome } {
    this.scanner.position = this.position.value + this.shift;
    this.flush();
    return { index: this.index.value, outcome };
  }

  private showSlots(): void {
    const { scanner, slots, shift } = this;
    for (let slot = 0; slot < scanner.starts.length; slot += 1) {
      const start = slots.starts[slot] ?? 0;
      scanner.starts[slot] = start === 0 ? -1 : start + shift;
      scanner.ends[slot] = (slots.ends[slot] ?? 0) + shift;
    }
    scanner.hashesA.set(slots.hashesA);
    scanner.hashesB.set(slots.hashesB);
  }

  private flush(): void {
    const { counts, columns, host } = this;
    const { memory } = this.instance;
    const rows = counts.rows.value;
    const whole = counts.whole.value;
    host.add({
      rows: new Int32Array(memory, columns.rows, rows * columns.rowLength),
      times: new Float64Array(memory, columns.times, rows),
      wholeRows: new Int32Array(memory, columns.wholeRows, whole),
      wholeActors: new Int32Array(memory, columns.wholeActors, whole),
      wholeBounds: new Int32Array(memory, columns.wholeBounds, whole * columns.boundsLength),
      wholeBytes: new Uint8Array(memory, columns.wholeBytes, counts.bytes.value),
      outside: counts.outside.value,
    });
    const size = host.size();
    this.taken(size.rows, size.bytes);
  }
}
