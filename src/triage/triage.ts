import { whoAmI } from '../aws/caller.ts';
import type { AwsSession } from '../aws/clients.ts';
import type { AwsEdge } from '../aws/edge.ts';
import { FatalAwsError } from '../aws/fatal-aws-error.ts';
import { homeRegion } from '../aws/partitions.ts';
import { RunAborted } from '../aws/runtime.ts';
import type { Gap } from '../model/gap.ts';
import { unitName } from '../model/scope.ts';
import type { TriageFinding, TriageOwner, TriageResult } from '../model/triage-result.ts';
import type { AccessKeyId } from './access-key-id.ts';
import { type AccountPrincipals, accountPrincipals, accountRegions } from './account-principals.ts';
import { containSteps } from './contain-steps.ts';
import { type History, readHistory } from './event-history.ts';
import { guardDutyFindings } from './guardduty-findings.ts';
import {
  type AccountAccess,
  accountOfKey,
  type OrganizationView,
  organizationView,
  sessionIn,
} from './key-account.ts';
import { assumedRoles, createdThings, keyActivity } from './key-activity.ts';
import { type KeyFacts, keyFacts, unknownKeyFacts, userFacts } from './key-facts.ts';
import { type OwnerIdentity, ownerIdentity, ownership, userNameOf } from './key-owner.ts';
import { mintedCredentials } from './minted-credentials.ts';
import { noteForeignSessions, readNextHop, withKeyStatus, withUse } from './next-hop.ts';
import type { Probe } from './probe.ts';
import { reachableByName } from './reachable-accounts.ts';
import type { TimeBudget } from './time-budget.ts';
import { triageVerdict } from './triage-verdict.ts';

export interface TriageInput {
  readonly key: AccessKeyId;
  /** Its signal is the budget's. */
  readonly edge: AwsEdge;
  readonly budget: TimeBudget;
  readonly credentials: AwsSession['credentials'];
  readonly region: string;
  readonly roleName?: string;
  readonly externalId?: string;
  readonly managementRoleArn?: string;
  /** `all`, or the only regions to look in. */
  readonly regions: readonly string[];
  /** Says what is being done. */
  readonly note?: (step: string) => void;
}

/** 2,000 events of a region: at two calls a second about 25 of the 110 seconds. */
const pagesOfKey = 40;

interface AccountView {
  readonly facts: KeyFacts;
  readonly identity: OwnerIdentity;
  readonly account: AccountPrincipals | null;
  readonly user: Pick<TriageOwner, 'consolePassword' | 'mfaDevices'>;
  /** Null: the account was not entered. */
  readonly history: History | null;
  readonly hop: History;
  readonly guardDuty: readonly TriageFinding[];
}

const noHistory: History = { events: [], lookups: [] };
const unseenUser = { consolePassword: null, mfaDevices: null } as const;
const unseenAccount: AccountView = {
  facts: unknownKeyFacts,
  identity: { type: 'unknown', name: null, arn: null },
  account: null,
  user: unseenUser,
  history: null,
  hop: noHistory,
  guardDuty: [],
};

async function viewAccount(probe: Probe, session: AwsSession, input: TriageInput): Promise<AccountView> {
  const { key } = input;
  const likeliest = [...new Set([homeRegion(probe.partition), input.region])].sort();
  const regions = input.regions.includes('all')
    ? accountRegions(probe, session, likeliest)
    : Promise.resolve(input.regions);
  const facts = keyFacts(probe, session, key);
  const account = accountPrincipals(probe, session);
  const history = regions.then((names) => {
    probe.note(`asking Event history of ${names.length} regions for ${key.id}`);
    return readHistory(probe, session, names, [
      { attribute: 'AccessKeyId', value: key.id, mostPages: pagesOfKey },
    ]);
  });
  const identity = facts.then(async (found) =>
    ownerIdentity(found, key.id, found.userName === null ? (await history).events : []),
  );
  const user = identity.then((owner) => {
    const name = userNameOf(owner);
    return name === null ? unseenUser : userFacts(probe, session, name);
  });
  const guardDuty = Promise.all([regions, identity]).then(([names, owner]) =>
    guardDutyFindings(probe, session, names, { accessKeyId: key.id, userName: userNameOf(owner) }),
  );
  const hop = Promise.all([regions, history]).then(([names, { events }]) => {
    const minted = mintedCredentials(events, input.edge.runtime.now());
    probe.note(`${events.length} events; following ${minted.length} minted credentials`);
    return readNextHop(probe, session, names, events, minted);
  });
  const all = await Promise.all([facts, identity, account, user, history, hop, guardDuty]);
  return {
    facts: all[0],
    identity: all[1],
    account: all[2],
    user: all[3],
    history: all[4],
    hop: all[5],
    guardDuty: all[6],
  };
}

function shownGaps(gaps: readonly Gap[]): TriageResult['gaps'] {
  const shown = gaps.map(({ operation, reason, unit, resource, permission, detail }) => ({
    operation,
    reason,
    unit: unitName(unit),
    ...(resource === undefined ? {} : { resource }),
    ...(permission === undefined ? {} : { permission }),
    detail,
  }));
  const byText = new Map(shown.map((gap) => [JSON.stringify(gap), gap] as const));
  return [...byText].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, gap]) => gap);
}

function organizationOf(
  view: OrganizationView,
  accountId: string | null,
  callerAccountId: string,
): TriageResult['organization'] {
  if (view.organization === null) {
    return null;
  }
  const listed = view.accounts?.find((account) => account.accountId === accountId);
  const own = accountId === callerAccountId || accountId === view.organization.managementAccountId;
  return {
    ...view.organization,
    ownsAccount: own || (accountId === null || view.accounts === null ? null : listed !== undefined),
    accountName: listed?.name ?? null,
  };
}

async function identifyCaller(input: TriageInput) {
  try {
    return await whoAmI(input.edge, { accountId: 'caller', credentials: input.credentials }, input.region);
  } catch (error) {
    if (error instanceof RunAborted && input.budget.exhausted()) {
      throw new FatalAwsError(
        'AWS did not answer who is calling before the time was up',
        'Check the network and the proxy.',
        { cause: error },
      );
    }
    throw error;
  }
}

/**
 * The first fifteen minutes after a key was reported: whose it is, what it may do, what it did and made, and how to
 * contain it. Reads only, and ends at the budget's wall with what it has.
 * @throws FatalAwsError without usable credentials · RunAborted when the user stops it
 */
export async function triage(input: TriageInput, version: string): Promise<TriageResult> {
  const { key, edge, budget } = input;
  const caller = await identifyCaller(input);
  const probe: Probe = {
    edge,
    budget,
    partition: caller.partition,
    gaps: [],
    note: input.note ?? (() => undefined),
  };
  const access: AccountAccess = {
    caller,
    callerSession: { accountId: caller.accountId, credentials: input.credentials },
    region: input.region,
    ...(input.roleName === undefined ? {} : { roleName: input.roleName }),
    ...(input.externalId === undefined ? {} : { externalId: input.externalId }),
    ...(input.managementRoleArn === undefined ? {} : { managementRoleArn: input.managementRoleArn }),
  };
  probe.note(`asking whose ${key.id} is`);
  const organizationPromise = organizationView(probe, access);
  const keyAccount = await accountOfKey(probe, access, key);
  // The organization's list may take long; only an account that is not the caller's has to wait for it.
  const known = keyAccount.accountId === caller.accountId ? null : (await organizationPromise).organization;
  const session = await sessionIn(probe, access, keyAccount.accountId, known);
  const [view, organization] = await Promise.all([
    session === null ? unseenAccount : viewAccount(probe, session, input),
    organizationPromise,
  ]);
  const accountId =
    keyAccount.accountId ?? (view.identity.name === null ? null : (session?.accountId ?? null));
  const events = [...(view.history?.events ?? []), ...view.hop.events];
  const distinct = [...new Map(events.map((event) => [event.id, event])).values()];
  const lookups = [...(view.history?.lookups ?? []), ...view.hop.lookups];
  const used = withUse(mintedCredentials(distinct, edge.runtime.now()), distinct, lookups);
  const minted = session === null ? used : await withKeyStatus(probe, session, used);
  if (accountId !== null) {
    noteForeignSessions(probe, accountId, minted);
  }
  const { owner, power, principal } = ownership(view.identity, view.facts, view.account, view.user);
  const managementAccountId = organization.organization?.managementAccountId ?? null;
  const shownOrganization = organizationOf(organization, accountId, caller.accountId);
  const facts = {
    key: {
      accessKeyId: key.id,
      type: key.type,
      status: key.type === 'long-term' ? view.facts.status : ('temporary' as const),
      createdAt: view.facts.createdAt,
      lastUsed: view.facts.lastUsed,
      accountId,
      accountIdFromKey: key.accountId,
      accountIdFromSts: keyAccount.fromSts,
      accountNotes: [...keyAccount.notes],
    },
    owner,
    power,
    activity: view.history === null ? null : keyActivity(view.history.events),
    minted: [...minted],
    guardDuty: [...view.guardDuty],
    organization: shownOrganization,
    gaps: shownGaps(probe.gaps),
  };
  return {
    schemaVersion: 1,
    tool: { name: 'afterleak', version },
    verdict: triageVerdict(facts),
    ...facts,
    caller: { arn: caller.arn, accountId: caller.accountId },
    lookups: lookups.sort((left, right) =>
      `${left.attribute} ${left.seed} ${left.region}` < `${right.attribute} ${right.seed} ${right.region}`
        ? -1
        : 1,
    ),
    created: [...createdThings(distinct)],
    reach: {
      byName: reachableByName({
        partition: caller.partition,
        accountId: accountId ?? '',
        managementAccountId,
        accounts: organization.accounts,
        principal,
        isRoot: owner.type === 'root',
      }),
      seen: assumedRoles(distinct),
    },
    contain: [
      ...containSteps({
        partition: caller.partition,
        accessKeyId: key.id,
        status: facts.key.status,
        accountId,
        isManagementAccount:
          shownOrganization?.ownsAccount === true ? accountId === managementAccountId : null,
        owner,
        minted,
        now: new Date(edge.runtime.now()).toISOString(),
      }),
    ],
    timing: {
      startedAt: new Date(budget.startedAt).toISOString(),
      elapsedMilliseconds: budget.elapsed(),
      budgetMilliseconds: budget.milliseconds,
      calls: edge.ledger.calls(),
    },
  };
}
