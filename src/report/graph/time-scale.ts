/** Places times on a line; long stretches in which nothing happened are drawn short. */
export interface TimeScale {
  readonly place: (time: number) => number;
  /** Stretches that are drawn shorter than they were. */
  readonly breaks: readonly { readonly from: number; readonly to: number }[];
}

const minute = 60_000;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly short: boolean;
}

/** `times` are everything that must keep its distance from its neighbours: events, milestones, window. */
export function timeScale(times: readonly number[], left: number, right: number): TimeScale {
  const marks = [...new Set(times)].sort((a, b) => a - b);
  const [first = 0] = marks;
  const last = marks.at(-1) ?? first;
  const longest = Math.max(10 * minute, (last - first) / 8);
  const stretches: Stretch[] = [];
  for (const [index, from] of marks.entries()) {
    const to = marks[index + 1];
    if (to !== undefined) {
      const short = to - from > longest;
      stretches.push({ from, to, length: short ? longest / 3 : to - from, short });
    }
  }
  const total = stretches.reduce((sum, { length }) => sum + length, 0) || 1;
  const width = right - left;
  const place = (time: number): number => {
    if (stretches.length === 0) {
      return left + width / 2;
    }
    let done = 0;
    for (const { from, to, length } of stretches) {
      if (time <= to) {
        const share = Math.max(0, time - from) / (to - from);
        return left + ((done + share * length) / total) * width;
      }
      done += length;
    }
    return right;
  };
  return { place, breaks: stretches.filter(({ short }) => short).map(({ from, to }) => ({ from, to })) };
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 10_080, 43_200, 525_600];

/** A round step that divides a length of time into at most `count` parts. */
export function roundStep(length: number, count: number): number {
  return (steps.find((step) => length / minute / step <= count) ?? 525_600) * minute;
}
