import type { ActorView } from './actor-view.ts';
import type { Hands } from './hands.ts';
import type { Taint, TaintFacts } from './taint-facts.ts';

/** Whose hand an event was done by: the key of the node that acted. */
export interface Match {
  readonly taint: Taint;
  readonly node: string;
  /** Leaked keys one of which must have made the acting session, where the making is not in the log. */
  readonly issuedBy?: readonly string[];
}

/** The hand of the owner is a node of its own beside the leaked credential. */
export function ownerNode(node: string): string {
  return `${node} owner`;
}

export function sessionGroupNode(principalKey: string, sessionName: string): string {
  return `session ${principalKey} ${sessionName}`;
}

/** Done by the user before there is a portal session. */
const signIns = new Set([
  'Authenticate',
  'CredentialChallenge',
  'CredentialVerification',
  'UserAuthentication',
]);

/** Decides from the facts alone, strongest first; the same facts always give the same answer. */
export class Matcher {
  readonly #facts: TaintFacts;
  readonly #hands: Hands;

  constructor(facts: TaintFacts, hands: Hands) {
    this.#facts = facts;
    this.#hands = hands;
  }

  match(view: ActorView): Match | null {
    if (view.type === 'AWSService') {
      return null;
    }
    const fact = view.accessKeyId === null ? undefined : this.#facts.keys.get(view.accessKeyId);
    if (fact !== undefined) {
      const node = `key ${view.accessKeyId}`;
      return fact.seed ? this.#byHand(view, node) : { taint: fact.taint, node };
    }
    return (
      this.#bySwitch(view) ??
      this.#byRunner(view) ??
      this.#byDirectoryUser(view) ??
      this.#bySession(view) ??
      this.#byNamedSession(view) ??
      this.#byPassword(view) ??
      this.#byPrincipal(view)
    );
  }

  #byHand(view: ActorView, node: string): Match | null {
    const hand = this.#hands.of(view);
    if (hand === 'before') {
      return null;
    }
    return hand === 'intruder'
      ? { taint: 'tainted', node }
      : { taint: 'shared-credential', node: ownerNode(node) };
  }

  /** The record of a role switch already names the new session; who switched stands beside it. */
  #bySwitch(view: ActorView): Match | null {
    if (view.switchedFrom === null) {
      return null;
    }
    const session = this.#facts.sessionAlive(view.switchedFrom, view.at);
    return session === null ? null : { taint: session.taint, node: session.node };
  }

  /** Functions and instances act as their role under a session named after them. */
  #byRunner(view: ActorView): Match | null {
    if (view.principalKey === null || view.sessionName === null) {
      return null;
    }
    const fact = this.#facts.roleSession(view.principalKey, view.sessionName, view.at);
    return fact === null
      ? null
      : { taint: 'tainted', node: sessionGroupNode(view.principalKey, view.sessionName) };
  }

  #byDirectoryUser(view: ActorView): Match | null {
    const fact =
      view.directoryUserId === null ? undefined : this.#facts.directoryUsers.get(view.directoryUserId);
    if (fact === undefined || view.at < fact.from) {
      return null;
    }
    if (view.accessKeyId !== null && view.arn !== null) {
      return { taint: 'tainted', node: `key ${view.accessKeyId}` };
    }
    const portal = signIns.has(view.name) ? null : this.#facts.portal(view.directoryUserId ?? '', view.at);
    return { taint: 'tainted', node: portal?.node ?? fact.node };
  }

  #bySession(view: ActorView): Match | null {
    if (view.arn === null || (view.accessKeyId !== null && this.#facts.minted.has(view.accessKeyId))) {
      return null;
    }
    const fact =
      view.sessionCreatedAt === null
        ? view.accessKeyId === null && view.arn.includes(':sts:')
          ? this.#facts.sessionAlive(view.arn, view.at, view.name === 'ConsoleLogin')
          : null
        : this.#facts.sessionMadeAt(view.arn, view.sessionCreatedAt);
    return fact === null ? null : { taint: fact.taint, node: fact.node };
  }

  #byNamedSession(view: ActorView): Match | null {
    if (view.arn === null || !this.#facts.seedArns.has(view.arn)) {
      return null;
    }
    return this.#byHand(view, view.accessKeyId === null ? `session ${view.arn}` : `key ${view.accessKeyId}`);
  }

  #byPassword(view: ActorView): Match | null {
    if (view.name !== 'ConsoleLogin' || view.principalKey === null) {
      return null;
    }
    const fact = this.#facts.password(view.principalKey, view.at);
    return fact === null ? null : { taint: 'tainted', node: fact.node };
  }

  #byPrincipal(view: ActorView): Match | null {
    if (view.principalKey === null) {
      return null;
    }
    const fact = this.#facts.principal(view.principalKey, view.at, view.principalId);
    if (fact === null) {
      return null;
    }
    const node = actingNode(view, fact.node, view.principalKey);
    return fact.seed ? this.#byHand(view, node) : { taint: 'tainted', node };
  }
}

/** Sessions of a role are told by name, those of a user by their key or by when they were made. */
function actingNode(view: ActorView, principalNode: string, principalKey: string): string {
  if (view.sessionName !== null) {
    return sessionGroupNode(principalKey, view.sessionName);
  }
  return view.accessKeyId === null ? principalNode : `key ${view.accessKeyId}`;
}
