import type { AnyCheck } from '../model/check.ts';

/** A selection names nothing. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError';
  readonly next = '`afterleak checks list` shows them all.';
}

function matches(pattern: string, id: string): boolean {
  return pattern.endsWith('/*') ? id.startsWith(pattern.slice(0, -1)) : pattern === id;
}

/**
 * Applies `--checks` and `--skip-checks`: exact ids or `domain/*`.
 * @throws SelectionError for a pattern that names no check, and when nothing is left.
 */
export function selectChecks(
  checks: readonly AnyCheck[],
  include: readonly string[],
  skip: readonly string[],
): readonly AnyCheck[] {
  for (const pattern of [...include, ...skip]) {
    if (!checks.some((check) => matches(pattern, check.meta.id))) {
      throw new SelectionError(`no check is called ${pattern}`);
    }
  }
  const selected = checks.filter(
    ({ meta }) =>
      (include.length === 0 || include.some((pattern) => matches(pattern, meta.id))) &&
      !skip.some((pattern) => matches(pattern, meta.id)),
  );
  if (selected.length === 0) {
    throw new SelectionError('the selection leaves no check to run');
  }
  return selected;
}
