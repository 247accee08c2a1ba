import type { ChapterView, LinkView } from './report-view.ts';

/** The written-out cards that hold findings of a check: only those can be linked. */
export interface CardsOfChecks {
  /** Links to the cards of these checks, in the checks' order, each card once. */
  of(checks: readonly string[]): readonly LinkView[];
}

export function cardsOfChecks(chapters: readonly ChapterView[]): CardsOfChecks {
  const links = new Map<string, LinkView[]>();
  for (const { cards } of chapters) {
    for (const card of cards.shown) {
      for (const { id } of card.checks) {
        const known = links.get(id) ?? [];
        links.set(id, known);
        known.push({ href: `#${card.id}`, label: card.title });
      }
    }
  }
  return {
    of(checks) {
      const found = new Map<string, LinkView>();
      for (const link of checks.flatMap((check) => links.get(check) ?? [])) {
        found.set(link.href, link);
      }
      return [...found.values()];
    },
  };
}
