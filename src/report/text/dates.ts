import { countOf, formatTime } from './phrases.ts';

const day = 86_400_000;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** A day stays a day, a time becomes `2026-11-03 11:40 UTC`. */
export function dateText(date: string): string {
  return dayPattern.test(date) ? date : formatTime(date);
}

/** Times inside of a sentence that another part of the result wrote. */
export function withReadableTimes(text: string): string {
  return text.replace(/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g, formatTime);
}

/** The last moment of a due date: a day is meant to its end. Null where it cannot be read. */
export function deadlineOf(date: string): number | null {
  const time = Date.parse(dayPattern.test(date) ? `${date}T23:59:59.999Z` : date);
  return Number.isFinite(time) ? time : null;
}

/** Null where one of the two cannot be read: then nothing is said about it. */
export function isPast(date: string, asOf: string): boolean | null {
  const deadline = deadlineOf(date);
  const now = Date.parse(asOf);
  return deadline === null || !Number.isFinite(now) ? null : deadline < now;
}

/** Whole days from `asOf` to the date; negative when it has passed. */
export function daysUntil(date: string, asOf: string): number | null {
  const deadline = deadlineOf(date);
  const now = Date.parse(asOf);
  return deadline === null || !Number.isFinite(now) ? null : Math.floor((deadline - now) / day);
}

/** `in 12 days`, `today`, `3 days ago`. */
export function distanceText(date: string, asOf: string): string {
  const days = daysUntil(date, asOf);
  if (days === null) {
    return 'cannot be read as a date';
  }
  if (days === 0) {
    return 'within a day';
  }
  return days > 0 ? `in ${countOf(days, 'day', 'days')}` : `${countOf(-days, 'day', 'days')} ago`;
}
