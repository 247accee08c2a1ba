import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Doubles } from './growing.ts';

const cipher = 'aes-256-gcm';
const tagSize = 16;
const nonceSize = 12;

/** Opened segments that stay in memory. */
const openBytes = 32 * 1024 * 1024;

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
  /** The one that was asked for longest ago first. */
  private readonly opened = new Map<number, Buffer>();
  private openedBytes = 0;
  private room: Buffer = Buffer.alloc(0);
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
    const sealed = Buffer.concat([sealing.update(bytes), sealing.final(), sealing.getAuthTag()]);
    const start = this.startOf(number);
    for (let written = 0; written < sealed.length; ) {
      written += writeSync(this.descriptor, sealed, written, sealed.length - written, start + written);
    }
    this.ends.push(start + sealed.length);
    return number;
  }

  /** The bytes that were added as this segment; not to be kept, nor to be changed. */
  get(number: number): Buffer {
    if (number !== this.lastNumber) {
      this.last = this.recent(number) ?? this.open(number);
      this.lastNumber = number;
    }
    return this.last;
  }

  private recent(number: number): Buffer | undefined {
    const known = this.opened.get(number);
    if (known !== undefined) {
      this.opened.delete(number);
      this.opened.set(number, known);
    }
    return known;
  }

  private open(number: number): Buffer {
    const start = this.startOf(number);
    const sealed = this.roomFor(this.ends.at(number) - start);
    for (let read = 0; read < sealed.length; ) {
      const more = readSync(this.descriptor, sealed, read, sealed.length - read, start + read);
      if (more === 0) {
        throw new RangeError(`segment ${number} was cut off`);
      }
      read += more;
    }
    const opening = createDecipheriv(cipher, this.key, nonceOf(number));
    opening.setAuthTag(sealed.subarray(sealed.length - tagSize));
    const bytes = opening.update(sealed.subarray(0, sealed.length - tagSize));
    opening.final();
    this.remember(number, bytes);
    return bytes;
  }

  /** Memory that is used again: a new piece for each segment would cost as much as opening it. */
  private roomFor(size: number): Buffer {
    if (size > this.room.length) {
      this.room = Buffer.allocUnsafeSlow(size);
    }
    return this.room.subarray(0, size);
  }

  private remember(number: number, bytes: Buffer): void {
    this.opened.set(number, bytes);
    this.openedBytes += bytes.length;
    for (const [oldest, { length }] of this.opened) {
      if (this.openedBytes <= openBytes || oldest === number) {
        break;
      }
      this.opened.delete(oldest);
      this.openedBytes -= length;
    }
  }

  private startOf(number: number): number {
    return number === 0 ? 0 : this.ends.at(number - 1);
  }
}
