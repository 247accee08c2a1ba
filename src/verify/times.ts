/** Milliseconds of a UTC time; null where the text is none. */
export function instant(time: string | null | undefined): number | null {
  const parsed = time === null || time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(parsed) ? null : parsed;
}

/**
 * The end of what a logged time can mean: a time written to the second may be any moment of that second, and what was
 * read within it is no proof.
 */
export function endOf(time: string | null): number | null {
  const start = instant(time);
  return start === null || time === null || /\.\d+/.test(time) ? start : start + 999;
}

export function latest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}

export function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

export function textOf(time: number): string {
  return new Date(time).toISOString();
}
