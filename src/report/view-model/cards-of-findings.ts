import type { CardGroup } from './card-grouping.ts';
import { cardId } from './card-grouping.ts';
import type { ChapterView, LinkView } from './report-view.ts';

/** The written-out cards that hold a finding: only those can be linked. */
export interface CardsOfFindings {
  /** Links to the cards of these fingerprints, in their order, each card once. */
  of(fingerprints: readonly string[]): readonly LinkView[];
}

export function cardsOfFindings(
  groups: readonly CardGroup[],
  chapters: readonly ChapterView[],
): CardsOfFindings {
  const shown = new Map(
    chapters.flatMap(({ cards }) => cards.shown.map(({ id, title }) => [id, title] as const)),
  );
  const links = new Map<string, LinkView>();
  for (const group of groups) {
    const id = cardId(group);
    const label = shown.get(id);
    if (label !== undefined) {
      const link = { href: `#${id}`, label };
      for (const { fingerprint } of group.findings) {
        links.set(fingerprint, link);
      }
    }
  }
  return {
    of(fingerprints) {
      const found = new Set<LinkView>();
      for (const fingerprint of fingerprints) {
        const link = links.get(fingerprint);
        if (link !== undefined) {
          found.add(link);
        }
      }
      return [...found];
    },
  };
}
