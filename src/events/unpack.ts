import { constants, gunzipSync } from 'node:zlib';
import { Decompress } from 'fzstd';
import { type LogProblem, malformed, notALog } from './log-problem.ts';
import { thrownCode, thrownMessage } from './thrown.ts';

export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly problems: readonly LogProblem[];
}

/** One file may become this big: with several in flight the whole stays below a gigabyte. */
const largest = 320 * 1024 * 1024;
const smallestChunk = 64 * 1024;
/** Deflate packs no tighter. */
const tightest = 1032;
const trailerBytes = 8;
const none = new Uint8Array(0);

function startsWith(bytes: Uint8Array, ...magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function tooLarge(): Unpacked {
  return {
    bytes: none,
    problems: [
      {
        reason: 'truncated',
        detail: `larger than ${largest / 1024 / 1024} MiB when unpacked: split the file; nothing of it was read`,
      },
    ],
  };
}

/** The size that the last member's trailer tells, as far as it can be true: one chunk takes all, nothing is copied. */
function chunkSizeOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const told = bytes.length < trailerBytes ? 0 : view.getUint32(bytes.length - 4, true);
  return Math.max(Math.min(told + 1, bytes.length * tightest, largest), smallestChunk);
}

/** What can be had of a damaged member: everything before the damage. */
function beforeTheDamage(bytes: Uint8Array): Uint8Array {
  let low = 0;
  let high = bytes.length;
  let best = none;
  // The library keeps nothing when it meets an error: find the longest part that it takes.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    try {
      best = gunzipSync(bytes.subarray(0, middle), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: largest,
      });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  return best;
}

function unpackGzip(bytes: Uint8Array): Unpacked {
  try {
    return {
      bytes: gunzipSync(bytes, { chunkSize: chunkSizeOf(bytes), maxOutputLength: largest }),
      problems: [],
    };
  } catch (error) {
    switch (thrownCode(error)) {
      case 'ERR_BUFFER_TOO_LARGE':
        return tooLarge();
      case 'Z_BUF_ERROR':
        return {
          bytes: beforeTheDamage(bytes),
          problems: [malformed('the gzip data end too early: only the records before the cut were read')],
        };
      default:
        return {
          bytes: beforeTheDamage(bytes),
          problems: [
            malformed(
              `the gzip data are damaged (${thrownMessage(error)}): what could be unpacked was read and is not proved to be as delivered`,
            ),
          ],
        };
    }
  }
}

function unpackZstd(bytes: Uint8Array): Unpacked {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  try {
    const stream = new Decompress((chunk, last) => {
      size += chunk.length;
      ended = last ?? false;
      if (size > largest) {
        throw new RangeError('too large');
      }
      chunks.push(chunk.slice());
    });
    stream.push(bytes, true);
  } catch {
    if (size > largest) {
      return tooLarge();
    }
    return {
      bytes: Buffer.concat(chunks),
      problems: [
        malformed('the zstd data end too early or are damaged: only what came before the damage was read'),
      ],
    };
  }
  const problems = ended ? [] : [malformed('the zstd data end too early')];
  return { bytes: Buffer.concat(chunks), problems };
}

function archiveKind(bytes: Uint8Array): string | null {
  if (startsWith(bytes, 0x50, 0x41, 0x52, 0x31)) {
    return 'Parquet';
  }
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    return 'a ZIP archive';
  }
  if (startsWith(bytes, 0x42, 0x5a, 0x68)) {
    return 'bzip2';
  }
  if (startsWith(bytes, 0xfd, 0x37, 0x7a, 0x58)) {
    return 'xz';
  }
  return startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff) ? 'UTF-16 text' : null;
}

/** Plain bytes of a file that is plain, gzip (any number of members, CRC checked) or zstd; told by its first bytes. */
export function unpack(bytes: Uint8Array): Unpacked {
  if (bytes.length === 0) {
    return { bytes, problems: [malformed('the file is empty (0 bytes)')] };
  }
  if (startsWith(bytes, 0x1f, 0x8b)) {
    return unpackGzip(bytes);
  }
  if (startsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd)) {
    return unpackZstd(bytes);
  }
  const kind = archiveKind(bytes);
  if (kind !== null) {
    return { bytes: none, problems: [notALog(kind)] };
  }
  return bytes.length > largest ? tooLarge() : { bytes, problems: [] };
}
