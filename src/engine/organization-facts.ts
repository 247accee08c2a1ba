import type { OrganizationAccount } from '../model/evidence/organizations.ts';
import type { EvidenceManifest, StoredObservation } from '../model/evidence-manifest.ts';
import type { Gap } from '../model/gap.ts';

export interface OrganizationFacts {
  readonly organizationId: string | null;
  readonly managementAccountId: string | null;
  /** Null when the list of accounts could not be seen in full: nothing may then be called foreign. */
  readonly organizationAccountIds: ReadonlySet<string> | null;
  readonly accountNames: ReadonlyMap<string, string>;
  /** Why it is not known whether there is an organization at all; empty when it is. */
  readonly unknown: readonly Gap[];
}

function isAccountList(value: unknown): value is readonly OrganizationAccount[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'id' in one);
}

export function organizationFacts(
  manifest: EvidenceManifest,
  stored: readonly StoredObservation[],
): OrganizationFacts {
  const accounts = stored.find(({ key }) => key === 'organizations.accounts')?.observation;
  const list =
    accounts !== undefined && accounts.state !== 'missing' && isAccountList(accounts.value)
      ? accounts.value
      : [];
  const named = manifest.accounts.flatMap(({ accountId, name }) =>
    name === null ? [] : [[accountId, name] as const],
  );
  return {
    organizationId: manifest.organizationId,
    managementAccountId: manifest.managementAccountId,
    organizationAccountIds: accounts?.state === 'complete' ? new Set(list.map(({ id }) => id)) : null,
    unknown:
      manifest.organizationId === null
        ? manifest.gaps.filter(({ operation }) => operation === 'organizations:DescribeOrganization')
        : [],
    accountNames: new Map([...list.map(({ id, name }) => [id, name] as const), ...named]),
  };
}
