import type { Lives } from './lives.ts';
import type { Act } from './rules/lineage-rule.ts';

/** A thing's key and which of its lives is meant. */
export function nodeKey(lives: Lives, { seed, relation }: Act, at: number, done = true): string {
  if (!done && relation === 'created') {
    // What was refused and then made is one thing tried twice.
    const next = lives.nextIndex(seed.key, at);
    return next <= 0 ? seed.key : `${seed.key} #${next}`;
  }
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
