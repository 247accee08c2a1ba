import type { LogInput } from './scan-job.ts';

/** Unpacked text of one job: enough to make a message worth its while, little enough to share out evenly. */
const textPerJob = 24 * 1024 * 1024;
const filesPerJob = 200;
const packedRatio = 12;

/** A guess at the size of a file when it is unpacked. */
export function textSize({ name, size }: Pick<LogInput, 'name' | 'size'>): number {
  return /\.(?:gz|zst)$/.test(name) ? size * packedRatio : size;
}

/** Files in their order, put together into jobs. */
export async function* groupJobs(
  inputs: AsyncIterable<LogInput> | Iterable<LogInput>,
): AsyncGenerator<readonly LogInput[]> {
  let pending: LogInput[] = [];
  let text = 0;
  for await (const input of inputs) {
    const size = textSize(input);
    if (pending.length > 0 && (text + size > textPerJob || pending.length >= filesPerJob)) {
      yield pending;
      pending = [];
      text = 0;
    }
    pending.push(input);
    text += size;
  }
  if (pending.length > 0) {
    yield pending;
  }
}
