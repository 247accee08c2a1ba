import type { Decision } from '../../model/finding.ts';
import type { CardGroup } from './card-grouping.ts';
import type { ChapterView } from './report-view.ts';

/** Fingerprint to the card of this page that holds the finding; cards that are only counted cannot be linked. */
export function cardLinks(
  groups: ReadonlyMap<Decision, readonly CardGroup[]>,
  chapters: readonly ChapterView[],
): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const { id: decision, cards } of chapters) {
    // The chapter writes out the first of its groups, in their order.
    for (const [index, group] of (groups.get(decision) ?? []).slice(0, cards.shown.length).entries()) {
      for (const { fingerprint } of group.findings) {
        links.set(fingerprint, `#${cards.shown[index]?.id ?? decision}`);
      }
    }
  }
  return links;
}
