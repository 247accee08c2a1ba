import type { Lives } from './lives.ts';
import type { Act } from './rules/lineage-rule.ts';

/** A thing's key and which of its lives is meant. */
export function nodeKey(lives: Lives, { seed, relation }: Act, at: number): string {
  return lifeKey(lives, seed.key, at, relation, seed.uniqueId);
}

export function lifeKey(
  lives: Lives,
  key: string,
  at: number,
  relation: Act['relation'] | null,
  uniqueId: string | null,
): string {
  const index = lives.indexAt(key, at, relation, uniqueId);
  return index === 0 ? key : `${key} #${index}`;
}
