import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Doubles } from './growing.ts';

const cipher = 'aes-256-gcm';
const tagSize = 16;
const nonceSize = 12;

/** Segments should not be larger: those that are take memory anew each time that they are opened. */
export const usualSegment = 64 * 1024;
/** So many opened segments stay in memory: 32 MiB. */
const openSegments = 512;

/** A descriptor that nobody can ask any more is closed. */
const forgotten = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/** A file that has no name any more: it is gone with the process, however that ends. */
function unnamedFile(among: string): number {
  const folder = mkdtempSync(join(among, 'afterleak-'));
  const path = join(folder, 'records');
  try {
    const descriptor = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return descriptor;
  } finally {
    rmdirSync(folder);
  }
}

/** An opened segment, in memory that is used again. */
interface Slot {
  readonly place: number;
  readonly bytes: Buffer;
}

function nonceOf(segment: number): Buffer {
  const nonce = Buffer.alloc(nonceSize);
  nonce.writeUInt32BE(segment, nonceSize - 4);
  return nonce;
}

/**
 * Bytes on disk instead of in memory. They hold what an organization did: each segment is sealed with a key that exists
 * only in this process, and what does not open as it was sealed is an error, never other content.
 */
export class SealedSegments {
  private readonly descriptor: number;
  private readonly key = randomBytes(32);
  /** Where each segment ends; its seal is its last bytes. */
  private readonly ends = new Doubles();
  /** Memory that is used again and again: pieces of their own would wait for the garbage collector. */
  private readonly room = Buffer.allocUnsafeSlow(usualSegment + tagSize);
  private readonly slots: Buffer = Buffer.allocUnsafeSlow(usualSegment * openSegments);
  /** What lies in the slots, by segment: the one that was asked for longest ago first. */
  private readonly opened = new Map<number, Slot>();
  private lastNumber = -1;
  private last: Buffer = Buffer.alloc(0);

  /**
   * @param folder for the file
   * @throws where no file can be made
   */
  constructor(folder: string) {
    this.descriptor = unnamedFile(folder);
    forgotten.register(this, this.descriptor);
  }

  /**
   * The number of the new segment.
   * @throws where it cannot be written; the segments before it can still be read
   */
  add(bytes: Uint8Array): number {
    const number = this.ends.length;
    const sealing = createCipheriv(cipher, this.key, nonceOf(number));
    let end = this.startOf(number);
    for (const part of [sealing.update(bytes), sealing.final(), sealing.getAuthTag()]) {
      this.write(part, end);
      end += part.length;
    }
    this.ends.push(end);
    return number;
  }

  /** The bytes that were added as this segment: only until the next ones are asked for. */
  get(number: number): Buffer {
    if (number !== this.lastNumber) {
      this.last = this.recent(number) ?? this.open(number);
      this.lastNumber = number;
    }
    return this.last;
  }

  private write(bytes: Buffer, start: number): void {
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(this.descriptor, bytes, written, bytes.length - written, start + written);
    }
  }

  private recent(number: number): Buffer | undefined {
    const slot = this.opened.get(number);
    if (slot !== undefined) {
      this.opened.delete(number);
      this.opened.set(number, slot);
    }
    return slot?.bytes;
  }

  private open(number: number): Buffer {
    const start = this.startOf(number);
    const size = this.ends.at(number) - start;
    const sealed = size <= this.room.length ? this.room.subarray(0, size) : Buffer.allocUnsafeSlow(size);
    for (let read = 0; read < size; ) {
      const more = readSync(this.descriptor, sealed, read, size - read, start + read);
      if (more === 0) {
        throw new RangeError(`segment ${number} was cut off`);
      }
      read += more;
    }
    const opening = createDecipheriv(cipher, this.key, nonceOf(number));
    opening.setAuthTag(sealed.subarray(size - tagSize));
    const bytes = opening.update(sealed.subarray(0, size - tagSize));
    opening.final();
    return bytes.length > usualSegment ? bytes : this.remember(number, bytes);
  }

  private remember(number: number, bytes: Buffer): Buffer {
    const [oldest] = this.opened.size < openSegments ? [] : this.opened;
    const place = oldest === undefined ? this.opened.size : oldest[1].place;
    if (oldest !== undefined) {
      this.opened.delete(oldest[0]);
    }
    const start = place * usualSegment;
    const slot = { place, bytes: this.slots.subarray(start, start + bytes.copy(this.slots, start)) };
    this.opened.set(number, slot);
    return slot.bytes;
  }

  private startOf(number: number): number {
    return number === 0 ? 0 : this.ends.at(number - 1);
  }
}
