import { eventSlots } from './event-scanner.ts';
import { Bytes, Numbers } from './growing.ts';
import type { JsonScanner } from './json-scanner.ts';

const listStart = Uint8Array.of(0x5b);
const listEnd = Uint8Array.of(0x5d);
const comma = Uint8Array.of(0x2c);
const commaByte = 0x2c;
const recordsPerPart = 200;

/** Texts of the records that are handed over whole, without members that no event keeps: less to copy and to parse. */
export class WholeRecords {
  private readonly bytes = new Bytes();
  private readonly parts = new Numbers();
  private count = 0;

  /** @param withId without an event id the whole content is the id */
  add(text: Uint8Array, scanner: JsonScanner, withId: boolean, start: number, end: number): void {
    this.bytes.push(this.count % recordsPerPart === 0 ? listStart : comma);
    let from = start;
    const { starts, ends } = scanner;
    for (let slot: number = eventSlots.unkept; withId && slot < starts.length; slot += 1) {
      const cutStart = starts[slot] ?? -1;
      const cutEnd = ends[slot] ?? 0;
      // Only in the usual order, and only with a member behind it: no comma is left over.
      if (cutStart >= from && text[cutEnd] === commaByte) {
        this.bytes.push(text.subarray(from, cutStart));
        from = cutEnd + 1;
      }
    }
    this.bytes.push(text.subarray(from, end));
    this.count += 1;
    if (this.count % recordsPerPart === 0) {
      this.endPart();
    }
  }

  taken(): { readonly wholeBytes: Uint8Array; readonly wholeParts: Int32Array } {
    if (this.count % recordsPerPart !== 0) {
      this.endPart();
    }
    const taken = { wholeBytes: this.bytes.taken(), wholeParts: this.parts.taken() };
    this.bytes.clear();
    this.parts.clear();
    this.count = 0;
    return taken;
  }

  private endPart(): void {
    this.bytes.push(listEnd);
    this.parts.push(this.bytes.length);
  }
}
