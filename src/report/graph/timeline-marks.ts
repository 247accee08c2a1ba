import type { LineageEvent } from '../../model/lineage.ts';

export interface TimelineMark {
  readonly x: number;
  readonly look: 'done' | 'failed' | 'deleted';
  readonly count: number;
  readonly several: boolean;
  readonly full: string;
}

/** Marks nearer than this would cover each other. */
const least = 15;
/** As far is a mark moved aside for one of another look. */
const mostShift = 30;
/** More marks than this are not told apart in one drawing, and would weigh more than the rest of the page. */
const most = 600;
const namesShown = 12;

function lookOf(event: LineageEvent): TimelineMark['look'] {
  if (event.errorCode !== null) {
    return 'failed';
  }
  return /^(?:Delete|Detach|Remove|Disable|Deregister|Stop)/.test(event.eventName) ? 'deleted' : 'done';
}

/** What a mark is made from; read once, because marks are put together anew until they are few enough. */
interface Point {
  readonly x: number;
  readonly look: TimelineMark['look'];
  readonly name: string;
}

function pointsOf(events: readonly LineageEvent[], place: (time: number) => number): readonly Point[] {
  return events.flatMap((event) => {
    const time = Date.parse(event.eventTime);
    return Number.isFinite(time) ? [{ x: place(time), look: lookOf(event), name: event.eventName }] : [];
  });
}

interface Bin {
  readonly x: number;
  readonly look: TimelineMark['look'];
  readonly names: Set<string>;
  count: number;
}

/** Marks that would cover each other become one with a number; what failed is never merged into what was done. */
function binned(points: readonly Point[], within: number): readonly Bin[] {
  const bins: Bin[] = [];
  const latest = new Map<TimelineMark['look'], Bin>();
  for (const { x, look, name } of points) {
    const last = latest.get(look);
    if (last !== undefined && Math.abs(x - last.x) < within) {
      last.count += 1;
      last.names.add(name);
    } else {
      const bin = { x, look, names: new Set([name]), count: 1 };
      bins.push(bin);
      latest.set(look, bin);
    }
  }
  return bins.sort((left, right) => left.x - right.x);
}

/** What failed at the time of what was done stands beside it. */
function apart(bins: readonly Bin[]): readonly Bin[] {
  let end = Number.NEGATIVE_INFINITY;
  return bins.map((bin) => {
    const radius = bin.count > 1 ? 8 : 4.5;
    const x = Math.min(Math.max(bin.x, end + radius), bin.x + mostShift);
    end = x + radius;
    return { ...bin, x };
  });
}

function markOf({ x, look, names, count }: Bin): TimelineMark {
  const more = names.size - namesShown;
  return {
    x: Math.round(x * 10) / 10,
    look,
    count,
    several: count > 1,
    full: `${[...names].slice(0, namesShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}${look === 'failed' ? ' (failed)' : ''}`,
  };
}

/** The marks of every lane, in bins as wide as it takes to keep the drawing small. */
export function timelineMarks(
  lanes: readonly { readonly events: readonly LineageEvent[] }[],
  place: (time: number) => number,
): readonly (readonly TimelineMark[])[] {
  const points = lanes.map(({ events }) => pointsOf(events, place));
  let within = least;
  let bins = points.map((lane) => binned(lane, within));
  while (bins.reduce((sum, { length }) => sum + length, 0) > most && within < 1_000) {
    within *= 1.5;
    bins = points.map((lane) => binned(lane, within));
  }
  return bins.map((lane) => apart(lane).map(markOf));
}
