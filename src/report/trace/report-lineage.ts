import type { AuditResult } from '../../model/audit-result.ts';
import { countOf } from '../text/phrases.ts';
import type { ChapterView, LinkView, ReportLimits } from '../view-model/report-view.ts';
import { lineageView } from './lineage-view.ts';
import type { LineageView } from './trace-view.ts';

function uncovered({ coverage }: AuditResult): readonly string[] {
  const { trail } = coverage;
  if (trail === null) {
    return ['What the events covered is not stated: that nothing is shown here proves nothing.'];
  }
  return trail.holes.length === 0
    ? []
    : [
        `${countOf(trail.holes.length, 'hole', 'holes')} in the CloudTrail events: what was made in them is not here.`,
      ];
}

/** Only cards that are written out can be linked. */
function cardLinks(chapters: readonly ChapterView[]): ReadonlyMap<string, LinkView> {
  const links = new Map<string, LinkView>();
  for (const chapter of chapters) {
    for (const card of chapter.cards.shown) {
      if (card.subject !== null && !links.has(card.subject.arn)) {
        links.set(card.subject.arn, { href: `#${card.id}`, label: `Finding under ${chapter.title}` });
      }
    }
  }
  return links;
}

/** The lineage chapters of a sweep's report; null when no events were followed. */
export function reportLineage(
  result: AuditResult,
  limits: ReportLimits,
  chapters: readonly ChapterView[],
): LineageView | null {
  if (result.lineage === null) {
    return null;
  }
  const links = cardLinks(chapters);
  return lineageView({
    lineage: result.lineage,
    limits: {
      rows: limits.rows,
      branches: limits.rows * 2,
      names: Math.min(limits.names, 6),
      characters: limits.characters,
    },
    uncovered: uncovered(result),
    noLongerThere: new Set(result.lineage.alreadyGone),
    asOf: result.verification?.asOf ?? result.asOf,
    findingOf: (arn) => links.get(arn) ?? null,
  });
}
