import type { AuditResult } from '../../model/audit-result.ts';
import type { PlanStep } from '../../model/plan.ts';
import { compareText, countOf, formatTime, typeLabel } from '../text/phrases.ts';
import { rotationWords } from '../trace/trace-sections.ts';
import { outcomeWords } from './actions-taken-view.ts';
import { listed, mapListed, type ReportContext } from './report-context.ts';
import type { Listed } from './report-view.ts';

export interface RotationRowView {
  readonly what: string;
  readonly kind: string;
  readonly why: string;
  readonly events: Listed<string>;
  /** What only the owner can answer. */
  readonly question: string | null;
  readonly step: string | null;
  readonly done: string;
}

/** What strangers know, or may know: each must be issued anew. */
export interface RotationListView {
  readonly headline: string;
  readonly loud: readonly string[];
  readonly rows: Listed<RotationRowView>;
}

interface Item {
  readonly arn: string;
  readonly kind: string;
  readonly why: string;
  readonly eventIds: readonly string[];
  readonly step: PlanStep | null;
}

function rotationSteps({ plan }: AuditResult): readonly PlanStep[] {
  return (plan?.steps ?? []).filter(({ action }) => action.endsWith('.rotate'));
}

/** What was read according to the events, then the credentials that the plan replaces for other reasons. */
function itemsOf(result: AuditResult): readonly Item[] {
  const steps = new Map(rotationSteps(result).map((step) => [step.target.arn, step]));
  const read = (result.events?.rotation ?? []).map((row) => ({
    arn: row.arn,
    kind: rotationWords[row.type],
    why: row.why,
    eventIds: row.eventIds,
    step: steps.get(row.arn) ?? null,
  }));
  const known = new Set(read.map(({ arn }) => arn));
  const planned = [...steps.values()]
    .filter(({ target }) => !known.has(target.arn))
    .map((step) => ({
      arn: step.target.arn,
      kind: typeLabel(step.target.type),
      why: step.why,
      eventIds: [],
      step,
    }));
  return [...planned, ...read].sort(
    (left, right) => compareText(left.kind, right.kind) || compareText(left.arn, right.arn),
  );
}

function doneText({ verification }: AuditResult, step: PlanStep | null): string {
  if (verification === null || verification.actions.length === 0) {
    return 'Not recorded';
  }
  const entry = verification.actions.findLast(({ step: id }) => id === step?.id);
  return entry === undefined
    ? 'Not in the log'
    : `${outcomeWords[entry.outcome]} at ${formatTime(entry.at)}${entry.outcome === 'manual' ? ': confirm it with the owner' : ''}`;
}

function loudTexts(result: AuditResult): readonly string[] {
  const { events, coverage, plan } = result;
  const { trail } = coverage;
  return [
    ...(events === null
      ? [
          'No trail was read: which secrets the intruder read is not known. Rotate whatever the leaked credential could read, or read a trail.',
        ]
      : []),
    ...(events !== null && trail === null
      ? ['What the events covered is not stated: a read may be missing here.']
      : []),
    ...(events !== null && trail !== null && trail.holes.length > 0
      ? [
          `${countOf(trail.holes.length, 'hole', 'holes')} in the events: what was read in them must be rotated too, and is not here.`,
        ]
      : []),
    ...(plan === null ? ['No plan was made: credentials that it would replace are not here.'] : []),
  ];
}

export function rotationListView({ result, limits }: ReportContext): RotationListView {
  const questions = new Map((result.plan?.questions ?? []).map(({ arn, question }) => [arn, question]));
  const items = itemsOf(result);
  return {
    headline:
      result.events === null
        ? `reads not known${items.length === 0 ? '' : `, ${countOf(items.length, 'credential', 'credentials')} by the plan`}`
        : countOf(items.length, 'thing', 'things'),
    loud: loudTexts(result),
    rows: mapListed(items, limits.rows, ({ arn, kind, why, eventIds, step }) => ({
      what: arn,
      kind,
      why,
      events: listed(eventIds, limits.names),
      question: (questions.get(arn) ?? step?.manual ?? null)?.replaceAll('`', '') ?? null,
      step: step?.title ?? null,
      done: doneText(result, step),
    })),
  };
}
