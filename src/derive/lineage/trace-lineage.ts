import type { EventList } from '../../model/event-list.ts';
import type { Incident } from '../../model/incident.ts';
import { isoTime } from '../../model/iso-time.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import { credentialActivity, type NodeActivity } from './activity.ts';
import type { ActivityTable, CountedBucket } from './activity-table.ts';
import { ActorTexts, type ActorView, viewOfBucket } from './actor-view.ts';
import { ForeignAccounts } from './doors.ts';
import { finishLineage } from './finish-lineage.ts';
import { GraphBuilder } from './graph-builder.ts';
import { Hands, isAddress } from './hands.ts';
import { impactsOf } from './impact.ts';
import { indicatorsOf } from './indicators.ts';
import { Lives } from './lives.ts';
import { mergeBuckets } from './merge-buckets.ts';
import { draftOf, type NodeDraft, seenAt } from './node-draft.ts';
import { prepareEvents } from './prepare-events.ts';
import type { PreparedEvent } from './prepared-event.ts';
import { type Doer, priorStates } from './prior-states.ts';
import { rotationList } from './rotation.ts';
import { parseArn, principalKeyOf } from './rules/place.ts';
import { reservedSessionKey } from './rules/portal.ts';
import { lastKnownSettings } from './settings.ts';
import {
  directoryLeads,
  handNotes,
  type Lead,
  leadsOf,
  mergedSuspects,
  namesOfIds,
  suspectOfLead,
  unmintedLeads,
} from './suspects.ts';
import { type Tainting, Tracer } from './taint.ts';
import type { TraceInput } from './trace-input.ts';
import { withoutCopies, withoutVisits } from './without-copies.ts';

export type { TraceInput } from './trace-input.ts';

/** The parts of a trace result that the events alone tell. */
export type TracedEvents = Pick<
  TraceResult,
  'lineage' | 'activity' | 'rotation' | 'impact' | 'indicators' | 'suspects' | 'settings' | 'priorStates'
>;

/** So many leads are shown as nodes; all are listed as suspects. */
const leadNodes = 100;

function seedTest(incident: Incident): (credential: string | null, actorArn: string | null) => boolean {
  const keys = new Set(incident.compromised.accessKeyIds);
  const arns = new Set(incident.compromised.principals);
  const principals = new Set(incident.compromised.principals.flatMap((arn) => principalKeyOf(arn) ?? []));
  return (credential, actorArn) => {
    if (credential !== null && keys.has(credential)) {
      return true;
    }
    const principal = actorArn === null ? null : principalKeyOf(actorArn);
    return actorArn !== null && (arns.has(actorArn) || (principal !== null && principals.has(principal)));
  };
}

function plantSeeds(builder: GraphBuilder, incident: Incident): void {
  const plant = (draft: NodeDraft): void => {
    builder.add(draft).seed = true;
  };
  for (const id of incident.compromised.accessKeyIds) {
    const isSession = id.startsWith('ASIA');
    const shape = isSession
      ? ({ kind: 'session', type: 'session' } as const)
      : ({ kind: 'credential', type: 'access-key' } as const);
    plant(draftOf(`key ${id}`, { ...shape, label: id, uniqueId: id }));
  }
  for (const arn of incident.compromised.principals) {
    const isSession = arn.includes(':sts:');
    const key = isSession ? `session ${arn}` : (principalKeyOf(arn) ?? arn);
    const directoryUser = /:identitystore:.*:user\/(.+)$/.exec(arn)?.[1];
    const type = directoryUser === undefined ? (key.split(' ')[0] ?? 'principal') : 'directory-user';
    plant(
      draftOf(directoryUser === undefined ? key : `directory-user ${directoryUser.toLowerCase()}`, {
        kind: isSession ? 'session' : 'principal',
        type: isSession ? 'role-session' : type,
        label: arn.split('/').at(-1) ?? arn,
        arn,
        accountId: parseArn(arn)?.accountId || null,
      }),
    );
  }
}

/** The owner of a leaked key shows in its first use. */
function nameSeeds(builder: GraphBuilder, events: EventList, incident: Incident): void {
  const nameless = new Set(incident.compromised.accessKeyIds);
  for (const { actor } of events) {
    if (nameless.size === 0) {
      return;
    }
    const { accessKeyId, arn, accountId } = actor;
    const draft =
      accessKeyId !== null && nameless.has(accessKeyId) ? builder.draft(`key ${accessKeyId}`) : undefined;
    if (draft !== undefined && accessKeyId !== null && arn !== null) {
      draft.label = `${accessKeyId} (${arn.split('/').slice(1).join('/')})`;
      draft.accountId ??= accountId;
      nameless.delete(accessKeyId);
    }
  }
}

interface OwnActivity extends NodeActivity {
  readonly buckets: readonly CountedBucket[];
}

interface Sorted {
  readonly own: readonly OwnActivity[];
  readonly others: ActivityTable;
  /** The others, and what the owners of leaked credentials did. */
  readonly sharedOrOthers: ActivityTable;
}

/** Every bucket to the node whose doing it counts, or to the others. */
function sortActivity(buckets: ActivityTable, tainting: Tainting, builder: GraphBuilder): Sorted {
  const byNode = new Map<string, { standing: NodeActivity['standing']; buckets: CountedBucket[] }>();
  const others: number[] = [];
  const texts = new ActorTexts();
  for (const bucket of buckets) {
    const view = viewOfBucket(bucket, texts);
    const match = tainting.matcher.match(view);
    if (match === null) {
      others.push(bucket.row);
    } else {
      const draft = builder.actor(match, view);
      seenAt(draft, bucket.firstTime);
      seenAt(draft, bucket.lastTime);
      const entry = byNode.get(match.node) ?? { standing: match.taint, buckets: [] };
      entry.buckets.push(bucket);
      byNode.set(match.node, entry);
    }
  }
  const own = [...byNode].map(([node, entry]) => ({ node, ...entry }));
  const shared = own.filter(({ standing }) => standing !== 'tainted').flatMap((entry) => entry.buckets);
  return {
    own,
    others: buckets.only(others),
    sharedOrOthers: buckets.only([...others, ...shared.map(({ row }) => row)]),
  };
}

/** Sessions that no event begins hang on the function, instance, role or user that they belong to. */
function hangLoose(builder: GraphBuilder, tainting: Tainting, sorted: Sorted): void {
  const seen = new Set<string>();
  const hang = (
    node: string,
    principalKey: string | null,
    sessionName: string | null,
    at: number,
    ids: readonly string[],
  ): void => {
    const runner =
      principalKey === null || sessionName === null
        ? null
        : tainting.facts.roleSession(principalKey, sessionName, at);
    const principal = principalKey === null ? null : tainting.facts.principal(principalKey, at, null);
    const from = runner?.node ?? principal?.node ?? null;
    if (from !== null && from !== node && !seen.has(node)) {
      seen.add(node);
      builder.link(from, node, at, ids);
    }
  };
  for (const { prepared, view, match } of tainting.marked) {
    hang(match.node, view.principalKey, view.sessionName, prepared.at, [prepared.event.id]);
  }
  for (const { prepared, view, match } of tainting.marked) {
    hangOnPortal(builder, tainting, prepared, view, match.node);
  }
  for (const [node, { seeds, prepared }] of tainting.issuers) {
    for (const seed of seeds) {
      builder.link(`key ${seed}`, node, prepared.at, [prepared.event.id]);
    }
  }
  for (const { node, buckets } of sorted.own) {
    const first = buckets[0];
    const view = first === undefined ? null : viewOfBucket(first);
    hang(node, view?.principalKey ?? null, view?.sessionName ?? null, view?.at ?? 0, []);
  }
}

/** Sessions of a directory user in the accounts: they name the user, and the portal handed them out. */
function hangOnPortal(
  builder: GraphBuilder,
  tainting: Tainting,
  prepared: PreparedEvent,
  view: ActorView,
  node: string,
): void {
  const { directoryUserId, arn } = view;
  const reserved = /^arn:[^:]+:sts::(\d*):assumed-role\/AWSReservedSSO_(.+)_[0-9a-f]{16}\//.exec(arn ?? '');
  if (directoryUserId === null || reserved === null || !tainting.facts.directoryUsers.has(directoryUserId)) {
    return;
  }
  const [, accountId = '', role = ''] = reserved;
  const asked = reservedSessionKey(accountId, role, directoryUserId);
  const portal = tainting.facts.portal(directoryUserId, prepared.at)?.node;
  const user = tainting.facts.directoryUsers.get(directoryUserId)?.node ?? '';
  const from = builder.draft(asked) === undefined ? (portal ?? user) : asked;
  builder.link(from, node, prepared.at, [prepared.event.id]);
}

function addLeads(builder: GraphBuilder, leads: readonly Lead[]): readonly NodeActivity[] {
  return leads.slice(0, leadNodes).map(({ credential, actorArn, buckets }) => {
    const isKey = !credential.includes(' ');
    const node = isKey ? `key ${credential}` : `lead ${credential}`;
    const draft = builder.add(
      draftOf(node, {
        kind: credential.startsWith('AKIA') ? 'credential' : isKey ? 'session' : 'principal',
        type: credential.startsWith('AKIA') ? 'access-key' : isKey ? 'session' : 'principal',
        label:
          actorArn === null
            ? credential.replace(/^service (?=AIDA|AROA)/, '')
            : `${credential} (${actorArn.split('/').slice(1).join('/')})`,
        arn: isKey ? null : actorArn,
        uniqueId: isKey ? credential : null,
        accountId: buckets[0]?.accountId ?? null,
      }),
    );
    draft.used = true;
    for (const bucket of buckets) {
      seenAt(draft, isoTime(bucket.firstAt));
      seenAt(draft, isoTime(bucket.lastAt));
    }
    return { node, standing: 'lead', buckets };
  });
}

/**
 * Follows the incident's credentials through the events. Pure and deterministic: the same events in any order, and any of
 * them several times, give the same result.
 */
export function traceLineage(input: TraceInput): TracedEvents {
  const { incident } = input;
  const log = prepareEvents(input.events);
  const buckets = withoutCopies(mergeBuckets(input.activity), log);
  const lives = new Lives(log);
  const hands = new Hands(incident, seedTest(incident), log, buckets);
  const foreign = new ForeignAccounts(incident, input.organizationAccountIds);
  const tainting = new Tracer(log, lives, hands, foreign, incident, buckets).run();

  const builder = new GraphBuilder(lives, tainting.reserved);
  plantSeeds(builder, incident);
  nameSeeds(builder, log.events, incident);
  for (const { prepared, view, match, door } of tainting.marked) {
    builder.event(prepared, match, door, view);
  }
  const sorted = sortActivity(buckets, tainting, builder);
  hangLoose(builder, tainting, sorted);

  const ownBuckets = sorted.own
    .filter(({ standing }) => standing === 'tainted')
    .flatMap((node) => node.buckets);
  const taintedEvents = tainting.marked
    .filter(({ match }) => match.taint === 'tainted')
    .map(({ prepared }) => prepared);
  const isTainted = setTest(taintedEvents);
  const visits = tainting.marked.flatMap(({ prepared, door }) => (door === null ? [] : [prepared]));
  const sources = new Set([...sourcesOf(ownBuckets), ...sourcesOf(taintedEvents.map(({ event }) => event))]);
  const leads = leadsOf(withoutVisits(sorted.others, visits), sources, hands);
  const leadActivity = addLeads(builder, leads);
  const namesOfLeads = namesOfIds(leads, log);
  const { lineage, ids } = finishLineage(builder.finish(), lives, input, log);
  const seedKeysSeen = new Set(ownBuckets.map(({ credential }) => credential));
  for (const { event } of taintedEvents) {
    seedKeysSeen.add(event.actor.accessKeyId ?? '');
  }
  const ownerBuckets = sorted.own
    .filter(({ node }) => node.endsWith(' owner'))
    .flatMap((entry) => entry.buckets);
  return {
    lineage,
    activity: credentialActivity(
      [...sorted.own, ...leadActivity].map((entry) => ({
        ...entry,
        node: ids.get(entry.node) ?? entry.node,
      })),
    ),
    rotation: rotationList(taintedEvents),
    impact: impactsOf(ownBuckets, sorted.sharedOrOthers, taintedEvents),
    indicators: indicatorsOf(lineage.nodes, ownBuckets, sorted.sharedOrOthers, incident, hands),
    suspects: mergedSuspects([
      ...leads.map((lead) => suspectOfLead(lead, namesOfLeads)),
      ...handNotes(incident, hands, seedKeysSeen, ownerBuckets),
      ...unmintedLeads(tainting.doubts),
      ...directoryLeads(log, isTainted),
    ]),
    settings: lastKnownSettings(log, isTainted),
    priorStates: priorStates(log, lives, doerTest(tainting, incident, hands, sources)),
  };
}

/** Nobody's word counts who acted from a source of the incident, or with the leaked credential inside the window. */
function doerTest(
  tainting: Tainting,
  incident: Incident,
  hands: Hands,
  sources: ReadonlySet<string>,
): (prepared: PreparedEvent) => Doer {
  const taints = new Map(tainting.marked.map(({ prepared, match }) => [prepared, match.taint]));
  const begin = incident.window === null ? Number.NEGATIVE_INFINITY : Date.parse(incident.window.from);
  return (prepared) => {
    const taint = taints.get(prepared);
    if (taint !== undefined) {
      return taint === 'tainted' ? 'incident' : 'unclear';
    }
    const { event, at } = prepared;
    const shares = event.sourceIp !== null && sources.has(event.sourceIp) && !hands.isTrusted(event.sourceIp);
    return hands.isIndicated(event) || (shares && at >= begin) ? 'unclear' : 'other';
  };
}

/** Addresses of clients among the sources: few among very many calls. */
function sourcesOf(calls: readonly { readonly sourceIp: string | null }[]): readonly string[] {
  return [...new Set(calls.map(({ sourceIp }) => sourceIp))].filter(isAddress);
}

function setTest(events: readonly PreparedEvent[]): (prepared: PreparedEvent) => boolean {
  const set = new Set(events);
  return (prepared) => set.has(prepared);
}
