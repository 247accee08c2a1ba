import type { TimeWindow } from './incident.ts';

const millisecondsPerHour = 3_600_000;

/** Whole hours from one UTC time to another; negative when `from` lies later. */
export function hoursBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / millisecondsPerHour);
}

/** Whole days from one UTC time to another; negative when `from` lies later. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / (24 * millisecondsPerHour));
}

/** The window is half open: its end does not belong to it. */
export function isInWindow(time: string, window: TimeWindow): boolean {
  const at = Date.parse(time);
  return at >= Date.parse(window.from) && at < Date.parse(window.to);
}
