import type { AuditResult, ResultFinding, ResultRow } from '../../../src/model/audit-result.ts';
import type { Lineage } from '../../../src/model/lineage.ts';
import type { Plan, PlanStep } from '../../../src/model/plan.ts';
import type { ActionLogEntry, Verification } from '../../../src/model/verification.ts';
import { verifyAgainst } from '../../../src/verify/compare.ts';
import {
  buildCheck,
  buildFinding,
  buildInventoryRow,
  buildResult,
  buildRow,
} from '../../support/result-builder.ts';

export const account = '111122223333';
export const before = '2026-11-03T14:00:00.000Z';
export const stepAt = '2026-11-03T15:00:00Z';
export const after = '2026-11-03T16:00:00.000Z';
export const check = 'leftover-admins/window-principal';

export const userArn = `arn:aws:iam::${account}:user/svc-backup`;

export function userFinding(fields: Partial<ResultFinding> = {}): ResultFinding {
  return buildFinding({
    fingerprint: 'aaaaaaaaaaaaaaaa',
    check,
    severity: 'critical',
    title: 'A user made in the window',
    message: 'svc-backup was made in the window',
    subject: {
      arn: userArn,
      uniqueId: 'AIDAEXAMPLEONE',
      type: 'iam-user',
      accountId: account,
      region: null,
      name: 'svc-backup',
    },
    attribution: 'attributed',
    decision: 'eradicate',
    ...fields,
  });
}

export function userRow(uniqueId = 'AIDAEXAMPLEONE', createdAt = '2026-11-03T09:30:00.000Z') {
  return buildInventoryRow({
    arn: userArn,
    uniqueId,
    type: 'iam-user',
    name: 'svc-backup',
    region: null,
    createdAt,
    modifiedAt: null,
  });
}

export function step(fields: Partial<PlanStep> = {}): PlanStep {
  return {
    id: 'step-1',
    stage: 'delete',
    phase: 'eradicate',
    action: 'user.delete',
    title: 'Delete the user svc-backup',
    why: 'It has no legitimate use.',
    target: { arn: userArn, uniqueId: 'AIDAEXAMPLEONE', type: 'iam-user', name: 'svc-backup' },
    accountId: account,
    region: null,
    preconditions: [],
    commands: [],
    manual: null,
    confirm: [],
    permissions: [],
    cautions: [],
    reversible: false,
    undo: [],
    dependsOn: [],
    notBefore: null,
    findings: ['aaaaaaaaaaaaaaaa'],
    verifiedBy: [{ check, fingerprints: ['aaaaaaaaaaaaaaaa'] }],
    ...fields,
  };
}

export function plan(steps: readonly PlanStep[]): Plan {
  return {
    schemaVersion: 1,
    tool: { name: 'afterleak', version: '0.1.0' },
    incidentId: 'INC-2026-014',
    evidenceDigest: 'e'.repeat(64),
    asOf: before,
    partition: 'aws',
    organizationId: 'o-exampleorgid',
    managementAccountId: account,
    steps: [...steps],
    guardrails: [],
    questions: [],
    unplanned: [],
    notSeen: [],
  };
}

export function entry(fields: Partial<ActionLogEntry> = {}): ActionLogEntry {
  return {
    at: stepAt,
    plan: 'e'.repeat(64),
    step: 'step-1',
    action: 'user.delete',
    outcome: 'done',
    ...fields,
  };
}

export const log: readonly ActionLogEntry[] = [
  entry({ step: 'step-0', action: 'principal.contain', at: '2026-11-03T14:50:00Z' }),
  entry(),
];

/** A result whose rows follow its findings: what has findings failed, every other check passed. */
export function result(
  asOf: string,
  fields: Partial<AuditResult> = {},
  rows?: readonly ResultRow[],
): AuditResult {
  const findings = fields.findings ?? [];
  const checks = [...new Set([check, ...findings.map((finding) => finding.check)])];
  return buildResult({
    asOf,
    checks: checks.map((id) =>
      buildCheck({
        id,
        requires: ['iam.authorization-details', 'api-gateway.http-apis', 'lambda.functions'],
      }),
    ),
    results: [
      ...(rows ??
        checks.map((id) => {
          const own = findings.filter((finding) => finding.check === id);
          return buildRow({
            check: id,
            outcome: own.length === 0 ? 'pass' : 'fail',
            evidenceAsOf: asOf,
            findings: own.map(({ fingerprint }) => fingerprint),
          });
        })),
    ],
    coverage: {
      ...buildResult().coverage,
      trail: { from: '2026-11-01T00:00:00.000Z', to: asOf, holes: [] },
    },
    ...fields,
  });
}

export const containStep = step({
  id: 'step-0',
  stage: 'contain',
  phase: 'contain',
  action: 'principal.contain',
});

export function earlier(fields: Partial<AuditResult> = {}, rows?: readonly ResultRow[]): AuditResult {
  return result(
    before,
    { findings: [userFinding()], inventory: [userRow()], plan: plan([containStep, step()]), ...fields },
    rows,
  );
}

export function lineage(fields: Partial<Lineage> = {}): NonNullable<AuditResult['lineage']> {
  return { nodes: [], edges: [], events: [], alreadyGone: [], ...fields };
}

export function node(
  fields: Partial<Lineage['nodes'][number]> & { readonly id: string },
): Lineage['nodes'][number] {
  return {
    kind: 'session',
    type: 'role-session',
    label: fields.id,
    arn: null,
    uniqueId: null,
    accountId: account,
    region: null,
    standing: 'tainted',
    seed: false,
    intruderMade: true,
    firstSeenAt: '2026-11-03T09:30:00.000Z',
    lastSeenAt: '2026-11-03T09:31:00.000Z',
    deleted: false,
    deletedAt: null,
    used: true,
    expiresAt: null,
    unboundedBecause: null,
    survivesKeyRevocation: null,
    ...fields,
  };
}

export function verify(
  was: AuditResult,
  now: AuditResult,
  actions: readonly ActionLogEntry[] = log,
  quick = false,
): Verification {
  return verifyAgainst(was, now, actions, { quick });
}

export function stateOf(verification: Verification, fingerprint = 'aaaaaaaaaaaaaaaa'): string {
  const found = verification.findings.find((one) => one.fingerprint === fingerprint);
  return found === undefined ? 'absent' : `${found.state}: ${found.why}`;
}
