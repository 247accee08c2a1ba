import { type Decision, decisions } from '../../model/finding.ts';
import { countOf } from '../text/phrases.ts';
import { type CardGroup, cardId } from './card-grouping.ts';
import { cardView } from './card-view.ts';
import type { ReportContext } from './report-context.ts';
import { mapListed } from './report-context.ts';
import type { ChapterView, LinkView, ReportLimits } from './report-view.ts';
import { decisionTexts } from './wording.ts';

type Groups = ReadonlyMap<Decision, readonly CardGroup[]>;

/** However much stands before it, a chapter shows so many. */
const leastPerChapter = 20;

/** The cards that are written out: what is most urgent first, until the page has enough. */
function writtenOut(groups: Groups, { cardsPerChapter, cardsInAll }: ReportLimits): Groups {
  let left = cardsInAll ?? Number.POSITIVE_INFINITY;
  return new Map(
    decisions.map((decision) => {
      const most = Math.min(cardsPerChapter, Math.max(leastPerChapter, left));
      const shown = (groups.get(decision) ?? []).slice(0, most);
      left -= shown.length;
      return [decision, shown];
    }),
  );
}

/** Subject ARN to the links of every card about it that is written out: another could not be linked. */
function linksBySubject(
  groups: Groups,
): ReadonlyMap<string, readonly (LinkView & { readonly decision: Decision })[]> {
  const links = new Map<string, (LinkView & { readonly decision: Decision })[]>();
  for (const [decision, cards] of groups) {
    for (const card of cards) {
      for (const arn of new Set(card.findings.map((finding) => finding.subject.arn))) {
        const known = links.get(arn) ?? [];
        links.set(arn, known);
        known.push({ decision, href: `#${cardId(card)}`, label: decisionTexts[decision].title });
      }
    }
  }
  return links;
}

const crossLinks = 4;

export function chaptersView(
  context: ReportContext,
  groups: Groups,
  unanswered: number,
): readonly ChapterView[] {
  const { limits } = context;
  const written = writtenOut(groups, limits);
  const links = linksBySubject(written);
  const blind =
    unanswered === 0
      ? ''
      : ` ${countOf(unanswered, 'check', 'checks')} could not be answered everywhere, so this is not proof of absence.`;
  return decisions.map((decision) => {
    const cards = groups.get(decision) ?? [];
    const findings = cards.reduce((sum, card) => sum + card.findings.length, 0);
    const { title, phase, lead } = decisionTexts[decision];
    const [one, many] =
      decision === 'harden' ? ['kind of weakness', 'kinds of weakness'] : ['subject', 'subjects'];
    return {
      id: decision,
      title,
      phase,
      lead,
      count: `${countOf(findings, 'finding', 'findings')} · ${countOf(cards.length, one, many)}`,
      openCards: cards.filter((card) => card.findings.some(({ exception }) => exception === undefined))
        .length,
      empty: `No finding leads here.${blind}`,
      cards: mapListed(cards, written.get(decision)?.length ?? 0, (card) => {
        const arn = card.by === 'subject' ? card.findings[0]?.subject.arn : undefined;
        const others = arn === undefined ? [] : (links.get(arn) ?? []);
        return cardView(
          context,
          card,
          others.filter((link) => link.decision !== decision).slice(0, crossLinks),
        );
      }),
    };
  });
}
