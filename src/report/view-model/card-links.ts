import { type CardGroup, cardId } from './card-grouping.ts';
import type { ChapterView } from './report-view.ts';

/** Fingerprint to the card of this page that holds the finding; cards that are only counted cannot be linked. */
export function cardLinks(
  groups: readonly CardGroup[],
  chapters: readonly ChapterView[],
): ReadonlyMap<string, string> {
  const written = new Set(chapters.flatMap(({ cards }) => cards.shown.map(({ id }) => id)));
  return new Map(
    groups.flatMap((group) => {
      const id = cardId(group);
      return written.has(id)
        ? group.findings.map(({ fingerprint }): [string, string] => [fingerprint, `#${id}`])
        : [];
    }),
  );
}
