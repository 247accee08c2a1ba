import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const answerSchema = z.strictObject({
  service: z.string(),
  operation: z.string(),
  accountId: z.string(),
  region: z.string(),
  input: z.string(),
  status: z.number().int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

const headSchema = z.strictObject({
  banner: z.string(),
  recordedAt: z.string(),
  callerAccountId: z.string(),
  /** The clock of the demo: what the answers' Date header says. */
  clock: z.string(),
});

export type RecordedAnswer = z.infer<typeof answerSchema>;
export type RecordingHead = z.infer<typeof headSchema>;

export interface Recording {
  readonly head: RecordingHead;
  readonly answers: readonly RecordedAnswer[];
}

/** The bundled recording is missing or broken: the installation is damaged. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly next = 'Install afterleak again; in a checkout run `npm run record:demo`.';
}

/** Reads gzip NDJSON: one head line, then one line per answer. */
export async function readRecording(path: string): Promise<Recording> {
  try {
    const lines = gunzipSync(await readFile(path))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    const [head = '', ...answers] = lines;
    return {
      head: headSchema.parse(JSON.parse(head)),
      answers: answers.map((line) => answerSchema.parse(JSON.parse(line))),
    };
  } catch (error) {
    throw new RecordingError(`cannot read the bundled recording ${path}`, { cause: error });
  }
}

/**
 * Text of a recording's file.
 * @public used by scripts/record-demo.mjs, which imports what was built
 */
export function recordingText(recording: Recording): string {
  const lines = recording.answers.map((answer) => JSON.stringify(answer)).sort();
  return `${[JSON.stringify(recording.head), ...lines].join('\n')}\n`;
}
