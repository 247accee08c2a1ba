import type { AuditResult, ResultFinding } from '../../model/audit-result.ts';
import { attributions, decisions } from '../../model/finding.ts';
import { severities } from '../../model/severity.ts';
import { formatTime, typeLabel } from '../text/phrases.ts';
import { clip, visible } from '../text/visible.ts';
import { actionTitles } from '../view-model/action-titles.ts';
import { subjectService } from '../view-model/subject-service.ts';
import {
  attributionTexts,
  decisionTexts,
  historyLabels,
  severityLabels,
  survivalLabels,
} from '../view-model/wording.ts';
import { patternOf } from './message-pattern.ts';
import { type IntegerColumn, integerColumn } from './packed-integers.ts';
import { identifierColumn, listedColumn, type TextColumn, textColumn } from './text-column.ts';

/** What is said once for all findings of a check. */
interface EncodedCheck {
  readonly id: string;
  readonly title: string;
  readonly techniques: readonly string[];
  readonly actions: readonly string[];
  readonly why: string;
}

type Labels = Readonly<Record<string, string>>;

/** Every finding once, in the result's order, column by column; `templates/script/findings-columns.js` reads it. */
export interface EncodedFindings {
  readonly version: 1;
  readonly count: number;
  readonly labels: {
    readonly severity: Labels;
    readonly decision: Labels;
    readonly attribution: Labels;
  };
  /** Id and name of the accounts that have one. */
  readonly accounts: readonly (readonly [string, string])[];
  readonly checks: readonly EncodedCheck[];
  readonly texts: Readonly<Record<TextName, TextColumn>>;
  readonly numbers: Readonly<Record<NumberName, IntegerColumn>>;
}

type TextName =
  | 'fingerprint'
  | 'severity'
  | 'decision'
  | 'attribution'
  | 'history'
  | 'check'
  | 'title'
  | 'pattern'
  | 'words'
  | 'arn'
  | 'uniqueId'
  | 'name'
  | 'type'
  | 'service'
  | 'account'
  | 'region'
  | 'eventTime'
  | 'eventName'
  | 'actor'
  | 'accessKey'
  | 'sourceIp'
  | 'eventId'
  | 'survival'
  | 'survivalWhy'
  | 'signals'
  | 'evidenceKey'
  | 'evidencePointer'
  | 'evidenceAsOf'
  | 'planSteps'
  | 'acceptedUntil'
  | 'acceptedBy'
  | 'acceptedWhy';

type NumberName = 'events' | 'evidence';

type Display = (text: string) => string;

/** Texts repeat by the thousand: each is made fit to be seen once. */
function displayOf(characters: number): Display {
  const known = new Map<string, string>();
  return (text) => {
    const shown = known.get(text);
    if (shown !== undefined) {
      return shown;
    }
    const made = visible(clip(text, characters));
    known.set(text, made);
    return made;
  };
}

/** An event without a time is the last to be the first. */
function firstEvent({ provenance }: ResultFinding): ResultFinding['provenance'][number] | null {
  return provenance.reduce<ResultFinding['provenance'][number] | null>(
    (first, event) => (first === null || event.eventTime < first.eventTime ? event : first),
    null,
  );
}

function survivalLabel({ survivesKeyRevocation }: ResultFinding): string | null {
  if (survivesKeyRevocation === null) {
    return null;
  }
  const { answer, until } = survivesKeyRevocation;
  return until === undefined ? survivalLabels[answer] : `${survivalLabels[answer]}: ${formatTime(until)}`;
}

function joined(values: readonly string[]): string | null {
  return values.length === 0 ? null : values.join(', ');
}

export function encodeFindings(result: AuditResult, characters: number): EncodedFindings {
  const { findings } = result;
  const display = displayOf(characters);
  const shown = (value: string | null | undefined): string | null =>
    value === null || value === undefined ? null : display(value);
  const texts = (read: (finding: ResultFinding) => string | null | undefined): readonly (string | null)[] =>
    findings.map((finding) => shown(read(finding)));
  const column = (read: (finding: ResultFinding) => string | null | undefined): TextColumn =>
    textColumn(texts(read));
  const patterns = findings.map(({ message, subject }) =>
    patternOf(display(message), {
      arn: display(subject.arn),
      name: display(subject.name),
      accountId: shown(subject.accountId),
    }),
  );
  const events = findings.map(firstEvent);
  const eventColumn = (
    read: (event: ResultFinding['provenance'][number]) => string | null,
  ): readonly (string | null)[] => events.map((event) => (event === null ? null : shown(read(event))));
  return {
    version: 1,
    count: findings.length,
    labels: {
      severity: severityLabels,
      decision: Object.fromEntries(decisions.map((id) => [id, decisionTexts[id].title])),
      attribution: Object.fromEntries(attributions.map((id) => [id, attributionTexts[id].label])),
    },
    accounts: result.coverage.byAccount.flatMap(({ accountId, name }) =>
      name === null ? [] : [[display(accountId), display(name)] as const],
    ),
    checks: result.checks.map(({ id, failureTitle, techniques, remediation }) => ({
      id: display(id),
      title: display(failureTitle),
      techniques: techniques.map(display),
      actions: remediation.actions.map((action) => actionTitles[action]),
      why: display(remediation.why),
    })),
    texts: {
      fingerprint: identifierColumn(texts(({ fingerprint }) => fingerprint)),
      severity: listedColumn(
        texts(({ severity }) => severity),
        severities,
      ),
      decision: listedColumn(
        texts(({ decision }) => decision),
        decisions,
      ),
      attribution: listedColumn(
        texts(({ attribution }) => attribution),
        attributions,
      ),
      history: column(({ history }) => (history === null ? null : historyLabels[history])),
      check: column(({ check }) => check),
      title: column(({ title }) => title),
      pattern: textColumn(patterns.map(({ pattern }) => pattern)),
      words: textColumn(patterns.map(({ words }) => words)),
      arn: column(({ subject }) => subject.arn),
      uniqueId: column(({ subject }) => subject.uniqueId),
      name: column(({ subject }) => subject.name),
      type: column(({ subject }) => typeLabel(subject.type)),
      service: column(({ subject }) => subjectService(subject.arn)),
      account: column(({ subject }) => subject.accountId ?? 'organization'),
      region: column(({ subject }) => subject.region),
      eventTime: textColumn(eventColumn(({ eventTime }) => eventTime)),
      eventName: textColumn(eventColumn(({ eventName }) => eventName)),
      actor: textColumn(eventColumn(({ actorArn }) => actorArn)),
      accessKey: textColumn(eventColumn(({ accessKeyId }) => accessKeyId)),
      sourceIp: textColumn(eventColumn(({ sourceIp }) => sourceIp)),
      eventId: identifierColumn(eventColumn(({ eventId }) => eventId)),
      survival: column(survivalLabel),
      survivalWhy: column(({ survivesKeyRevocation }) => survivesKeyRevocation?.why),
      signals: column(({ signals }) => joined([...new Set(signals.map(({ code }) => code))])),
      evidenceKey: column(({ evidence }) => evidence[0]?.key),
      evidencePointer: column(({ evidence }) => evidence[0]?.pointer),
      evidenceAsOf: column(({ evidence }) => evidence[0]?.asOf),
      planSteps: column(({ planSteps }) => joined(planSteps)),
      acceptedUntil: column(({ exception }) =>
        exception === undefined ? null : formatTime(exception.expires),
      ),
      acceptedBy: column(({ exception }) => exception?.approvedBy),
      acceptedWhy: column(({ exception }) => exception?.reason),
    },
    numbers: {
      events: integerColumn(findings.map(({ provenance }) => provenance.length)),
      evidence: integerColumn(findings.map(({ evidence }) => evidence.length)),
    },
  };
}
