import { type Caller, whoAmI } from '../aws/caller.ts';
import type { AwsSession } from '../aws/clients.ts';
import { assumeRole, sessionName } from '../aws/credentials.ts';
import type { AwsEdge } from '../aws/edge.ts';
import { FatalAwsError } from '../aws/fatal-aws-error.ts';
import type { Gap } from '../model/gap.ts';
import { accountUnit, organizationUnit } from '../model/scope.ts';
import {
  describeOrganization,
  type KnownOrganization,
  type ListedAccount,
  listAccounts,
  listAccountsOfUnit,
} from './organization-reads.ts';
import type { AccountAccess, OrganizationVantage, PlannedAccount, SweepPlan } from './sweep-plan.ts';

export interface ScopeOptions {
  /** `account`: the caller's own · `organization`: all accounts, or those of `accounts` and `ou`. */
  readonly mode: 'account' | 'organization';
  readonly accounts?: readonly string[];
  readonly excludeAccounts?: readonly string[];
  /** Id of an organizational unit or root; everything below it. */
  readonly ou?: string;
  /** Role to assume in each member account. */
  readonly roleName?: string;
  readonly externalId?: string;
  readonly managementRoleArn?: string;
}

export interface ScopeStart {
  readonly edge: AwsEdge;
  readonly credentials: AwsSession['credentials'];
  /** Region of the caller, for STS. */
  readonly region: string;
}

interface Discovery extends ScopeStart {
  readonly options: ScopeOptions;
  readonly caller: Caller;
  readonly callerSession: AwsSession;
  readonly sessionName: string;
  readonly gaps: Gap[];
  readonly sessionArns: string[];
}

function scopeGap(discovery: Discovery, operation: string, detail: string, accountId?: string): Gap {
  const { partition } = discovery.caller;
  return {
    reason: 'not-collected',
    operation,
    unit: accountId === undefined ? organizationUnit(partition) : accountUnit(partition, accountId),
    detail,
    retryable: false,
  };
}

async function managementSession(
  discovery: Discovery,
  organization: KnownOrganization,
): Promise<AwsSession | null> {
  const { managementAccountId } = organization;
  const { managementRoleArn } = discovery.options;
  if (discovery.caller.accountId === managementAccountId) {
    return discovery.callerSession;
  }
  if (managementRoleArn === undefined) {
    return null;
  }
  const roleAccount = managementRoleArn.split(':')[4];
  if (roleAccount !== managementAccountId) {
    throw new FatalAwsError(
      `${managementRoleArn} is not a role of the management account ${managementAccountId}`,
      'Correct --management-role-arn.',
    );
  }
  const result = await assumeRole(discovery.edge, {
    from: discovery.callerSession,
    roleArn: managementRoleArn,
    sessionName: discovery.sessionName,
    ...(discovery.options.externalId === undefined ? {} : { externalId: discovery.options.externalId }),
    region: discovery.region,
    accountId: managementAccountId,
    unit: accountUnit(discovery.caller.partition, managementAccountId),
  });
  if (result.kind === 'refused') {
    discovery.gaps.push(result.failure.gap);
    return null;
  }
  discovery.sessionArns.push(result.sessionArn);
  return result.session;
}

interface Listed {
  readonly vantage: OrganizationVantage;
  readonly accounts: readonly ListedAccount[];
  /** False: there may be more accounts than these. */
  readonly complete: boolean;
}

/** A list that can be read from a member account is what makes it a delegated administrator. */
async function findVantage(discovery: Discovery, organization: KnownOrganization): Promise<Listed> {
  const management = await managementSession(discovery, organization);
  const { edge, caller, callerSession, options } = discovery;
  const session = management ?? callerSession;
  const list = await listAccounts(edge, session, caller.partition);
  const seen = list.accounts.length > 0 || list.gaps.length === 0;
  if (seen || management !== null) {
    discovery.gaps.push(...list.gaps);
    const kind = management === null ? 'delegated' : 'management';
    return { vantage: { kind, session }, accounts: list.accounts, complete: list.gaps.length === 0 };
  }
  const refused = list.gaps.every((gap) => gap.reason === 'access-denied');
  if (options.mode === 'organization' || !refused) {
    discovery.gaps.push(...list.gaps);
  }
  const reason = `account ${caller.accountId} is neither the management account ${organization.managementAccountId} nor a delegated administrator that may list accounts; give --management-role-arn`;
  return { vantage: { kind: 'none', reason }, accounts: [], complete: false };
}

function requireMembers(ids: readonly string[], listed: Listed, organization: KnownOrganization): void {
  const known = new Set(listed.accounts.map((account) => account.accountId));
  const outside = listed.complete ? ids.filter((id) => !known.has(id)) : [];
  if (outside.length > 0) {
    throw new FatalAwsError(
      `${outside.length === 1 ? 'account' : 'accounts'} ${outside.join(', ')} ${outside.length === 1 ? 'is' : 'are'} not in the organization ${organization.id}`,
      'Correct --accounts, or sweep that account with credentials of its own.',
    );
  }
}

/** Null = every account; else the ids that were asked for. */
async function chosenAccounts(
  discovery: Discovery,
  organization: KnownOrganization,
  listed: Listed,
): Promise<ReadonlySet<string> | null> {
  const { accounts, ou } = discovery.options;
  requireMembers(accounts ?? [], listed, organization);
  const inUnit =
    ou === undefined
      ? []
      : await listAccountsOfUnit(
          discovery.edge,
          listed.vantage.kind === 'none' ? discovery.callerSession : listed.vantage.session,
          discovery.caller.partition,
          ou,
          listed.complete ? listed.accounts : null,
        );
  if (accounts === undefined && ou === undefined) {
    return null;
  }
  return new Set([...(accounts ?? []), ...inUnit]);
}

const open: ReadonlySet<string> = new Set(['ACTIVE', 'PENDING_CLOSURE']);

function accessTo(
  discovery: Discovery,
  account: ListedAccount,
  chosen: ReadonlySet<string> | null,
  organization: KnownOrganization | null,
  vantage: OrganizationVantage,
): AccountAccess {
  const { options, caller, callerSession } = discovery;
  const { accountId } = account;
  const left = (reason: string): AccountAccess => ({ kind: 'none', reason, gap: null });
  const unseen = (reason: string): AccountAccess => ({
    kind: 'none',
    reason,
    gap: scopeGap(discovery, 'sts:AssumeRole', reason, accountId),
  });
  if (options.excludeAccounts?.includes(accountId) === true) {
    return left('excluded by --exclude-accounts');
  }
  if (chosen !== null && !chosen.has(accountId)) {
    return left('not among the accounts that were asked for');
  }
  if (account.state !== null && !open.has(account.state)) {
    return left(`the account's state is ${account.state}: nothing in it can be read`);
  }
  if (accountId === caller.accountId) {
    return { kind: 'session', session: callerSession };
  }
  if (accountId === organization?.managementAccountId) {
    return vantage.kind === 'management'
      ? { kind: 'session', session: vantage.session }
      : unseen(
          options.managementRoleArn === undefined
            ? 'the management account was not swept: give --management-role-arn'
            : 'the management account was not swept: it refused the role of --management-role-arn',
        );
  }
  return options.roleName === undefined
    ? unseen('not swept: no --role-name to assume in member accounts')
    : { kind: 'role', roleArn: `arn:${caller.partition}:iam::${accountId}:role/${options.roleName}` };
}

function plannedAccounts(
  discovery: Discovery,
  chosen: ReadonlySet<string> | null,
  organization: KnownOrganization | null,
  listed: Listed,
): readonly PlannedAccount[] {
  const { caller, options } = discovery;
  const known = new Map(listed.accounts.map((account) => [account.accountId, account]));
  const ids = new Set<string>();
  if (options.mode === 'account') {
    ids.add(caller.accountId);
  } else {
    for (const id of [...(chosen ?? [...known.keys(), caller.accountId])]) {
      ids.add(id);
    }
    // The way into the next incident: it is named even when it is not swept.
    if (organization !== null) {
      ids.add(organization.managementAccountId);
    }
    for (const id of options.excludeAccounts ?? []) {
      ids.add(id);
    }
  }
  return [...ids].sort().map((accountId) => {
    const account = known.get(accountId) ?? { accountId, name: null, state: null, path: null };
    const access = accessTo(
      discovery,
      account,
      options.mode === 'account' ? null : chosen,
      organization,
      listed.vantage,
    );
    return { accountId, name: account.name, access };
  });
}

function notInOrganization(discovery: Discovery): Listed {
  if (discovery.options.mode === 'organization' && discovery.gaps.length === 0) {
    throw new FatalAwsError(
      `account ${discovery.caller.accountId} is not in an organization`,
      'Leave out --org, --accounts and --ou to sweep this account alone.',
    );
  }
  const reason = 'the organization of the account is not known';
  return { vantage: { kind: 'none', reason }, accounts: [], complete: false };
}

/**
 * Finds out who is calling, which accounts are in scope, how each is entered and from where the organization can be
 * read. What cannot be found out is a gap of the plan; nothing is skipped in silence.
 * @throws FatalAwsError for missing credentials, an endpoint that is no AWS, an account outside the organization
 */
export async function discoverScope(start: ScopeStart, options: ScopeOptions): Promise<SweepPlan> {
  const { edge, region } = start;
  const caller = await whoAmI(edge, { accountId: 'caller', credentials: start.credentials }, region);
  const callerSession: AwsSession = { accountId: caller.accountId, credentials: start.credentials };
  const discovery: Discovery = {
    ...start,
    options,
    caller,
    callerSession,
    sessionName: sessionName(edge.runtime.now()),
    gaps: [],
    sessionArns: [caller.arn],
  };
  const found = await describeOrganization(edge, callerSession, caller.partition);
  discovery.gaps.push(...found.gaps);
  const organization = found.organization;
  const listed =
    organization === null ? notInOrganization(discovery) : await findVantage(discovery, organization);
  const chosen =
    organization === null
      ? new Set(options.accounts ?? [caller.accountId])
      : await chosenAccounts(discovery, organization, listed);
  return {
    partition: caller.partition,
    caller,
    callerSession,
    organizationId: organization?.id ?? null,
    managementAccountId: organization?.managementAccountId ?? null,
    organizationInScope: options.mode === 'organization' || listed.vantage.kind !== 'none',
    vantage: listed.vantage,
    accounts: plannedAccounts(discovery, chosen, organization, listed),
    ofAccounts: listed.complete ? listed.accounts.length : null,
    gaps: discovery.gaps,
    sessionArns: discovery.sessionArns,
    sessionName: discovery.sessionName,
    ...(options.externalId === undefined ? {} : { externalId: options.externalId }),
    region,
  };
}
