import type { DraftInput, SeenFact } from '../../../src/baseline/draft-baseline.ts';
import type { AuditResult, ResultFinding } from '../../../src/model/audit-result.ts';
import type { ResourceFact } from '../../../src/model/evidence/derived.ts';
import type { LineageNode } from '../../../src/model/lineage.ts';
import { type OwnedThing, ownershipOf } from '../../../src/model/ownership.ts';
import { buildResult } from '../../support/result-builder.ts';

export const window = { from: '2026-11-03T09:00:00.000Z', to: '2026-11-03T12:00:00.000Z' };
export const during = '2026-11-03T10:00:00.000Z';
export const asOf = '2026-11-04T00:00:00.000Z';
export const account = '111122223333';

export function factOf(type: string, arn: string, more: Partial<ResourceFact> = {}): ResourceFact {
  return {
    arn,
    uniqueId: null,
    type,
    name: arn.split(/[/:]/).at(-1) ?? arn,
    accountId: account,
    region: null,
    createdAt: null,
    modifiedAt: null,
    changeCoverage: 'none',
    createdBy: null,
    owner: null,
    contentSha256: null,
    ...more,
  };
}

export const role = (name: string, more: Partial<ResourceFact> = {}): ResourceFact =>
  factOf('iam-role', `arn:aws:iam::${account}:role/${name}`, {
    uniqueId: `AROA${name.toUpperCase()}`,
    contentSha256: 'a'.repeat(64),
    ...more,
  });

export function draftInput(
  facts: readonly (ResourceFact | SeenFact)[],
  more: Partial<DraftInput> = {},
): DraftInput {
  return {
    capturedAt: asOf,
    evidence: 'd'.repeat(64),
    facts: facts.map((one) => ('fact' in one ? one : { fact: one, contentSeen: true })),
    window: null,
    result: null,
    ownership: null,
    organizationAccountIds: null,
    ...more,
  };
}

export function ownedBy(owner: string, arn: string, more: Partial<OwnedThing> = {}) {
  return {
    owner,
    arn,
    type: null,
    id: null,
    accountId: account,
    region: null,
    touchedAt: null,
    stackTouchedAt: [],
    ...more,
  };
}

export const ownership = (...things: readonly OwnedThing[]) => ownershipOf(things);

export function findingOf(subject: ResourceFact, more: Partial<ResultFinding> = {}): ResultFinding {
  const { arn, type, name } = subject;
  return {
    fingerprint: '0123456789abcdef',
    check: 'leftover-admins/admin-role',
    messageId: 'found',
    kind: 'residue',
    severity: 'high',
    title: 'found',
    message: 'found',
    subject: { arn, type, name, accountId: account, region: null },
    signals: [],
    attribution: 'unknown',
    decision: 'harden',
    provenance: [],
    survivesKeyRevocation: null,
    evidence: [],
    planSteps: [],
    history: null,
    ...more,
  };
}

/** Of an account that stands alone: no organization, no incident, nothing checked. */
export function resultOf(
  findings: readonly ResultFinding[],
  nodes: readonly LineageNode[] | null = null,
): AuditResult {
  const quiet = buildResult();
  return buildResult({
    asOf,
    evidenceDigest: 'd'.repeat(64),
    organizationId: null,
    managementAccountId: null,
    scope: {
      accounts: [account],
      regions: [],
      ofAccounts: null,
      organizationInScope: false,
      managementAccountSwept: false,
    },
    incident: null,
    checks: [],
    results: [],
    findings: [...findings],
    coverage: { ...quiet.coverage, trail: null },
    lineage: nodes === null ? null : { nodes: [...nodes], edges: [], events: [], alreadyGone: [] },
  });
}
