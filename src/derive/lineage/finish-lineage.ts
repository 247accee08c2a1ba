import { hoursOfDuration } from '../../model/iso-duration.ts';
import type { Lineage, LineageEdge, LineageNode } from '../../model/lineage.ts';
import { byText } from '../support/by-text.ts';
import { rolesInCycles } from './cycles.ts';
import { expiryOf, survivalOf } from './expiry.ts';
import type { Graph } from './graph-builder.ts';
import type { Lives } from './lives.ts';
import type { NodeDraft } from './node-draft.ts';
import { lifeOfNode, nodeIds } from './node-ids.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { PreparedLog } from './prepared-log.ts';
import { principalKeyOf } from './rules/place.ts';
import { findMember, text } from './rules/read-member.ts';
import type { TraceInput } from './trace-input.ts';
import { usageOf } from './usage.ts';

function timeText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function standingOf(draft: NodeDraft): LineageNode['standing'] {
  if (draft.tainted || draft.seed) {
    return 'tainted';
  }
  if (draft.shared) {
    return 'shared-credential';
  }
  return draft.service ? 'service' : 'lead';
}

/** Hours of the sessions of every permission set that an event tells of, by the set's name. */
function permissionSetHours(changes: readonly PreparedEvent[]): ReadonlyMap<string, number> {
  const hours = new Map<string, number>();
  const names = new Map<string, string>();
  for (const { event, done } of changes) {
    if (done && /PermissionSet$/.test(event.name)) {
      const arn = text(event, 'response.permissionSet.permissionSetArn', 'request.permissionSetArn') ?? '';
      const name = text(event, 'request.name') ?? names.get(arn);
      const duration = hoursOfDuration(text(event, 'request.sessionDuration') ?? '');
      if (name !== undefined) {
        names.set(arn, name);
        if (duration !== null) {
          hours.set(name, duration);
        }
      }
    }
  }
  return hours;
}

/** What makes the sessions of a function or an instance: the node that an `assumed` edge of the service leads from. */
function runnersOf(graph: Graph): ReadonlyMap<string, NodeDraft> {
  const runners = new Map<string, NodeDraft>();
  for (const { from, to, relation } of graph.edges) {
    const draft = graph.drafts.get(from);
    if (
      (relation === 'assumed' || relation === 'linked') &&
      (draft?.type === 'lambda-function' || draft?.type === 'ec2-instance')
    ) {
      if (graph.drafts.get(to)?.kind === 'session') {
        runners.set(to, draft);
      }
    }
  }
  return runners;
}

interface Context {
  readonly lives: Lives;
  readonly input: TraceInput;
  readonly ids: ReadonlyMap<string, string>;
  readonly cycles: ReadonlySet<string>;
  readonly runners: ReadonlyMap<string, NodeDraft>;
  readonly setHours: ReadonlyMap<string, number>;
  readonly portalHours: readonly { readonly at: number; readonly hours: number }[];
}

/** Lengths of portal sessions that events tell, in the order of time. */
function portalHours(changes: readonly PreparedEvent[]): Context['portalHours'] {
  return changes.flatMap(({ event, at, done }) => {
    const told =
      done && event.name.toLowerCase() === 'updatessoconfiguration'
        ? findMember(event.request, 'maxAuthenticationAge')
        : undefined;
    const hours = typeof told === 'string' ? hoursOfDuration(told) : null;
    return hours === null ? [] : [{ at, hours }];
  });
}

function permittedHours(draft: NodeDraft, { setHours, portalHours: told }: Context): number | null {
  if (draft.type === 'portal-session') {
    const begun = draft.minting?.at ?? draft.firstAt;
    // What was set before the first change that is told is not known: then the longest counts.
    return begun === null ? null : (told.findLast(({ at }) => at <= begun)?.hours ?? null);
  }
  const asked = /^reserved-session \S+ (\S+) /.exec(draft.key)?.[1];
  if (asked !== undefined) {
    return setHours.get(asked) ?? 12;
  }
  const set = /assumed-role\/AWSReservedSSO_(.+)_[0-9a-f]{16}\//.exec(draft.arn ?? '')?.[1];
  return set === undefined ? null : (setHours.get(set) ?? 12);
}

function nodeOf(draft: NodeDraft, context: Context): LineageNode {
  const { lives, runners, cycles } = context;
  const life = lifeOfNode(draft.key, lives);
  const deleted = life.deletedAt !== null;
  const runner = runners.get(draft.key);
  const role = draft.arn === null ? null : principalKeyOf(draft.arn);
  const expiry = expiryOf(draft, {
    inCycle: role !== null && draft.type === 'role-session' && cycles.has(role),
    runner:
      runner === undefined
        ? null
        : { type: runner.type, label: runner.label, deletedAt: lifeOfNode(runner.key, lives).deletedAt },
    permittedHours: permittedHours(draft, context),
  });
  return {
    id: context.ids.get(draft.key) ?? draft.key,
    kind: draft.kind,
    type: draft.type,
    label: draft.label,
    arn: draft.arn,
    uniqueId: draft.uniqueId ?? life.uniqueId,
    accountId: draft.accountId,
    region: draft.region,
    standing: standingOf(draft),
    seed: draft.seed,
    intruderMade: draft.made,
    firstSeenAt: timeText(draft.firstAt),
    lastSeenAt: timeText(draft.lastAt),
    deleted,
    deletedAt: timeText(life.deletedAt),
    used: usageOf(draft, expiry.expiresAt, context.input.coverage, context.input.asOf),
    ...expiry,
    survivesKeyRevocation: survivalOf(draft, deleted, expiry, context.input.asOf),
  };
}

const edgeText = (edge: LineageEdge): string =>
  [edge.firstAt, edge.from, edge.to, edge.relation, edge.outcome, edge.action].join('\n');

/** Keys become ids, drafts become nodes; everything sorted. */
export function finishLineage(
  graph: Graph,
  lives: Lives,
  input: TraceInput,
  log: PreparedLog,
): { readonly lineage: Lineage; readonly ids: ReadonlyMap<string, string> } {
  const changes = log.filter(({ source }) => source === 'sso.amazonaws.com');
  const ids = nodeIds(graph.drafts.values(), lives);
  const idOf = (key: string): string => ids.get(key) ?? key;
  const context: Context = {
    lives,
    input,
    ids,
    cycles: rolesInCycles(graph.assumptions),
    runners: runnersOf(graph),
    setHours: permissionSetHours(changes),
    portalHours: portalHours(changes),
  };
  const lineage: Lineage = {
    nodes: [...graph.drafts.values()].map((draft) => nodeOf(draft, context)).sort(byText(({ id }) => id)),
    edges: graph.edges
      .map((edge) => ({ ...edge, from: idOf(edge.from), to: idOf(edge.to) }))
      .sort(byText(edgeText)),
    events: graph.events.map((event) => ({ ...event, nodes: [...new Set(event.nodes.map(idOf))].sort() })),
  };
  return { lineage, ids };
}
