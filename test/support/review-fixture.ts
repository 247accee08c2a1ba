import type { AuditResult } from '../../src/model/audit-result.ts';
import type { Guardrail } from '../../src/model/plan.ts';
import { blindSpotsView } from '../../src/report/view-model/blind-spots-view.ts';
import { groupCards } from '../../src/report/view-model/card-grouping.ts';
import { chaptersView } from '../../src/report/view-model/chapters-view.ts';
import { outcomesView } from '../../src/report/view-model/outcomes-view.ts';
import { type ReportContext, reportContext } from '../../src/report/view-model/report-context.ts';
import type { ReportLimits } from '../../src/report/view-model/report-view.ts';
import { type ReviewChapters, reviewChapters } from '../../src/report/view-model/review-chapters.ts';

export const reviewLimits: ReportLimits = {
  cardsPerChapter: 50,
  findingsPerCard: 10,
  rows: 50,
  names: 6,
  characters: 1024,
};

export function reviewContext(result: AuditResult, limits: Partial<ReportLimits> = {}): ReportContext {
  return reportContext(result, { ...reviewLimits, ...limits });
}

/** The review's chapters as the report makes them. */
export function reviewOf(result: AuditResult, limits: Partial<ReportLimits> = {}, near = 0): ReviewChapters {
  const context = reviewContext(result, limits);
  const blindSpots = blindSpotsView(context);
  return reviewChapters({
    context,
    chapters: chaptersView(context, groupCards(result.findings), blindSpots.unevaluated.total),
    blindSpots,
    outcomes: outcomesView(context),
    near,
  });
}

export function incidentWith(
  review: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>> = {},
): AuditResult['incident'] {
  return {
    id: 'INC-2026-014',
    title: 'Leaked deploy key',
    compromised: {
      accessKeyIds: ['AKIAIOSFODNN7EXAMPLE'],
      principals: ['arn:aws:iam::111122223333:user/deploy'],
    },
    milestones: {},
    review,
    ...fields,
  };
}

export function buildGuardrail(fields: Partial<Guardrail> & Pick<Guardrail, 'id'>): Guardrail {
  return {
    kind: 'scp',
    title: `Guardrail ${fields.id}`,
    appliesTo: 'the root of the organization',
    why: 'It keeps it so.',
    json: '{}',
    terraform: '',
    wouldBreak: [],
    notKnown: null,
    wouldHaveHelped: 'It would not have stopped this incident: none of its acts is refused by it.',
    wouldNotHaveHelped: null,
    findings: [],
    ...fields,
  };
}
