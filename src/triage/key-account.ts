import { GetAccessKeyInfoCommand } from '@aws-sdk/client-sts';
import type { Caller } from '../aws/caller.ts';
import type { AwsSession } from '../aws/clients.ts';
import { assumeRole, sessionName } from '../aws/credentials.ts';
import {
  describeOrganization,
  type KnownOrganization,
  type ListedAccount,
  listAccounts,
} from '../collect/organization-reads.ts';
import type { Gap } from '../model/gap.ts';
import { accountUnit, organizationUnit } from '../model/scope.ts';
import type { AccessKeyId } from './access-key-id.ts';
import { gapAt, type Probe, part, readerFor } from './probe.ts';

export interface AccountAccess {
  readonly caller: Caller;
  readonly callerSession: AwsSession;
  /** Region of the caller, for STS. */
  readonly region: string;
  readonly roleName?: string;
  readonly externalId?: string;
  readonly managementRoleArn?: string;
}

export interface KeyAccount {
  readonly accountId: string | null;
  readonly fromSts: string | null;
  readonly notes: readonly string[];
}

/** The account by AWS's own word, held against the digits of the key. */
export async function accountOfKey(
  probe: Probe,
  access: AccountAccess,
  key: AccessKeyId,
): Promise<KeyAccount> {
  const unit = accountUnit(probe.partition, access.caller.accountId);
  const fromSts = await part<string | null>(probe, unit, 'sts:GetAccessKeyInfo', null, async () => {
    const answer = await readerFor(probe, access.callerSession, unit, access.region).read(
      GetAccessKeyInfoCommand,
      { AccessKeyId: key.id },
      { resource: key.id },
    );
    if (answer.kind === 'gap') {
      probe.gaps.push(answer.gap);
    }
    return answer.kind === 'value' ? (answer.value.Account ?? null) : null;
  });
  const notes = [
    ...(key.accountId === null
      ? ['the digits of the key carry no account: it was made before 29 March 2019, or was made up']
      : []),
    ...(key.accountId !== null && fromSts !== null && key.accountId !== fromSts
      ? [`the digits of the key name ${key.accountId}, but STS says ${fromSts}: STS is believed`]
      : []),
    ...(fromSts === null && key.accountId !== null
      ? ['STS did not answer: the account was read from the digits of the key']
      : []),
  ];
  return { accountId: fromSts ?? key.accountId, fromSts, notes };
}

export interface OrganizationView {
  readonly organization: KnownOrganization | null;
  /** Null: the list could not be read in full. */
  readonly accounts: readonly ListedAccount[] | null;
}

async function roleSession(
  probe: Probe,
  access: AccountAccess,
  accountId: string,
  roleArn: string,
): Promise<AwsSession | null> {
  const unit = accountUnit(probe.partition, accountId);
  return part<AwsSession | null>(probe, unit, 'sts:AssumeRole', null, async () => {
    const result = await assumeRole(probe.edge, {
      from: access.callerSession,
      roleArn,
      sessionName: sessionName(probe.budget.startedAt),
      ...(access.externalId === undefined ? {} : { externalId: access.externalId }),
      region: access.region,
      accountId,
      unit,
    });
    if (result.kind === 'refused') {
      probe.gaps.push(result.failure.gap);
      return null;
    }
    return result.session;
  });
}

/** The organization of the caller: is the account ours, and is it the one that owns all others? */
export async function organizationView(probe: Probe, access: AccountAccess): Promise<OrganizationView> {
  const unit = organizationUnit(probe.partition);
  const unseen: OrganizationView = { organization: null, accounts: null };
  return part(probe, unit, 'organizations:DescribeOrganization', unseen, async () => {
    const found = await describeOrganization(probe.edge, access.callerSession, probe.partition);
    probe.gaps.push(...found.gaps);
    if (found.organization === null) {
      return unseen;
    }
    const { managementAccountId } = found.organization;
    const role = access.managementRoleArn;
    const session =
      role === undefined || access.caller.accountId === managementAccountId
        ? null
        : await roleSession(probe, access, managementAccountId, role);
    const list = await listAccounts(probe.edge, session ?? access.callerSession, probe.partition);
    probe.gaps.push(...list.gaps);
    return { organization: found.organization, accounts: list.gaps.length === 0 ? list.accounts : null };
  });
}

/** A session in the account that owns the key; null with a gap that says what to give. */
export async function sessionIn(
  probe: Probe,
  access: AccountAccess,
  accountId: string | null,
  organization: KnownOrganization | null,
): Promise<AwsSession | null> {
  if (accountId === null) {
    const detail = `the account of the key is not known: it was looked for in ${access.caller.accountId}`;
    probe.gaps.push(
      gapAt(accountUnit(probe.partition, access.caller.accountId), 'triage', 'not-collected', detail),
    );
    return access.callerSession;
  }
  if (accountId === access.caller.accountId) {
    return access.callerSession;
  }
  if (accountId === organization?.managementAccountId && access.managementRoleArn !== undefined) {
    return roleSession(probe, access, accountId, access.managementRoleArn);
  }
  if (access.roleName !== undefined) {
    const roleArn = `arn:${probe.partition}:iam::${accountId}:role/${access.roleName}`;
    return roleSession(probe, access, accountId, roleArn);
  }
  const gap: Gap = gapAt(
    accountUnit(probe.partition, accountId),
    'sts:AssumeRole',
    'not-collected',
    `the account was not entered: give --role-name of a role there, or --profile of a session in ${accountId}`,
  );
  probe.gaps.push(gap);
  return null;
}
