import type { Incident } from '../../model/incident.ts';
import type { ActivityTable } from './activity-table.ts';
import type { ActorView } from './actor-view.ts';
import type { Called } from './called.ts';
import { type Door, doorOf, type ForeignAccounts } from './doors.ts';
import { doubtsOf } from './doubts.ts';
import { EventIndex, minuteOf, reservedRoleOf } from './event-index.ts';
import { ForwardedCalls } from './forwarded-calls.ts';
import type { Hands } from './hands.ts';
import { KeyQueue } from './key-queue.ts';
import type { Lives } from './lives.ts';
import { type Match, Matcher } from './matcher.ts';
import { nodeKey } from './node-key.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { PreparedLog } from './prepared-log.ts';
import { ReservedRoles } from './reserved-roles.ts';
import type { Act, NodeSeed } from './rules/lineage-rule.ts';
import { directoryUserOf, principalKeyOf, roleKeyOf } from './rules/place.ts';
import { SeedUsers } from './seed-users.ts';
import type { Doubt } from './suspects.ts';
import { longestLife, type Taint, TaintFacts } from './taint-facts.ts';
import { trustedAccounts } from './trust-accounts.ts';

export interface Issuer {
  readonly seeds: readonly string[];
  /** The event that showed it. */
  readonly prepared: PreparedEvent;
}

export interface Tainting {
  /** Marked events in their order, with who acted. */
  readonly marked: readonly {
    readonly prepared: PreparedEvent;
    readonly view: ActorView;
    readonly match: Match;
    readonly door: Door | null;
  }[];
  readonly facts: TaintFacts;
  readonly matcher: Matcher;
  readonly reserved: ReservedRoles;
  /** Sessions whose making is not in the log, by node: the leaked keys that alone can have made them. */
  readonly issuers: ReadonlyMap<string, Issuer>;
  /** Sessions by key that the leaked key can have made, and why they are not counted. */
  readonly doubts: ReadonlyMap<string, Doubt>;
}

const hour = 3_600_000;

function isOfIam({ source }: Called): boolean {
  return source === 'iam.amazonaws.com';
}

/** A function's environment keeps its credentials for hours after the function is gone. */
const afterglow = 12 * hour;

/**
 * The fixpoint: every fact leads to the events it may concern, every event so found may add facts. Each event is looked
 * at only under the facts that can concern it, so the work grows with the incident, not with the log.
 */
export class Tracer {
  readonly #log: PreparedLog;
  readonly #index: EventIndex;
  readonly #lives: Lives;
  readonly #foreign: ForeignAccounts;
  readonly #incident: Incident;
  readonly #facts: TaintFacts;
  readonly #matcher: Matcher;
  readonly #seedUsers: SeedUsers;
  readonly #issuers = new Map<string, Issuer>();
  readonly #reserved = new ReservedRoles();
  readonly #marks = new Map<number, Taint>();
  readonly #pending = new KeyQueue();
  /** A key more is the incident's: whoever else acted as its user is to be judged anew, once for many keys. */
  #seedUsersToAsk = false;
  readonly #calls: ForwardedCalls;

  constructor(
    log: PreparedLog,
    lives: Lives,
    hands: Hands,
    foreign: ForeignAccounts,
    incident: Incident,
    activity: ActivityTable,
  ) {
    this.#log = log;
    this.#index = new EventIndex(log, new Set(incident.compromised.principals));
    this.#lives = lives;
    this.#foreign = foreign;
    this.#incident = incident;
    this.#facts = new TaintFacts(lives.minted);
    this.#matcher = new Matcher(this.#facts, hands);
    this.#seedUsers = new SeedUsers(incident, hands, log, this.#index, activity);
    this.#calls = new ForwardedCalls(log, this.#index);
  }

  run(): Tainting {
    this.#seed(this.#incident);
    do {
      this.#drain();
    } while (this.#followIdentityCenter());
    const marked = [...this.#marks.keys()]
      .sort((left, right) => left - right)
      .flatMap((index) => {
        const prepared = this.#log.at(index);
        const found = prepared === undefined ? null : this.#judge(index);
        const view = this.#index.view(index);
        return prepared === undefined || view === undefined || found === null
          ? []
          : [{ prepared, view, ...found }];
      });
    return {
      marked,
      facts: this.#facts,
      matcher: this.#matcher,
      reserved: this.#reserved,
      issuers: this.#issuers,
      doubts: doubtsOf(this.#seedUsers, this.#index, this.#log, this.#marks, this.#facts),
    };
  }

  /** The session of a leaked key's user, where only a leaked key can have made it. */
  #byIssuer(index: number): Match | null {
    const view = this.#index.view(index);
    const verdict = view === undefined ? null : this.#seedUsers.verdict(view, this.#facts);
    return verdict === null || verdict.doubt !== null
      ? null
      : { taint: 'tainted', node: `key ${view?.accessKeyId}`, issuedBy: verdict.seeds };
  }

  #seed(incident: Incident): void {
    for (const id of incident.compromised.accessKeyIds) {
      this.#facts.addKey(id, { taint: 'tainted', seed: true });
      this.#pending.push(`key ${id}`);
    }
    this.#pending.push(...this.#seedUsers.keys.map((key) => `principal ${key}`));
    for (const arn of incident.compromised.principals) {
      this.#facts.seedArns.add(arn);
      this.#pending.push(`named ${arn}`);
      const key = arn.includes(':assumed-role/') ? null : principalKeyOf(arn);
      if (key !== null) {
        this.#facts.addPrincipal(key, {
          from: Number.NEGATIVE_INFINITY,
          until: Number.POSITIVE_INFINITY,
          uniqueId: null,
          seed: true,
          node: key,
        });
        this.#pending.push(`principal ${key}`);
      }
      const directoryUser = /^arn:[^:]+:identitystore:.*:user\/(.+)$/.exec(arn)?.[1]?.toLowerCase();
      if (directoryUser !== undefined) {
        this.#addDirectoryUser(directoryUser, Number.NEGATIVE_INFINITY, `directory-user ${directoryUser}`);
      }
    }
  }

  #drain(): void {
    do {
      this.#seedUsersToAsk = false;
      for (let key = this.#pending.pop(); key !== undefined; key = this.#pending.pop()) {
        for (const index of this.#index.find(key)) {
          this.#visit(index);
        }
      }
      if (this.#seedUsersToAsk) {
        this.#pending.push(...this.#seedUsers.keys.map((key) => `principal ${key}`));
      }
    } while (this.#pending.length > 0);
  }

  #visit(index: number): void {
    const known = this.#marks.get(index);
    if (known === 'tainted') {
      return;
    }
    const found = this.#judge(index);
    const prepared = found === null || found.match.taint === known ? undefined : this.#log.at(index);
    if (found === null || prepared === undefined) {
      return;
    }
    this.#marks.set(index, found.match.taint);
    if (found.match.issuedBy !== undefined) {
      this.#issuers.set(found.match.node, { seeds: found.match.issuedBy, prepared });
      this.#addKey(found.match.node.slice('key '.length), found.match.taint);
    }
    this.#follow(prepared, found.match.taint);
  }

  #judge(index: number): { readonly match: Match; readonly door: Door | null } | null {
    const view = this.#index.view(index);
    if (view === undefined) {
      return null;
    }
    const match = this.#matcher.match(view) ?? this.#forwarded(index) ?? this.#byIssuer(index);
    if (match !== null) {
      return { match, door: null };
    }
    // Most of what is looked at is not the incident's, and need not be kept.
    const prepared = this.#log.passing(index);
    if (prepared === undefined) {
      return null;
    }
    const door = doorOf(prepared, this.#index.assumption(index), this.#facts, this.#foreign);
    if (door !== null) {
      return { match: door, door };
    }
    const assignment = this.#reserved.assignmentOf(prepared);
    return assignment === null ? null : { match: { taint: 'tainted', node: assignment.node }, door: null };
  }

  /** What a service did for somebody belongs to the call by which it was set to work. */
  #forwarded(index: number): Match | null {
    const view = this.#index.view(index);
    const before = view === undefined ? undefined : this.#calls.before(view);
    const caller = before === undefined ? undefined : this.#index.view(before);
    return before === undefined || caller === undefined || !this.#marks.has(before)
      ? null
      : this.#matcher.match(caller);
  }

  #follow(prepared: PreparedEvent, taint: Taint): void {
    const { event, at, done } = prepared;
    if (!done) {
      return;
    }
    if (event.actor.arn !== null && event.actor.invokedBy === null) {
      this.#pending.push(`forwarded ${event.actor.arn} ${event.source}`);
    }
    for (const act of prepared.acts) {
      if (act.seed.kind === 'session' || (act.seed.kind === 'credential' && act.relation === 'issued')) {
        this.#followCredential(prepared, act, taint, at);
      } else if (taint === 'tainted') {
        this.#followThing(prepared, act, at);
      }
    }
  }

  #followCredential({ event }: PreparedEvent, { seed }: Act, taint: Taint, at: number): void {
    if (event.actor.type === 'AWSService') {
      return;
    }
    if (seed.accessKeyId !== undefined) {
      this.#addKey(seed.accessKeyId, taint);
    }
    const directoryUser = seed.type === 'portal-session' ? directoryUserOf(event) : null;
    if (directoryUser !== null) {
      this.#facts.addPortal(directoryUser, { from: at, until: at + longestLife('portal'), node: seed.key });
    }
    if (seed.session !== undefined && seed.arn !== null && seed.type !== 'oauth-grant') {
      const seconds = seed.session.durationSeconds;
      const life = seconds === null ? longestLife(seed.session.origin) : seconds * 1000;
      const createdAt =
        seed.type === 'console-session' ? Date.parse(event.actor.sessionCreatedAt ?? event.time) : at;
      this.#facts.addSession(seed.arn, { from: createdAt, until: createdAt + life, taint, node: seed.key });
      for (const minute of [createdAt - 60_000, createdAt, createdAt + 60_000]) {
        this.#pending.push(`arn ${seed.arn} ${minuteOf(minute)}`);
      }
      this.#pending.push(`arn ${seed.arn} unknown`, `switch ${seed.arn}`);
    }
  }

  #addKey(id: string, taint: Taint): void {
    if (this.#facts.addKey(id, { taint, seed: false })) {
      this.#pending.push(`key ${id}`);
      // One key less that may have made the sessions of its user without the intruder.
      this.#seedUsersToAsk = true;
    }
  }

  #followThing(prepared: PreparedEvent, act: Act, at: number): void {
    const { seed, relation } = act;
    const node = nodeKey(this.#lives, act, at);
    if (relation === 'created') {
      this.#followMade(prepared, seed, node, at);
    }
    if (relation !== 'deleted' && seed.type === 'login-profile') {
      const owner = seed.key.slice('login-profile '.length);
      this.#facts.addPassword(owner, { from: at, until: this.#lives.nextSetting(seed.key, at), node });
      this.#pending.push(`principal ${owner}`);
    }
    if (seed.type === 'lambda-function' && relation !== 'deleted') {
      this.#followFunction(prepared, act, node, at);
    }
    if (relation === 'changed' && seed.type === 'iam-role' && seed.trustPolicy !== undefined) {
      const accounts = trustedAccounts(seed.trustPolicy);
      this.#facts.addOpenedRole(seed.key, {
        from: at,
        until: this.#lives.nextSetting(seed.key, at),
        accounts,
        node,
      });
      this.#pending.push(`target ${seed.key}`);
    }
  }

  #followMade(prepared: PreparedEvent, seed: NodeSeed, node: string, at: number): void {
    const isServiceRole =
      seed.arn?.includes('/aws-service-role/') === true || prepared.event.name === 'CreateServiceLinkedRole';
    if (
      (seed.type === 'iam-user' || seed.type === 'iam-role') &&
      !isServiceRole &&
      reservedRoleOf(prepared.event) === null
    ) {
      this.#addPrincipal(seed.key, seed.uniqueId, node, at);
    }
    if (seed.type === 'ec2-instance') {
      const name = seed.label;
      this.#facts.addInstance(name, { from: at, until: Number.POSITIVE_INFINITY, node });
      // The instance's role shows only in the service's own assumption, whose session is named after the instance.
      this.#pending.push(`instance ${name}`, `served ${name}`);
    }
    if (seed.type === 'directory-user' && seed.uniqueId !== null) {
      this.#addDirectoryUser(seed.uniqueId.toLowerCase(), at, node);
    }
    if (['saml-provider', 'oidc-provider', 'trust-anchor'].includes(seed.type) && seed.arn !== null) {
      this.#facts.providers.set(seed.arn.toLowerCase(), { from: at, until: Number.POSITIVE_INFINITY, node });
      this.#pending.push(`provider ${seed.arn.toLowerCase()}`);
    }
    if (seed.type === 'permission-set') {
      this.#reserved.addPermissionSet(seed);
    }
    if (seed.type === 'assignment') {
      this.#reserved.addAssignment(prepared, node);
    }
  }

  #addPrincipal(key: string, uniqueId: string | null, node: string, at: number): void {
    const until = this.#lives.nextCreation(key, at);
    if (this.#facts.addPrincipal(key, { from: at, until, uniqueId, seed: false, node })) {
      this.#pending.push(`principal ${key}`, `target ${key}`);
    }
  }

  #addDirectoryUser(id: string, from: number, node: string): void {
    this.#facts.directoryUsers.set(id, { from, until: Number.POSITIVE_INFINITY, node });
    this.#pending.push(`directory ${id}`);
  }

  #followFunction({ event }: PreparedEvent, { seed, relation }: Act, node: string, at: number): void {
    const role = seed.runsAs ?? this.#lives.roleOfFunction(seed.key);
    const setsCode = ['CreateFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration'].includes(
      event.name,
    );
    if (role === undefined || !setsCode) {
      return;
    }
    const deletedAt = this.#lives.life(seed.key, this.#lives.indexAt(seed.key, at, relation, null)).deletedAt;
    const end = deletedAt === null ? Number.POSITIVE_INFINITY : deletedAt + afterglow;
    const until = relation === 'created' ? end : Math.min(end, this.#lives.nextSetting(seed.key, at));
    const roleKey = roleKeyOf(role);
    this.#facts.addRoleSession(roleKey, seed.label, { from: at, until, node });
    this.#pending.push(`runner ${roleKey} ${seed.label}`, `target ${roleKey}`);
  }

  /** Roles that Identity Center made in accounts after an assignment; true when that led to something new. */
  #followIdentityCenter(): boolean {
    const before = this.#marks.size;
    if (!this.#reserved.isEmpty) {
      this.#log.eachPlace(isOfIam, (place) => this.#followReservedRole(place));
    }
    return this.#marks.size > before;
  }

  #followReservedRole(place: number): void {
    const event = this.#log.events.at(place);
    const isReserved = event !== undefined && reservedRoleOf(event) !== null;
    const prepared = isReserved ? this.#log.at(place) : undefined;
    const isMarked = prepared === undefined || this.#marks.has(place);
    const assignment = isMarked ? null : this.#reserved.assignmentOf(prepared);
    if (prepared === undefined || assignment === null) {
      return;
    }
    this.#marks.set(place, 'tainted');
    for (const act of assignment.ownSet && prepared.done ? prepared.acts : []) {
      if (act.relation === 'created' && act.seed.type === 'iam-role') {
        const node = nodeKey(this.#lives, act, prepared.at);
        this.#addPrincipal(act.seed.key, act.seed.uniqueId, node, prepared.at);
      }
    }
  }
}
