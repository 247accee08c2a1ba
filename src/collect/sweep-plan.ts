import type { Caller } from '../aws/caller.ts';
import type { AwsSession } from '../aws/clients.ts';
import type { Gap } from '../model/gap.ts';

/** How an account is entered. */
export type AccountAccess =
  | { readonly kind: 'session'; readonly session: AwsSession }
  | { readonly kind: 'role'; readonly roleArn: string }
  /** With a gap the account counts as not seen; without one it was left out on purpose or is closed. */
  | { readonly kind: 'none'; readonly reason: string; readonly gap: Gap | null };

export interface PlannedAccount {
  readonly accountId: string;
  readonly name: string | null;
  readonly access: AccountAccess;
}

/** From where the organization can be read. */
export type OrganizationVantage =
  | { readonly kind: 'management' | 'delegated'; readonly session: AwsSession }
  | { readonly kind: 'none'; readonly reason: string };

/** What a sweep will look at, known before the first collector runs. */
export interface SweepPlan {
  readonly partition: string;
  readonly caller: Caller;
  readonly callerSession: AwsSession;
  readonly organizationId: string | null;
  readonly managementAccountId: string | null;
  /** False: the organization is not judged, and the report says so. */
  readonly organizationInScope: boolean;
  readonly vantage: OrganizationVantage;
  /** Sorted by account id; accounts that are not swept are in it. */
  readonly accounts: readonly PlannedAccount[];
  /** Accounts in the organization; null when unknown. */
  readonly ofAccounts: number | null;
  /** What could not be found out about the scope itself. */
  readonly gaps: readonly Gap[];
  /** ARNs of the sessions made so far: the caller's own, the management role's. */
  readonly sessionArns: readonly string[];
  readonly sessionName: string;
  readonly externalId?: string;
  /** STS region in which roles are assumed. */
  readonly region: string;
}
