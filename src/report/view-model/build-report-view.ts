import type { AuditResult } from '../../model/audit-result.ts';
import { severities } from '../../model/severity.ts';
import { compareText, formatTime } from '../text/phrases.ts';
import { reportLineage } from '../trace/report-lineage.ts';
import { attackView } from './attack-view.ts';
import { blindSpotsView } from './blind-spots-view.ts';
import { groupCards } from './card-grouping.ts';
import { tokenFilters } from './card-tokens.ts';
import { cardsOfFindings } from './cards-of-findings.ts';
import { chaptersView } from './chapters-view.ts';
import { complianceView } from './compliance-view.ts';
import { countBy } from './count-by.ts';
import { coverageView } from './coverage-view.ts';
import { custodyView } from './custody-view.ts';
import { glossaryView } from './glossary-view.ts';
import { incidentChapters } from './incident-chapters.ts';
import { inventoryView, methodView } from './method-view.ts';
import { navigationView } from './navigation-view.ts';
import { nextStepsView, planSentence } from './next-steps-view.ts';
import { outcomesView } from './outcomes-view.ts';
import { overviewView } from './overview-view.ts';
import { peopleView } from './people-view.ts';
import { phasesView } from './phases-view.ts';
import { planStagesView } from './plan-stages-view.ts';
import { mapListed, type ReportContext, reportContext } from './report-context.ts';
import type { ReportLimits, ReportView } from './report-view.ts';
import { reviewChapters } from './review-chapters.ts';
import { scopeView } from './scope-view.ts';
import { verdictView } from './verdict-view.ts';
import { verificationView } from './verification-view.ts';
import { severityLabels } from './wording.ts';

function incidentText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function incidentView({ result }: ReportContext): ReportView['incident'] {
  if (result.incident === null) {
    return null;
  }
  const { id, title, window } = result.incident;
  const hasWindow = typeof window === 'object' && window !== null && 'from' in window && 'to' in window;
  const from = hasWindow ? incidentText(window.from) : null;
  const to = hasWindow ? incidentText(window.to) : null;
  return {
    id: incidentText(id) ?? 'unnamed incident',
    title: incidentText(title) ?? 'Untitled incident',
    window: from === null || to === null ? null : `${formatTime(from)} to ${formatTime(to)}`,
  };
}

function filtersOf(context: ReportContext): ReportView['filters'] {
  const { findings } = context.result;
  const accounts = [...new Set(findings.map(({ subject }) => subject.accountId ?? 'organization'))];
  const counts = countBy(findings, ({ severity }) => severity);
  return {
    severities: severities.map((id) => ({
      id,
      label: severityLabels[id],
      count: counts.get(id) ?? 0,
    })),
    accounts: mapListed(accounts.sort(compareText), context.limits.rows, (id) => ({
      id,
      name: context.accountNames.get(id) ?? null,
    })),
    ...tokenFilters(context),
  };
}

/** The one way from a result to what is printed: all sorting, counting and cutting happens here. */
export function buildReportView(result: AuditResult, limits: ReportLimits, resultFile: string): ReportView {
  const context = reportContext(result, limits);
  const groups = groupCards(result.findings);
  const blindSpots = blindSpotsView(context);
  const outcomes = outcomesView(context);
  const chapters = chaptersView(context, groups, blindSpots.unevaluated.total);
  const inventory = inventoryView(context);
  const lineage = reportLineage(result, limits, chapters);
  const verification = verificationView(result, limits);
  const incident = incidentChapters(context, groups, chapters);
  const verdict = verdictView(context, blindSpots, outcomes);
  const people = peopleView(context);
  const cards = cardsOfFindings([...groups.values()].flat(), chapters);
  const compliance = complianceView(context, cards);
  const attack = attackView(context, cards);
  const review = reviewChapters({ context, chapters, blindSpots, outcomes, near: people.near });
  const page = {
    title: 'Eradication and hardening report',
    incident: incidentView(context),
    asOf: formatTime(result.asOf),
    toolVersion: result.tool.version,
    banner: result.evidenceBanner,
    resultFile,
    evidenceDigest: result.evidenceDigest,
    phases: phasesView({ chapters, verdict, blindSpots, outcomes, verification }),
    navigation: navigationView({
      chapters,
      incident,
      lineage,
      verification,
      blindSpots,
      outcomes,
      inventory: inventory.total,
      findings: result.findings.length,
      people: result.exceptions.length + result.attestations.length,
      rootCauses: review.rootCauses.causes.length,
      correctiveActions: review.correctiveActions.actions.total,
      notSatisfied: compliance.notSatisfied,
      techniquesSeen: attack.seenCount,
    }),
    verdict,
    scope: scopeView(context),
    blindSpots,
    overview: overviewView(result.findings, groups),
    nextSteps: nextStepsView(context, groups, blindSpots, outcomes),
    planSentence: planSentence(context),
    planStages: planStagesView(context),
    chapters,
    ...incident,
    filters: filtersOf(context),
    lineage,
    verification,
    outcomes,
    inventory,
    coverage: coverageView(context),
    people,
    ...review,
    compliance,
    attack,
    method: methodView(context),
    custody: custodyView(context),
  };
  return { ...page, glossary: glossaryView(page) };
}
