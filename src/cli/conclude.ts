import { join } from 'node:path';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { verdictOf } from '../pipeline/exit-code.ts';
import { terminalSummary } from '../report/terminal-summary.ts';
import { reportOnGithub } from './github-log.ts';
import { note, print, stylesFor, type TerminalSettings } from './terminal.ts';

interface WrittenReport {
  readonly directory: string;
  readonly files: readonly string[];
}

/** Prints the summary and where the report lies. */
export function printSummary(result: AuditResult, settings: TerminalSettings, report: WrittenReport): void {
  const [first] = report.files;
  print(
    terminalSummary(result, {
      styles: stylesFor(settings),
      width: process.stdout.columns ?? 100,
      ...(first === undefined ? {} : { reportFile: join(report.directory, first) }),
    }),
  );
}

/** Prints the summary and says how the run ended. Resolves to the exit code. */
export function conclude(
  result: AuditResult,
  options: Pick<RunOptions, 'failOn' | 'allowIncomplete'>,
  settings: TerminalSettings,
  report: WrittenReport,
): number {
  printSummary(result, settings, report);
  reportOnGithub(result);
  const verdict = verdictOf(result, options.failOn, options.allowIncomplete);
  note(
    settings,
    `exit ${verdict.exitCode}: ${verdict.findings} finding(s) at or above ${options.failOn}, ${verdict.incomplete} incomplete result(s)`,
    { ...verdict },
  );
  return verdict.exitCode;
}
