import type { JsonScanner } from './json-scanner.ts';

/** A value that was scanned before in the same text: where it lies, its hash, and what was noted in it. */
export class ValueMemo {
  private start = 0;
  /** 0 = nothing is remembered. */
  private length = 0;
  private hashA = 0;
  private hashB = 0;
  /** Per slot: offset of its first byte (-1 = absent) and of the byte after it, its hash. */
  private readonly noted: Int32Array;
  private readonly slots: readonly number[];

  constructor(slots: readonly number[]) {
    this.slots = slots;
    this.noted = new Int32Array(slots.length * 4);
  }

  forget(): void {
    this.length = 0;
  }

  /** Steps over the value if it is the remembered one. */
  skip(scanner: JsonScanner): boolean {
    const { slots, noted, length } = this;
    const start = scanner.position;
    if (length === 0 || !scanner.repeats(this.start, start, length)) {
      return false;
    }
    for (let index = 0; index < slots.length; index += 1) {
      const offset = noted[index * 4] ?? -1;
      if (offset >= 0) {
        const slot = slots[index] ?? 0;
        scanner.repeated ||= (scanner.starts[slot] ?? -1) >= 0;
        scanner.starts[slot] = start + offset;
        scanner.ends[slot] = start + (noted[index * 4 + 1] ?? 0);
        scanner.hashesA[slot] = noted[index * 4 + 2] ?? 0;
        scanner.hashesB[slot] = noted[index * 4 + 3] ?? 0;
      }
    }
    scanner.position = start + length;
    scanner.hashA = this.hashA;
    scanner.hashB = this.hashB;
    return true;
  }

  /** Remembers the value between `start` and the scanner's position, with what was noted in it. */
  keep(scanner: JsonScanner, start: number): void {
    const { slots, noted } = this;
    this.start = start;
    this.length = scanner.position - start;
    this.hashA = scanner.hashA;
    this.hashB = scanner.hashB;
    for (let index = 0; index < slots.length; index += 1) {
      const slot = slots[index] ?? 0;
      const from = scanner.starts[slot] ?? -1;
      noted[index * 4] = from < start ? -1 : from - start;
      noted[index * 4 + 1] = (scanner.ends[slot] ?? 0) - start;
      noted[index * 4 + 2] = scanner.hashesA[slot] ?? 0;
      noted[index * 4 + 3] = scanner.hashesB[slot] ?? 0;
    }
  }
}
