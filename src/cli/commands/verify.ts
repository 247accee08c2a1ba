import { join } from 'node:path';
import { InputError } from '../../input/input-error.ts';
import { resolveOptions } from '../../input/resolve-options.ts';
import type { RunOptions } from '../../input/run-options.ts';
import { type VerifyOutcome, verify } from '../../pipeline/verify.ts';
import { verifyVerdictOf } from '../../pipeline/verify-verdict.ts';
import { verificationSummary } from '../../report/verification/verification-summary.ts';
import { defaultFolder } from '../default-folder.ts';
import { reportOnGithub } from '../github-log.ts';
import { noteFailedCalls } from '../note-failed-calls.ts';
import type { Run } from '../program.ts';
import { showProgress } from '../progress.ts';
import { realHost } from '../real-host.ts';
import { reportStop } from '../report-stop.ts';
import { runFacts } from '../run-facts.ts';
import {
  configPath,
  note,
  print,
  stylesFor,
  type TerminalSettings,
  terminalSettings,
  workOptions,
} from '../terminal.ts';

/** Prints the verification and says how the run ended. Resolves to the exit code. */
function concludeVerification(
  outcome: VerifyOutcome,
  options: RunOptions,
  settings: TerminalSettings,
  directory: string,
): number {
  const { result, verification, files, actions } = outcome;
  const [first] = files;
  print(
    verificationSummary(result, {
      styles: stylesFor(settings),
      width: process.stdout.columns ?? 100,
      ...(first === undefined ? {} : { reportFile: join(directory, first) }),
    }),
  );
  reportOnGithub(result);
  const verdict = verifyVerdictOf(result, verification, options.failOn, options.allowIncomplete);
  const log = actions === 0 ? 'no log of steps' : `${actions} line(s) of the log`;
  note(
    settings,
    `exit ${verdict.exitCode}: ${verdict.open} not gone, ${verdict.fresh} new, ${verdict.unknown} cannot be told, ${verdict.incomplete} incomplete result(s); ${log}`,
    { ...verdict, actions },
  );
  return verdict.exitCode;
}

export const run: Run = async (_positional, given) => {
  const settings = terminalSettings(given);
  const options = await resolveOptions(workOptions(given), configPath(given));
  if (options.against === undefined) {
    throw new InputError('--against is missing', 'Give the result.json of the run before the clean-up.');
  }
  const directory = options.out ?? defaultFolder('verify', new Date());
  const host = realHost(() =>
    note(settings, 'stopping: what was collected is kept; Ctrl-C again ends at once'),
  );
  const progress = await showProgress(settings);
  try {
    const outcome = await verify(
      directory,
      {
        options,
        againstPath: options.against,
        quick: options.quick,
        ...(options.actions === undefined ? {} : { actionsPath: options.actions }),
      },
      { ...host, onProgress: progress.update },
      runFacts('verify'),
    );
    progress.stop();
    if (outcome.collected === null) {
      return concludeVerification(outcome, options, settings, directory);
    }
    noteFailedCalls(outcome.collected.ledger, settings);
    const exitCode = concludeVerification(outcome, options, settings, directory);
    return reportStop(outcome.collected.stopped, settings, `${directory}/evidence`) ?? exitCode;
  } finally {
    progress.stop();
    host.dispose();
  }
};
