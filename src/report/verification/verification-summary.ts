import type { AuditResult } from '../../model/audit-result.ts';
import { plainStyles, type TerminalStyles, type TerminalSummaryOptions } from '../terminal-summary.ts';
import { countOf, formatNumber, formatTime } from '../text/phrases.ts';
import { clip, visible } from '../text/visible.ts';
import type { ReportLimits } from '../view-model/report-view.ts';
import { type VerificationView, verificationView } from '../view-model/verification-view.ts';

const limits: ReportLimits = { cardsPerChapter: 0, findingsPerCard: 0, rows: 10, names: 3, characters: 400 };
const mostFacts = 3;

type Line = (text: string, indent?: number) => string;

function rest(hidden: number, one: string, many: string, styles: TerminalStyles): readonly string[] {
  return hidden === 0 ? [] : [styles.faint(`  and ${countOf(hidden, `more ${one}`, `more ${many}`)}`)];
}

function newLines({ newSince }: VerificationView, styles: TerminalStyles, line: Line): readonly string[] {
  if (newSince.total === 0) {
    return [];
  }
  return [
    styles.strong(line(`New since: ${formatNumber(newSince.total)}`)),
    ...newSince.shown.map(({ severity, severityLabel, name, what, afterCleanUp }) => {
      const label = styles.severity[severity](severityLabel.padEnd(9));
      const loud = afterCleanUp ? 'AFTER THE CLEAN-UP: ' : '';
      return `  ${label}${line(`${loud}${clip(name, 60)} — ${what}`, 11).trimStart()}`;
    }),
    ...rest(newSince.hidden, 'new thing', 'new things', styles),
    '',
  ];
}

function findingLines(view: VerificationView, styles: TerminalStyles, line: Line): readonly string[] {
  const counts = view.counts.map(({ label, count }) => `${label.toLowerCase()} ${formatNumber(count)}`);
  const weak = view.weaknesses.filter(({ count }) => count > 0);
  return [
    styles.strong(line(`Found earlier: ${counts.join(' · ')}`)),
    ...view.things.shown.map(({ stateLabel, severity, type, name, titles, why }) => {
      const label = styles.severity[severity](stateLabel.padEnd(12));
      const [first = '', ...more] = titles;
      const others = more.length === 0 ? '' : ` and ${formatNumber(more.length)} more`;
      return `  ${label}${line(`${type} ${clip(name, 60)} — ${first}${others}: ${why}`, 14).trimStart()}`;
    }),
    ...rest(view.things.hidden, 'thing', 'things', styles),
    ...(weak.length === 0
      ? []
      : [
          styles.faint(
            line(
              `weaknesses: ${weak.map(({ label, count }) => `${label.toLowerCase()} ${formatNumber(count)}`).join(' · ')}`,
              2,
            ),
          ),
        ]),
    '',
  ];
}

function closureLines(view: VerificationView, styles: TerminalStyles, line: Line): readonly string[] {
  return [
    styles.strong(line(`Closure: ${view.met} of ${view.criteria.length} criteria met`)),
    ...view.criteria.flatMap(({ met, mark, title, facts }) => {
      const paint = met ? styles.good : styles.warning;
      const shown = met ? facts.shown.slice(0, 1) : facts.shown.slice(0, mostFacts);
      const hidden = met ? 0 : facts.total - shown.length;
      return [
        `  ${paint(mark.padEnd(10))} ${line(title, 13).trimStart()}`,
        ...shown.map((fact) => styles.faint(line(fact, 13))),
        ...(hidden === 0 ? [] : [styles.faint(line(`and ${formatNumber(hidden)} more`, 13))]),
      ];
    }),
    '',
  ];
}

function againLines({ lookAgain }: VerificationView, styles: TerminalStyles, line: Line): readonly string[] {
  if (lookAgain.total === 0) {
    return [];
  }
  return [
    styles.strong('Look again'),
    ...lookAgain.shown.map(({ at, why }) => line(`${at}: ${why}`, 2)),
    ...rest(lookAgain.hidden, 'time', 'times', styles),
    '',
  ];
}

/** What stands on the terminal after `verify`: what is new before what is left, and no text of a stranger unescaped. */
export function verificationSummary(result: AuditResult, options: TerminalSummaryOptions = {}): string {
  const styles = options.styles ?? plainStyles;
  const width = Math.max(40, options.width ?? 100);
  const line: Line = (text, indent = 0) => {
    const room = width - indent;
    const shown = visible(clip(text, limits.characters));
    return ' '.repeat(indent) + (shown.length > room ? `${shown.slice(0, room - 1)}…` : shown);
  };
  const view = verificationView(result, limits);
  if (view === null || result.verification === null) {
    throw new Error('a result without a verification has no such summary');
  }
  const { against, asOf } = result.verification;
  const { accounts, ofAccounts } = result.scope;
  return [
    ...(result.evidenceBanner === null ? [] : [styles.warning(line(result.evidenceBanner)), '']),
    line(
      `Verified as of ${formatTime(asOf)} against the result of ${formatTime(against.asOf)} (${countOf(against.findings, 'finding', 'findings')}), ${accounts.length} of ${ofAccounts ?? 'an unknown number of'} accounts${view.quick ? '; only what the plan touched was read (--quick)' : ''}`,
    ),
    '',
    ...newLines(view, styles, line),
    ...findingLines(view, styles, line),
    ...closureLines(view, styles, line),
    ...againLines(view, styles, line),
    (view.allClear ? styles.good : styles.warning)(line(view.headline)),
    line(view.sentence),
    '',
    styles.strong(line(`Next: ${view.next}`)),
    ...(options.reportFile === undefined ? [] : ['', line(`Report: ${options.reportFile}`)]),
    '',
  ].join('\n');
}
