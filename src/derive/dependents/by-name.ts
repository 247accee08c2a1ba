/** Groups by a name; a name without anything gives an empty list. */
export function byName<T>(
  items: readonly T[],
  nameOf: (item: T) => string | null,
): (name: string) => readonly T[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    if (name !== null) {
      const group = groups.get(name) ?? [];
      group.push(item);
      groups.set(name, group);
    }
  }
  return (name) => groups.get(name) ?? [];
}
