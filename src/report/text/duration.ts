import { countOf } from './phrases.ts';

const minute = 60_000;

/** A length of time in its two largest units: `2 h 21 min`, `3 days 4 h`. */
export function durationText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / minute);
  if (minutes < 1) {
    return 'less than a minute';
  }
  if (minutes < 60) {
    return `${minutes} min`;
  }
  if (minutes < 2_880) {
    const rest = minutes % 60;
    return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
  }
  const hours = Math.round(minutes / 60);
  const rest = hours % 24;
  return `${countOf(Math.floor(hours / 24), 'day', 'days')}${rest === 0 ? '' : ` ${rest} h`}`;
}

/** Null where one of the two cannot be read as a time. */
export function millisecondsBetween(from: string, to: string): number | null {
  const length = Date.parse(to) - Date.parse(from);
  return Number.isFinite(length) ? length : null;
}
