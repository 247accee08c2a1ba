import {
  type AuditResult,
  auditResultSchema,
  type InventoryRow,
  type ResultCheck,
  type ResultFinding,
  type ResultGap,
  type ResultRow,
} from '../../src/model/audit-result.ts';
import { attributions, decisions, findingKinds } from '../../src/model/finding.ts';
import { severities } from '../../src/model/severity.ts';

const fixtureAsOf = '2026-11-03T14:00:00Z';

export function buildCheck(fields: Partial<ResultCheck> & { readonly id: string }): ResultCheck {
  return {
    title: `${fields.id} is in order`,
    failureTitle: `${fields.id} is not in order`,
    description: 'Why it matters.',
    kind: 'residue',
    severity: 'high',
    scope: 'account',
    population: 'principals',
    requires: ['iam.authorization-details'],
    remediation: { actions: [], why: 'It ends the access.', cautions: [] },
    frameworks: {},
    techniques: [],
    references: [],
    ...fields,
  };
}

let fingerprints = 0;

export function buildFinding(fields: Partial<ResultFinding> & { readonly check: string }): ResultFinding {
  fingerprints += 1;
  return {
    fingerprint: fingerprints.toString(16).padStart(16, '0'),
    messageId: 'found',
    kind: 'residue',
    severity: 'high',
    title: 'Something is left behind',
    message: 'Something is left behind here',
    subject: {
      arn: 'arn:aws:iam::111122223333:user/example',
      type: 'iam-user',
      accountId: '111122223333',
      region: null,
      name: 'example',
    },
    signals: [],
    attribution: 'unknown',
    decision: 'explain',
    provenance: [],
    survivesKeyRevocation: null,
    evidence: [],
    planSteps: [],
    history: null,
    ...fields,
  };
}

export function buildGap(fields: Partial<ResultGap>): ResultGap {
  return {
    reason: 'access-denied',
    operation: 'iam:ListUsers',
    unit: '111122223333',
    detail: 'not authorized to perform the call',
    retryable: false,
    accepted: false,
    ...fields,
  };
}

export function buildRow(fields: Partial<ResultRow> & { readonly check: string }): ResultRow {
  return { outcome: 'pass', units: [{ accountId: '111122223333' }], findings: [], ...fields };
}

export function buildInventoryRow(fields: Partial<InventoryRow>): InventoryRow {
  return {
    arn: 'arn:aws:lambda:us-east-1:111122223333:function:thumbnails',
    uniqueId: null,
    type: 'lambda-function',
    name: 'thumbnails',
    accountId: '111122223333',
    region: 'us-east-1',
    createdAt: null,
    modifiedAt: '2026-06-01T08:00:00Z',
    inBaseline: null,
    ...fields,
  };
}

function tally<T extends string>(names: readonly T[], values: readonly T[]): Record<T, number>;
function tally(names: readonly string[], values: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, values.filter((value) => value === name).length]));
}

const outcomeNames = ['pass', 'fail', 'not-applicable', 'manual', 'unevaluated', 'error'] as const;

/** A complete, quiet result of one account that is the whole organization; totals follow the parts. */
export function buildResult(fields: Partial<AuditResult> = {}): AuditResult {
  const findings = fields.findings ?? [];
  const results = fields.results ?? [buildRow({ check: 'identity/example', examined: 3 })];
  return auditResultSchema.parse({
    schemaVersion: 1,
    tool: { name: 'afterleak', version: '0.1.0' },
    asOf: fixtureAsOf,
    evidenceDigest: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    evidenceBanner: null,
    organizationId: 'o-exampleorgid',
    managementAccountId: '111122223333',
    callerArn: 'arn:aws:sts::111122223333:assumed-role/afterleak/sweep',
    partition: 'aws',
    scope: {
      accounts: ['111122223333'],
      regions: ['us-east-1'],
      ofAccounts: 1,
      organizationInScope: true,
      managementAccountSwept: true,
    },
    incident: {
      id: 'INC-2026-014',
      title: 'Leaked deploy key of the management account',
      window: { from: '2026-11-03T09:10:00Z', to: '2026-11-03T11:40:00Z' },
    },
    totals: {
      outcomes: tally(
        outcomeNames,
        results.flatMap((row) => row.units.map(() => row.outcome)),
      ),
      findings: {
        bySeverity: tally(
          severities,
          findings.map((finding) => finding.severity),
        ),
        byAttribution: tally(
          attributions,
          findings.map((finding) => finding.attribution),
        ),
        byDecision: tally(
          decisions,
          findings.map((finding) => finding.decision),
        ),
        byKind: tally(
          findingKinds,
          findings.map((finding) => finding.kind),
        ),
      },
    },
    checks: [buildCheck({ id: 'identity/example' })],
    results,
    findings,
    inventory: [],
    coverage: {
      byService: {},
      byAccount: [],
      gaps: [],
      scopeGaps: [],
      notSwept: [],
      trail: { from: '2026-11-01T00:00:00Z', to: fixtureAsOf, holes: [] },
      ownTraces: { callerArn: null, sessions: [], userAgent: null, calls: 0, excludedFindings: [] },
    },
    lineage: null,
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
    ...fields,
  });
}
