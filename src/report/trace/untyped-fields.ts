export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textIn(fields: Fields, key: string): string | null {
  const value = fields[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function textsIn(fields: unknown, key: string): readonly string[] {
  const value = isFields(fields) ? fields[key] : [];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
