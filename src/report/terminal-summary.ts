import type { AuditResult } from '../model/audit-result.ts';
import { decisions } from '../model/finding.ts';
import { type Severity, severities } from '../model/severity.ts';
import { countOf, formatNumber } from './text/phrases.ts';
import { clip, visible } from './text/visible.ts';
import { blindSpotsView } from './view-model/blind-spots-view.ts';
import { groupCards } from './view-model/card-grouping.ts';
import { countBy } from './view-model/count-by.ts';
import { nextStepsView } from './view-model/next-steps-view.ts';
import { outcomesView } from './view-model/outcomes-view.ts';
import { reportContext } from './view-model/report-context.ts';
import type { ReportLimits, ReportView } from './view-model/report-view.ts';
import { scopeView } from './view-model/scope-view.ts';
import { verdictView } from './view-model/verdict-view.ts';
import { attributionTexts, decisionTexts, severityLabels } from './view-model/wording.ts';

type Paint = (text: string) => string;

/** How a terminal marks things; every mark only repeats what the words say. */
export interface TerminalStyles {
  readonly strong: Paint;
  readonly faint: Paint;
  readonly warning: Paint;
  readonly good: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

const plain: Paint = (text) => text;

export const plainStyles: TerminalStyles = {
  strong: plain,
  faint: plain,
  warning: plain,
  good: plain,
  severity: { critical: plain, high: plain, medium: plain, low: plain, info: plain },
};

export interface TerminalSummaryOptions {
  readonly styles?: TerminalStyles;
  /** Columns; long lines are cut, not wrapped. */
  readonly width?: number;
  /** Where the report lies, if it was written. */
  readonly reportFile?: string;
}

const limits: ReportLimits = { cardsPerChapter: 0, findingsPerCard: 0, rows: 5, names: 3, characters: 400 };
const topFindings = 10;

type Line = (text: string, indent?: number) => string;

type SummaryView = Pick<ReportView, 'banner' | 'scope' | 'blindSpots' | 'verdict' | 'nextSteps'>;

/** The report's own words, without the chapters that stand nowhere on a terminal: of a large result they are most of the work. */
function summaryView(result: AuditResult): SummaryView {
  const context = reportContext(result, limits);
  const blindSpots = blindSpotsView(context);
  const outcomes = outcomesView(context);
  return {
    banner: result.evidenceBanner,
    scope: scopeView(context),
    blindSpots,
    verdict: verdictView(context, blindSpots, outcomes),
    nextSteps: nextStepsView(context, groupCards(result.findings), blindSpots, outcomes),
  };
}

function scopeLines(view: SummaryView, styles: TerminalStyles, line: Line): readonly string[] {
  return [
    ...(view.banner === null ? [] : [styles.warning(line(view.banner)), '']),
    styles.strong(line('In scope')),
    ...[view.scope.accounts, ...view.scope.facts].map(({ label, value, detail, warning }) => {
      const text = line(`${label}: ${value}${detail === null ? '' : ` (${detail})`}`, 2);
      return warning ? styles.warning(text) : text;
    }),
    ...view.scope.loud.map((text) => styles.warning(line(`! ${text}`, 2))),
  ];
}

function gapLines(view: SummaryView, styles: TerminalStyles, line: Line): readonly string[] {
  const { headline, groups, notSwept } = view.blindSpots;
  const open = groups.shown.filter((group) => !group.accepted);
  return [
    styles.strong(line('Not seen')),
    (groups.total + notSwept.total === 0 ? styles.good : styles.warning)(line(headline, 2)),
    ...notSwept.shown.map((account) => line(`account ${account.accountId}: ${account.reason}`, 2)),
    ...open.map((group) =>
      line(
        `${group.operation}: ${group.reasonLabel.toLowerCase()} in ${countOf(group.units.total, 'place', 'places')}; ${countOf(group.checks.total, 'check', 'checks')} unanswered`,
        2,
      ),
    ),
    ...(groups.hidden > 0
      ? [line(`and ${countOf(groups.hidden, 'more kind', 'more kinds')} of gap`, 2)]
      : []),
  ];
}

function countTable(result: AuditResult, styles: TerminalStyles): readonly string[] {
  const wide = Math.max(...decisions.map((decision) => decisionTexts[decision].title.length));
  const counts = countBy(result.findings, ({ decision, severity }) => `${decision} ${severity}`);
  const head = severities.map((severity) => severityLabels[severity].padStart(9)).join('');
  return [
    styles.faint(`  ${''.padEnd(wide)}${head}`),
    ...decisions.map((decision) => {
      const cells = severities.map((severity) => {
        const count = counts.get(`${decision} ${severity}`) ?? 0;
        return count === 0
          ? styles.faint('·'.padStart(9))
          : styles.severity[severity](formatNumber(count).padStart(9));
      });
      return `  ${decisionTexts[decision].title.padEnd(wide)}${cells.join('')}`;
    }),
  ];
}

function findingLines(result: AuditResult, styles: TerminalStyles, line: Line): readonly string[] {
  const order = [...result.findings].sort(
    (left, right) =>
      decisions.indexOf(left.decision) - decisions.indexOf(right.decision) ||
      severities.indexOf(left.severity) - severities.indexOf(right.severity),
  );
  const rest = order.length - topFindings;
  return [
    ...order.slice(0, topFindings).map((finding) => {
      const label = styles.severity[finding.severity](severityLabels[finding.severity].padEnd(9));
      const attribution = attributionTexts[finding.attribution].label.toLowerCase();
      const name = finding.subject.name === '' ? finding.subject.arn : finding.subject.name;
      return `  ${label}${line(`${clip(name, 60)} — ${clip(finding.message, 120)} (${attribution})`, 11).trimStart()}`;
    }),
    ...(rest > 0 ? [styles.faint(`  and ${countOf(rest, 'more finding', 'more findings')}`)] : []),
  ];
}

function nextLines(view: SummaryView, styles: TerminalStyles, line: Line): readonly string[] {
  return view.nextSteps.map(({ title, sentence }, index) =>
    index === 0
      ? styles.strong(line(`1. ${title} (${sentence})`, 2))
      : line(`${index + 1}. ${title} (${sentence})`, 2),
  );
}

/** What stands on the terminal after a run: gaps before findings, and no text of a stranger unescaped. */
export function terminalSummary(result: AuditResult, options: TerminalSummaryOptions = {}): string {
  const styles = options.styles ?? plainStyles;
  const width = Math.max(40, options.width ?? 100);
  const line: Line = (text, indent = 0) => {
    const room = width - indent;
    const shown = visible(clip(text, limits.characters));
    return ' '.repeat(indent) + (shown.length > room ? `${shown.slice(0, room - 1)}…` : shown);
  };
  const view = summaryView(result);
  const { verdict } = view;
  const reasons = verdict.reasons.map((reason) => line(`- ${reason.label}`, 2));
  return [
    ...scopeLines(view, styles, line),
    '',
    ...gapLines(view, styles, line),
    '',
    styles.strong(line(`Findings: ${formatNumber(result.findings.length)}`)),
    ...countTable(result, styles),
    ...(result.findings.length === 0 ? [] : ['', ...findingLines(result, styles, line)]),
    '',
    (verdict.allClear ? styles.good : styles.warning)(line(verdict.headline)),
    line(verdict.sentence),
    ...reasons,
    ...(view.nextSteps.length === 0 ? [] : ['', styles.strong('Next'), ...nextLines(view, styles, line)]),
    ...(options.reportFile === undefined ? [] : ['', line(`Report: ${options.reportFile}`)]),
    '',
  ].join('\n');
}
