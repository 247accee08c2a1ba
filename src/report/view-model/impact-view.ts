import type { EventFacts } from '../../model/trace-result.ts';
import { compareText, countOf, formatNumber, formatTime } from '../text/phrases.ts';
import { indicatorsYaml } from '../trace/indicators-yaml.ts';
import { activityView, impactView, impactWords, suspectsView } from '../trace/trace-sections.ts';
import type { ActivityView, ImpactView, SuspectView } from '../trace/trace-view.ts';
import type { IncidentStory } from './incident-moments.ts';
import { listed, mapListed, type ReportContext } from './report-context.ts';
import type { Listed } from './report-view.ts';

type ImpactRow = EventFacts['impact'][number];

/** Everything of one kind: what was done, what was denied, where and when. */
export interface ImpactKindView {
  readonly kind: string;
  readonly done: number;
  readonly denied: number;
  readonly first: string;
  readonly last: string;
  readonly accounts: Listed<string>;
  readonly regions: Listed<string>;
  readonly rows: Listed<ImpactView>;
}

export interface IncidentImpactView {
  readonly headline: string;
  /** Why an empty list proves nothing. */
  readonly loud: readonly string[];
  readonly kinds: readonly ImpactKindView[];
  readonly newRegions: Listed<{ readonly region: string; readonly account: string; readonly when: string }>;
  readonly activity: Listed<ActivityView>;
  readonly suspects: Listed<SuspectView>;
  /** Lines of YAML for the incident file, already quoted and escaped; empty without a trail. */
  readonly indicators: readonly string[];
}

/** What a board asks for first. */
const kindOrder = [
  'data-access',
  'exposure',
  'compute',
  'ai-model',
  'messaging',
  'detection',
  'new-region',
  'discovery',
  'enumeration',
] as const satisfies readonly ImpactRow['kind'][];

function timesOf(rows: readonly ImpactRow[]): { readonly first: string; readonly last: string } {
  const firsts = rows.map(({ firstAt }) => firstAt).sort(compareText);
  const lasts = rows.map(({ lastAt }) => lastAt).sort(compareText);
  return { first: formatTime(firsts[0] ?? ''), last: formatTime(lasts.at(-1) ?? '') };
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))].sort(compareText);
}

function sum(rows: readonly ImpactRow[], pick: (row: ImpactRow) => number): number {
  return rows.reduce((total, row) => total + pick(row), 0);
}

function kindViews(context: ReportContext, impact: readonly ImpactRow[]): readonly ImpactKindView[] {
  const { limits } = context;
  return kindOrder.flatMap((kind) => {
    const rows = impact.filter((row) => row.kind === kind);
    if (rows.length === 0) {
      return [];
    }
    const done = sum(rows, ({ succeeded }) => succeeded);
    return [
      {
        kind: impactWords[kind],
        done,
        denied: sum(rows, ({ calls }) => calls) - done,
        ...timesOf(rows),
        accounts: listed(distinct(rows.map(({ accountId }) => accountId)), limits.names),
        regions: listed(distinct(rows.map(({ region }) => region)), limits.names),
        rows: impactView({ impact: rows }, { ...limits, branches: 0 }),
      },
    ];
  });
}

function loudTexts({ result }: ReportContext): readonly string[] {
  const { trail } = result.coverage;
  if (result.events === null) {
    return [
      'No trail was read: what the intruder did, read or tried is not known. That nothing is listed here proves nothing.',
    ];
  }
  return [
    'Reads of objects, items, messages and models are data events: they are here only where a trail or an event data store records them.',
    ...(trail !== null && trail.holes.length > 0
      ? [`What was done in the ${countOf(trail.holes.length, 'hole', 'holes')} of the events is not here.`]
      : []),
    ...(trail === null ? ['What the events covered is not stated.'] : []),
  ];
}

export function incidentImpactView(context: ReportContext, story: IncidentStory): IncidentImpactView {
  const { result, limits } = context;
  const { events } = result;
  const traceLimits = { ...limits, branches: 0 };
  const impact = events?.impact ?? [];
  const done = sum(impact, ({ succeeded }) => succeeded);
  const denied = sum(impact, ({ calls }) => calls) - done;
  const told =
    impact.length === 0
      ? 'none found'
      : `${formatNumber(done)} done, ${formatNumber(denied)} denied or failed`;
  return {
    headline: events === null ? 'not known' : told,
    loud: loudTexts(context),
    kinds: kindViews(context, impact),
    newRegions: mapListed(
      impact.filter(({ kind, region }) => kind === 'new-region' && region !== null),
      limits.rows,
      (row) => ({
        region: row.region ?? '',
        account: row.accountId ?? 'account not told',
        when: formatTime(row.firstAt),
      }),
    ),
    activity: activityView(
      { activity: events?.activity ?? [] },
      story.tree ?? { nodes: new Map() },
      traceLimits,
    ),
    suspects: suspectsView({ suspects: events?.suspects ?? [] }, traceLimits),
    indicators: events === null ? [] : indicatorsYaml(events.indicators, limits.rows, 'result.json'),
  };
}
