import { derivations } from '../derive/index.ts';
import type { AnyCheck } from '../model/check.ts';
import {
  type CollectedKey,
  collectedKeys,
  type EvidenceKey,
  isCollectedKey,
} from '../model/evidence-catalog.ts';

/** The collected facts behind any fact: itself, or what it is derived from. */
function sourcesOf(key: EvidenceKey): readonly CollectedKey[] {
  if (isCollectedKey(key)) {
    return [key];
  }
  const derivation = derivations.find((one) => one.key === key);
  return [...(derivation?.inputs ?? []), ...(derivation?.optional ?? [])].flatMap(sourcesOf);
}

/** What must be collected for these checks; for the whole catalogue everything there is, inventory included. */
export function keysFor(selected: readonly AnyCheck[], all: readonly AnyCheck[]): readonly CollectedKey[] {
  if (selected.length === all.length) {
    return collectedKeys;
  }
  const needed = selected
    .flatMap(({ meta }) => [...meta.requires, ...(meta.optional ?? [])])
    .flatMap(sourcesOf);
  return [...new Set(needed)].sort();
}
