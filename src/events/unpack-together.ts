import { gunzipSync } from 'node:zlib';

/** Plain bytes of files that are unpacked in one go: enough to make a call worth its while, few enough for a cache. */
const together = 192 * 1024;
const smallestMember = 18;
const smallestChunk = 64;

/** Plain size by the trailer of a gzip file's last member; null for what is no gzip. */
function toldSize(packed: Uint8Array): number | null {
  if (packed.length < smallestMember || packed[0] !== 0x1f || packed[1] !== 0x8b) {
    return null;
  }
  return new DataView(packed.buffer, packed.byteOffset, packed.length).getUint32(packed.length - 4, true);
}

/** Whether a file is small enough to be unpacked with others, by what it tells of itself. */
export function fitsWith(plainBytes: number, packed: Uint8Array): boolean {
  return plainBytes + (toldSize(packed) ?? together) < together;
}

export function plainSize(packed: Uint8Array): number {
  return toldSize(packed) ?? 0;
}

/** The bytes of files, without a copy where they lie one behind the other. */
function joined(files: readonly Uint8Array[]): Uint8Array {
  const [first] = files;
  let end = first?.byteOffset ?? 0;
  for (const file of files) {
    if (file.buffer !== first?.buffer || file.byteOffset !== end) {
      return Buffer.concat(files);
    }
    end += file.length;
  }
  return first === undefined
    ? Buffer.alloc(0)
    : new Uint8Array(first.buffer, first.byteOffset, end - first.byteOffset);
}

/**
 * Plain bytes of several small gzip files: members that follow one another are one stream, and one call for many of
 * them costs a fraction of a call for each. Null unless every file is one intact member (checksums and sizes agree):
 * then each is to be unpacked alone, which tells what is wrong with which.
 */
export function unpackTogether(files: readonly Uint8Array[]): readonly Uint8Array[] | null {
  const sizes = files.map(toldSize);
  if (files.length < 2 || sizes.includes(null)) {
    return null;
  }
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  if (total > together) {
    return null;
  }
  let plain: Uint8Array;
  try {
    plain = gunzipSync(joined(files), {
      chunkSize: Math.max(total + 1, smallestChunk),
      maxOutputLength: together,
    });
  } catch {
    return null;
  }
  if (plain.length !== total) {
    return null;
  }
  let end = 0;
  return sizes.map((size) => {
    const start = end;
    end += size ?? 0;
    return plain.subarray(start, end);
  });
}
