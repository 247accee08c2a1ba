import { readdir } from 'node:fs/promises';
import { type CollectedKey, collectedKeys } from '../model/evidence-catalog.ts';
import type { AnyCollector } from './define-collector.ts';

/** A collector that cannot be used: a mistake in the source, found before anything is asked of AWS. */
export class CollectorError extends Error {
  override readonly name = 'CollectorError';
}

const folder = new URL('./collectors/', import.meta.url);
const vantages: ReadonlySet<unknown> = new Set(['account', 'management', 'management-or-delegated']);

function isCollectedKey(value: unknown): value is CollectedKey {
  return collectedKeys.some((key) => key === value);
}

function isCollector(value: unknown): value is AnyCollector {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const key: unknown = Reflect.get(value, 'key');
  const dependsOn: unknown = Reflect.get(value, 'dependsOn');
  const operations: unknown = Reflect.get(value, 'operations');
  return (
    isCollectedKey(key) &&
    vantages.has(Reflect.get(value, 'vantage')) &&
    Array.isArray(operations) &&
    operations.length > 0 &&
    (dependsOn === undefined || (Array.isArray(dependsOn) && dependsOn.every(isCollectedKey))) &&
    typeof Reflect.get(value, 'collect') === 'function'
  );
}

/** Checks what modules of the folder export: modules without a default export are helpers of their neighbours. */
export function checkCollectors(
  modules: readonly { readonly file: string; readonly value: unknown }[],
): readonly AnyCollector[] {
  const byKey = new Map<string, { readonly file: string; readonly collector: AnyCollector }>();
  for (const { file, value } of modules) {
    if (value === undefined) {
      continue;
    }
    if (!isCollector(value)) {
      throw new CollectorError(
        `${file}: the default export is not a collector with key, vantage and operations`,
      );
    }
    const other = byKey.get(value.key);
    if (other !== undefined) {
      throw new CollectorError(`${file}: ${value.key} is already collected by ${other.file}`);
    }
    byKey.set(value.key, { file, collector: value });
  }
  return [...byKey.values()]
    .map(({ collector }) => collector)
    .sort((left, right) => (left.key < right.key ? -1 : 1));
}

/**
 * Imports every module under `collectors/`, compiled or not. Sorted by key.
 * @throws CollectorError
 */
export async function loadCollectors(): Promise<readonly AnyCollector[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.[jt]s$/.test(name) && !name.endsWith('.d.ts'))
    .sort();
  const modules: { readonly file: string; readonly value: unknown }[] = [];
  // One after the other: test runners cannot link modules that share imports at the same time.
  for (const file of files) {
    const loaded: unknown = await import(new URL(file, folder).href);
    const value: unknown =
      typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, 'default') : undefined;
    modules.push({ file, value });
  }
  return checkCollectors(modules);
}
