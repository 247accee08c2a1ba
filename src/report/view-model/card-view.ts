import type { ActionId } from '../../model/action-id.ts';
import { actionsFor } from '../../model/action-subjects.ts';
import type { ResultCheck, ResultFinding } from '../../model/audit-result.ts';
import { compareText, countOf, formatTime, linesOf } from '../text/phrases.ts';
import { actionTitles } from './action-titles.ts';
import { type CardGroup, cardId } from './card-grouping.ts';
import { cardTokens } from './card-tokens.ts';
import { plannedActions } from './planned-actions.ts';
import type { ReportContext } from './report-context.ts';
import { listed, mapListed, subjectView } from './report-context.ts';
import type { CardCheckView, CardView, FindingView, LinkView, Tally } from './report-view.ts';
import { safeLink } from './safe-link.ts';
import { attributionTexts, decisionTexts, historyLabels, severityLabels, survivalLabels } from './wording.ts';

function findingView(context: ReportContext, finding: ResultFinding): FindingView {
  const { exception } = finding;
  return {
    fingerprint: finding.fingerprint,
    severity: finding.severity,
    severityLabel: severityLabels[finding.severity],
    title: finding.title,
    message: finding.message,
    check: finding.check,
    subject: subjectView(context, finding.subject),
    history: finding.history === null ? null : historyLabels[finding.history],
    accepted: exception === undefined ? null : `Accepted until ${formatTime(exception.expires)}`,
  };
}

/** The first of each value by its key, in the order in which they come. */
function distinct<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const value of values) {
    const key = keyOf(value);
    if (!found.has(key)) {
      found.set(key, value);
    }
  }
  return [...found.values()];
}

function attributionTallies(findings: readonly ResultFinding[]): readonly Tally[] {
  const counts = new Map<ResultFinding['attribution'], number>();
  for (const { attribution } of findings) {
    counts.set(attribution, (counts.get(attribution) ?? 0) + 1);
  }
  return [...counts].map(([id, count]) => ({ id, label: attributionTexts[id].label, count }));
}

function cardCheckView(check: ResultCheck): CardCheckView {
  return {
    id: check.id,
    title: check.failureTitle,
    description: linesOf(check.description),
    techniques: check.techniques.length === 0 ? null : check.techniques.join(', '),
    frameworks: Object.entries(check.frameworks)
      .map(([framework, controls]) => `${framework}: ${controls.join(', ')}`)
      .sort(compareText),
    references: check.references.map(safeLink).filter((link) => link !== null),
  };
}

function survivalViews(findings: readonly ResultFinding[]): CardView['survives'] {
  const answers = findings
    .map((finding) => finding.survivesKeyRevocation)
    .filter((answer) => answer !== null);
  return distinct(answers, (answer) => JSON.stringify(answer)).map(({ answer, why, until }) => ({
    label: until === undefined ? survivalLabels[answer] : `${survivalLabels[answer]}: ${formatTime(until)}`,
    why,
    lasting: answer !== 'no',
  }));
}

/** The actions of the finding's check that fit its subject. */
function offered(context: ReportContext, finding: ResultFinding): readonly ActionId[] {
  const actions = context.checks.get(finding.check)?.remediation.actions ?? [];
  return actionsFor(actions, finding.subject.type, finding.decision);
}

/** With a plan its steps; without one, and for tickets, the actions that the checks name. */
function actionsOf(context: ReportContext, { decision, findings }: CardGroup): CardView['actions'] {
  return context.result.plan === null || decision === 'harden'
    ? [...new Set(findings.flatMap((finding) => offered(context, finding)))].map((id) => ({
        id,
        title: actionTitles[id],
      }))
    : plannedActions(context, findings);
}

function kicker(context: ReportContext, group: CardGroup, accounts: readonly string[]): string {
  const [first] = group.findings;
  if (group.by === 'check' || first === undefined) {
    const subjects = new Set(group.findings.map((finding) => finding.subject.arn)).size;
    const places = countOf(accounts.length, 'account', 'accounts');
    return `Weakness · ${countOf(subjects, 'subject', 'subjects')} in ${places}`;
  }
  const { type, region } = subjectView(context, first.subject);
  return region === null ? type : `${type} · ${region}`;
}

const eventsPerCard = 10;
const evidencePerCard = 20;

/** Writes a group out. `alsoIn` links the same subject's cards in other chapters. */
export function cardView(context: ReportContext, group: CardGroup, alsoIn: readonly LinkView[]): CardView {
  const { findings, by } = group;
  const [first] = findings;
  const checkIds = [...new Set(findings.map((finding) => finding.check))];
  const checks = checkIds.map((id) => context.checks.get(id)).filter((check) => check !== undefined);
  const accounts = [...new Set(findings.map(({ subject }) => subject.accountId ?? 'organization'))].sort(
    compareText,
  );
  const subject = by === 'subject' && first !== undefined ? subjectView(context, first.subject) : null;
  const survives = survivalViews(findings);
  const signals = distinct(
    findings.flatMap((finding) => finding.signals),
    (signal) => JSON.stringify(signal),
  );
  const events = distinct(
    findings.flatMap((finding) => finding.provenance),
    (event) => event.eventId,
  );
  const evidence = distinct(
    findings.flatMap((finding) => finding.evidence),
    (pointer) => JSON.stringify(pointer),
  );
  return {
    id: cardId(group),
    severity: group.severity,
    severityLabel: severityLabels[group.severity],
    title: subject?.name ?? checks[0]?.failureTitle ?? group.key,
    kicker: kicker(context, group, accounts),
    subject,
    tokens: cardTokens(findings, checks),
    firstSeen: findings
      .flatMap((finding) => finding.provenance.map(({ eventTime }) => eventTime))
      .reduce((first, time) => (first === '' || time < first ? time : first), ''),
    attributions: attributionTallies(findings),
    findings: mapListed(findings, context.limits.findingsPerCard, (finding) => findingView(context, finding)),
    signals: listed(signals, context.limits.names),
    firstAction: decisionTexts[group.decision].firstAction,
    actions: actionsOf(context, group),
    why: [...new Set(checks.flatMap((check) => linesOf(check.remediation.why)))],
    cautions: [...new Set(checks.flatMap((check) => check.remediation.cautions.flatMap(linesOf)))],
    survives,
    lastingLabels: [...new Set(survives.filter(({ lasting }) => lasting).map(({ label }) => label))],
    events: mapListed(events, eventsPerCard, (event) => ({
      time: formatTime(event.eventTime),
      name: event.eventName,
      actor: event.actorArn,
      accessKeyId: event.accessKeyId,
      sourceIp: event.sourceIp,
      id: event.eventId,
    })),
    evidence: mapListed(evidence, evidencePerCard, (pointer) => ({
      key: pointer.key,
      place: [pointer.accountId ?? 'organization', pointer.region].filter((part) => part !== null).join('/'),
      pointer: pointer.pointer,
      asOf: formatTime(pointer.asOf),
    })),
    checks: checks.map(cardCheckView),
    alsoIn,
  };
}
