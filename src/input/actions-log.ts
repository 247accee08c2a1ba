import { readFile } from 'node:fs/promises';
import { type ActionLogEntry, actionLogSchema } from '../model/verification.ts';
import { timeField } from './fields.ts';
import { InputError } from './input-error.ts';

const hint =
  'Give the actions.ndjson that plan.sh wrote, unchanged; a half-written last line can be deleted by hand.';

function entryOf(path: string, line: string, number: number): ActionLogEntry {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    throw new InputError(`${path}:${number}: not JSON`, hint, { cause: error });
  }
  const entry = actionLogSchema.extend({ at: timeField }).safeParse(parsed);
  if (entry.success) {
    // The time as written: its precision says how much of a second it leaves open.
    const written: unknown = Object(parsed).at;
    return { ...entry.data, at: typeof written === 'string' ? written : entry.data.at };
  }
  const issue = entry.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  throw new InputError(
    `${path}:${number}: ${field === '' ? 'the line' : field}: ${issue?.message ?? 'not valid'}`,
    hint,
  );
}

/**
 * Reads the log of executed steps. Nothing is skipped: a line lost is a step whose time would not count.
 * @throws InputError naming file, line and field.
 */
export async function readActionsLog(path: string): Promise<readonly ActionLogEntry[]> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    throw new InputError(
      `cannot read ${path} as UTF-8 text`,
      'Check the path and that you may read the file.',
      {
        cause: error,
      },
    );
  }
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => entryOf(path, line, number));
}
