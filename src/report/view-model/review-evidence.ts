import type { ReviewQuestion } from '../../model/review.ts';
import { withReadableTimes } from '../text/dates.ts';
import { compareText, countOf, formatTime, listOf, typeLabel } from '../text/phrases.ts';
import type { CorrectiveActionsView } from './corrective-actions-view.ts';
import { groupBy } from './group-by.ts';
import { endlessSources, type IncidentStory, sessionsByEnd } from './incident-moments.ts';
import type { IncidentTimes } from './incident-times.ts';
import type { ReportContext } from './report-context.ts';
import type { BlindSpotsView, LinkView, OutcomesView } from './report-view.ts';
import { type CauseFacts, guardrailHelped } from './root-causes-view.ts';

export interface EvidenceLineView {
  readonly text: string;
  /** Where it stands in full. */
  readonly source: LinkView | null;
  /** Written by people in the incident file, and proved by nothing. */
  readonly stated: boolean;
}

/** Everything that the evidence can say to the worksheet, computed once. */
export interface ReviewSources {
  readonly context: ReportContext;
  readonly story: IncidentStory;
  readonly times: IncidentTimes;
  readonly causes: readonly CauseFacts[];
  readonly actions: CorrectiveActionsView;
  readonly blindSpots: BlindSpotsView;
  readonly outcomes: OutcomesView;
}

type Lines = readonly EvidenceLineView[];

const chapterNames: Readonly<Record<string, string>> = {
  '#method': 'Method',
  '#not-seen': 'Not seen',
  '#manual': 'By hand',
  '#closure': 'Closure',
  '#corrective-actions': 'Corrective actions',
  '#root-causes': 'Root causes',
  '#lineage': 'Lineage',
  '#survivors': 'Outlives the key',
  '#verification': 'Verification',
};

function line(text: string, href: string | null = null): EvidenceLineView {
  return {
    text,
    source: href === null ? null : { href, label: chapterNames[href] ?? 'Root cause' },
    stated: false,
  };
}

function stated(text: string | null, label: string): Lines {
  return text === null ? [] : [{ text: `${label}: ${text}`, source: null, stated: true }];
}

const namesShown = 5;

function some(names: readonly string[]): string {
  const more = names.length - namesShown;
  return more > 0 ? `${names.slice(0, namesShown).join(', ')} and ${more} more` : listOf(names);
}

function momentLines({ times }: ReviewSources): Lines {
  const told = times.moments.filter(({ basis }) => basis === 'proved' || basis === 'derived');
  const milestones = times.moments
    .filter(({ basis }) => basis === 'stated')
    .map(({ label, at }) => `${label.toLowerCase()} ${formatTime(at)}`);
  return [
    ...told.map(({ label, at, detail }) =>
      line(`${formatTime(at)}: ${label}${detail === null ? '' : ` (${detail})`}`),
    ),
    ...stated(milestones.length === 0 ? null : milestones.join(', '), 'Milestones'),
  ];
}

function madeThings({ story }: ReviewSources): Lines {
  const made = [...(story.tree?.nodes.values() ?? [])].filter(
    ({ intruderMade, standing, kind }) => intruderMade && standing === 'tainted' && kind !== 'session',
  );
  const types = [...groupBy(made, ({ type }) => type)].sort(
    ([, left], [, right]) => right.length - left.length,
  );
  return made.length === 0
    ? []
    : [
        line(
          `Made by the incident: ${types.map(([type, { length }]) => `${typeLabel(type)} ×${length}`).join(', ')}`,
          '#lineage',
        ),
      ];
}

/** Holes of the trail that span the same time are one blind time. */
export function blindSpans({ result }: ReportContext): readonly {
  readonly span: string;
  readonly places: number;
}[] {
  const holes = result.coverage.trail?.holes ?? [];
  return [...groupBy(holes, ({ from, to }) => `${formatTime(from)} to ${formatTime(to)}`)].map(
    ([span, { length }]) => ({ span, places: length }),
  );
}

const spansShown = 3;

function blindTime({ context }: ReviewSources): Lines {
  const spans = blindSpans(context);
  const more = spans.length - spansShown;
  return [
    ...spans
      .slice(0, spansShown)
      .map(({ span, places }) =>
        line(
          `CloudTrail shows nothing, or less, from ${span} in ${countOf(places, 'place', 'places')}`,
          '#method',
        ),
      ),
    ...(more > 0 ? [line(`and at ${countOf(more, 'other time', 'other times')}`, '#method')] : []),
  ];
}

function guardrailLines({ causes }: ReviewSources, alarms: boolean): Lines {
  return causes
    .flatMap(({ cause, guardrails }) => guardrails.map((guardrail) => ({ cause, guardrail })))
    .filter(({ guardrail }) => guardrailHelped(guardrail) && (guardrail.kind === 'alarm') === alarms)
    .sort(
      (left, right) =>
        compareText(left.guardrail.helped?.firstAt ?? '', right.guardrail.helped?.firstAt ?? '') ||
        compareText(left.guardrail.id, right.guardrail.id),
    )
    .map(({ cause, guardrail }) =>
      line(
        `${alarms ? 'Alarm' : 'Guardrail'} “${guardrail.title}”: ${withReadableTimes(guardrail.wouldHaveHelped)}`,
        `#cause-${cause.id}`,
      ),
    );
}

function causeLines({ causes }: ReviewSources, ...ids: readonly string[]): Lines {
  return causes
    .filter(({ cause, findings }) => ids.includes(cause.id) && findings.length > 0)
    .map(({ cause, findings }) =>
      line(`${cause.title}: ${countOf(findings.length, 'weakness', 'weaknesses')}`, `#cause-${cause.id}`),
    );
}

function plannedActions({ context }: ReviewSources): Lines {
  const actions = context.result.verification?.actions ?? [];
  const troubled = actions.filter(({ outcome }) => outcome === 'failed' || outcome === 'refused');
  const outcomes = [...groupBy(actions, ({ outcome }) => outcome)].map(
    ([outcome, { length }]) => `${outcome} ${length}`,
  );
  return actions.length === 0
    ? []
    : [
        line(`The plan’s log: ${outcomes.join(', ')}`, '#verification'),
        ...(troubled.length === 0
          ? []
          : [line(`Failed or refused: ${some([...new Set(troubled.map(({ action }) => action))])}`)]),
      ];
}

function howWell(sources: ReviewSources): Lines {
  const { derived, contradictions } = sources.times;
  return [
    ...derived
      .filter(({ told, id, to }) => told || (id === 'dwell' && to === null))
      .map(({ label, meaning, text }) => line(`${label} (${meaning}): ${text}`)),
    ...contradictions.map(({ text }) => line(text)),
    ...plannedActions(sources),
  ];
}

function openQuestions({ outcomes }: ReviewSources): Lines {
  const { total } = outcomes.manualOpen;
  return total === 0
    ? []
    : [
        line(
          `${countOf(total, 'setting', 'settings')} that no API shows: nobody has stated how they were set`,
          '#manual',
        ),
      ];
}

function neededSooner(sources: ReviewSources): Lines {
  const { open, notSwept } = sources.blindSpots;
  return [
    ...guardrailLines(sources, true),
    ...blindTime(sources),
    ...(open + notSwept.total === 0
      ? []
      : [line(`Not seen even now: ${sources.blindSpots.headline}`, '#not-seen')]),
    ...openQuestions(sources),
  ];
}

function lastSessions({ story, context }: ReviewSources): Lines {
  if (story.tree === null) {
    return [];
  }
  const tree = story.tree;
  const living = sessionsByEnd(tree).filter(
    ({ expiresAt }) => Date.parse(expiresAt ?? '') > Date.parse(context.result.asOf),
  );
  const [last] = living;
  const endless = endlessSources(tree);
  return [
    ...(last?.expiresAt === undefined || last.expiresAt === null
      ? []
      : [
          line(
            `${countOf(living.length, 'session', 'sessions')} could outlive the containment, the last until ${formatTime(last.expiresAt)}`,
            '#survivors',
          ),
        ]),
    ...endless.map((because) => line(`No end by itself: ${because}`, '#survivors')),
  ];
}

function survivors({ context }: ReviewSources): Lines {
  const lasting = context.result.findings.filter(
    ({ survivesKeyRevocation, decision }) =>
      decision !== 'harden' && survivesKeyRevocation !== null && survivesKeyRevocation.answer !== 'no',
  );
  const things = new Set(lasting.map(({ subject }) => subject.arn)).size;
  return things === 0
    ? []
    : [line(`${countOf(things, 'thing', 'things')} that revoking the key does not end`, '#survivors')];
}

function hindered(sources: ReviewSources): Lines {
  const { verification } = sources.context.result;
  const back = (verification?.findings ?? []).filter(({ state }) => state === 'reappeared').length;
  return [
    ...(back === 0
      ? []
      : [line(`${countOf(back, 'thing', 'things')} came back after the removal`, '#verification')]),
    ...lastSessions(sources),
    ...blindTime(sources),
  ];
}

function indicatorLines({ context }: ReviewSources): Lines {
  const indicators = context.result.events?.indicators;
  if (indicators === undefined) {
    return [];
  }
  const rows = [
    ['Source addresses', indicators.sourceIps],
    ['User agents', indicators.userAgents],
    ['Names', indicators.names],
    ['Access keys', indicators.accessKeyIds],
  ] as const;
  return rows
    .filter(([, values]) => values.length > 0)
    .map(([label, values]) => line(`${label}: ${some(values)}`));
}

function sharing(sources: ReviewSources): Lines {
  const indicators = sources.context.result.events?.indicators;
  const count =
    indicators === undefined
      ? 0
      : indicators.sourceIps.length + indicators.userAgents.length + indicators.names.length;
  const { classification, notifications } = sources.story.facts.review;
  const sent = notifications.filter(({ sentAt }) => sentAt !== null).length;
  return [
    ...(count === 0
      ? []
      : [line(`${countOf(count, 'indicator', 'indicators')} that others could watch for`)]),
    ...stated(classification, 'This report may travel as'),
    ...(notifications.length === 0
      ? []
      : [
          {
            ...line(`Notifications: ${sent} of ${notifications.length} sent`, '#closure'),
            stated: true,
          },
        ]),
  ];
}

function prevention({ actions, causes }: ReviewSources): Lines {
  return [
    ...(actions.decided + actions.proposed === 0
      ? []
      : [
          line(
            `${actions.decided} decided, ${actions.proposed} proposed from the findings`,
            '#corrective-actions',
          ),
        ]),
    ...(causes.length === 0
      ? []
      : [line(countOf(causes.length, 'root cause', 'root causes'), '#root-causes')]),
  ];
}

function tools(sources: ReviewSources): Lines {
  const missing = groupBy(
    sources.context.result.findings.filter(({ check }) => /^eyes\/(?:missing|unseen)-/.test(check)),
    ({ check }) => check,
  );
  return [
    ...[...missing].map(([check, findings]) => {
      const title = sources.context.checks.get(check)?.failureTitle ?? check;
      return line(`${title}: ${countOf(findings.length, 'place', 'places')}`, '#cause-detection');
    }),
    ...openQuestions(sources),
  ];
}

/** What made the leaked principal strong: the findings about it and its standing causes. */
function muchPower(sources: ReviewSources): Lines {
  const { principals } = sources.story.facts;
  const own = sources.context.result.findings.filter(({ subject }) => principals.includes(subject.arn));
  return [
    ...[...groupBy(own, ({ title }) => title).keys()].map((title) => line(`The leaked principal: ${title}`)),
    ...causeLines(sources, 'management-account', 'too-much-power', 'wide-trust'),
  ];
}

function unnoticed(sources: ReviewSources): Lines {
  const detect = sources.times.derived.find(({ id }) => id === 'detect');
  return [
    ...(detect?.told === true ? [line(`Time to detect: ${detect.text}`)] : []),
    ...causeLines(sources, 'detection'),
    ...blindTime(sources),
  ];
}

const sourcesOf = {
  'what-happened': (sources) => [...momentLines(sources), ...madeThings(sources)],
  'how-well': howWell,
  'needed-sooner': neededSooner,
  hindered,
  differently: (sources) => guardrailLines(sources, false),
  sharing,
  prevention,
  indicators: indicatorLines,
  tools,
  'why-leaked': ({ story }) => stated(story.facts.review.howItLeaked, 'How it leaked'),
  'why-long-term': (sources) => causeLines(sources, 'long-term-credentials'),
  'why-so-much': muchPower,
  'why-unnoticed': unnoticed,
  'why-outlived': (sources) => [...survivors(sources), ...lastSessions(sources)],
} as const satisfies Record<ReviewQuestion, (sources: ReviewSources) => Lines>;

/** What the evidence says to a question; empty where it tells nothing. Links lead only to chapters that exist. */
export function evidenceFor(question: ReviewQuestion, sources: ReviewSources): Lines {
  const chapters = new Set([
    '#method',
    '#not-seen',
    '#manual',
    '#closure',
    '#corrective-actions',
    '#root-causes',
    ...sources.causes.map(({ cause }) => `#cause-${cause.id}`),
    ...(sources.story.tree === null ? [] : ['#lineage', '#survivors']),
    ...(sources.context.result.verification === null ? [] : ['#verification']),
  ]);
  return sourcesOf[question](sources).map((one) =>
    one.source === null || chapters.has(one.source.href) ? one : { ...one, source: null },
  );
}
