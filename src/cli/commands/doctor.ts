import { resolveOptions } from '../../input/resolve-options.ts';
import { unitName } from '../../model/scope.ts';
import { type DoctorReport, doctor } from '../../pipeline/doctor.ts';
import { plainStyles, type TerminalStyles } from '../../report/terminal-summary.ts';
import { visible } from '../../report/text/visible.ts';
import type { Run } from '../program.ts';
import { showProgress } from '../progress.ts';
import { realHost } from '../real-host.ts';
import { configPath, note, print, stylesFor, terminalSettings, workOptions } from '../terminal.ts';

const mostLines = 40;

function cut(lines: readonly string[]): readonly string[] {
  return lines.length <= mostLines
    ? lines
    : [...lines.slice(0, mostLines), `  … and ${lines.length - mostLines} more`];
}

function scopeLines({ plan, accounts }: DoctorReport): readonly string[] {
  const entered = accounts.filter(({ swept }) => swept).length;
  const shut = accounts.filter(({ swept, inScope }) => !swept && inScope);
  return [
    `  caller          ${plan.caller.arn}`,
    `  account         ${plan.caller.accountId}${plan.caller.accountId === plan.managementAccountId ? ' (management account)' : ''}`,
    `  organization    ${plan.organizationId ?? 'none, or not visible'}`,
    `  seen from       ${plan.vantage.kind === 'none' ? plan.vantage.reason : `the ${plan.vantage.kind} account`}`,
    `  accounts        ${entered} of ${plan.ofAccounts ?? '?'} can be entered`,
    ...cut(
      shut.map(
        ({ accountId, name, reason }) => `  cannot enter    ${accountId} ${name ?? ''}: ${reason ?? ''}`,
      ),
    ),
  ];
}

function gapLines({ gaps }: DoctorReport): readonly string[] {
  return cut(
    gaps.map(
      (gap) =>
        `  ${gap.reason.padEnd(14)}  ${unitName(gap.unit)}  ${gap.operation}${gap.permission === undefined ? '' : ` (needs ${gap.permission})`}: ${gap.detail}`,
    ),
  );
}

function textOf(report: DoctorReport, styles: TerminalStyles): string {
  const gaps = gapLines(report);
  const own = report.ownPath.map(
    ({ accountId, roleName, problem }) => `  ${accountId} role ${roleName}: ${problem}`,
  );
  const lines = [
    styles.strong('Who and where'),
    ...scopeLines(report),
    '',
    styles.strong('Cannot be read'),
    ...(gaps.length === 0 ? ['  nothing that was tried'] : gaps.map(styles.warning)),
    '',
    styles.strong('Our own path'),
    ...(own.length === 0
      ? ['  nothing suspicious about the roles this session runs as']
      : own.map(styles.warning)),
    '',
    report.gaps.length === 0
      ? 'next: afterleak sweep with the same options'
      : 'next: `afterleak permissions` prints the policies that a complete sweep needs',
  ];
  return lines.map((line) => (styles === plainStyles ? visible(line) : line)).join('\n');
}

export const run: Run = async (_positional, given) => {
  const settings = terminalSettings(given);
  const options = await resolveOptions(workOptions(given), configPath(given));
  const host = realHost(() => note(settings, 'stopping'));
  const progress = await showProgress(settings);
  try {
    const report = await doctor(options, { ...host, onProgress: progress.update });
    progress.stop();
    print(textOf(report, stylesFor(settings)));
    const unseen =
      report.gaps.length + report.accounts.filter(({ swept, inScope }) => inScope && !swept).length;
    return unseen > 0 ? 2 : report.ownPath.length > 0 ? 1 : 0;
  } finally {
    progress.stop();
    host.dispose();
  }
};
