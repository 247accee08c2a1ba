/** The first of every kind, in order. */
export function distinctBy<T>(items: readonly T[], kindOf: (item: T) => string): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const kind = kindOf(item);
    const isNew = !seen.has(kind);
    seen.add(kind);
    return isNew;
  });
}
