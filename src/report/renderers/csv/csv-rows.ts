import type { AuditResult, ResultFinding, ResultGap } from '../../../model/audit-result.ts';
import { notSeen } from '../../machine/not-seen.ts';
import { gapSentence, looseGaps, type OpenQuestion, openQuestions } from '../../machine/open-questions.ts';
import { countOf, listOf } from '../../text/phrases.ts';
import type { CsvRow } from './csv-columns.ts';

const shownUnits = 10;

type AccountName = (accountId: string | null) => string;

function firstEvent({ provenance }: ResultFinding): ResultFinding['provenance'][number] | undefined {
  return provenance.reduce<ResultFinding['provenance'][number] | undefined>(
    (first, event) => (first === undefined || event.eventTime < first.eventTime ? event : first),
    undefined,
  );
}

function subjectColumns(subject: ResultFinding['subject'], accountName: AccountName): CsvRow {
  return {
    subject_name: subject.name,
    subject_type: subject.type,
    subject_arn: subject.arn,
    account_id: subject.accountId ?? '',
    account_name: accountName(subject.accountId),
    region: subject.region ?? '',
  };
}

function findingRow(finding: ResultFinding, accountName: AccountName): CsvRow {
  const { survivesKeyRevocation: survives, exception } = finding;
  const event = firstEvent(finding);
  return {
    decision: finding.decision,
    severity: finding.severity,
    attribution: finding.attribution,
    title: finding.title,
    message: finding.message,
    ...subjectColumns(finding.subject, accountName),
    check: finding.check,
    kind: finding.kind,
    first_event_time: event?.eventTime ?? '',
    first_event_name: event?.eventName ?? '',
    actor: event?.actorArn ?? '',
    access_key_id: event?.accessKeyId ?? '',
    source_ip: event?.sourceIp ?? '',
    survives_key_revocation: survives?.answer ?? '',
    survives_until: survives?.until ?? '',
    plan_steps: finding.planSteps.join(' '),
    history: finding.history ?? '',
    exception:
      exception === undefined
        ? ''
        : `until ${exception.expires}, approved by ${exception.approvedBy}: ${exception.reason}`,
    fingerprint: finding.fingerprint,
  };
}

const openTitles = {
  unevaluated: 'Not evaluated',
  error: 'The check broke',
  manual: 'A person must look',
  partial: 'Not seen completely',
} as const satisfies Record<OpenQuestion['state'], string>;

function onlyOne(values: readonly (string | undefined)[]): string {
  const [first = '', ...others] = new Set(values.map((value) => value ?? ''));
  return others.length === 0 ? first : '';
}

function questionRow(question: OpenQuestion, accountName: AccountName): CsvRow {
  const units = question.units.map(({ accountId = 'organization', region }) =>
    region === undefined ? accountId : `${accountId}/${region}`,
  );
  const rest = units.length - shownUnits;
  const where = listOf([...units.slice(0, shownUnits), ...(rest > 0 ? [countOf(rest, 'more', 'more')] : [])]);
  const accountId = onlyOne(question.units.map((unit) => unit.accountId));
  return {
    decision: 'not-seen',
    title: openTitles[question.state],
    message: `${where}: ${question.reasons.join('; ')}`,
    account_id: accountId,
    account_name: accountName(accountId),
    region: onlyOne(question.units.map((unit) => unit.region)),
    check: question.check,
    exception: question.accepted ? 'accepted' : '',
  };
}

function gapRow(gap: ResultGap): CsvRow {
  return {
    decision: 'not-seen',
    title: 'Gap',
    message: gapSentence(gap),
    account_id: /^\d{12}(?=\/|$)/.exec(gap.unit)?.[0] ?? '',
    exception: gap.accepted ? 'accepted' : '',
  };
}

/** What could not be seen stands before the findings, so that a file that is cut or skimmed still says it. */
export function* csvRows(result: AuditResult): Generator<CsvRow> {
  const names = new Map(result.coverage.byAccount.map(({ accountId, name }) => [accountId, name ?? '']));
  const accountName: AccountName = (accountId) => (accountId === null ? '' : (names.get(accountId) ?? ''));
  for (const { text, accountId } of notSeen(result)) {
    yield {
      decision: 'not-seen',
      title: 'Out of sight',
      message: text,
      account_id: accountId ?? '',
      account_name: accountName(accountId),
    };
  }
  for (const question of openQuestions(result)) {
    yield questionRow(question, accountName);
  }
  for (const gap of looseGaps(result)) {
    yield gapRow(gap);
  }
  for (const { fingerprint, check, title, why, subject } of result.history?.cannotTell ?? []) {
    yield {
      decision: 'not-seen',
      title: `Cannot tell whether it is still there: ${title}`,
      message: why,
      ...subjectColumns(subject, accountName),
      check,
      history: 'cannot-tell',
      fingerprint,
    };
  }
  for (const finding of result.findings) {
    yield findingRow(finding, accountName);
  }
}
