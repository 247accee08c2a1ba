import type { AuditResult } from '../../model/audit-result.ts';
import type { Lineage, LineageEvent, LineageNode } from '../../model/lineage.ts';
import { type LineageTree, lineageTree } from '../graph/lineage-tree.ts';
import { attemptedOnly, labelOf, typeWords } from '../graph/node-wording.ts';
import { type TimelineLane, timelineLanes } from '../graph/timeline-lanes.ts';
import { compareText } from '../text/phrases.ts';
import { type IncidentFacts, incidentFacts } from '../trace/incident-facts.ts';

/** A point in time of the incident, and what it rests on. */
export interface IncidentMoment {
  readonly id: string;
  readonly label: string;
  /** UTC ISO-8601, as it stands in the result. */
  readonly at: string;
  /** stated: by people, in the incident file · proved: by events · derived: from facts of the evidence · run: of this tool */
  readonly basis: 'stated' | 'proved' | 'derived' | 'run';
  readonly detail: string | null;
  readonly eventId: string | null;
}

const milestoneLabels: ReadonlyMap<string, string> = new Map([
  ['detected', 'Detected'],
  ['declared', 'Declared'],
  ['contained', 'Contained'],
  ['eradicated', 'Eradicated'],
  ['recovered', 'Recovered'],
  ['closed', 'Closed'],
]);

export function milestoneLabel(name: string): string {
  return milestoneLabels.get(name) ?? name;
}

/** The incident's facts, with the lineage looked up once. Tree and lanes are null where no events were followed. */
export interface IncidentStory {
  readonly facts: IncidentFacts;
  readonly tree: LineageTree | null;
  readonly lanes: readonly TimelineLane[];
  /** Events of the incident's own credentials, oldest first; those of a shared credential's owner are not among them. */
  readonly hostileEvents: readonly LineageEvent[];
}

export function incidentStory(result: AuditResult): IncidentStory {
  const facts = incidentFacts(result.incident);
  if (result.lineage === null) {
    return { facts, tree: null, lanes: [], hostileEvents: [] };
  }
  const tree = lineageTree(result.lineage);
  const lanes = timelineLanes(result.lineage, tree);
  return {
    facts,
    tree,
    lanes,
    hostileEvents: lanes
      .filter(({ standing }) => standing === 'tainted')
      .flatMap(({ events }) => events)
      .filter(({ eventTime }) => Number.isFinite(Date.parse(eventTime)))
      .sort(
        (left, right) =>
          Date.parse(left.eventTime) - Date.parse(right.eventTime) ||
          compareText(left.eventId, right.eventId),
      ),
  };
}

function byTime(left: IncidentMoment, right: IncidentMoment): number {
  return (
    (Date.parse(left.at) || 0) - (Date.parse(right.at) || 0) ||
    compareText(left.at, right.at) ||
    compareText(left.id, right.id)
  );
}

function eventText(event: LineageEvent): string {
  return `${event.eventName} by ${event.actorArn}`;
}

/** First and last call of the incident's credentials: read calls make no lineage, but they count as activity. */
function callMoments(result: AuditResult, story: IncidentStory): readonly IncidentMoment[] {
  const activity = (result.events?.activity ?? []).filter(({ standing }) => standing === 'tainted');
  const calls = [
    ...story.hostileEvents.map((event) => ({
      at: event.eventTime,
      detail: eventText(event),
      eventId: event.eventId,
    })),
    ...activity.flatMap(({ firstAt, lastAt, credential }) =>
      [firstAt, lastAt].map((at) => ({ at, detail: `a call with ${credential}`, eventId: null })),
    ),
  ]
    .filter(({ at }) => Number.isFinite(Date.parse(at)))
    .sort(
      (left, right) =>
        Date.parse(left.at) - Date.parse(right.at) ||
        Number(left.eventId === null) - Number(right.eventId === null),
    );
  const [first] = calls;
  const last = calls.findLast(({ at }) => Date.parse(at) === Date.parse(calls.at(-1)?.at ?? ''));
  const named = calls.find(({ at, eventId }) => at === last?.at && eventId !== null) ?? last;
  return [
    ...(first === undefined
      ? []
      : [
          {
            id: 'first-event',
            label: 'First event of the incident’s credentials',
            basis: 'proved' as const,
            ...first,
          },
        ]),
    ...(named === undefined
      ? []
      : [
          {
            id: 'last-event',
            label: 'Last event of the incident’s credentials',
            basis: 'proved' as const,
            ...named,
          },
        ]),
  ];
}

function firstMade(lineage: Lineage, tree: LineageTree): readonly IncidentMoment[] {
  const made = lineage.edges
    .filter(({ relation, outcome }) => relation === 'created' && outcome === 'done')
    .map((edge) => ({ edge, node: tree.nodes.get(edge.to) }))
    .filter(({ node }) => node?.intruderMade === true && node.standing === 'tainted')
    .filter(({ edge }) => Number.isFinite(Date.parse(edge.firstAt)))
    .sort(
      (left, right) =>
        Date.parse(left.edge.firstAt) - Date.parse(right.edge.firstAt) ||
        compareText(left.edge.to, right.edge.to),
    );
  const [first] = made;
  if (first?.node === undefined) {
    return [];
  }
  return [
    {
      id: 'first-made',
      label: 'First thing made',
      at: first.edge.firstAt,
      basis: 'proved',
      detail: `${typeWords(first.node.type)} ${labelOf(first.node)} (${first.edge.action})`,
      eventId: first.edge.eventIds[0] ?? null,
    },
  ];
}

/** The intruder's, and neither removed nor merely attempted. */
function isStanding(tree: LineageTree, node: LineageNode): boolean {
  return node.standing === 'tainted' && !node.deleted && !attemptedOnly(tree, node);
}

/** What renews itself until it is removed, with the reason why. */
export function endlessSources(tree: LineageTree): readonly string[] {
  return [...tree.nodes.values()].flatMap((node) =>
    node.unboundedBecause !== null && isStanding(tree, node) ? [node.unboundedBecause] : [],
  );
}

/** Sessions of the incident that are not known to have been ended by hand, latest end first. */
export function sessionsByEnd(tree: LineageTree): readonly LineageNode[] {
  return [...tree.nodes.values()]
    .filter(
      (node) =>
        node.kind === 'session' &&
        isStanding(tree, node) &&
        node.expiresAt !== null &&
        Number.isFinite(Date.parse(node.expiresAt)),
    )
    .sort(
      (left, right) =>
        Date.parse(right.expiresAt ?? '') - Date.parse(left.expiresAt ?? '') ||
        compareText(left.id, right.id),
    );
}

function lastSession(tree: LineageTree): readonly IncidentMoment[] {
  const [last] = sessionsByEnd(tree);
  if (last?.expiresAt === undefined || last.expiresAt === null) {
    return [];
  }
  return [
    {
      id: 'last-session',
      label: 'Last session ends by itself, at the latest',
      at: last.expiresAt,
      basis: 'derived',
      detail: `${typeWords(last.type)} ${labelOf(last)}`,
      eventId: null,
    },
  ];
}

function firstBlinding({ events }: AuditResult): readonly IncidentMoment[] {
  const [first] = (events?.impact ?? [])
    .filter(({ kind, succeeded }) => kind === 'detection' && succeeded > 0)
    .filter(({ firstAt }) => Number.isFinite(Date.parse(firstAt)))
    .sort((left, right) => Date.parse(left.firstAt) - Date.parse(right.firstAt));
  return first === undefined
    ? []
    : [
        {
          id: 'first-blinding',
          label: 'First tampering with logging or detection',
          at: first.firstAt,
          basis: 'proved',
          detail: first.actions.join(', '),
          eventId: null,
        },
      ];
}

/** What people stated and what the evidence proves, in order of time. */
export function incidentMoments(result: AuditResult, story: IncidentStory): readonly IncidentMoment[] {
  const { verification, lineage } = result;
  const run = (id: string, label: string, at: string): IncidentMoment => ({
    id,
    label,
    at,
    basis: 'run',
    detail: null,
    eventId: null,
  });
  return [
    ...story.facts.milestones.map(
      ({ name, time }): IncidentMoment => ({
        id: name,
        label: milestoneLabel(name),
        at: time,
        basis: 'stated',
        detail: null,
        eventId: null,
      }),
    ),
    ...callMoments(result, story),
    ...(lineage === null || story.tree === null ? [] : firstMade(lineage, story.tree)),
    ...firstBlinding(result),
    ...(story.tree === null ? [] : lastSession(story.tree)),
    ...(verification === null
      ? [run('evidence', 'Evidence read', result.asOf)]
      : [
          run('evidence', 'Evidence read first', verification.against.asOf),
          run('verification', 'Verified', verification.asOf),
        ]),
  ].sort(byTime);
}
