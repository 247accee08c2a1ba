/** Freezes a value all the way down, so that a check which writes to its evidence throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) {
      deepFreeze(child);
    }
  }
  return value;
}

/** Reverses every list at the top of the evidence: enough to show that a check depends on order. */
export function shuffled(evidence: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(evidence).map(([key, value]) => [
      key,
      Array.isArray(value) ? [...value].reverse() : value,
    ]),
  );
}

export function stableText(values: readonly string[]): string {
  return [...values].sort().join('\n');
}
