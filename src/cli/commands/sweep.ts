import { resolveOptions } from '../../input/resolve-options.ts';
import { sweep } from '../../pipeline/sweep.ts';
import { conclude } from '../conclude.ts';
import { defaultFolder } from '../default-folder.ts';
import { noteFailedCalls } from '../note-failed-calls.ts';
import type { Run } from '../program.ts';
import { showProgress } from '../progress.ts';
import { realHost } from '../real-host.ts';
import { reportStop } from '../report-stop.ts';
import { runFacts } from '../run-facts.ts';
import { configPath, note, terminalSettings, workOptions } from '../terminal.ts';

export const run: Run = async (_positional, given) => {
  const settings = terminalSettings(given);
  const options = await resolveOptions(workOptions(given), configPath(given));
  const directory = options.out ?? defaultFolder('sweep', new Date());
  const host = realHost(() =>
    note(settings, 'stopping: what was collected is kept; Ctrl-C again ends at once'),
  );
  const progress = await showProgress(settings);
  try {
    const outcome = await sweep(
      directory,
      options,
      { ...host, onProgress: progress.update },
      runFacts('sweep'),
    );
    progress.stop();
    noteFailedCalls(outcome.collected.ledger, settings);
    const exitCode = conclude(outcome.result, options, settings, { directory, files: outcome.files });
    return reportStop(outcome.collected.stopped, settings, `${directory}/evidence`) ?? exitCode;
  } finally {
    progress.stop();
    host.dispose();
  }
};
