import type { Lineage } from '../../model/lineage.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import type { LineageTree } from '../graph/lineage-tree.ts';
import { labelOf, standingWords, typeWords } from '../graph/node-wording.ts';
import { type TimelineInput, timelineDrawing } from '../graph/timeline-drawing.ts';
import { timelineLanes } from '../graph/timeline-lanes.ts';
import { compareText, countOf, formatNumber, formatTime } from '../text/phrases.ts';
import { listed, mapListed } from '../view-model/report-context.ts';
import type { FactView, Listed } from '../view-model/report-view.ts';
import type { IncidentFacts } from './incident-facts.ts';
import { proofView } from './lineage-view.ts';
import type {
  ActivityView,
  ImpactView,
  RotationView,
  SettingView,
  SuspectView,
  TimelineView,
  TraceLimits,
  TraceView,
} from './trace-view.ts';

function spanText(row: { readonly firstAt: string; readonly lastAt: string }): string {
  return `${formatTime(row.firstAt)} to ${formatTime(row.lastAt)}`;
}

export function timelineView(
  lineage: Lineage,
  tree: LineageTree,
  incident: IncidentFacts,
  holes: TimelineInput['holes'],
  limits: TraceLimits,
): TimelineView {
  const lanes = timelineLanes(lineage, tree);
  const rows = lanes
    .flatMap((lane) => lane.events.map((event) => ({ event, lane: lane.label })))
    .sort(
      (left, right) =>
        compareText(left.event.eventTime, right.event.eventTime) ||
        compareText(left.event.eventId, right.event.eventId),
    );
  return {
    drawing: timelineDrawing({ lanes, window: incident.window, milestones: incident.milestones, holes }),
    rows: mapListed(rows, limits.rows, ({ event, lane }) => ({ ...proofView(event), lane })),
  };
}

function actionText(action: {
  readonly action: string;
  readonly calls: number;
  readonly errors: number;
}): string {
  const failed = action.errors === 0 ? '' : `, ${formatNumber(action.errors)} failed`;
  return `${action.action} ×${formatNumber(action.calls)}${failed}`;
}

const actionsShown = 24;

export function activityView(
  result: Pick<TraceResult, 'activity'>,
  tree: Pick<LineageTree, 'nodes'>,
  limits: TraceLimits,
): Listed<ActivityView> {
  const rows = [...result.activity].sort(
    (left, right) => compareText(left.firstAt, right.firstAt) || compareText(left.node, right.node),
  );
  const numbers = new Map(rows.map((row, index) => [row, index + 1]));
  return mapListed(rows, limits.rows, (row) => {
    const node = tree.nodes.get(row.node);
    return {
      id: `activity-${numbers.get(row) ?? 0}`,
      name: node === undefined ? row.credential : labelOf(node),
      credential: row.credential,
      standing: row.standing === 'tainted' ? 'incident' : standingWords[row.standing],
      during: spanText(row),
      calls: row.calls,
      errors: row.errors,
      services: mapListed(row.services, limits.rows, ({ service, actions }) => {
        const more = actions.length - actionsShown;
        const texts = actions.slice(0, actionsShown).map(actionText);
        return { service, actions: texts.join(', ') + (more > 0 ? ` and ${formatNumber(more)} more` : '') };
      }),
      regions: listed(row.regions, limits.names),
      sourceIps: listed(row.sourceIps, limits.names),
      userAgents: listed(row.userAgents, limits.names),
      errorCodes: mapListed(
        row.errorCodes,
        limits.names,
        ({ code, calls }) => `${code} ×${formatNumber(calls)}`,
      ),
    };
  });
}

export const impactWords = {
  'data-access': 'Data access',
  messaging: 'Messaging',
  'ai-model': 'AI models',
  compute: 'Compute',
  discovery: 'Discovery',
  enumeration: 'Enumeration',
  exposure: 'Exposure',
  'new-region': 'New region',
  detection: 'Detection',
} as const satisfies Record<TraceResult['impact'][number]['kind'], string>;

export function impactView(result: Pick<TraceResult, 'impact'>, limits: TraceLimits): Listed<ImpactView> {
  const rows = [...result.impact].sort(
    (left, right) =>
      Number(left.succeeded === 0) - Number(right.succeeded === 0) ||
      compareText(left.firstAt, right.firstAt) ||
      compareText(left.title, right.title),
  );
  return mapListed(rows, limits.rows, (row) => ({
    kind: impactWords[row.kind],
    title: row.title,
    place: [row.accountId, row.region].filter((part) => part !== null).join('/') || 'everywhere',
    calls: row.calls,
    succeeded: row.succeeded,
    during: spanText(row),
    actions: listed(row.actions, limits.names),
    resources: listed(row.resources, limits.names),
  }));
}

export const rotationWords = {
  secret: 'Secret',
  parameter: 'Parameter',
  environment: 'Environment variables',
  credential: 'Credential',
  other: 'Other',
} as const satisfies Record<TraceResult['rotation'][number]['type'], string>;

export function rotationView(result: TraceResult, limits: TraceLimits): Listed<RotationView> {
  return mapListed(result.rotation, limits.rows, (row) => ({
    arn: row.arn,
    type: rotationWords[row.type],
    why: row.why,
    events: listed(row.eventIds, limits.names),
  }));
}

export function suspectsView(
  result: Pick<TraceResult, 'suspects'>,
  limits: TraceLimits,
): Listed<SuspectView> {
  return mapListed(result.suspects, limits.rows, (suspect) => ({
    id: suspect.id,
    why: suspect.why,
    events: listed(suspect.eventIds, limits.names),
  }));
}

export const settingWords = {
  'identity-center.mfa-mode': 'Identity Center: MFA mode',
  'identity-center.portal-session': 'Identity Center: portal session length',
  'identity-center.mfa-management': 'Identity Center: who may manage MFA devices',
  'identity-center.identity-source': 'Identity Center: identity source',
} as const satisfies Record<TraceResult['settings'][number]['setting'], string>;

export function settingsView(result: TraceResult, limits: TraceLimits): Listed<SettingView> {
  return mapListed(result.settings, limits.rows, (row) => ({
    setting: settingWords[row.setting],
    value: row.value,
    at: formatTime(row.at),
    by: row.actorArn,
    byIncident: row.byIncident,
    eventId: row.eventId,
  }));
}

function sizeText(bytes: number): string {
  return bytes < 1_048_576
    ? `${formatNumber(Math.ceil(bytes / 1024))} KiB`
    : `${formatNumber(Math.round(bytes / 1_048_576))} MiB`;
}

export function methodView(result: TraceResult, limits: TraceLimits): TraceView['method'] {
  const { counts, tool, schemaVersion } = result;
  const fact = (label: string, value: string, detail: string | null = null, warning = false): FactView => ({
    label,
    value,
    detail,
    warning,
  });
  return {
    facts: [
      fact('Tool', `${tool.name} ${tool.version}`),
      fact('Result schema', `version ${schemaVersion}`),
      fact('Files read', formatNumber(counts.files), sizeText(counts.bytes)),
      fact('Records', formatNumber(counts.records)),
      fact('Outside the window', formatNumber(counts.outsideWindow), 'read, not used'),
      fact('Duplicates', formatNumber(counts.duplicates), 'equal in content, counted once'),
      fact('Unparsable', formatNumber(counts.unparsable), null, counts.unparsable > 0),
      fact(
        'Lineage',
        `${countOf(result.lineage.nodes.length, 'thing', 'things')}, ${countOf(result.lineage.edges.length, 'link', 'links')}, ${countOf(result.lineage.events.length, 'event', 'events')}`,
      ),
    ],
    sources: listed(result.sources, limits.rows),
  };
}

export function credentialsView(
  result: TraceResult,
  tree: LineageTree,
  incident: IncidentFacts,
  limits: TraceLimits,
): TraceView['credentials'] {
  const seeds = [...tree.nodes.values()].filter((node) => node.seed);
  const calls = new Map<string, number>();
  for (const row of result.activity) {
    calls.set(row.node, (calls.get(row.node) ?? 0) + row.calls);
  }
  const rows = seeds.map((node) => {
    const seen =
      node.firstSeenAt === null || node.lastSeenAt === null
        ? 'no time in the events'
        : spanText({ firstAt: node.firstSeenAt, lastAt: node.lastSeenAt });
    const counted = calls.get(node.id);
    return {
      name: labelOf(node),
      detail: [
        typeWords(node.type),
        seen,
        ...(counted === undefined ? [] : [countOf(counted, 'call', 'calls')]),
      ].join(' · '),
    };
  });
  const known = new Set(seeds.flatMap((node) => [node.id, node.arn, node.label]));
  const absent = [...incident.accessKeyIds, ...incident.principals]
    .filter((name) => !known.has(name))
    .map((name) => ({ name, detail: 'no event of it was found in what was covered' }));
  return {
    headline:
      seeds.length === 0
        ? 'No event of a named credential was found'
        : `${countOf(seeds.length, 'credential or principal', 'credentials and principals')} named by the incident`,
    rows: listed([...rows, ...absent], limits.rows),
  };
}
