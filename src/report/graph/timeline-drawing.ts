import { countOf } from '../text/phrases.ts';
import { visible } from '../text/visible.ts';
import { hatchPath } from './hatch.ts';
import { fitEnd, fitMiddle, textColumns } from './text-width.ts';
import { roundStep, type TimeScale, timeScale } from './time-scale.ts';
import type { TimelineLane } from './timeline-lanes.ts';
import { type TimelineMark, timelineMarks } from './timeline-marks.ts';

export type { TimelineMark } from './timeline-marks.ts';

const width = 1080;
const gutter = 208;
/** Room for the name of the last milestone. */
const margin = 120;
const laneHeight = 30;
const mostLanes = 24;
const mostHoles = 50;
const bracketHeight = 18;
const letterWidth = 5.6;
const boldLetterWidth = 6;

export interface TimeSpan {
  readonly from: string;
  readonly to: string;
}

export interface TimelineInput {
  readonly lanes: readonly TimelineLane[];
  readonly window: TimeSpan | null;
  /** `proved`: no statement of people, but a time that the evidence tells. */
  readonly milestones: readonly {
    readonly name: string;
    readonly time: string;
    readonly look?: 'stated' | 'proved';
  }[];
  /** A length of time that is drawn as a bracket over the lanes. */
  readonly bracket?: (TimeSpan & { readonly text: string; readonly open: boolean }) | null;
  /** Times of which nothing is known, whatever the events say. */
  readonly holes: readonly (TimeSpan & { readonly where: string })[];
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
    readonly look: 'stated' | 'proved';
  }[];
  readonly bracket: {
    readonly path: string;
    readonly x: number;
    readonly y: number;
    readonly anchor: string;
    readonly text: string;
  } | null;
  readonly bands: readonly {
    readonly x: number;
    readonly width: number;
    readonly look: 'window' | 'hole';
    readonly text: string;
    /** Diagonal lines of a hole; empty for the window. */
    readonly hatch: string;
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

function clock(time: number, withDay: boolean): string {
  const iso = new Date(time).toISOString();
  return withDay ? `${iso.slice(5, 10)} ${iso.slice(11, 16)}` : iso.slice(11, 16);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
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

interface PlacedMilestone {
  readonly name: string;
  readonly time: number;
  readonly look: 'stated' | 'proved';
}

/** The day is named where it is another than that of the start. */
function milestoneViews(
  milestones: readonly PlacedMilestone[],
  start: number,
  place: (time: number) => number,
): TimelineDrawing['milestones'] {
  /** The right end of the last text of each row of texts. */
  const ends: number[] = [];
  const firstDay = dayOf(start);
  return milestones.map(({ name, time, look }) => {
    const x = round(place(time));
    const text = fitEnd(visible(`${name} ${clock(time, dayOf(time) !== firstDay)}`), 34);
    const long = textColumns(text) * letterWidth + 10;
    const anchor = x + long > width ? 'end' : 'start';
    const left = anchor === 'end' ? x - long : x;
    const free = ends.findIndex((end) => end <= left);
    const row = free === -1 ? Math.min(ends.length, 3) : free;
    ends[row] = left + long;
    const y = 12 + row * 13;
    return { x, y, lineTop: y - 9, textX: anchor === 'end' ? x - 4 : x + 4, anchor, text, look };
  });
}

/** Holes of the same time are one hole in several places. */
function mergedHoles(
  holes: TimelineInput['holes'],
  from: number,
  to: number,
): readonly { readonly from: number; readonly to: number; readonly text: string }[] {
  const merged = new Map<string, { from: number; to: number; places: string[] }>();
  for (const hole of holes) {
    const span = spanOf(hole);
    if (span !== null && span.to > from && span.from < to) {
      const key = `${span.from} ${span.to}`;
      const known = merged.get(key) ?? { ...span, places: [] };
      merged.set(key, known);
      known.places.push(hole.where);
    }
  }
  return [...merged.values()]
    .sort((left, right) => left.from - right.from || left.to - right.to)
    .slice(0, mostHoles)
    .map(({ places, ...span }) => ({
      ...span,
      text: `Hole in ${places.length === 1 ? places.join('') : countOf(places.length, 'place', 'places')}: not recorded, or not read`,
    }));
}

/** A bracket without an end is open to the right. */
function bracketView(
  input: TimelineInput,
  y: number,
  place: (time: number) => number,
): TimelineDrawing['bracket'] {
  const span = input.bracket === null || input.bracket === undefined ? null : spanOf(input.bracket);
  if (span === null || input.bracket === null || input.bracket === undefined) {
    return null;
  }
  const { text, open } = input.bracket;
  const x1 = round(place(span.from));
  const x2 = round(place(span.to));
  const cut = fitEnd(visible(text), 60);
  const long = textColumns(cut) * boldLetterWidth;
  const inside = long + 16 < x2 - x1;
  const middle = round((x1 + x2) / 2);
  const gap = inside ? `H${round(middle - long / 2 - 4)}M${round(middle + long / 2 + 4)} ${y}` : '';
  return {
    path: `M${x1} ${y + 5}V${y}${gap}H${x2}${open ? `M${round(x2 - 5)} ${y - 3.5}L${x2} ${y}L${round(x2 - 5)} ${y + 3.5}` : `V${y + 5}`}`,
    x: inside ? middle : round(x2 + 8),
    y: y + 3.5,
    anchor: inside ? 'middle' : 'start',
    text: cut,
  };
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
    .map(({ name, time, look }) => ({ name, time: parsed(time), look: look ?? 'stated' }))
    .filter((milestone): milestone is PlacedMilestone => milestone.time !== null)
    .sort((left, right) => left.time - right.time)
    .slice(0, 12);
  const marks = [
    ...eventTimes,
    ...milestones.map(({ time }) => time),
    ...(window === null ? [] : [window.from, window.to]),
  ];
  const { from, to } = rangeOf(marks);
  const holes = mergedHoles(input.holes, from, to);
  const edges = holes.flatMap((hole) => [Math.max(from, hole.from), Math.min(to, hole.to)]);
  const scale = timeScale([...marks, ...edges], gutter + 10, width - margin);
  const texts = milestoneViews(milestones, from, scale.place);
  const under = 20 + Math.max(0, ...texts.map(({ y }) => y));
  const bracket = bracketView(input, under, scale.place);
  const top = under + (bracket === null ? 0 : bracketHeight);
  const shown = input.lanes.slice(0, mostLanes);
  const bottom = top + shown.length * laneHeight + 6;
  const marksOfLanes = timelineMarks(shown, scale.place);
  const band = (span: { from: number; to: number }, look: 'window' | 'hole', text: string) => {
    const x = round(scale.place(Math.max(from, span.from)));
    const width = round(Math.max(2, scale.place(Math.min(to, span.to)) - x));
    const hatch = look === 'hole' ? hatchPath({ x, y: top, width, height: bottom - top }) : '';
    return { x, width, look, text, hatch };
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
      const laneMarks = marksOfLanes[index] ?? [];
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
    bracket,
    bands: [
      ...(window === null ? [] : [band(window, 'window', 'Incident window')]),
      ...holes.map((hole) => band(hole, 'hole', hole.text)),
    ],
    breaks: scale.breaks.map((gap) => ({
      x: round((scale.place(gap.from) + scale.place(gap.to)) / 2),
      text: lengthText(gap.to - gap.from),
    })),
    leftOut: more > 0 ? `${countOf(more, 'more actor is', 'more actors are')} not drawn` : null,
    summary: `${countOf(eventTimes.length, 'event', 'events')} of ${countOf(input.lanes.length, 'actor', 'actors')}. The same content follows as a table.`,
  };
}
