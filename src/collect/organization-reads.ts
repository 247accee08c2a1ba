import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
} from '@aws-sdk/client-organizations';
import { createReader } from '../aws/aws-reader.ts';
import type { AwsSession } from '../aws/clients.ts';
import type { AwsEdge } from '../aws/edge.ts';
import { FatalAwsError } from '../aws/fatal-aws-error.ts';
import type { Operation } from '../aws/operation.ts';
import { homeRegion } from '../aws/partitions.ts';
import type { AwsReader } from '../aws/reader.ts';
import type { Gap } from '../model/gap.ts';
import { organizationUnit } from '../model/scope.ts';

/** What finding the scope asks, besides the calls of the collectors. */
export const discoveryOperations: readonly Operation[] = [
  {
    service: 'organizations',
    command: 'DescribeOrganization',
    permission: 'organizations:DescribeOrganization',
  },
  { service: 'organizations', command: 'ListAccounts', permission: 'organizations:ListAccounts' },
  {
    service: 'organizations',
    command: 'ListAccountsForParent',
    permission: 'organizations:ListAccountsForParent',
  },
  {
    service: 'organizations',
    command: 'ListOrganizationalUnitsForParent',
    permission: 'organizations:ListOrganizationalUnitsForParent',
  },
];

export interface KnownOrganization {
  readonly id: string;
  readonly managementAccountId: string;
}

export interface ListedAccount {
  readonly accountId: string;
  readonly name: string | null;
  readonly state: string | null;
  /** From the root down, where the service tells: `o-…/r-…/ou-…/`. */
  readonly path: string | null;
}

function readerOf(edge: AwsEdge, session: AwsSession, partition: string): AwsReader {
  return createReader(edge, {
    unit: organizationUnit(partition),
    partition,
    region: homeRegion(partition),
    session,
    operations: discoveryOperations,
  });
}

/** Null without gaps: the account is in no organization. */
export async function describeOrganization(
  edge: AwsEdge,
  session: AwsSession,
  partition: string,
): Promise<{ readonly organization: KnownOrganization | null; readonly gaps: readonly Gap[] }> {
  const answer = await readerOf(edge, session, partition).read(
    DescribeOrganizationCommand,
    {},
    { absentOn: ['AWSOrganizationsNotInUseException'] },
  );
  if (answer.kind === 'gap') {
    return { organization: null, gaps: [answer.gap] };
  }
  const found = answer.kind === 'value' ? answer.value.Organization : undefined;
  if (answer.kind === 'absent') {
    return { organization: null, gaps: [] };
  }
  if (found?.Id === undefined || found.MasterAccountId === undefined) {
    const gap: Gap = {
      reason: 'malformed',
      operation: 'organizations:DescribeOrganization',
      unit: organizationUnit(partition),
      detail: 'the answer names no organization or no management account',
      retryable: false,
    };
    return { organization: null, gaps: [gap] };
  }
  return { organization: { id: found.Id, managementAccountId: found.MasterAccountId }, gaps: [] };
}

export async function listAccounts(
  edge: AwsEdge,
  session: AwsSession,
  partition: string,
): Promise<{ readonly accounts: readonly ListedAccount[]; readonly gaps: readonly Gap[] }> {
  const pages = await readerOf(edge, session, partition).readAll(
    ListAccountsCommand,
    {},
    (output) => output.Accounts,
  );
  const accounts = pages.items.flatMap((account) =>
    account.Id === undefined
      ? []
      : [
          {
            accountId: account.Id,
            name: account.Name ?? null,
            state: account.State ?? null,
            path: account.Paths?.[0] ?? null,
          },
        ],
  );
  return { accounts, gaps: pages.gaps };
}

async function walkUnit(reader: AwsReader, top: string): Promise<readonly string[]> {
  const found: string[] = [];
  const parents = [top];
  for (let parent = parents.shift(); parent !== undefined; parent = parents.shift()) {
    const input = { ParentId: parent };
    const accounts = await reader.readAll(ListAccountsForParentCommand, input, (output) => output.Accounts, {
      resource: parent,
    });
    const units = await reader.readAll(
      ListOrganizationalUnitsForParentCommand,
      input,
      (output) => output.OrganizationalUnits,
      { resource: parent },
    );
    const [gap] = [...accounts.gaps, ...units.gaps];
    if (gap !== undefined) {
      // Half an organizational unit would be a scope that nobody asked for.
      throw new FatalAwsError(
        `cannot tell which accounts are in ${top}: ${gap.detail}`,
        'Check --ou, or name the accounts with --accounts.',
      );
    }
    found.push(...accounts.items.flatMap((account) => account.Id ?? []));
    parents.push(...units.items.flatMap((unit) => unit.Id ?? []));
  }
  return found;
}

/**
 * Ids of all accounts below an organizational unit.
 * @throws FatalAwsError when it cannot be told or is empty.
 */
export async function listAccountsOfUnit(
  edge: AwsEdge,
  session: AwsSession,
  partition: string,
  unit: string,
  listed: readonly ListedAccount[] | null,
): Promise<readonly string[]> {
  const paths = listed?.every((account) => account.path !== null) === true;
  const byPath = paths
    ? listed.filter((account) => account.path?.split('/').includes(unit)).map((account) => account.accountId)
    : [];
  const ids = byPath.length > 0 ? byPath : await walkUnit(readerOf(edge, session, partition), unit);
  if (ids.length === 0) {
    throw new FatalAwsError(`there is no account in ${unit}`, 'Check --ou.');
  }
  return ids;
}
