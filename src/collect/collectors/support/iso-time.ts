/** UTC ISO-8601 with milliseconds; null when there is no time or the text is none. */
export function isoTime(value: Date | string | undefined | null): string | null {
  if (value === undefined || value === null || value === '') {
    return null;
  }
  const time = typeof value === 'string' ? Date.parse(value) : value.getTime();
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}
