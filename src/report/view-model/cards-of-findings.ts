import type { CardGroup } from './card-grouping.ts';
import { cardId } from './card-grouping.ts';
import type { ChapterView, LinkView } from './report-view.ts';

/** The written-out cards that hold a finding: only those can be linked. */
export interface CardsOfFindings {
  /** Links to the cards of these lists of fingerprints, in their order, each card once. A list is looked up only once. */
  of(lists: readonly (readonly string[])[]): readonly LinkView[];
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
  const known = new WeakMap<readonly string[], ReadonlySet<LinkView>>();
  const linksOf = (fingerprints: readonly string[]): ReadonlySet<LinkView> => {
    const found =
      known.get(fingerprints) ?? new Set(fingerprints.flatMap((fingerprint) => links.get(fingerprint) ?? []));
    known.set(fingerprints, found);
    return found;
  };
  return {
    of: (lists) => [...new Set(lists.flatMap((list) => [...linksOf(list)]))],
  };
}
