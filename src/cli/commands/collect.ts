import { loadChecks } from '../../engine/load-checks.ts';
import { selectChecks } from '../../engine/select-checks.ts';
import { resolveOptions } from '../../input/resolve-options.ts';
import { unseenOf } from '../../pipeline/collect.ts';
import { collectInto } from '../../pipeline/collect-into.ts';
import { keysFor } from '../../pipeline/select-keys.ts';
import { defaultFolder } from '../default-folder.ts';
import { noteFailedCalls } from '../note-failed-calls.ts';
import type { Run } from '../program.ts';
import { showProgress } from '../progress.ts';
import { realHost } from '../real-host.ts';
import { reportStop } from '../report-stop.ts';
import { runFacts } from '../run-facts.ts';
import { configPath, note, print, terminalSettings, workOptions } from '../terminal.ts';

export const run: Run = async (_positional, given) => {
  const settings = terminalSettings(given);
  const options = await resolveOptions(workOptions(given), configPath(given));
  const all = await loadChecks();
  const checks = selectChecks(all, options.checks, options.skipChecks);
  const directory = options.out ?? defaultFolder('collect', new Date());
  const host = realHost(() =>
    note(settings, 'stopping: what was collected is kept; Ctrl-C again ends at once'),
  );
  const progress = await showProgress(settings);
  try {
    const collected = await collectInto(
      directory,
      options,
      keysFor(checks, all),
      { ...host, onProgress: progress.update },
      runFacts('collect'),
    );
    const { manifest, ledger, calls, incomplete, stopped } = collected;
    progress.stop();
    noteFailedCalls(ledger, settings);
    const failed = ledger.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'absent').length;
    const swept = manifest.accounts.filter((account) => account.swept).length;
    print(
      [
        `${directory}: ${swept} of ${manifest.ofAccounts ?? '?'} accounts, ${calls} calls, ${failed} kinds of call and ${incomplete} facts with gaps`,
        `next: afterleak audit --evidence ${directory}`,
      ].join('\n'),
    );
    return reportStop(stopped, settings, directory) ?? (unseenOf(collected) > 0 ? 2 : 0);
  } finally {
    progress.stop();
    host.dispose();
  }
};
