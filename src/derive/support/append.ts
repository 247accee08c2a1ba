/** Adds to the list of a key. A list of one entry gets no more room than it needs: of very many lists most are. */
export function append<Key, Entry>(lists: Map<Key, Entry[]>, key: Key, entry: Entry): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [entry]);
  } else {
    list.push(entry);
  }
}
