import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../input/input-error.ts';
import { demo, demoBanner } from '../../pipeline/demo.ts';
import { printSummary } from '../conclude.ts';
import type { Run } from '../program.ts';
import { showProgress } from '../progress.ts';
import { realHost } from '../real-host.ts';
import { reportStop } from '../report-stop.ts';
import { runFacts } from '../run-facts.ts';
import { note, terminalSettings } from '../terminal.ts';

/** An earlier demo makes room for the new one; anything else stays, and the demo does not run. */
async function makeRoom(directory: string): Promise<void> {
  const names = await readdir(directory).catch((): readonly string[] => []);
  if (names.length === 0) {
    return;
  }
  if (!names.includes('run.json')) {
    throw new InputError(
      `${directory} holds something that is no run of afterleak`,
      'Empty it, or give --out a new folder.',
    );
  }
  await rm(directory, { recursive: true });
}

export const run: Run = async (_positional, given) => {
  const settings = terminalSettings(given);
  const { out, sign } = given;
  const directory = typeof out === 'string' ? out : join('reports', 'demo');
  const host = realHost(() => note(settings, 'stopping: what was collected is kept'));
  const progress = await showProgress(settings);
  try {
    await makeRoom(directory);
    note(settings, `demo: the answers are ${demoBanner}`);
    const outcome = await demo(
      directory,
      { ...host, onProgress: progress.update },
      runFacts('demo'),
      {},
      typeof sign === 'string' ? { sign } : {},
    );
    progress.stop();
    const { result, files } = outcome;
    printSummary(result, settings, { directory, files });
    for (const call of outcome.unrecorded) {
      note(settings, `not in the recording: ${call}`);
    }
    return (
      reportStop(outcome.collected.stopped, settings, join(directory, 'evidence')) ??
      (outcome.complete ? 0 : 2)
    );
  } finally {
    progress.stop();
    host.dispose();
  }
};
