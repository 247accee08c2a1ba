import type { LineageEdge, LineageEvent } from '../../model/lineage.ts';
import { byText } from '../support/by-text.ts';
import type { ActorView } from './actor-view.ts';
import { type Door, servedSessionNode } from './doors.ts';
import { reservedRoleOf } from './event-index.ts';
import { partOf } from './event-part.ts';
import { isSetting, type Lives } from './lives.ts';
import type { Match } from './matcher.ts';
import { draftOf, learn, type NodeDraft, seenAt } from './node-draft.ts';
import { lifeKey, nodeKey } from './node-key.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { Act } from './rules/lineage-rule.ts';
import { parseArn } from './rules/place.ts';
import type { Tainting } from './taint.ts';

interface EdgeDraft extends Omit<LineageEdge, 'firstAt' | 'lastAt' | 'eventIds'> {
  firstAt: string;
  lastAt: string;
  readonly eventIds: Set<string>;
}

export interface Graph {
  readonly drafts: ReadonlyMap<string, NodeDraft>;
  /** Ends are node keys. */
  readonly edges: readonly LineageEdge[];
  /** `nodes` are node keys. */
  readonly events: readonly LineageEvent[];
  /** Role keys whose sessions assumed which role keys: cycles live on for ever. */
  readonly assumptions: readonly { readonly from: string; readonly to: string }[];
}

const making = new Set<LineageEdge['relation']>(['created', 'issued', 'assumed']);

/** Draws what the fixpoint found: nodes, edges and the events behind them, in the order of time. */
export class GraphBuilder {
  readonly #lives: Lives;
  readonly #reserved: Tainting['reserved'];
  readonly #drafts = new Map<string, NodeDraft>();
  readonly #edges = new Map<string, EdgeDraft>();
  readonly #events: LineageEvent[] = [];
  readonly #links: { readonly from: string; readonly to: string; readonly prepared: PreparedEvent }[] = [];
  readonly #assumptions: { readonly from: string; readonly to: string }[] = [];

  constructor(lives: Lives, reserved: Tainting['reserved']) {
    this.#lives = lives;
    this.#reserved = reserved;
  }

  draft(key: string): NodeDraft | undefined {
    return this.#drafts.get(key);
  }

  /** The node that acted; made from what the call tells where no event made it. */
  actor(match: Match, view: ActorView): NodeDraft {
    const known = this.#drafts.get(match.node);
    const draft = known ?? actorDraft(match.node, view);
    this.#drafts.set(match.node, draft);
    draft.tainted ||= match.taint === 'tainted';
    draft.shared ||= match.taint === 'shared-credential';
    draft.used = true;
    draft.arn ??= draft.kind === 'session' ? view.arn : null;
    return draft;
  }

  add(draft: NodeDraft): NodeDraft {
    const known = this.#drafts.get(draft.key);
    this.#drafts.set(draft.key, known ?? draft);
    return known ?? draft;
  }

  event(prepared: PreparedEvent, match: Match, door: Door | null, view: ActorView): void {
    const actor = door === null ? this.actor(match, view) : this.#doorActor(door);
    seenAt(actor, prepared.at);
    const nodes = new Set<string>([actor.key]);
    for (const act of prepared.acts) {
      const target = this.#target(prepared, act, match);
      nodes.add(target.key);
      this.#edge(actor.key, target.key, act.relation, prepared);
      this.#assumption(prepared, act, view);
    }
    for (const link of prepared.links) {
      this.#links.push({ ...link, prepared });
    }
    if (prepared.acts.length > 0) {
      this.#events.push(lineageEvent(prepared, actor, [...nodes]));
    }
  }

  /** For nodes that only counted activity shows: they hang on what they belong to. */
  link(from: string, to: string, at: number, eventIds: readonly string[]): void {
    if (this.#drafts.has(from) && this.#drafts.has(to) && from !== to) {
      const time = new Date(at).toISOString();
      this.#merge({ from, to, relation: 'linked', outcome: 'done', action: 'linked' }, time, eventIds);
    }
  }

  finish(): Graph {
    for (const { from, to, prepared } of this.#links) {
      const keyAt = (key: string): string => lifeKey(this.#lives, key, prepared.at, null, null);
      this.link(keyAt(from), keyAt(to), prepared.at, [prepared.event.id]);
    }
    const edges = [...this.#edges.values()].map(({ eventIds, ...edge }) => ({
      ...edge,
      eventIds: [...eventIds].sort(),
    }));
    return { drafts: this.#drafts, edges, events: this.#events, assumptions: this.#assumptions };
  }

  #doorActor(door: Door): NodeDraft {
    const { visitor } = door;
    const known = this.#drafts.get(door.node);
    const draft =
      known ??
      draftOf(door.node, {
        kind: 'principal',
        type: visitor?.foreign === true ? 'foreign-principal' : 'principal',
        label: visitor?.label ?? door.node,
        arn: visitor?.arn ?? null,
        accountId: visitor?.accountId ?? null,
      });
    this.#drafts.set(door.node, draft);
    // Whoever else comes through the incident's door is not thereby the intruder.
    draft.tainted ||= visitor === null || visitor.foreign;
    return draft;
  }

  #target(prepared: PreparedEvent, act: Act, match: Match): NodeDraft {
    const served = act.seed.kind === 'session' ? servedSessionNode(prepared) : null;
    const key = served ?? nodeKey(this.#lives, act, prepared.at, prepared.done);
    const known = this.#drafts.get(key);
    const draft = known ?? draftOf(key, act.seed);
    this.#drafts.set(key, draft);
    learn(draft, act.seed, prepared.done && making.has(act.relation));
    seenAt(draft, prepared.at);
    if (!prepared.done) {
      return draft;
    }
    if (making.has(act.relation)) {
      draft.made ||= match.taint === 'tainted';
      this.#mint(draft, prepared, act, served !== null);
    }
    draft.altered ||=
      match.taint === 'tainted' && act.relation === 'changed' && isSetting(act.seed, prepared.event.name);
    this.#stand(draft, prepared, match);
    return draft;
  }

  #stand(draft: NodeDraft, prepared: PreparedEvent, match: Match): void {
    const assignment = reservedRoleOf(prepared.event) === null ? null : this.#reserved.assignmentOf(prepared);
    if (assignment?.ownSet === false) {
      draft.service = true;
    } else {
      draft.tainted ||= match.taint === 'tainted';
      draft.shared ||= match.taint === 'shared-credential';
    }
  }

  #mint(draft: NodeDraft, { event, at }: PreparedEvent, { seed }: Act, served: boolean): void {
    if (seed.session === undefined || (draft.minting !== null && draft.minting.at >= at)) {
      return;
    }
    draft.minting = {
      origin: served ? 'service' : seed.session.origin,
      durationSeconds: seed.session.durationSeconds,
      at: seed.type === 'console-session' ? Date.parse(event.actor.sessionCreatedAt ?? event.time) : at,
      chained: event.actor.type === 'AssumedRole' && seed.session.origin === 'assume-role',
    };
  }

  #assumption({ event, done }: PreparedEvent, { seed }: Act, view: ActorView): void {
    const to = seed.session?.origin === 'assume-role' && seed.arn !== null ? parseArn(seed.arn) : null;
    const role = to?.resource.split('/')[1];
    if (done && role !== undefined && view.type === 'AssumedRole' && view.principalKey !== null) {
      this.#assumptions.push({
        from: view.principalKey,
        to: `iam-role ${to?.accountId ?? event.accountId} ${role.toLowerCase()}`,
      });
    }
  }

  #edge(from: string, to: string, relation: LineageEdge['relation'], { event, done }: PreparedEvent): void {
    const action = `${event.source.replace(/\.amazonaws\.com(?:\.cn)?$/, '')}:${event.name}`;
    this.#merge({ from, to, relation, outcome: done ? 'done' : 'attempted', action }, event.time, [event.id]);
  }

  #merge(
    edge: Omit<LineageEdge, 'firstAt' | 'lastAt' | 'eventIds'>,
    time: string,
    eventIds: readonly string[],
  ): void {
    const key = [edge.from, edge.to, edge.relation, edge.outcome, edge.action].join('\n');
    const known = this.#edges.get(key) ?? {
      ...edge,
      firstAt: time,
      lastAt: time,
      eventIds: new Set<string>(),
    };
    this.#edges.set(key, known);
    if (time !== known.firstAt && time !== known.lastAt) {
      known.firstAt = Date.parse(time) < Date.parse(known.firstAt) ? time : known.firstAt;
      known.lastAt = Date.parse(time) > Date.parse(known.lastAt) ? time : known.lastAt;
    }
    for (const id of eventIds) {
      known.eventIds.add(id);
    }
  }
}

const sessionTypes: Readonly<Record<string, string>> = {
  AssumedRole: 'role-session',
  FederatedUser: 'federated-session',
};

function actorDraft(node: string, view: ActorView): NodeDraft {
  const key = /^key (\S+)( owner)?$/.exec(node);
  const accountId = view.arn === null ? null : (parseArn(view.arn)?.accountId ?? null);
  const name = view.arn?.split('/').slice(1).join('/') ?? '';
  if (key !== null) {
    const id = key[1] ?? '';
    const isSession = !id.startsWith('AKIA') && (view.type !== 'IAMUser' || id.startsWith('ASIA'));
    const whose = key[2] === undefined ? name : `${name}, the owner's own use`;
    return draftOf(node, {
      kind: isSession ? 'session' : 'credential',
      type: isSession ? (sessionTypes[view.type ?? ''] ?? 'user-session') : 'access-key',
      label: whose === '' ? id : `${id} (${whose})`,
      arn: isSession ? view.arn : null,
      uniqueId: id,
      accountId,
    });
  }
  if (node.startsWith('session ')) {
    return draftOf(node, { kind: 'session', type: 'role-session', label: name, arn: view.arn, accountId });
  }
  if (node.startsWith('directory-user ')) {
    const id = node.slice('directory-user '.length);
    return draftOf(node, { kind: 'principal', type: 'directory-user', label: id, uniqueId: id });
  }
  const type = node.split(' ')[0] ?? 'principal';
  return draftOf(node, { kind: 'principal', type, label: name || node, arn: view.arn, accountId });
}

function lineageEvent({ event }: PreparedEvent, actor: NodeDraft, nodes: readonly string[]): LineageEvent {
  const part = partOf(event);
  return {
    eventId: event.id,
    eventTime: event.time,
    eventName: event.name,
    eventSource: event.source,
    accountId: event.accountId,
    region: event.region,
    actorArn: event.actor.arn ?? event.actor.invokedBy ?? actor.arn ?? actor.label,
    accessKeyId: event.actor.accessKeyId,
    sourceIp: event.sourceIp,
    userAgent: event.userAgent,
    errorCode: event.errorCode,
    ...(part === null ? {} : { part }),
    nodes: [...nodes].sort(byText((node) => node)),
    file: event.origin.file,
  };
}
