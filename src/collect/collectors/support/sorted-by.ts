/** A sorted copy, by code units, so that the same answers give the same bytes on every machine. */
export function sortedBy<Item>(items: Iterable<Item>, key: (item: Item) => string): readonly Item[] {
  return [...items].sort((left, right) => {
    const leftKey = key(left);
    const rightKey = key(right);
    return leftKey < rightKey ? -1 : leftKey > rightKey ? 1 : 0;
  });
}
