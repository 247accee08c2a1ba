import type { DraftInput, SeenFact } from '../../../src/baseline/draft-baseline.ts';
import type { AuditResult, ResultFinding } from '../../../src/model/audit-result.ts';
import type { ResourceFact } from '../../../src/model/evidence/derived.ts';
import type { LineageNode } from '../../../src/model/lineage.ts';
import { type OwnedThing, ownershipOf } from '../../../src/model/ownership.ts';

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

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };

export function resultOf(
  findings: readonly ResultFinding[],
  nodes: readonly LineageNode[] | null = null,
): AuditResult {
  return {
    schemaVersion: 1,
    tool: { name: 'afterleak', version: '0.1.0' },
    asOf,
    evidenceDigest: 'd'.repeat(64),
    evidenceBanner: null,
    organizationId: null,
    managementAccountId: null,
    callerArn: null,
    partition: 'aws',
    scope: {
      accounts: [account],
      regions: [],
      ofAccounts: null,
      organizationInScope: false,
      managementAccountSwept: false,
    },
    incident: null,
    totals: {
      outcomes: { pass: 0, fail: 0, 'not-applicable': 0, manual: 0, unevaluated: 0, error: 0 },
      findings: {
        bySeverity: none,
        byAttribution: {
          attributed: 0,
          'shared-credential': 0,
          'in-window': 0,
          explained: 0,
          unexplained: 0,
          'predates-window': 0,
          unknown: 0,
        },
        byDecision: { eradicate: 0, restore: 0, 'contain-and-rotate': 0, explain: 0, harden: 0 },
        byKind: { residue: 0, tampering: 0, hardening: 0 },
      },
    },
    checks: [],
    results: [],
    findings: [...findings],
    inventory: [],
    coverage: {
      byService: {},
      byAccount: [],
      gaps: [],
      scopeGaps: [],
      notSwept: [],
      trail: null,
      ownTraces: { callerArn: null, sessions: [], userAgent: null, calls: 0, excludedFindings: [] },
    },
    lineage: nodes === null ? null : { ...emptyLineage(), nodes: [...nodes] },
    events: null,
    endpoints: { chains: [], notSeen: [] },
    collection: {
      toolVersion: '0.1.0',
      startedAt: '2026-11-03T17:55:00Z',
      endedAt: '2026-11-03T18:00:00Z',
      callerArn: 'arn:aws:sts::111122223333:assumed-role/afterleak/sweep',
      callerAccountId: '111122223333',
      keys: {},
      files: [],
      redactions: {},
      clockSkewSeconds: 0,
    },
    plan: null,
    history: null,
    verification: null,
    exceptions: [],
    attestations: [],
  };
}

function emptyLineage(): Omit<NonNullable<AuditResult['lineage']>, 'nodes'> {
  return { edges: [], events: [], alreadyGone: [] };
}
