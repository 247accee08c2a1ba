import type { AuditResult, ResultFinding } from '../../model/audit-result.ts';
import { loudestFirst } from '../machine/loudest-first.ts';
import { incompleteCount, openQuestions } from '../machine/open-questions.ts';
import { markdownText } from '../text/markdown-text.ts';
import { countOf, formatTime } from '../text/phrases.ts';
import { clip, visible } from '../text/visible.ts';
import { decisionTexts } from '../view-model/wording.ts';

/** Lets a later run find its comment and write it anew. */
export const commentMarker = '<!-- afterleak: difference -->';

const mostLines = 25;
const lineCharacters = 200;

function said(text: string): string {
  return markdownText(visible(clip(text, lineCharacters)));
}

function list(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) {
    return [];
  }
  const rest = lines.length - mostLines;
  return [
    '',
    `### ${title}: ${lines.length}`,
    '',
    ...lines.slice(0, mostLines).map((line) => `- ${line}`),
    ...(rest > 0 ? [`- and ${countOf(rest, 'more', 'more')}: see the report`] : []),
  ];
}

function findingLine(finding: ResultFinding): string {
  const { subject, severity, decision, title, message } = finding;
  const name = subject.name === '' ? subject.arn : subject.name;
  return `**${severity}**, ${decisionTexts[decision].title.toLowerCase()}: ${said(name)}: ${said(message === '' ? title : message)}`;
}

function headline({ history }: AuditResult): string {
  if (history === null) {
    return 'There is no earlier result to compare with: everything below is of this run.';
  }
  const { counts, against } = history;
  return `Since ${said(formatTime(against.asOf))}: **${counts.new} new**, **${counts.reappeared} back**, ${counts.resolved} gone, ${counts.persisting} still there, ${counts.cannotTell} that cannot be told.`;
}

function unseen(result: AuditResult): readonly string[] {
  return openQuestions(result)
    .filter(({ counted }) => counted)
    .map(({ check, reasons: [first = ''] }) => `${said(check)}: ${said(first)}`);
}

/** What changed since the earlier run, for a comment: fits GitHub's 65,536 characters whatever the names hold. */
export function differenceComment(result: AuditResult): string {
  const incomplete = incompleteCount(result);
  const open = loudestFirst(result.findings.filter(({ exception }) => exception === undefined));
  const of = (history: ResultFinding['history']): readonly string[] =>
    open.filter((finding) => finding.history === history).map(findingLine);
  const gone = (result.history?.resolved ?? []).map(
    ({ title, subject }) => `${said(subject.name === '' ? subject.arn : subject.name)}: ${said(title)}`,
  );
  const unknown = (result.history?.cannotTell ?? []).map(
    ({ title, subject, why }) =>
      `${said(subject.name === '' ? subject.arn : subject.name)}: ${said(title)}: ${said(why)}`,
  );
  return [
    commentMarker,
    '## afterleak',
    '',
    ...(result.evidenceBanner === null ? [] : [`**${said(result.evidenceBanner)}**`, '']),
    headline(result),
    '',
    incomplete === 0
      ? 'Everything that was asked was seen.'
      : `**Incomplete:** ${countOf(incomplete, 'result', 'results')} could not be seen completely, so what is not listed here is not proved to be fine.`,
    ...list('New', of('new')),
    ...list('Back', of('reappeared')),
    ...list('Cannot be told', unknown),
    ...list('Not seen', unseen(result)),
    ...list('Gone', gone),
    ...(result.history === null ? list('Findings', open.map(findingLine)) : []),
    '',
    `${countOf(result.findings.length, 'finding', 'findings')} in all, as of ${said(formatTime(result.asOf))}.`,
    '',
  ].join('\n');
}
