import type { TimelineDrawing, TimelineInput } from '../graph/timeline-drawing.ts';
import { timelineDrawing } from '../graph/timeline-drawing.ts';
import { compareText, formatTime } from '../text/phrases.ts';
import { proofView } from '../trace/lineage-view.ts';
import type { TimelineRowView } from '../trace/trace-view.ts';
import type { IncidentMoment, IncidentStory } from './incident-moments.ts';
import type { DerivedTime, IncidentTimes } from './incident-times.ts';
import { mapListed, type ReportContext } from './report-context.ts';
import type { Listed } from './report-view.ts';

export interface MomentView {
  readonly label: string;
  readonly time: string;
  readonly basis: string;
  readonly stated: boolean;
  readonly detail: string | null;
  readonly eventId: string | null;
}

export interface DerivedTimeView {
  readonly id: DerivedTime['id'];
  readonly label: string;
  readonly meaning: string;
  readonly text: string;
  readonly told: boolean;
  /** The end points that `meaning` names; null where one is missing. */
  readonly from: string | null;
  readonly to: string | null;
}

/** When what happened: stated by people, proved by events, and what follows from both. */
export interface IncidentTimelineView {
  readonly headline: string;
  readonly derived: readonly DerivedTimeView[];
  /** Speaks against what was declared. */
  readonly loud: readonly string[];
  readonly notes: readonly string[];
  readonly limits: readonly string[];
  readonly drawing: TimelineDrawing | null;
  readonly moments: Listed<MomentView>;
  readonly events: Listed<TimelineRowView>;
}

const basisWords = {
  stated: 'stated in the incident file',
  proved: 'proved by events',
  derived: 'follows from the evidence',
  run: 'this audit',
} as const satisfies Record<IncidentMoment['basis'], string>;

function momentText(moment: IncidentMoment | null): string | null {
  return moment === null ? null : formatTime(moment.at);
}

function derivedView(time: DerivedTime): DerivedTimeView {
  const { id, label, meaning, text, told } = time;
  return { id, label, meaning, text, told, from: momentText(time.from), to: momentText(time.to) };
}

function bracketOf(times: IncidentTimes, until: string): NonNullable<TimelineInput['bracket']> | null {
  const dwell = times.derived.find(({ id }) => id === 'dwell');
  if (dwell?.from === undefined || dwell.from === null) {
    return null;
  }
  if (dwell.to === null) {
    return { from: dwell.from.at, to: until, text: 'not yet contained', open: true };
  }
  return dwell.told
    ? { from: dwell.from.at, to: dwell.to.at, text: `dwell ${dwell.text}`, open: false }
    : null;
}

const shortLabels: ReadonlyMap<string, string> = new Map([
  ['last-session', 'last session ends'],
  ['evidence', 'evidence'],
  ['verification', 'verified'],
]);

function drawnMoments(moments: readonly IncidentMoment[]): TimelineInput['milestones'] {
  return moments.flatMap((moment): TimelineInput['milestones'] => {
    if (moment.basis === 'stated') {
      return [{ name: moment.label.toLowerCase(), time: moment.at, look: 'stated' }];
    }
    const name = shortLabels.get(moment.id);
    return name === undefined ? [] : [{ name, time: moment.at, look: 'proved' }];
  });
}

export function timelineView(
  { result, limits }: ReportContext,
  story: IncidentStory,
  times: IncidentTimes,
): IncidentTimelineView {
  const dwell = times.derived.find(({ id }) => id === 'dwell');
  const asOf = result.verification?.asOf ?? result.asOf;
  const rows = story.lanes
    .flatMap((lane) => lane.events.map((event) => ({ event, lane: lane.label })))
    .sort(
      (left, right) =>
        compareText(left.event.eventTime, right.event.eventTime) ||
        compareText(left.event.eventId, right.event.eventId),
    );
  const loud = times.contradictions.filter((contradiction) => contradiction.loud);
  const dwellWord = dwell?.told === true ? `dwell ${dwell.text}` : 'dwell cannot be told';
  const contradicted = loud.length > 0 ? ', contradicted by the evidence' : '';
  return {
    headline: `${dwell?.to === null && dwell.from !== null ? 'not yet contained' : dwellWord}${contradicted}`,
    derived: times.derived.map(derivedView),
    loud: loud.map(({ text }) => text),
    notes: times.contradictions.filter((contradiction) => !contradiction.loud).map(({ text }) => text),
    limits: times.limits,
    drawing: timelineDrawing({
      lanes: story.lanes,
      window: story.facts.window,
      milestones: drawnMoments(times.moments),
      bracket: bracketOf(times, asOf),
      holes: result.coverage.trail?.holes ?? [],
    }),
    moments: mapListed(times.moments, limits.rows, (moment) => ({
      label: moment.label,
      time: formatTime(moment.at),
      basis: basisWords[moment.basis],
      stated: moment.basis === 'stated',
      detail: moment.detail,
      eventId: moment.eventId,
    })),
    events: mapListed(rows, limits.rows, ({ event, lane }) => ({ ...proofView(event), lane })),
  };
}
