import type { ResultFinding } from '../../model/audit-result.ts';
import type { Guardrail } from '../../model/plan.ts';
import { type Severity, severityRank, worseSeverity } from '../../model/severity.ts';
import { withReadableTimes } from '../text/dates.ts';
import { compareText, countOf } from '../text/phrases.ts';
import { groupBy } from './group-by.ts';
import { listed, mapListed, type ReportContext } from './report-context.ts';
import type { ChapterView, Listed } from './report-view.ts';
import {
  otherRootCause,
  type RootCause,
  rootCauseOf,
  rootCauseOfGuardrail,
  rootCauses,
} from './root-causes.ts';
import { severityLabels } from './wording.ts';

export interface GuardrailView {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly appliesTo: string;
  /** It would have refused or told of an act of this incident. */
  readonly helped: boolean;
  readonly wouldHaveHelped: string;
  readonly wouldNotHaveHelped: string | null;
  readonly wouldBreak: Listed<string>;
  readonly notKnown: string | null;
}

export interface RootCauseView {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly severity: Severity | null;
  readonly severityLabel: string;
  readonly count: string;
  /** One line per check, linked to its card where one is written out. */
  readonly weaknesses: Listed<{
    readonly check: string;
    readonly title: string;
    readonly count: number;
    readonly href: string | null;
  }>;
  readonly guardrails: Listed<GuardrailView>;
}

export interface RootCausesView {
  readonly headline: string;
  readonly causes: readonly RootCauseView[];
}

const kindLabels = {
  scp: 'Service control policy',
  rcp: 'Resource control policy',
  'identity-policy': 'Identity policy',
  'organization-resource-policy': 'Organization resource policy',
  alarm: 'Alarm',
} as const satisfies Record<Guardrail['kind'], string>;

/** It would have refused or told of an act of this incident. */
export function guardrailHelped({ helped }: Guardrail): boolean {
  return helped?.answer === 'yes';
}

/** Standing weaknesses: whatever is to be hardened, and what became part of the incident because it was weak. */
export function isWeakness({ decision, kind }: ResultFinding): boolean {
  return decision === 'harden' || kind === 'hardening';
}

export interface CauseFacts {
  readonly cause: RootCause;
  readonly findings: readonly ResultFinding[];
  readonly guardrails: readonly Guardrail[];
  readonly severity: Severity | null;
}

/** Causes with weaknesses, or with a guardrail that this incident calls for. */
export function causeFacts({ result }: ReportContext): readonly CauseFacts[] {
  const findings = groupBy(result.findings.filter(isWeakness), ({ check }) => rootCauseOf(check).id);
  const guardrails = groupBy(result.plan?.guardrails ?? [], ({ id }) => rootCauseOfGuardrail(id).id);
  const facts = [...rootCauses, otherRootCause].map((cause): CauseFacts => {
    const own = findings.get(cause.id) ?? [];
    return {
      cause,
      findings: own,
      guardrails: [...(guardrails.get(cause.id) ?? [])].sort(
        (left, right) => Number(guardrailHelped(right)) - Number(guardrailHelped(left)),
      ),
      severity:
        own.length === 0
          ? null
          : own.reduce<Severity>((worst, { severity }) => worseSeverity(worst, severity), 'info'),
    };
  });
  const rank = ({ severity }: CauseFacts): number => severityRank(severity ?? 'info');
  const helped = (fact: CauseFacts): number => fact.guardrails.filter(guardrailHelped).length;
  return facts
    .filter((fact) => fact.findings.length > 0 || helped(fact) > 0)
    .sort(
      (left, right) =>
        rank(left) - rank(right) ||
        helped(right) - helped(left) ||
        right.findings.length - left.findings.length ||
        compareText(left.cause.id, right.cause.id),
    );
}

function countText(findings: readonly ResultFinding[]): string {
  const standing = findings.filter(({ decision }) => decision === 'harden').length;
  const used = findings.length - standing;
  const all = countOf(findings.length, 'weakness', 'weaknesses');
  if (used === 0) {
    return all;
  }
  return standing === 0 ? `${all}, part of the incident` : `${all}, ${used} of them part of the incident`;
}

function guardrailView(context: ReportContext, guardrail: Guardrail): GuardrailView {
  return {
    id: guardrail.id,
    title: guardrail.title,
    kind: kindLabels[guardrail.kind],
    appliesTo: guardrail.appliesTo,
    helped: guardrailHelped(guardrail),
    wouldHaveHelped: withReadableTimes(guardrail.wouldHaveHelped),
    wouldNotHaveHelped: guardrail.wouldNotHaveHelped,
    wouldBreak: listed(guardrail.wouldBreak, context.limits.names),
    notKnown: guardrail.notKnown,
  };
}

/** Fingerprint to the card that holds it, for cards that are written out. */
function cardLinks(chapters: readonly ChapterView[]): ReadonlyMap<string, string> {
  return new Map(
    chapters.flatMap(({ cards }) =>
      cards.shown.flatMap((card) =>
        card.findings.shown.map(({ fingerprint }) => [fingerprint, `#${card.id}`] as const),
      ),
    ),
  );
}

function weaknessesOf(
  context: ReportContext,
  findings: readonly ResultFinding[],
  links: ReadonlyMap<string, string>,
): RootCauseView['weaknesses'] {
  const byCheck = groupBy(findings, ({ check }) => check);
  const rows = [...byCheck].sort(
    ([left, leftFindings], [right, rightFindings]) =>
      rightFindings.length - leftFindings.length || compareText(left, right),
  );
  return mapListed(rows, context.limits.names, ([check, own]) => ({
    check,
    title: context.checks.get(check)?.failureTitle ?? check,
    count: own.length,
    href: own.map(({ fingerprint }) => links.get(fingerprint)).find((href) => href !== undefined) ?? null,
  }));
}

/** Weaknesses by what is behind them, with the guardrails that work against each. */
export function rootCausesView(
  context: ReportContext,
  facts: readonly CauseFacts[],
  chapters: readonly ChapterView[],
): RootCausesView {
  const links = cardLinks(chapters);
  const helped = facts.flatMap(({ guardrails }) => guardrails).filter(guardrailHelped).length;
  return {
    headline:
      helped === 0
        ? countOf(facts.length, 'root cause', 'root causes')
        : `${countOf(facts.length, 'root cause', 'root causes')} · ${countOf(helped, 'guardrail', 'guardrails')} would have refused or told of it`,
    causes: facts.map(({ cause, findings, guardrails, severity }) => ({
      id: `cause-${cause.id}`,
      title: cause.title,
      why: cause.why,
      severity,
      severityLabel: severity === null ? '' : severityLabels[severity],
      count: countText(findings),
      weaknesses: weaknessesOf(context, findings, links),
      guardrails: mapListed(guardrails, context.limits.names, (guardrail) =>
        guardrailView(context, guardrail),
      ),
    })),
  };
}
