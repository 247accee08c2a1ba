import type { BaselineEntry } from '../../model/baseline.ts';
import type { BaselineView } from '../../model/check.ts';
import type { AccountRegion } from '../../model/evidence/account.ts';
import type { Organization, OrganizationAccount } from '../../model/evidence/organizations.ts';
import type { Incident } from '../../model/incident.ts';
import { emptyReview } from '../../model/review.ts';

/** The account in which builders put things that name no other. */
export const exampleAccountId = '111122223333';
export const exampleCreatedAt = '2025-01-15T08:00:00.000Z';

/** A plausible, stable unique id: prefix plus the name's letters and digits. */
export function buildUniqueId(prefix: string, name: string): string {
  const body = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return `${prefix}${`${body}EXAMPLEEXAMPLEEXA`.slice(0, 17)}`;
}

export function buildAccountRegion(fields: Partial<AccountRegion> = {}): AccountRegion {
  return { name: 'us-east-1', status: 'ENABLED_BY_DEFAULT', ...fields };
}

export function buildOrganization(fields: Partial<Organization> = {}): Organization {
  const managementAccountId = fields.managementAccountId ?? exampleAccountId;
  return {
    id: 'o-exampleorgid',
    arn: `arn:aws:organizations::${managementAccountId}:organization/o-exampleorgid`,
    featureSet: 'ALL',
    managementAccountId,
    ...fields,
  };
}

export function buildOrganizationAccount(fields: Partial<OrganizationAccount> = {}): OrganizationAccount {
  const id = fields.id ?? exampleAccountId;
  return {
    id,
    arn: `arn:aws:organizations::${exampleAccountId}:account/o-exampleorgid/${id}`,
    name: 'workload',
    state: 'ACTIVE',
    joinedMethod: 'CREATED',
    joinedAt: exampleCreatedAt,
    path: `o-exampleorgid/r-exam/ou-exam-workload/${id}/`,
    ...fields,
  };
}

/** An incident of 3 November 2026; parts can be given one by one. */
export function buildIncident(
  fields: {
    readonly window?: Incident['window'];
    readonly compromised?: Partial<Incident['compromised']>;
    readonly indicators?: Partial<Incident['indicators']>;
    readonly trusted?: Partial<Incident['trusted']>;
    readonly milestones?: Incident['milestones'];
  } = {},
): Incident {
  return {
    id: 'INC-2026-014',
    title: 'Leaked deploy key',
    window:
      fields.window === undefined
        ? { from: '2026-11-03T09:00:00.000Z', to: '2026-11-03T12:00:00.000Z' }
        : fields.window,
    compromised: { accessKeyIds: [], principals: [], ...fields.compromised },
    indicators: { sourceIps: [], userAgents: [], names: [], codeSha256: [], ...fields.indicators },
    trusted: { accounts: [], networks: [], identityProviders: [], roles: [], ...fields.trusted },
    milestones: fields.milestones ?? {},
    review: emptyReview,
  };
}

export function buildBaselineEntry(fields: Partial<BaselineEntry> = {}): BaselineEntry {
  return {
    type: 'iam-user',
    id: `arn:aws:iam::${exampleAccountId}:user/alice`,
    uniqueId: null,
    contentSha256: null,
    owner: 'platform-team',
    reason: 'known',
    reviewedBy: 'reviewer',
    reviewedAt: '2026-10-01T00:00:00.000Z',
    ...fields,
  };
}

export function buildBaselineView(entries: readonly BaselineEntry[] = []): BaselineView {
  return {
    capturedAt: '2026-10-01T00:00:00.000Z',
    find: (type, id) => entries.find((entry) => entry.type === type && entry.id === id) ?? null,
    ofType: (type) =>
      entries.filter((entry) => entry.type === type).sort((left, right) => left.id.localeCompare(right.id)),
  };
}
