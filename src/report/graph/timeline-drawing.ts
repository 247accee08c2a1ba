import type { LineageEvent } from '../../model/lineage.ts';
import { countOf } from '../text/phrases.ts';
import { visible } from '../text/visible.ts';
import { fitEnd, fitMiddle, textColumns } from './text-width.ts';
import { roundStep, type TimeScale, timeScale } from './time-scale.ts';
import type { TimelineLane } from './timeline-lanes.ts';

const width = 1080;
const gutter = 208;
/** Room for the name of the last milestone. */
const margin = 120;
const laneHeight = 30;
const mostLanes = 24;
const letterWidth = 5.6;

export interface TimeSpan {
  readonly from: string;
  readonly to: string;
}

export interface TimelineInput {
  readonly lanes: readonly TimelineLane[];
  readonly window: TimeSpan | null;
  readonly milestones: readonly { readonly name: string; readonly time: string }[];
  /** Times of which nothing is known, whatever the events say. */
  readonly holes: readonly (TimeSpan & { readonly where: string })[];
}

export interface TimelineMark {
  readonly x: number;
  readonly look: 'done' | 'failed' | 'deleted';
  readonly count: number;
  readonly several: boolean;
  readonly full: string;
}

export interface TimelineDrawing {
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  readonly top: number;
  readonly bottom: number;
  readonly bandHeight: number;
  readonly tickY: number;
  readonly breakY: number;
  readonly lanes: readonly {
    readonly y: number;
    readonly label: string;
    readonly note: string;
    readonly standing: TimelineLane['standing'];
    readonly full: string;
    readonly marks: readonly TimelineMark[];
    /** From the first to the last mark. */
    readonly x1: number;
    readonly x2: number;
  }[];
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
  readonly milestones: readonly {
    readonly x: number;
    readonly y: number;
    readonly lineTop: number;
    readonly textX: number;
    readonly anchor: string;
    readonly text: string;
  }[];
  readonly bands: readonly {
    readonly x: number;
    readonly width: number;
    readonly look: 'window' | 'hole';
    readonly text: string;
  }[];
  readonly breaks: readonly { readonly x: number; readonly text: string }[];
  readonly leftOut: string | null;
  readonly summary: string;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function parsed(text: string): number | null {
  const time = Date.parse(text);
  return Number.isFinite(time) ? time : null;
}

function spanOf(span: TimeSpan): { readonly from: number; readonly to: number } | null {
  const from = parsed(span.from);
  const to = parsed(span.to);
  return from === null || to === null || to < from ? null : { from, to };
}

function lookOf(event: LineageEvent): TimelineMark['look'] {
  if (event.errorCode !== null) {
    return 'failed';
  }
  return /^(?:Delete|Detach|Remove|Disable|Deregister|Stop)/.test(event.eventName) ? 'deleted' : 'done';
}

const mergeWithin = 9;

/** Marks that would cover each other become one with a number; what failed is never merged into what was done. */
function marksOf(events: readonly LineageEvent[], place: (time: number) => number): readonly TimelineMark[] {
  const merged: { x: number; look: TimelineMark['look']; names: string[]; count: number }[] = [];
  for (const event of events) {
    const time = parsed(event.eventTime);
    if (time === null) {
      continue;
    }
    const x = place(time);
    const look = lookOf(event);
    const last = merged.at(-1);
    if (last !== undefined && last.look === look && x - last.x < mergeWithin) {
      last.count += 1;
      last.names.push(event.eventName);
    } else {
      merged.push({ x, look, names: [event.eventName], count: 1 });
    }
  }
  return merged.map(({ x, look, names, count }) => ({
    x: round(x),
    look,
    count,
    several: count > 1,
    full: [...new Set(names)].slice(0, 12).join(', ') + (look === 'failed' ? ' (failed)' : ''),
  }));
}

function clock(time: number, withDay: boolean): string {
  const iso = new Date(time).toISOString();
  return withDay ? `${iso.slice(5, 10)} ${iso.slice(11, 16)}` : iso.slice(11, 16);
}

function ticksOf(from: number, to: number, scale: TimeScale): TimelineDrawing['ticks'] {
  const starts = [from, ...scale.breaks.map((gap) => gap.to)];
  const stretches = starts.map((start, index) => ({ start, end: scale.breaks[index]?.from ?? to }));
  const live = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  const step = roundStep(live, 9);
  const ticks: { x: number; text: string }[] = [];
  let day = '';
  for (const { start, end } of stretches) {
    for (let time = Math.ceil(start / step) * step; time <= end; time += step) {
      const x = round(scale.place(time));
      const today = new Date(time).toISOString().slice(0, 10);
      if (x - (ticks.at(-1)?.x ?? Number.NEGATIVE_INFINITY) >= 70) {
        ticks.push({ x, text: clock(time, today !== day) });
        day = today;
      }
    }
  }
  return ticks;
}

function lengthText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) {
    return `${minutes} min`;
  }
  return minutes < 2_880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} days`;
}

function milestoneViews(
  milestones: readonly { readonly name: string; readonly time: number }[],
  place: (time: number) => number,
): TimelineDrawing['milestones'] {
  /** The right end of the last text of each row of texts. */
  const ends: number[] = [];
  return milestones.map(({ name, time }) => {
    const x = round(place(time));
    const text = fitEnd(visible(`${name} ${clock(time, false)}`), 28);
    const long = textColumns(text) * letterWidth + 10;
    const anchor = x + long > width ? 'end' : 'start';
    const start = anchor === 'end' ? x - long : x;
    const free = ends.findIndex((end) => end <= start);
    const row = free === -1 ? Math.min(ends.length, 3) : free;
    ends[row] = start + long;
    const y = 12 + row * 13;
    return { x, y, lineTop: y - 9, textX: anchor === 'end' ? x - 4 : x + 4, anchor, text };
  });
}

function rangeOf(times: readonly number[]): { readonly from: number; readonly to: number } {
  return {
    from: times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY),
    to: times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY),
  };
}

/** Null when no event carries a readable time: there is nothing to place. */
export function timelineDrawing(input: TimelineInput): TimelineDrawing | null {
  const eventTimes = input.lanes
    .flatMap((lane) => lane.events.map((event) => parsed(event.eventTime)))
    .filter((time) => time !== null);
  if (eventTimes.length === 0) {
    return null;
  }
  const window = input.window === null ? null : spanOf(input.window);
  const milestones = input.milestones
    .map(({ name, time }) => ({ name, time: parsed(time) }))
    .filter((milestone): milestone is { name: string; time: number } => milestone.time !== null)
    .sort((left, right) => left.time - right.time)
    .slice(0, 12);
  const marks = [
    ...eventTimes,
    ...milestones.map(({ time }) => time),
    ...(window === null ? [] : [window.from, window.to]),
  ];
  const { from, to } = rangeOf(marks);
  const holes = input.holes
    .map((hole) => {
      const span = spanOf(hole);
      return span === null ? null : { ...span, where: hole.where };
    })
    .filter((hole) => hole !== null)
    .filter((hole) => hole.to > from && hole.from < to)
    .slice(0, 50);
  const edges = holes.flatMap((hole) => [Math.max(from, hole.from), Math.min(to, hole.to)]);
  const scale = timeScale([...marks, ...edges], gutter + 10, width - margin);
  const texts = milestoneViews(milestones, scale.place);
  const top = 20 + Math.max(0, ...texts.map(({ y }) => y));
  const shown = input.lanes.slice(0, mostLanes);
  const bottom = top + shown.length * laneHeight + 6;
  const band = (span: { from: number; to: number }, look: 'window' | 'hole', text: string) => {
    const x = round(scale.place(Math.max(from, span.from)));
    return { x, width: round(Math.max(2, scale.place(Math.min(to, span.to)) - x)), look, text };
  };
  const more = input.lanes.length - shown.length;
  return {
    width,
    height: bottom + 32,
    gutter,
    top,
    bottom,
    bandHeight: bottom - top,
    tickY: bottom + 14,
    breakY: bottom + 26,
    lanes: shown.map((lane, index) => {
      const laneMarks = marksOf(lane.events, scale.place);
      return {
        y: top + index * laneHeight,
        label: fitMiddle(visible(lane.label), 28),
        note: fitEnd(visible(lane.note), 34),
        standing: lane.standing,
        full: `${lane.label}: ${countOf(lane.events.length, 'event', 'events')}`,
        marks: laneMarks,
        x1: laneMarks[0]?.x ?? gutter,
        x2: laneMarks.at(-1)?.x ?? gutter,
      };
    }),
    ticks: ticksOf(from, to, scale),
    milestones: texts,
    bands: [
      ...(window === null ? [] : [band(window, 'window', 'Incident window')]),
      ...holes.map((hole) => band(hole, 'hole', `Hole in ${hole.where}: not recorded, or not read`)),
    ],
    breaks: scale.breaks.map((gap) => ({
      x: round((scale.place(gap.from) + scale.place(gap.to)) / 2),
      text: lengthText(gap.to - gap.from),
    })),
    leftOut: more > 0 ? `${countOf(more, 'more actor is', 'more actors are')} not drawn` : null,
    summary: `${countOf(eventTimes.length, 'event', 'events')} of ${countOf(input.lanes.length, 'actor', 'actors')}. The same content follows as a table.`,
  };
}
