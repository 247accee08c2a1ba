import type { LogProblem } from './log-problem.ts';
import { PackedFiles } from './packed-files.ts';
import type { BatchScanner, LoadedFile, ScannedBatch, ScannedFile } from './scan-batch.ts';
import { thrownCode } from './thrown.ts';
import { fitsWith, plainSize, unpackTogether } from './unpack-together.ts';

/** A file to scan: by its path, or its bytes when they came from elsewhere (S3). */
export interface LogInput {
  readonly name: string;
  /** Packed size. */
  readonly size: number;
  readonly content:
    | { readonly kind: 'path'; readonly path: string }
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
}

/** A few files that are scanned together. */
export interface ScanJob {
  readonly inputs: readonly LogInput[];
  /** Also hash each file's plain content, to hold it against digests. */
  readonly hashes: boolean;
}

function unreadable(input: LogInput, error: unknown): ScannedFile {
  const code = thrownCode(error);
  const problem: LogProblem =
    code === 'EACCES' || code === 'EPERM'
      ? { reason: 'access-denied', detail: `no permission to read the file (${code})` }
      : { reason: 'error', detail: `the file cannot be read (${code})` };
  return {
    name: input.name,
    packedBytes: 0,
    records: 0,
    rows: 0,
    outside: 0,
    badCount: 0,
    bad: [],
    problems: [problem],
    digest: false,
    sha256: null,
  };
}

const none = new Uint8Array(0);

/** Small files are unpacked together as far as that works; then one group is in memory, else one file. */
function* unpacked(files: Iterable<LoadedFile>): Generator<LoadedFile> {
  let group: LoadedFile[] = [];
  let size = 0;
  for (const file of files) {
    if (!fitsWith(size, file.bytes)) {
      yield* grouped(group);
      group = [];
      size = 0;
    }
    group.push(file);
    size += plainSize(file.bytes);
  }
  yield* grouped(group);
}

function* grouped(group: readonly LoadedFile[]): Generator<LoadedFile> {
  const plain = unpackTogether(group.map(({ bytes }) => bytes)) ?? [];
  const [first] = plain;
  const size = plain.reduce((sum, { length }) => sum + length, 0);
  const among = first === undefined ? none : new Uint8Array(first.buffer, first.byteOffset, size);
  for (const [index, file] of group.entries()) {
    const bytes = plain[index] ?? none;
    yield bytes.length === 0 ? file : { ...file, plain: { bytes, among } };
  }
}

/** Reads one file after the other while they are scanned. */
export function runScanJob(scanner: BatchScanner, { inputs, hashes }: ScanJob): ScannedBatch {
  const packed = new PackedFiles(inputs.map(({ size, content }) => (content.kind === 'path' ? size : 0)));
  const failed: ScannedFile[] = [];
  function* loaded(): Generator<LoadedFile> {
    for (const input of inputs) {
      if (input.content.kind === 'bytes') {
        yield { name: input.name, bytes: input.content.bytes };
        continue;
      }
      let bytes: Uint8Array;
      try {
        bytes = packed.read(input.content.path, input.size);
      } catch (error) {
        failed.push(unreadable(input, error));
        continue;
      }
      yield { name: input.name, bytes };
    }
  }
  const batch = scanner.scan(unpacked(loaded()), hashes);
  // Unread files have no rows, so their place among the others does not matter.
  return { ...batch, files: [...batch.files, ...failed] };
}
