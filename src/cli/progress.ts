import type { RunProgress } from '../collect/run-collectors.ts';
import { visible } from '../report/text/visible.ts';
import type { TerminalSettings } from './terminal.ts';

export interface ProgressDisplay {
  readonly update: (progress: RunProgress) => void;
  readonly stop: () => void;
}

const plainEvery = 10_000;

function remaining(progress: RunProgress, elapsed: number): string {
  const done =
    progress.accountsDone + (progress.regionsTotal === 0 ? 0 : progress.regionsDone / progress.regionsTotal);
  const total = progress.accountsTotal + 1;
  if (done <= 0 || elapsed < 3000) {
    return '';
  }
  const seconds = Math.round(((elapsed / done) * (total - done)) / 1000);
  return seconds > 90
    ? ` · about ${Math.round(seconds / 60)} min left`
    : ` · about ${Math.max(seconds, 1)} s left`;
}

function line(progress: RunProgress, elapsed: number): string {
  const waits = progress.rateWaits === 0 ? '' : ` · ${progress.rateWaits} rate waits`;
  return visible(
    `accounts ${progress.accountsDone}/${progress.accountsTotal} · regions ${progress.regionsDone}/${progress.regionsTotal} · ${progress.calls} calls${waits}${remaining(progress, elapsed)} · ${progress.current}`,
  );
}

/** A spinner on a terminal, a line now and then elsewhere, JSON lines when asked for; all on stderr. */
export async function showProgress(settings: TerminalSettings): Promise<ProgressDisplay> {
  const startedAt = Date.now();
  if (settings.progress) {
    const { default: ora } = await import('ora');
    const spinner = ora({
      text: 'asking who is calling',
      stream: process.stderr,
      discardStdin: false,
    }).start();
    return {
      update: (progress) => {
        spinner.text = line(progress, Date.now() - startedAt);
      },
      stop: () => {
        spinner.stop();
      },
    };
  }
  let last = startedAt;
  return {
    update: (progress) => {
      const now = Date.now();
      if (settings.quiet || now - last < plainEvery) {
        return;
      }
      last = now;
      const text = line(progress, now - startedAt);
      process.stderr.write(
        settings.jsonLogs
          ? `${JSON.stringify({ level: 'info', message: text, ...progress })}\n`
          : `${text}\n`,
      );
    },
    stop: () => undefined,
  };
}
