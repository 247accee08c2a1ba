import {
  assessCompliance,
  type ControlAssessment,
  type ControlStatus,
  controlStatuses,
  type FrameworkAssessment,
} from '../../model/compliance/assess-compliance.ts';
import type { CheckEvidence } from '../../model/compliance/check-evidence.ts';
import type { RunScope } from '../../model/compliance/scope-doubts.ts';
import { compareText, countOf, formatNumber, formatTime, listOf } from '../text/phrases.ts';
import type { CardsOfFindings } from './cards-of-findings.ts';
import type { ReportContext } from './report-context.ts';
import { listed, mapListed } from './report-context.ts';
import type { LinkView, Listed } from './report-view.ts';

interface ControlRowView {
  readonly id: string;
  readonly words: string;
  readonly status: ControlStatus;
  /** Says the same as the label for who sees no colour. */
  readonly mark: string;
  readonly label: string;
  readonly why: Listed<string>;
  /** Checks with what each looked at, those that speak against the control first. */
  readonly looked: Listed<{ readonly check: string; readonly at: string }>;
  readonly asOf: string | null;
  readonly findings: string;
  readonly cards: Listed<LinkView>;
  readonly attested: Listed<string>;
}

interface FrameworkView {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly wording: string;
  readonly extent: string;
  readonly headline: string;
  /** The ids of each status, for who wants no table. */
  readonly statuses: readonly {
    readonly mark: string;
    readonly label: string;
    readonly ids: Listed<string>;
  }[];
  readonly rows: Listed<ControlRowView>;
  readonly notAssessed: Listed<string>;
  /** What of the framework is not listed at all. */
  readonly rest: string | null;
}

export interface ComplianceView {
  readonly scope: string;
  /** What lies out of view; with any of them nothing is called satisfied. */
  readonly doubts: Listed<string>;
  readonly frameworks: readonly FrameworkView[];
  readonly notSatisfied: number;
  readonly summary: string;
}

const marks = {
  'not-satisfied': '×',
  'cannot-tell': '?',
  exception: '◇',
  satisfied: '✓',
  'not-assessed': '–',
} as const satisfies Record<ControlStatus, string>;

function statusLabel(status: ControlStatus, exact: boolean): string {
  switch (status) {
    case 'not-satisfied':
      return 'Not satisfied';
    case 'cannot-tell':
      return 'Cannot tell';
    case 'exception':
      return 'Accepted exception';
    case 'satisfied':
      return exact ? 'Satisfied' : 'Satisfied as far as looked at';
    case 'not-assessed':
      return 'Not assessed';
    default:
      return status satisfies never;
  }
}

function lookedAt({ population, examined, places, open, accepted, notApplicable }: CheckEvidence): string {
  const where = places === 0 ? 'nowhere' : `in ${countOf(places, 'place', 'places')}`;
  const what =
    examined === null
      ? notApplicable.length > 0
        ? `does not apply ${where}`
        : `no count ${where}`
      : `${formatNumber(examined)} ${population} ${where}`;
  const found = [
    ...(open.length === 0 ? [] : [countOf(open.length, 'finding', 'findings')]),
    ...(accepted.length === 0 ? [] : [`${formatNumber(accepted.length)} accepted`]),
  ];
  return found.length === 0 ? what : `${what}: ${found.join(', ')}`;
}

/** What speaks against a control is read first. */
function rankOf({ open, doubts, accepted, answered }: CheckEvidence): number {
  if (open.length > 0) {
    return 0;
  }
  if (doubts.length > 0) {
    return 1;
  }
  return accepted.length > 0 ? 2 : answered > 0 ? 3 : 4;
}

const checksPerRow = 4;
const reasonsPerRow = 3;
const cardsPerRow = 3;

function findingsText(checks: readonly CheckEvidence[]): string {
  const open = checks.reduce((sum, check) => sum + check.open.length, 0);
  const accepted = checks.reduce((sum, check) => sum + check.accepted.length, 0);
  const parts = [
    ...(open === 0 ? [] : [`${formatNumber(open)} open`]),
    ...(accepted === 0 ? [] : [`${formatNumber(accepted)} accepted`]),
  ];
  return parts.length === 0 ? 'none' : listOf(parts);
}

function rowView(
  context: ReportContext,
  { framework }: FrameworkAssessment,
  { control, status, why, checks }: ControlAssessment,
  cards: CardsOfFindings,
): ControlRowView {
  const { names } = context.limits;
  const sorted = [...checks].sort(
    (left, right) => rankOf(left) - rankOf(right) || compareText(left.id, right.id),
  );
  const times = checks.flatMap(({ evidenceAsOf }) => evidenceAsOf ?? []).sort(compareText);
  const attested = checks.flatMap(({ attestations }) =>
    attestations.map(({ by, at, expires }) => `${by} at ${formatTime(at)}, until ${formatTime(expires)}`),
  );
  return {
    id: control.id,
    words: control.words,
    status,
    mark: marks[status],
    label: statusLabel(status, framework.exact),
    why: listed(why, Math.min(names, reasonsPerRow)),
    looked: mapListed(sorted, Math.min(names, checksPerRow), (check) => ({
      check: check.id,
      at: lookedAt(check),
    })),
    asOf: times[0] === undefined ? null : formatTime(times[0]),
    findings: findingsText(checks),
    cards: listed(cards.of(sorted.map(({ open }) => open)), Math.min(names, cardsPerRow)),
    attested: listed([...new Set(attested)].sort(compareText), names),
  };
}

function headlineOf({ controls }: FrameworkAssessment): string {
  const counted = controlStatuses
    .map((status) => ({ status, count: controls.filter((one) => one.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${formatNumber(count)} ${statusLabel(status, true).toLowerCase()}`);
  return counted.length === 0 ? 'no check of this run is mapped to it' : counted.join(', ');
}

const idsPerStatus = 40;

function statusesOf({ framework, controls }: FrameworkAssessment): FrameworkView['statuses'] {
  return controlStatuses
    .map((status) => ({
      mark: marks[status],
      label: statusLabel(status, framework.exact),
      ids: listed(
        controls.filter((one) => one.status === status).map(({ control }) => control.id),
        idsPerStatus,
      ),
    }))
    .filter(({ ids }) => ids.total > 0);
}

function restOf({ framework }: FrameworkAssessment): string | null {
  return framework.whole
    ? null
    : `Every other control of ${framework.name} ${framework.version} is not assessed by this tool.`;
}

function frameworkView(
  context: ReportContext,
  assessment: FrameworkAssessment,
  cards: CardsOfFindings,
): FrameworkView {
  const { framework, controls, notAssessed } = assessment;
  return {
    id: framework.key.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    name: framework.name,
    version: framework.version,
    wording: framework.wording,
    extent: framework.exact
      ? 'A recommendation is called satisfied only where the checks ask all that it asks.'
      : 'These controls are wide. The checks contribute to them and cover only a part: procedures, training and everything outside of AWS are not looked at.',
    headline: headlineOf(assessment),
    statuses: statusesOf(assessment),
    rows: mapListed(controls, context.limits.rows, (control) => rowView(context, assessment, control, cards)),
    notAssessed: mapListed(notAssessed, context.limits.rows, ({ id }) => id),
    rest: restOf(assessment),
  };
}

function scopeSentence({ swept, ofAccounts, regions }: RunScope, asOf: string): string {
  const accounts =
    ofAccounts === null
      ? `${countOf(swept, 'account', 'accounts')} of an unknown number`
      : `${formatNumber(swept)} of ${countOf(ofAccounts, 'account', 'accounts')}`;
  return `${accounts}, ${countOf(regions, 'region', 'regions')}, evidence as of ${formatTime(asOf)}`;
}

/** The annex for auditors: every control that a check is mapped to, with what was looked at. */
export function complianceView(context: ReportContext, cards: CardsOfFindings): ComplianceView {
  const { asOf, scope, frameworks } = assessCompliance(context.result);
  const all = frameworks.flatMap(({ controls }) => controls);
  const count = (status: ControlStatus): number => all.filter((one) => one.status === status).length;
  const notSatisfied = count('not-satisfied');
  return {
    scope: scopeSentence(scope, asOf),
    doubts: listed(scope.doubts, context.limits.names),
    frameworks: frameworks.map((framework) => frameworkView(context, framework, cards)),
    notSatisfied,
    summary: `${formatNumber(notSatisfied)} of ${countOf(all.length, 'control', 'controls')} not satisfied, ${formatNumber(count('cannot-tell'))} cannot be told`,
  };
}
