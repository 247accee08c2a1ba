import type { AuditResult, ResultGap } from '../../../model/audit-result.ts';
import { notSeen } from '../../machine/not-seen.ts';
import { looseGaps, type OpenQuestion } from '../../machine/open-questions.ts';
import { countOf } from '../../text/phrases.ts';
import { messageText, ruleId } from './sarif-text.ts';

/** What a notification is about, in the order of `tool.driver.notifications`. */
const notificationKinds = [
  { id: 'broken-off', name: 'BrokenOff', text: 'The run broke off, or judged nothing.' },
  { id: 'question-open', name: 'QuestionOpen', text: 'A check could not be answered completely.' },
  { id: 'gap', name: 'IncompleteAnswer', text: 'A call gave no complete answer.' },
  { id: 'not-seen', name: 'NotSeen', text: 'Something was out of sight.' },
  { id: 'results-left-out', name: 'ResultsLeftOut', text: 'This file does not hold every finding.' },
  { id: 'evidence-origin', name: 'EvidenceOrigin', text: 'The evidence does not come from AWS itself.' },
] as const;

/** GitHub wants of these what it wants of rules. */
export function notificationDescriptors(): readonly object[] {
  return notificationKinds.map(({ id, name, text }) => ({
    id,
    name,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: 'See docs/formats.md.' },
  }));
}

type NotificationKind = (typeof notificationKinds)[number]['id'];

const mostUnits = 5;

function notification(
  kind: NotificationKind,
  level: 'error' | 'warning' | 'note',
  text: string,
  rule: object = {},
): object {
  const index = notificationKinds.findIndex(({ id }) => id === kind);
  return { descriptor: { id: kind, index }, level, message: { text }, ...rule };
}

function gapNotifications(gaps: readonly ResultGap[]): readonly object[] {
  const groups = new Map<string, { readonly first: ResultGap; readonly units: Set<string> }>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.operation, gap.reason, gap.deniedBy ?? '', gap.accepted]);
    const group = groups.get(key) ?? { first: gap, units: new Set() };
    groups.set(key, group);
    group.units.add(gap.unit);
  }
  return [...groups.values()].map(({ first, units }) => {
    const names = [...units].slice(0, mostUnits).map((unit) => messageText(unit, 60));
    const rest = units.size - names.length;
    const where = `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    const denied = first.deniedBy === undefined ? '' : `, denied by ${messageText(first.deniedBy, 100)}`;
    const accepted = first.accepted ? ', accepted by an exception' : '';
    return notification(
      'gap',
      first.accepted ? 'note' : 'warning',
      `${messageText(first.operation, 200)}: ${first.reason}${denied}${accepted} in ${countOf(units.size, 'place', 'places')} (${where}): ${messageText(first.detail, 300)}`,
    );
  });
}

function questionNotifications(
  questions: readonly OpenQuestion[],
  ruleIndex: ReadonlyMap<string, number>,
): readonly object[] {
  return questions.map((question) => {
    const level = question.accepted || !question.counted ? 'note' : 'warning';
    const accepted = question.accepted ? ' (accepted by an exception)' : '';
    const [reason = ''] = question.reasons;
    const rest = question.reasons.length - 1;
    return notification(
      'question-open',
      level,
      `${question.state}${accepted} in ${countOf(question.units.length, 'place', 'places')}: ${messageText(reason, 400)}${rest > 0 ? ` and ${countOf(rest, 'more reason', 'more reasons')}` : ''}`,
      {
        associatedRule: {
          id: ruleId(question.check),
          index: ruleIndex.get(question.check) ?? -1,
        },
      },
    );
  });
}

export interface LeftOut {
  readonly findings: number;
  readonly cannotTell: number;
  /** Results that the file holds. */
  readonly held: number;
}

/** GitHub stores this many results of an upload. */
const stored = 5_000;

function leftOutNotifications({ findings, cannotTell, held }: LeftOut): readonly object[] {
  const texts: string[] = [];
  if (findings + cannotTell > 0) {
    texts.push(
      `${countOf(findings, 'finding', 'findings')} and ${countOf(cannotTell, 'finding', 'findings')} of the earlier run are not in this file, the quietest: GitHub accepts 25,000 results of a run. result.json and findings.csv hold all.`,
    );
  }
  if (held > stored) {
    texts.push(
      `This file holds ${countOf(held, 'result', 'results')}; GitHub code scanning stores the first 5,000 by severity.`,
    );
  }
  return texts.map((text) => notification('results-left-out', 'warning', text));
}

/** True when the process did not come to its end: a consumer must not take this for a result at all. */
export function brokeOff(result: AuditResult): boolean {
  const gaps = [
    ...result.coverage.gaps,
    ...result.coverage.scopeGaps,
    ...result.results.flatMap(({ gaps: own = [] }) => own),
  ];
  return result.results.length === 0 || gaps.some(({ reason }) => reason === 'aborted');
}

/** What could not be seen. Only a run that broke off has an `error`: by the standard that means a failed run. */
export function notificationsOf(
  result: AuditResult,
  questions: readonly OpenQuestion[],
  ruleIndex: ReadonlyMap<string, number>,
  leftOut: LeftOut,
): readonly object[] {
  return [
    ...(brokeOff(result)
      ? [notification('broken-off', 'error', 'The run was stopped before its end, or no check was run.')]
      : []),
    ...(result.evidenceBanner === null
      ? []
      : [notification('evidence-origin', 'warning', messageText(result.evidenceBanner))]),
    ...notSeen(result).map(({ text }) => notification('not-seen', 'warning', messageText(text, 600))),
    ...questionNotifications(questions, ruleIndex),
    ...gapNotifications([...questions.flatMap(({ gaps }) => gaps), ...looseGaps(result)]),
    ...leftOutNotifications(leftOut),
  ];
}
