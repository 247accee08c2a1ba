import { type Plan, type PlanStep, phaseOfStage, planSchema } from '../../src/model/plan.ts';

export const planDigest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
export const planAccount = '111122223333';

/** A step of the shape that planners make; its id follows its stage. */
export function buildStep(number: number, fields: Partial<PlanStep> = {}): PlanStep {
  const stage = fields.stage ?? 'delete';
  return {
    id: `${stage}-${number.toString(16).padStart(8, '0')}`,
    stage,
    phase: phaseOfStage[stage],
    action: 'user.delete',
    title: `Step ${number}`,
    why: 'The incident made it.',
    target: {
      arn: `arn:aws:iam::${planAccount}:user/target-${number}`,
      uniqueId: 'AIDAEXAMPLE',
      type: 'iam-user',
      name: `target-${number}`,
    },
    accountId: planAccount,
    region: null,
    preconditions: [],
    commands: [{ argv: ['iam', 'delete-user', '--user-name', `target-${number}`] }],
    manual: null,
    confirm: [],
    permissions: ['iam:DeleteUser'],
    cautions: [],
    reversible: false,
    undo: [],
    dependsOn: [],
    notBefore: null,
    findings: [],
    verifiedBy: [],
    ...fields,
  };
}

export function buildSamplePlan(steps: readonly PlanStep[], fields: Partial<Plan> = {}): Plan {
  return planSchema.parse({
    schemaVersion: 1,
    tool: { name: 'afterleak', version: '0.1.0' },
    incidentId: 'INC-2026-014',
    evidenceDigest: planDigest,
    asOf: new Date(Math.floor(Date.now() / 1000) * 1000).toISOString(),
    partition: 'aws',
    organizationId: 'o-exampleorgid',
    managementAccountId: planAccount,
    steps,
    guardrails: [],
    questions: [],
    unplanned: [],
    notSeen: [],
    ...fields,
  });
}
