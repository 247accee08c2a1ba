import { append } from '../support/append.ts';
import type { SessionOrigin } from './rules/lineage-rule.ts';

export type Taint = 'tainted' | 'shared-credential';

/** A span of time, `until` exclusive. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface KeyFact {
  readonly taint: Taint;
  /** Leaked: its owner may use it too. */
  readonly seed: boolean;
}

/** A session known by its ARN and the time at which it was made. */
export interface SessionFact extends Span {
  readonly taint: Taint;
  readonly node: string;
}

/** Whatever acts under a name within a span. */
export interface NamedFact extends Span {
  readonly node: string;
}

export interface PrincipalFact extends Span {
  readonly uniqueId: string | null;
  readonly seed: boolean;
  readonly node: string;
}

export interface OpenedRole extends Span {
  /** Accounts that the new trust names; null: anybody. */
  readonly accounts: ReadonlySet<string> | null;
  readonly node: string;
}

/** Only grows: that is why the order of events does not matter. */
export class TaintFacts {
  readonly keys = new Map<string, KeyFact>();
  readonly #sessions = new Map<string, SessionFact[]>();
  readonly #roleSessions = new Map<string, NamedFact[]>();
  readonly #instances = new Map<string, NamedFact>();
  readonly #principals = new Map<string, PrincipalFact[]>();
  readonly #passwords = new Map<string, NamedFact[]>();
  readonly #opened = new Map<string, OpenedRole[]>();
  readonly directoryUsers = new Map<string, NamedFact>();
  readonly #portals = new Map<string, NamedFact[]>();
  readonly providers = new Map<string, NamedFact>();
  /** Keys whose making is in the log: who made them is known, nothing is to be joined by name and time. */
  readonly minted: Pick<ReadonlySet<string>, 'has'>;
  /** ARNs of sessions that people named. */
  readonly seedArns = new Set<string>();

  constructor(minted: Pick<ReadonlySet<string>, 'has'>) {
    this.minted = minted;
  }

  addKey(accessKeyId: string, fact: KeyFact): boolean {
    const known = this.keys.get(accessKeyId);
    if (known !== undefined && (known.taint === 'tainted' || fact.taint === known.taint)) {
      return false;
    }
    this.keys.set(accessKeyId, fact);
    return true;
  }

  addSession(arn: string, fact: SessionFact): void {
    append(this.#sessions, arn, fact);
  }

  addRoleSession(roleKey: string, sessionName: string, fact: NamedFact): void {
    append(this.#roleSessions, `${roleKey} ${sessionName}`, fact);
  }

  addInstance(instanceId: string, fact: NamedFact): void {
    this.#instances.set(instanceId, fact);
  }

  addPrincipal(key: string, fact: PrincipalFact): boolean {
    const known = this.#principals.get(key) ?? [];
    if (known.some(({ node }) => node === fact.node)) {
      return false;
    }
    append(this.#principals, key, fact);
    return true;
  }

  addPassword(userKey: string, fact: NamedFact): void {
    append(this.#passwords, userKey, fact);
  }

  addOpenedRole(roleKey: string, fact: OpenedRole): void {
    append(this.#opened, roleKey, fact);
  }

  addPortal(directoryUserId: string, fact: NamedFact): void {
    append(this.#portals, directoryUserId, fact);
  }

  /** The latest portal session of a directory user that could be alive then. */
  portal(directoryUserId: string, at: number): NamedFact | null {
    return within(this.#portals.get(directoryUserId), at);
  }

  principal(key: string, at: number, uniqueId: string | null): PrincipalFact | null {
    const found = this.#principals
      .get(key)
      ?.filter(({ from, until }) => from <= at && at < until)
      .find((fact) => fact.uniqueId === null || uniqueId === null || sameId(fact.uniqueId, uniqueId));
    return found ?? null;
  }

  roleSession(roleKey: string, sessionName: string, at: number): NamedFact | null {
    const instance = this.#instances.get(sessionName);
    if (instance !== undefined && instance.from <= at && at < instance.until) {
      return instance;
    }
    return within(this.#roleSessions.get(`${roleKey} ${sessionName}`), at);
  }

  password(userKey: string, at: number): NamedFact | null {
    return within(this.#passwords.get(userKey), at);
  }

  openedRole(roleKey: string, at: number): OpenedRole | null {
    return within(this.#opened.get(roleKey), at);
  }

  /** The session of this ARN that was made at that time (a minute either way). */
  sessionMadeAt(arn: string, createdAt: number): SessionFact | null {
    let best: SessionFact | null = null;
    for (const fact of this.#sessions.get(arn) ?? []) {
      const distance = Math.abs(fact.from - createdAt);
      if (distance <= joinTolerance && closer(fact, best, createdAt)) {
        best = fact;
      }
    }
    return best;
  }

  /** The latest session of this ARN that could be alive then: for events that carry neither key nor session time. */
  sessionAlive(arn: string, at: number, signingIn = false): SessionFact | null {
    let best: SessionFact | null = null;
    for (const fact of this.#sessions.get(arn) ?? []) {
      // A sign-in is not done by the console session that it begins.
      const alive = fact.from <= at && at < fact.until && !(signingIn && fact.node.startsWith('console '));
      if (
        alive &&
        (best === null || fact.from > best.from || (fact.from === best.from && fact.node > best.node))
      ) {
        best = fact;
      }
    }
    return best;
  }
}

/** A console session's creation date and its sign-in event lie seconds apart at most; a minute is generous. */
export const joinTolerance = 60_000;

function closer(fact: SessionFact, best: SessionFact | null, createdAt: number): boolean {
  if (best === null) {
    return true;
  }
  const difference = Math.abs(fact.from - createdAt) - Math.abs(best.from - createdAt);
  return difference < 0 || (difference === 0 && fact.node > best.node);
}

/** The latest that holds; ties by node, so that the order of adding does not matter. */
function within<T extends NamedFact>(facts: readonly T[] | undefined, at: number): T | null {
  let best: T | null = null;
  for (const fact of facts ?? []) {
    const holds = fact.from <= at && at < fact.until;
    if (
      holds &&
      (best === null || fact.from > best.from || (fact.from === best.from && fact.node > best.node))
    ) {
      best = fact;
    }
  }
  return best;
}

/** `AROA…:session` belongs to `AROA…`; ids of another kind cannot be compared. */
function sameId(left: string, right: string): boolean {
  const own = right.split(':')[0] ?? right;
  return left.slice(0, 4) !== own.slice(0, 4) || left === own;
}

const hour = 3_600_000;

/** The longest life of a session whose answer does not tell its end. */
export const longestHours: Readonly<Record<SessionOrigin, number>> = {
  'assume-role': 12,
  'assume-role-saml': 12,
  'assume-role-web-identity': 12,
  'assume-root': 0.25,
  'federation-token': 36,
  'session-token': 36,
  'signin-token': 36,
  console: 12,
  'roles-anywhere': 12,
  oauth: 12,
  portal: 90 * 24,
  service: 12,
};

export function longestLife(origin: SessionOrigin): number {
  return longestHours[origin] * hour;
}
