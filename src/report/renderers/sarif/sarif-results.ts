import type { AuditResult, ResultFinding } from '../../../model/audit-result.ts';
import { sha256 } from '../../../model/sha256.ts';
import type { OpenQuestion, OpenState } from '../../machine/open-questions.ts';
import type { LineRange } from '../../machine/result-lines.ts';
import { shown } from '../../machine/shown-text.ts';
import { countOf } from '../../text/phrases.ts';
import { sarifLevels } from './sarif-levels.ts';
import { messageText, ruleId } from './sarif-text.ts';

const most = { signals: 12, provenance: 8, planSteps: 30, reasons: 5, units: 20, evidence: 5 } as const;
const valueCharacters = 400;

/** Where results lie: GitHub drops a result without a place in a file, and wants the same file name in every run. */
export interface SarifContext {
  readonly resultFile: string;
  readonly ruleIndex: ReadonlyMap<string, number>;
  readonly accountName: (accountId: string) => string | null;
}

interface Place {
  readonly arn: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly region: string | null;
}

function value(text: string): string {
  return shown(text, valueCharacters);
}

/** GitHub tells alerts apart by `primaryLocationLineHash`, the file and the rule; ours does not change with lines. */
function fingerprints(fingerprint: string): object {
  return { primaryLocationLineHash: value(fingerprint), 'afterleak/v1': value(fingerprint) };
}

function logicalLocations({ arn, name, accountId, region }: Place): readonly object[] {
  return [
    { fullyQualifiedName: value(arn), name: value(name === '' ? arn : name), kind: 'resource' },
    ...(accountId === null ? [] : [{ fullyQualifiedName: value(accountId), kind: 'account' }]),
    ...(region === null ? [] : [{ fullyQualifiedName: value(region), kind: 'region' }]),
  ];
}

function locationOf(file: string, lines: LineRange, logical: readonly object[]): object {
  const region = { startLine: lines.start, startColumn: 5, endLine: lines.end, endColumn: 6 };
  return {
    physicalLocation: { artifactLocation: { uri: encodeURI(file), index: 0 }, region },
    ...(logical.length === 0 ? {} : { logicalLocations: logical }),
  };
}

function baselineState(history: ResultFinding['history']): object {
  switch (history) {
    case 'new':
    case 'reappeared':
      return { baselineState: 'new' };
    case 'persisting':
      return { baselineState: 'unchanged' };
    case 'resolved':
      return { baselineState: 'absent' };
    case null:
      return {};
    default:
      return history satisfies never;
  }
}

function suppressionsOf({ exception }: ResultFinding): readonly object[] {
  if (exception === undefined) {
    return [];
  }
  const justification = `${exception.reason} (approved by ${exception.approvedBy}, until ${exception.expires})`;
  return [{ kind: 'external', status: 'accepted', justification: shown(justification) }];
}

function firstOf<T>(name: string, values: readonly T[], limit: number): object {
  if (values.length === 0) {
    return {};
  }
  const rest = values.length - limit;
  return { [name]: values.slice(0, limit), ...(rest > 0 ? { [`${name}LeftOut`]: rest } : {}) };
}

function propertiesOf(finding: ResultFinding, context: SarifContext): object {
  const { subject, survivesKeyRevocation: survives, exception } = finding;
  const accountName = subject.accountId === null ? null : context.accountName(subject.accountId);
  return {
    decision: finding.decision,
    attribution: finding.attribution,
    severity: finding.severity,
    kind: finding.kind,
    messageId: value(finding.messageId),
    subjectType: value(subject.type),
    ...(subject.uniqueId === undefined ? {} : { uniqueId: value(subject.uniqueId) }),
    ...(accountName === null ? {} : { accountName: value(accountName) }),
    ...(finding.history === null ? {} : { history: finding.history }),
    ...(exception === undefined ? {} : { exceptionExpires: value(exception.expires) }),
    ...(survives === null
      ? {}
      : {
          survivesKeyRevocation: {
            answer: survives.answer,
            why: value(survives.why),
            ...(survives.until === undefined ? {} : { until: value(survives.until) }),
          },
        }),
    ...firstOf(
      'signals',
      finding.signals.map(({ code, fact, source }) => ({
        code: value(code),
        fact: value(fact),
        source: value(source),
      })),
      most.signals,
    ),
    ...firstOf(
      'provenance',
      finding.provenance.map(({ eventId, eventTime, eventName, actorArn, accessKeyId, sourceIp }) => ({
        eventId: value(eventId),
        eventTime: value(eventTime),
        eventName: value(eventName),
        actorArn: value(actorArn),
        accessKeyId: accessKeyId === null ? null : value(accessKeyId),
        sourceIp: sourceIp === null ? null : value(sourceIp),
      })),
      most.provenance,
    ),
    ...firstOf(
      'evidence',
      finding.evidence.map(({ key, pointer }) => value(`${key}${pointer}`)),
      most.evidence,
    ),
    ...firstOf('planSteps', finding.planSteps.map(value), most.planSteps),
  };
}

function ruleOf(check: string, { ruleIndex }: SarifContext): object {
  return { ruleId: ruleId(check), ruleIndex: ruleIndex.get(check) ?? -1 };
}

export function findingResult(finding: ResultFinding, lines: LineRange, context: SarifContext): object {
  const location = locationOf(context.resultFile, lines, logicalLocations(finding.subject));
  return {
    ...ruleOf(finding.check, context),
    kind: 'fail',
    level: sarifLevels[finding.severity],
    message: { text: messageText(finding.message) || 'No message' },
    locations: [location],
    partialFingerprints: fingerprints(finding.fingerprint),
    ...baselineState(finding.history),
    suppressions: suppressionsOf(finding),
    properties: propertiesOf(finding, context),
  };
}

const openTexts = {
  unevaluated: 'Not evaluated',
  error: 'The check broke',
  manual: 'A person must look',
  partial: 'Not seen completely',
} as const satisfies Record<OpenState, string>;

function unitName({ accountId, region }: OpenQuestion['units'][number]): string {
  return [accountId ?? 'organization', ...(region === undefined ? [] : [region])].join('/');
}

/**
 * One result for all open questions of one check: `review` where a person must look, `open` where evidence is missing.
 * The one of a run and that of the next have the same fingerprint.
 */
export function openResult(
  questions: readonly [OpenQuestion, ...OpenQuestion[]],
  lines: LineRange,
  context: SarifContext,
): object {
  const [first] = questions;
  const units = [...new Set(questions.flatMap((question) => question.units.map(unitName)))];
  const reasons = [...new Set(questions.flatMap((question) => question.reasons))];
  const rest = reasons.length - most.reasons;
  const more = rest > 0 ? ` And ${countOf(rest, 'more reason', 'more reasons')}.` : '';
  const text = reasons.slice(0, most.reasons).map((reason) => messageText(reason, 300));
  return {
    ...ruleOf(first.check, context),
    kind: questions.every(({ state }) => state === 'manual') ? 'review' : 'open',
    level: 'none',
    message: {
      text: `${openTexts[first.state]} in ${countOf(units.length, 'place', 'places')}, so nothing here says that all is well: ${text.join('; ')}${more}`,
    },
    locations: [
      locationOf(
        context.resultFile,
        lines,
        units.slice(0, most.units).map((name) => ({ fullyQualifiedName: value(name), kind: 'unit' })),
      ),
    ],
    partialFingerprints: fingerprints(sha256(`${first.check}|open`).slice(0, 16)),
    suppressions: [],
    properties: {
      states: [...new Set(questions.map(({ state }) => state))],
      ...firstOf('units', units.map(value), most.units),
      ...firstOf('reasons', reasons.map(value), most.reasons),
    },
  };
}

type CannotTell = NonNullable<AuditResult['history']>['cannotTell'][number];

/** A finding of the earlier run that could not be looked for: left out, GitHub would call it fixed. */
export function cannotTellResult(earlier: CannotTell, context: SarifContext): object {
  return {
    ...ruleOf(earlier.check, context),
    kind: 'open',
    level: 'none',
    message: {
      text: `Found by the earlier run, and this run cannot tell whether it is still there: ${messageText(earlier.title, 300)}: ${messageText(earlier.why, 600)}`,
    },
    locations: [locationOf(context.resultFile, { start: 1, end: 1 }, logicalLocations(earlier.subject))],
    partialFingerprints: fingerprints(earlier.fingerprint),
    suppressions: [],
    properties: { states: ['cannot-tell'], subjectType: value(earlier.subject.type) },
  };
}
