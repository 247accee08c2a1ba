import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '../../input/input-error.ts';
import { resolveOptions } from '../../input/resolve-options.ts';
import { type BaselineOutcome, baseline } from '../../pipeline/baseline.ts';
import type { Run } from '../program.ts';
import { type CommandOptions, configPath, note, print, terminalSettings, workOptions } from '../terminal.ts';

interface Target {
  readonly path: string;
  /** May be written over: it is the file that is renewed. */
  readonly renews: boolean;
}

function targetOf(out: string | undefined, update: string | null, write: boolean): Target | null {
  if (write && update === null) {
    throw new InputError('--write goes with --update', 'A new baseline is written with --out FILE.');
  }
  if (write && out !== undefined) {
    throw new InputError('--write and --out exclude each other', 'Give one of the two.');
  }
  const path = write ? update : (out ?? null);
  return path === null ? null : { path, renews: update !== null && resolve(path) === resolve(update) };
}

async function save(text: string, { path, renews }: Target): Promise<void> {
  try {
    await writeFile(path, text, { flag: renews ? 'w' : 'wx', mode: 0o600 });
  } catch (error) {
    throw new InputError(
      `cannot write ${path}: it exists, or the folder is not writable`,
      'Nothing was overwritten. An existing baseline is renewed with --update, which keeps its reviews.',
      { cause: error },
    );
  }
}

function summary({ baseline: { expected }, unreviewed, leftOut, notSeen }: BaselineOutcome): string {
  const parts = [
    `${expected.length} entries, ${unreviewed} not reviewed`,
    ...(leftOut === 0 ? [] : [`${leftOut} things left out`]),
    ...(notSeen.length === 0 ? [] : [`${notSeen.length} things could not be seen`]),
  ];
  return `${parts.join(' · ')}; the header says which and how to review`;
}

function split(given: CommandOptions) {
  const { update, write, dropGone, ...work } = workOptions(given);
  return {
    update: typeof update === 'string' ? update : null,
    write: write === true,
    dropGone: dropGone === true,
    work,
  };
}

export const run: Run = async (_positional, given) => {
  const settings = terminalSettings(given);
  const { update, write, dropGone, work } = split(given);
  const options = await resolveOptions(work, configPath(given));
  const target = targetOf(options.out, update, write);
  const outcome = await baseline({ evidence: options.evidence ?? '', options, update, dropGone });
  if (outcome.difference !== null) {
    print(outcome.difference);
  }
  if (target !== null) {
    await save(outcome.text, target);
    print(target.path);
  } else if (outcome.difference === null) {
    print(outcome.text);
  } else {
    note(settings, `Nothing was written: --write renews ${update}, --out writes another file.`);
  }
  note(settings, summary(outcome));
  if (outcome.notSeen.length > 0 && !options.allowIncomplete) {
    return 2;
  }
  return outcome.differs && target === null ? 1 : 0;
};
