import type { Principal } from '../model/evidence/derived.ts';
import { mintingOf } from '../model/minting.ts';
import type { TriageOwner, TriagePower } from '../model/triage-result.ts';
import type { AccountPrincipals } from './account-principals.ts';
import { type HistoryEvent, textAt } from './history-event.ts';
import type { KeyFacts } from './key-facts.ts';

/** Who signs with the key, as far as it is known. */
export interface OwnerIdentity {
  readonly type: TriageOwner['type'];
  readonly name: string | null;
  readonly arn: string | null;
}

const nobody: OwnerIdentity = { type: 'unknown', name: null, arn: null };

function nameOf(arn: string | null): string | null {
  return arn === null ? null : arn.slice(arn.lastIndexOf('/') + 1);
}

/** By the key's own events: the only way for temporary keys and for keys that are gone. */
function ownerByEvents(events: readonly HistoryEvent[], accessKeyId: string): OwnerIdentity {
  const event = events.find((one) => one.accessKeyId === accessKeyId && one.actorType !== null);
  switch (event?.actorType) {
    case 'IAMUser':
      return { type: 'iam-user', name: event.userName ?? nameOf(event.actorArn), arn: event.actorArn };
    case 'AssumedRole':
      return { type: 'iam-role', name: nameOf(event.issuerArn), arn: event.issuerArn };
    case 'FederatedUser':
      return { type: 'federated-user', name: nameOf(event.issuerArn), arn: event.issuerArn };
    case 'Root':
      return { type: 'root', name: 'root', arn: event.actorArn };
    default:
      return nobody;
  }
}

export function ownerIdentity(
  facts: KeyFacts,
  accessKeyId: string,
  events: readonly HistoryEvent[],
): OwnerIdentity {
  return facts.userName === null
    ? ownerByEvents(events, accessKeyId)
    : { type: 'iam-user', name: facts.userName, arn: null };
}

/** IAM users: the owner itself; of a federated session the user who made it. */
export function userNameOf(owner: OwnerIdentity): string | null {
  return owner.type === 'iam-user' || owner.type === 'federated-user' ? owner.name : null;
}

function principalOf(owner: OwnerIdentity, account: AccountPrincipals | null): Principal | null {
  const type = owner.type === 'iam-role' ? 'iam-role' : 'iam-user';
  return account?.principals.find((one) => one.type === type && one.name === owner.name) ?? null;
}

function powerOf(principal: Principal | null, owner: OwnerIdentity): TriagePower | null {
  if (owner.type === 'root') {
    return {
      administrator: 'yes',
      mints: ['every action (root user)'],
      mintsConditionally: [],
      escalations: [],
      changesOrganization: [],
      readsOnly: false,
      unparsedPolicies: [],
    };
  }
  if (principal === null) {
    return null;
  }
  const { power } = principal;
  const minting = mintingOf(power);
  return {
    administrator: power.administrator,
    mints: [...minting.certain],
    mintsConditionally: [...minting.conditional],
    escalations: power.escalationPaths.map(({ id, title, verdict }) => ({
      id,
      title,
      conditional: verdict === 'conditional',
    })),
    changesOrganization: power.changesOrganization.map(({ action }) => action),
    readsOnly: power.readsOnly,
    unparsedPolicies: [...power.unparsedPolicies],
  };
}

const quarantine = /^AWSCompromisedKeyQuarantine/;

export interface Ownership {
  readonly owner: TriageOwner;
  readonly power: TriagePower | null;
  readonly principal: Principal | null;
}

export function ownership(
  identity: OwnerIdentity,
  facts: KeyFacts,
  account: AccountPrincipals | null,
  user: Pick<TriageOwner, 'consolePassword' | 'mfaDevices'>,
): Ownership {
  const principal = principalOf(identity, account);
  const detail =
    identity.type === 'iam-role'
      ? account?.details.roles.find(({ arn }) => arn === principal?.arn)
      : account?.details.users.find(({ arn }) => arn === principal?.arn);
  const known = identity.name !== null && account?.complete === true;
  return {
    owner: {
      type: identity.type,
      name: identity.name,
      arn: principal?.arn ?? identity.arn,
      exists: principal !== null || identity.type === 'root' ? true : known ? false : null,
      createdAt: principal?.createdAt ?? null,
      groups: principal === null ? null : [...principal.groups],
      boundaryArn: detail?.permissionsBoundaryArn ?? null,
      quarantinePolicies:
        detail === undefined
          ? null
          : detail.attachedPolicies.map(({ name }) => name).filter((name) => quarantine.test(name)),
      ...user,
      otherKeys: facts.otherKeys === null ? null : [...facts.otherKeys],
    },
    power: powerOf(principal, identity),
    principal,
  };
}

/** Users that the events made: their own calls are the next hop. */
export function createdUserNames(events: readonly HistoryEvent[]): readonly string[] {
  const names = events
    .filter(
      ({ service, name, errorCode }) => service === 'iam' && name === 'CreateUser' && errorCode === null,
    )
    .flatMap(({ request }) => textAt(request, 'userName') ?? []);
  return [...new Set(names)].sort();
}
