import type { Incident } from '../../model/incident.ts';
import { type Assumption, assumptionOf } from './assumption.ts';
import { type Match, sessionGroupNode } from './matcher.ts';
import type { PreparedEvent } from './prepared-event.ts';
import { parseArn } from './rules/place.ts';
import type { TaintFacts } from './taint-facts.ts';

/** Accounts that are neither the organization's nor trusted by the incident file. */
export class ForeignAccounts {
  readonly #own: ReadonlySet<string> | null;
  readonly #trusted: ReadonlySet<string>;

  constructor(incident: Incident, organizationAccountIds: readonly string[] | undefined) {
    this.#own = organizationAccountIds === undefined ? null : new Set(organizationAccountIds);
    this.#trusted = new Set(incident.trusted.accounts);
  }

  /** Without a list of the organization's accounts, every other account is foreign. */
  isForeign(accountId: string | null, home: string): boolean {
    return (
      accountId !== null &&
      accountId !== home &&
      !this.#trusted.has(accountId) &&
      this.#own?.has(accountId) !== true
    );
  }
}

export interface Door extends Match {
  /** Who came through it, for a node of its own; null where the door itself is the maker (a function's role). */
  readonly visitor: {
    readonly node: string;
    readonly label: string;
    readonly arn: string | null;
    readonly accountId: string | null;
    readonly foreign: boolean;
  } | null;
}

/**
 * Sessions that begin at something the incident made or opened: its roles, roles whose trust it widened, its identity
 * providers. Who comes through is not thereby the intruder, but the session is the intruder's door in use.
 */
export function doorOf(
  { event, at }: PreparedEvent,
  assumption: Assumption | null,
  facts: TaintFacts,
  foreign: ForeignAccounts,
): Door | null {
  if (assumption === null) {
    return null;
  }
  const { roleArn, provider, sessionName } = assumption;
  const roleKey = assumption.roleKey ?? '';
  const made = facts.principal(roleKey, at, null);
  if (event.actor.type === 'AWSService') {
    const runner = facts.roleSession(roleKey, sessionName ?? '', at);
    const node = runner?.node ?? (made?.seed === false ? made.node : null);
    return node === null ? null : { taint: 'tainted', node, visitor: null };
  }
  const byProvider = provider === null ? undefined : facts.providers.get(provider);
  if (byProvider !== undefined && byProvider.from <= at) {
    return { taint: 'tainted', node: byProvider.node, visitor: null };
  }
  const home = parseArn(roleArn ?? '')?.accountId ?? '';
  const visitorAccount = event.actor.accountId;
  const isForeign = foreign.isForeign(visitorAccount, home);
  const opened = facts.openedRole(roleKey, at);
  const throughOpened =
    opened !== null && isForeign && (opened.accounts === null || opened.accounts.has(visitorAccount ?? ''));
  if ((made !== null && !made.seed) || throughOpened) {
    const name =
      event.actor.arn ?? event.actor.principalId ?? event.actor.userName ?? visitorAccount ?? 'unknown';
    return {
      taint: 'tainted',
      node: `visitor ${name}`,
      visitor: {
        node: `visitor ${name}`,
        label: name,
        arn: event.actor.arn,
        accountId: visitorAccount,
        foreign: isForeign,
      },
    };
  }
  return null;
}

/** Sessions that a service begins have one node for all their keys: the role and the session name. */
export function servedSessionNode(prepared: PreparedEvent): string | null {
  if (prepared.event.actor.type !== 'AWSService') {
    return null;
  }
  const { roleKey = null, sessionName = null } = assumptionOf(prepared.event) ?? {};
  return roleKey === null || sessionName === null ? null : sessionGroupNode(roleKey, sessionName);
}
