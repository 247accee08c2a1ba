import type { AuditResult } from '../../model/audit-result.ts';
import { durationText, millisecondsBetween } from '../text/duration.ts';
import { countOf, formatNumber, formatTime, listOf } from '../text/phrases.ts';
import {
  type IncidentMoment,
  type IncidentStory,
  incidentMoments,
  incidentStory,
  milestoneLabel,
} from './incident-moments.ts';

/** A length of time between two moments, with both of them; or why it cannot be told. */
export interface DerivedTime {
  readonly id: 'dwell' | 'detect' | 'contain' | 'eradicate' | 'recover';
  readonly label: string;
  readonly meaning: string;
  readonly from: IncidentMoment | null;
  readonly to: IncidentMoment | null;
  /** Null where it cannot be told, and where it still runs. */
  readonly milliseconds: number | null;
  readonly text: string;
  readonly told: boolean;
}

/** What does not fit together; `loud` = it speaks against what was declared. */
export interface TimeContradiction {
  readonly text: string;
  readonly loud: boolean;
}

export interface IncidentTimes {
  readonly moments: readonly IncidentMoment[];
  readonly derived: readonly DerivedTime[];
  readonly contradictions: readonly TimeContradiction[];
  /** What bounds the certainty of the times. */
  readonly limits: readonly string[];
}

const spans = [
  {
    id: 'dwell',
    label: 'Dwell',
    meaning: 'first event to containment',
    from: 'first-event',
    to: 'contained',
  },
  {
    id: 'detect',
    label: 'Time to detect',
    meaning: 'first event to detection',
    from: 'first-event',
    to: 'detected',
  },
  {
    id: 'contain',
    label: 'Time to contain',
    meaning: 'detection to containment',
    from: 'detected',
    to: 'contained',
  },
  {
    id: 'eradicate',
    label: 'Time to eradicate',
    meaning: 'containment to eradication',
    from: 'contained',
    to: 'eradicated',
  },
  {
    id: 'recover',
    label: 'Time to recover',
    meaning: 'eradication to recovery',
    from: 'eradicated',
    to: 'recovered',
  },
] as const;

const order = ['detected', 'declared', 'contained', 'eradicated', 'recovered', 'closed'] as const;

type Moments = ReadonlyMap<string, IncidentMoment>;

function missingTexts(ids: readonly string[], result: AuditResult): readonly string[] {
  const milestones = ids.filter((id) => id !== 'first-event').map((id) => `“${id}”`);
  const unread = result.events === null && result.lineage === null;
  return [
    ...(ids.includes('first-event')
      ? [
          unread
            ? 'no trail was read, so the first event is not known'
            : 'no event of the incident’s credentials was found',
        ]
      : []),
    ...(milestones.length === 0
      ? []
      : [
          `${milestones.length === 1 ? 'the milestone' : 'the milestones'} ${listOf(milestones)} ${milestones.length === 1 ? 'is' : 'are'} missing in the incident file`,
        ]),
  ];
}

function derivedTime(span: (typeof spans)[number], moments: Moments, result: AuditResult): DerivedTime {
  const from = moments.get(span.from) ?? null;
  const to = moments.get(span.to) ?? null;
  const { id, label, meaning } = span;
  const base = { id, label, meaning, from, to, milliseconds: null, told: false };
  const missing = [...(from === null ? [span.from] : []), ...(to === null ? [span.to] : [])];
  if (from !== null && to === null && id === 'dwell') {
    const soFar = millisecondsBetween(from.at, result.verification?.asOf ?? result.asOf);
    const length = soFar === null || soFar < 0 ? '' : `: ${durationText(soFar)} until the evidence was read`;
    return { ...base, text: `Not yet contained${length}` };
  }
  if (from === null || to === null) {
    return { ...base, text: `Cannot be told: ${listOf(missingTexts(missing, result))}` };
  }
  const milliseconds = millisecondsBetween(from.at, to.at);
  if (milliseconds === null) {
    return { ...base, text: 'Cannot be told: one of the two times cannot be read' };
  }
  if (milliseconds < 0) {
    return { ...base, text: `Cannot be told: its end lies ${durationText(-milliseconds)} before its start` };
  }
  return { ...base, milliseconds, told: true, text: durationText(milliseconds) };
}

function isAfter(time: string, limit: string): boolean {
  return (millisecondsBetween(limit, time) ?? 0) > 0;
}

function afterContainment(
  result: AuditResult,
  story: IncidentStory,
  contained: IncidentMoment,
): readonly TimeContradiction[] {
  const late = story.hostileEvents.filter(({ eventTime }) => isAfter(eventTime, contained.at));
  const active = (result.events?.activity ?? []).filter(
    ({ standing, lastAt }) => standing === 'tainted' && isAfter(lastAt, contained.at),
  );
  if (late.length === 0 && active.length === 0) {
    return [];
  }
  const failed = late.filter(({ errorCode }) => errorCode !== null).length;
  const last = [...late.map(({ eventTime }) => eventTime), ...active.map(({ lastAt }) => lastAt)]
    .sort((left, right) => Date.parse(left) - Date.parse(right))
    .at(-1);
  // Read calls are counted by credential only: how many of them came late is not told.
  const least = active.length > 0 ? 'At least ' : '';
  const count = Math.max(late.length, active.length);
  const parts = [
    ...(failed > 0 ? [`${formatNumber(failed)} failed`] : []),
    ...(last === undefined ? [] : [`the last at ${formatTime(last)}`]),
  ];
  return [
    {
      loud: true,
      text: `${least}${countOf(count, 'event', 'events')} of the incident’s credentials after the declared containment of ${formatTime(contained.at)}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}: it was not contained then.`,
    },
  ];
}

function openAfter(result: AuditResult, moments: Moments): readonly TimeContradiction[] {
  const eradicated = moments.get('eradicated');
  const asOf = result.verification?.asOf ?? result.asOf;
  const open = result.findings.filter(
    ({ decision, exception }) => decision === 'eradicate' && exception === undefined,
  ).length;
  return eradicated === undefined || open === 0 || !isAfter(asOf, eradicated.at)
    ? []
    : [
        {
          loud: true,
          text: `Declared eradicated at ${formatTime(eradicated.at)}, but the later evidence of ${formatTime(asOf)} still holds ${countOf(open, 'finding', 'findings')} to eradicate.`,
        },
      ];
}

function orderContradictions(moments: Moments): readonly TimeContradiction[] {
  const first = moments.get('first-event');
  const known = order
    .map((id) => moments.get(id))
    .filter((moment): moment is IncidentMoment => moment !== undefined);
  const swapped = known.flatMap((moment, index) => {
    const next = known[index + 1];
    return next !== undefined && isAfter(moment.at, next.at)
      ? [
          {
            loud: false,
            text: `“${next.id}” (${formatTime(next.at)}) is stated before “${moment.id}” (${formatTime(moment.at)}).`,
          },
        ]
      : [];
  });
  const early = known.filter((moment) => first !== undefined && isAfter(first.at, moment.at));
  return [
    ...swapped,
    ...early.map((moment) => ({
      loud: moment.id === 'contained',
      text: `${milestoneLabel(moment.id)} (${formatTime(moment.at)}) is stated before the first event that was found (${formatTime(first?.at ?? '')}): an earlier event is missing, or the milestone is wrong.`,
    })),
  ];
}

function unreadable(moments: readonly IncidentMoment[]): readonly TimeContradiction[] {
  return moments
    .filter(({ at }) => !Number.isFinite(Date.parse(at)))
    .map(({ id, at }) => ({ loud: false, text: `The time of “${id}” cannot be read: ${at}.` }));
}

function limitsOf(result: AuditResult, moments: Moments): readonly string[] {
  const { trail } = result.coverage;
  const first = moments.get('first-event');
  if (result.events === null && result.lineage === null) {
    return [
      'No trail was read: nothing here is proved by events. Read one with --trail, or accept that only what people stated is shown.',
    ];
  }
  if (trail === null) {
    return [
      'What the events covered is not stated: an earlier first event and a later last one are possible.',
    ];
  }
  return [
    ...(first === undefined
      ? []
      : [
          `Events were read from ${formatTime(trail.from)} to ${formatTime(trail.to)}: what came before or after is not known.`,
        ]),
    ...(trail.holes.length === 0
      ? []
      : [
          `${countOf(trail.holes.length, 'hole', 'holes')} in them: an event in a hole is not known, and the last event may be later than shown.`,
        ]),
  ];
}

/** Milestones, proved times and what follows from both. Nothing is guessed: a missing end point is named. */
export function incidentTimes(
  result: AuditResult,
  story: IncidentStory = incidentStory(result),
): IncidentTimes {
  const moments = incidentMoments(result, story);
  // A milestone may bear any name: it never stands in for what is proved.
  const stated = moments.filter(({ basis }) => basis === 'stated');
  const known = moments.filter(({ basis }) => basis !== 'stated');
  const byId: Moments = new Map([...stated, ...known].map((moment) => [moment.id, moment]));
  const contained = byId.get('contained');
  return {
    moments,
    derived: spans.map((span) => derivedTime(span, byId, result)),
    contradictions: [
      ...(contained === undefined ? [] : afterContainment(result, story, contained)),
      ...openAfter(result, byId),
      ...orderContradictions(byId),
      ...unreadable(moments),
    ],
    limits: limitsOf(result, byId),
  };
}
