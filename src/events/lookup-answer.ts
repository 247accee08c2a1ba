function listAt(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) {
    return [];
  }
  const list: unknown = Reflect.get(value, name);
  return Array.isArray(list) ? list : [];
}

/** The records in a saved answer of `aws cloudtrail lookup-events`, as a log; null when there are none. */
export function logOfLookupAnswer(bytes: Uint8Array): Uint8Array | null {
  const parsed: unknown = JSON.parse(
    Buffer.from(bytes)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  );
  const texts = listAt(parsed, 'Events').map((event) => {
    const text: unknown =
      typeof event === 'object' && event !== null ? Reflect.get(event, 'CloudTrailEvent') : undefined;
    return typeof text === 'string' ? text : 'null';
  });
  return texts.length === 0 ? null : Buffer.from(texts.join('\n'));
}
