import { visible } from '../text/visible.ts';
import { fitEnd, fitMiddle } from './text-width.ts';
import { roundStep } from './time-scale.ts';

/** A session from its first sight to the latest time at which it can live. */
export interface SessionSpan {
  readonly label: string;
  readonly note: string;
  /** Null where the events do not tell; then only its end is marked. */
  readonly from: string | null;
  /** Null = no end by itself, or an end that is not known. */
  readonly to: string | null;
  readonly state: 'live' | 'ended' | 'endless' | 'unknown';
  /** `ends 2026-11-04 21:15 UTC`. */
  readonly text: string;
}

export interface SessionBars {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  readonly tickY: number;
  /** When the evidence was read; null where it is not known, or lies outside. */
  readonly now: { readonly x: number; readonly anchor: string; readonly textX: number } | null;
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
  readonly rows: readonly {
    readonly y: number;
    readonly label: string;
    readonly note: string;
    readonly full: string;
    readonly look: SessionSpan['state'];
    readonly x: number;
    readonly width: number;
    /** The tip of a bar without an end; empty else. */
    readonly tip: string;
    readonly textX: number;
    readonly anchor: string;
    readonly text: string;
  }[];
  readonly undrawn: number;
}

const width = 1080;
const gutter = 250;
const margin = 190;
const rowHeight = 30;
const top = 22;
const most = 24;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function parsed(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(time) ? time : null;
}

function clock(time: number): string {
  const iso = new Date(time).toISOString();
  return `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
}

/** Null when no session carries a readable time. */
export function sessionBars(spans: readonly SessionSpan[], asOf: string | null): SessionBars | null {
  const placed = spans
    .map((span) => ({ ...span, start: parsed(span.from), end: parsed(span.to) }))
    .filter(({ start, end }) => start !== null || end !== null);
  const now = parsed(asOf);
  const times = [
    ...placed.flatMap(({ start, end }) => [start, end]),
    ...(placed.length > 0 ? [now] : []),
  ].filter((time) => time !== null);
  if (times.length === 0) {
    return null;
  }
  const from = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const to = Math.max(
    from + 60_000,
    times.reduce((latest, time) => Math.max(latest, time), Number.NEGATIVE_INFINITY),
  );
  const place = (time: number): number =>
    round(gutter + ((time - from) / (to - from)) * (width - gutter - margin));
  const shown = placed.slice(0, most);
  const bottom = top + shown.length * rowHeight;
  const step = roundStep(to - from, 6);
  const ticks: { x: number; text: string }[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
    ticks.push({ x: place(time), text: clock(time) });
  }
  return {
    width,
    height: bottom + 24,
    top,
    bottom,
    tickY: bottom + 16,
    now:
      now === null
        ? null
        : {
            x: place(now),
            anchor: place(now) > width / 2 ? 'end' : 'start',
            textX: place(now) > width / 2 ? place(now) - 5 : place(now) + 5,
          },
    ticks,
    rows: shown.map((span, index) => {
      const end = span.end ?? (span.state === 'endless' ? to : (span.start ?? from));
      const x1 = place(span.start ?? end);
      const x2 = Math.max(x1 + 3, place(end));
      return {
        y: top + index * rowHeight,
        label: fitMiddle(visible(span.label), 36),
        note: fitEnd(visible(span.note), 42),
        full: `${span.label}: ${span.text}`,
        look: span.state,
        x: x1,
        width: round(x2 - x1),
        tip: span.state === 'endless' ? `M${x2} 9L${round(x2 + 8)} 15L${x2} 21Z` : '',
        textX: round(x2 + (span.state === 'endless' ? 14 : 7)),
        anchor: 'start',
        text: fitEnd(visible(span.text), 32),
      };
    }),
    undrawn: placed.length - shown.length,
  };
}
