import { createEventScanner } from './event-scanner.ts';
import type { JsonScanner } from './json-scanner.ts';
import type { LogProblem } from './log-problem.ts';
import { logOfLookupAnswer } from './lookup-answer.ts';
import { type BadRecord, type LogOutline, type RecordTaker, scanLog } from './scan-log.ts';
import { type Unpacked, unpack } from './unpack.ts';

/** The records of one file, parsed, with everything that is wrong with it. */
export interface ParsedLog {
  readonly records: readonly { readonly index: number; readonly record: unknown }[];
  readonly bad: readonly BadRecord[];
  readonly problems: readonly LogProblem[];
  readonly digest: boolean;
}

/**
 * Unpacks a file, unless that was done with others, and walks it, whatever form its records have; `load` gets the bytes
 * that positions refer to.
 */
export function walkLog(
  packed: Uint8Array,
  scanner: JsonScanner,
  load: (bytes: Uint8Array) => void,
  taker: RecordTaker,
  unpacked: Unpacked = unpack(packed),
): LogOutline {
  const { bytes, problems } = unpacked;
  if (bytes.length === 0) {
    return { records: 0, bad: [], badCount: 0, problems, digest: false, lookup: false };
  }
  load(bytes);
  let outline = scanLog(bytes, scanner, taker);
  const inner = outline.lookup ? logOfLookupAnswer(bytes) : null;
  if (inner !== null) {
    load(inner);
    outline = scanLog(inner, scanner, taker);
  }
  return { ...outline, problems: [...problems, ...outline.problems] };
}

/** Every record of a file as parsed JSON: for single files and as the reference of the counting reader. */
export function parseLog(packed: Uint8Array): ParsedLog {
  const records: { readonly index: number; readonly record: unknown }[] = [];
  let text: Uint8Array = packed;
  const outline = walkLog(
    packed,
    createEventScanner(),
    (bytes) => {
      text = bytes;
    },
    {
      one: (start, end, index) => {
        const record: unknown = JSON.parse(Buffer.from(text.subarray(start, end)).toString('utf8'));
        records.push({ index, record });
        return null;
      },
    },
  );
  return { records, bad: outline.bad, problems: outline.problems, digest: outline.digest };
}
