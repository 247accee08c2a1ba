import type { CollectedKey } from '../model/evidence-catalog.ts';
import { evidenceScopes } from '../model/evidence-catalog.ts';
import type { ScopeKind } from '../model/scope.ts';
import type { AnyCollector } from './define-collector.ts';
import { CollectorError } from './load-collectors.ts';

/** What the runner itself cannot do without: which regions there are, and who we are in the account. */
const always: readonly CollectedKey[] = ['account.regions', 'sts.caller-identity'];

const width: Readonly<Record<ScopeKind, number>> = { organization: 0, account: 1, region: 2 };

/**
 * The collectors for the keys asked for, with everything that they depend on. Sorted by key.
 * @throws CollectorError when nobody collects a key.
 */
export function selectCollectors(
  collectors: readonly AnyCollector[],
  keys: readonly CollectedKey[],
): readonly AnyCollector[] {
  const byKey = new Map(collectors.map((collector) => [collector.key, collector]));
  const selected = new Map<CollectedKey, AnyCollector>();
  const add = (key: CollectedKey): void => {
    if (selected.has(key)) {
      return;
    }
    const collector = byKey.get(key);
    if (collector === undefined) {
      throw new CollectorError(`no collector for ${key}`);
    }
    selected.set(key, collector);
    for (const dependency of collector.dependsOn ?? []) {
      add(dependency);
    }
  };
  for (const key of [...always.filter((name) => byKey.has(name)), ...keys]) {
    add(key);
  }
  return [...selected.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
}

/**
 * Groups collectors so that each group needs only what earlier groups (or wider scopes) have collected.
 * @throws CollectorError on a cycle, on a dependency that nobody collects, and on one of a narrower scope.
 */
export function orderCollectors(collectors: readonly AnyCollector[]): readonly (readonly AnyCollector[])[] {
  const keys = new Set(collectors.map((collector) => collector.key));
  for (const collector of collectors) {
    for (const dependency of collector.dependsOn ?? []) {
      if (!keys.has(dependency)) {
        throw new CollectorError(`${collector.key} depends on ${dependency}, which is not collected`);
      }
      if (width[evidenceScopes[dependency]] > width[evidenceScopes[collector.key]]) {
        throw new CollectorError(`${collector.key} depends on ${dependency}, which is of a narrower scope`);
      }
    }
  }
  const done = new Set<CollectedKey>();
  const groups: (readonly AnyCollector[])[] = [];
  let waiting = collectors.toSorted((left, right) => (left.key < right.key ? -1 : 1));
  while (waiting.length > 0) {
    const ready = waiting.filter((collector) => (collector.dependsOn ?? []).every((key) => done.has(key)));
    if (ready.length === 0) {
      const names = waiting.map((collector) => collector.key).join(', ');
      throw new CollectorError(`these collectors wait for each other: ${names}`);
    }
    for (const collector of ready) {
      done.add(collector.key);
    }
    groups.push(ready);
    waiting = waiting.filter((collector) => !done.has(collector.key));
  }
  return groups;
}
