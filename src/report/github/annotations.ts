import type { AuditResult, ResultFinding } from '../../model/audit-result.ts';
import { loudestFirst } from '../machine/loudest-first.ts';
import { notSeen } from '../machine/not-seen.ts';
import { incompleteCount, looseGaps, openQuestions } from '../machine/open-questions.ts';
import { countOf } from '../text/phrases.ts';
import { clip } from '../text/visible.ts';
import { attributionTexts, decisionTexts } from '../view-model/wording.ts';
import { annotation } from './workflow-command.ts';

/** GitHub shows ten errors and ten warnings of a step; the rest it drops without a word. */
const mostShown = 10;

function levelOf({ severity, attribution }: ResultFinding): 'error' | 'warning' | null {
  if (attribution === 'attributed' || severity === 'critical' || severity === 'high') {
    return 'error';
  }
  return severity === 'medium' ? 'warning' : null;
}

function findingLine(finding: ResultFinding, level: 'error' | 'warning'): string {
  const { subject, attribution, decision } = finding;
  const name = subject.name === '' ? subject.arn : subject.name;
  const where = [subject.accountId, subject.region].filter((part) => part !== null).join('/');
  return annotation(
    level,
    `${decisionTexts[decision].title}: ${clip(finding.title, 120)}`,
    `${clip(name, 120)}${where === '' ? '' : ` (${clip(where, 60)})`}: ${clip(finding.message, 500)} [${finding.severity}, ${attributionTexts[attribution].label.toLowerCase()}]`,
  );
}

function incompleteLine(result: AuditResult): readonly string[] {
  const count = incompleteCount(result);
  const facts = notSeen(result);
  if (count === 0 && facts.length === 0) {
    return [];
  }
  const reasons = [
    ...openQuestions(result)
      .filter(({ counted }) => counted)
      .map(({ check, reasons: [first = ''] }) => `${check}: ${first}`),
    ...looseGaps(result)
      .filter(({ accepted }) => !accepted)
      .map(({ operation, unit, reason }) => `${operation} in ${unit}: ${reason}`),
    ...facts.map(({ text }) => text),
  ];
  const shown = reasons.slice(0, 3).map((reason) => clip(reason, 250));
  const rest = reasons.length - shown.length;
  return [
    annotation(
      count > 0 ? 'error' : 'warning',
      count > 0 ? 'Incomplete: not everything was seen' : 'Out of sight',
      `${countOf(count, 'result is', 'results are')} incomplete. ${shown.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`,
    ),
  ];
}

/** At most `room` lines; where more would be said, the last one counts the rest. */
function within(room: number, lines: readonly string[], level: 'error' | 'warning'): readonly string[] {
  if (lines.length <= room) {
    return lines;
  }
  const left = lines.length - (room - 1);
  return [
    ...lines.slice(0, room - 1),
    annotation(level, 'More findings', `${countOf(left, 'more finding', 'more findings')}: see the report.`),
  ];
}

/** Lines for GitHub's log that become annotations: what could not be seen, then the loudest findings. */
export function annotationsOf(result: AuditResult): readonly string[] {
  const incomplete = incompleteLine(result);
  const open = loudestFirst(result.findings.filter(({ exception }) => exception === undefined));
  const lines = (level: 'error' | 'warning'): readonly string[] => [
    ...incomplete.filter((line) => line.startsWith(`::${level} `)),
    ...open.filter((finding) => levelOf(finding) === level).map((finding) => findingLine(finding, level)),
  ];
  return [...within(mostShown, lines('error'), 'error'), ...within(mostShown, lines('warning'), 'warning')];
}
