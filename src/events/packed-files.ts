import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Larger files are read by themselves. */
const mostShared = 1024 * 1024;

/**
 * Reads files of a size that was told before, each behind the one before it: small ones that are unpacked together lie
 * together then, and a log has many thousands of them.
 */
export class PackedFiles {
  private readonly room: Buffer;
  private used = 0;

  constructor(sizes: readonly number[]) {
    const shared = sizes.reduce((sum, size) => sum + (size < mostShared ? size : 0), 0);
    // One byte more shows whether the file goes on.
    this.room = Buffer.allocUnsafeSlow(shared + 1);
  }

  /** @throws what the file system says */
  read(path: string, size: number): Uint8Array {
    if (size >= mostShared || this.used + size >= this.room.length) {
      return readFileSync(path);
    }
    const file = openSync(path, 'r');
    try {
      if (readSync(file, this.room, this.used, size + 1, 0) === size) {
        this.used += size;
        return this.room.subarray(this.used - size, this.used);
      }
    } finally {
      closeSync(file);
    }
    // It is not as it was when it was found.
    return readFileSync(path);
  }
}
