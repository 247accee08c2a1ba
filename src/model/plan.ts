import { z } from 'zod';

/** Phases as responders name them; the order of the plan is finer (`planStages`). */
export const planPhases = ['prepare', 'contain', 'eradicate', 'recover', 'harden'] as const;
export type PlanPhase = (typeof planPhases)[number];

/**
 * The order of work, first to last: what dies on a clock or must be kept · eyes opened before anything is touched ·
 * containment as one batch · what would let the intruder in again · deletion in the order IAM accepts · what is put back
 * and rotated · our own denies taken away · what keeps it from happening again.
 */
export const planStages = [
  'preserve',
  'lights-on',
  'contain',
  'cut-re-entry',
  'delete',
  'recover',
  'release',
  'harden',
] as const;
export type PlanStage = (typeof planStages)[number];

export const phaseOfStage = {
  preserve: 'prepare',
  'lights-on': 'prepare',
  contain: 'contain',
  'cut-re-entry': 'eradicate',
  delete: 'eradicate',
  recover: 'recover',
  release: 'recover',
  harden: 'harden',
} as const satisfies Record<PlanStage, PlanPhase>;

/** One call of the AWS CLI (version 2 syntax that version 1 takes too). Never a shell line: each argument stands alone. */
export const planCommandSchema = z.strictObject({
  argv: z.array(z.string()).min(1).describe('Arguments after `aws`, unquoted'),
  /** Where other than the step's region. */
  region: z.string().exactOptional(),
  /** Error codes that mean "already so": `NoSuchEntity`. */
  accepts: z.array(z.string()).exactOptional(),
  /** The answer is kept in this file (a plain name) of the plan's `preserved/` folder. */
  saveAs: z.string().exactOptional(),
  /** Seconds to wait before the call where the service paces it (DeleteRestApi: 30). */
  pauseSeconds: z.number().int().exactOptional(),
});

/** A fact that is read with one call and must be as it was in the evidence. */
export const planAssertionSchema = z.strictObject({
  fact: z.string().describe('What is held, for people'),
  argv: z.array(z.string()).min(1).describe('Read-only call with `--query` and `--output`'),
  region: z.string().exactOptional(),
  /**
   * text: the answer's text, outer space trimmed, equals `expected` · digest: `expected` is the sha256 (hex) of the
   * answer's JSON without any white space (see `contentDigest`) · absent: the call must fail with the error code
   * `expected` · lacks / contains: the answer's text does not hold / holds the text
   */
  compare: z.enum(['text', 'digest', 'absent', 'lacks', 'contains']),
  expected: z.string(),
});

export const planStepSchema = z.strictObject({
  id: z.string().describe('Stable: the same evidence gives the same id'),
  stage: z.enum(planStages),
  phase: z.enum(planPhases),
  action: z.string(),
  title: z.string(),
  why: z.string(),
  target: z.strictObject({
    arn: z.string(),
    uniqueId: z.string().nullable(),
    type: z.string(),
    name: z.string(),
  }),
  accountId: z
    .string()
    .nullable()
    .describe('Account whose credentials the commands need; null for manual steps anywhere'),
  region: z.string().nullable(),
  preconditions: z.array(planAssertionSchema),
  commands: z.array(planCommandSchema),
  /** What a person does where no call exists; null where the commands do it all. */
  manual: z.string().nullable(),
  /** Read again after the commands, until so or a minute has passed. */
  confirm: z.array(planAssertionSchema),
  /** IAM actions that the operator needs. */
  permissions: z.array(z.string()),
  cautions: z.array(z.string()),
  reversible: z.boolean(),
  /** A freeze of something that nobody has explained yet: asked on its own, never within the containment batch. */
  awaitsOwner: z.boolean().exactOptional(),
  undo: z.array(planCommandSchema),
  dependsOn: z.array(z.string()),
  /** Not before this time (our own denies outlive the sessions they hold); null = at once. */
  notBefore: z.string().nullable(),
  findings: z.array(z.string()).describe('Fingerprints'),
  verifiedBy: z.array(z.strictObject({ check: z.string(), fingerprints: z.array(z.string()) })),
});

/** A policy or rule that would have helped, as JSON and Terraform, with what it would break here. */
export const guardrailSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['scp', 'rcp', 'identity-policy', 'organization-resource-policy', 'alarm']),
  title: z.string(),
  /** Where it is to be attached. */
  appliesTo: z.string(),
  why: z.string(),
  json: z.string(),
  terraform: z.string(),
  /** What on this evidence would be refused; empty = nothing seen. */
  wouldBreak: z.array(z.string()),
  /** What the evidence does not tell of this: nothing seen is not nothing there. Null for what refuses nothing. */
  notKnown: z.string().nullable(),
  /** Said plainly: would it have stopped this incident, and where would it not? */
  wouldHaveHelped: z.string(),
  /** The same as a fact, with the time of the first act that it would have refused or told of. Absent in older plans. */
  helped: z
    .strictObject({ answer: z.enum(['yes', 'no', 'cannot-tell']), firstAt: z.string().nullable() })
    .exactOptional(),
  wouldNotHaveHelped: z.string().nullable(),
  findings: z.array(z.string()),
});

/** plan.json, and the `plan` of a result. */
export const planSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('afterleak'), version: z.string() }),
  incidentId: z.string().nullable(),
  evidenceDigest: z.string(),
  asOf: z.string(),
  partition: z.string(),
  organizationId: z.string().nullable(),
  managementAccountId: z.string().nullable(),
  /** In the order of work. */
  steps: z.array(planStepSchema),
  guardrails: z.array(guardrailSchema),
  /** What only the owner can answer, one per unexplained thing. */
  questions: z.array(
    z.strictObject({ arn: z.string(), question: z.string(), findings: z.array(z.string()) }),
  ),
  /** Findings for which no step exists, with the reason: nothing falls through silently. */
  unplanned: z.array(z.strictObject({ fingerprint: z.string(), why: z.string() })),
  /** What could not be seen and may be missing from the steps. */
  notSeen: z.array(z.string()),
});

export type PlanCommand = z.infer<typeof planCommandSchema>;
export type PlanAssertion = z.infer<typeof planAssertionSchema>;
export type PlanStep = z.infer<typeof planStepSchema>;
export type Guardrail = z.infer<typeof guardrailSchema>;
export type Plan = z.infer<typeof planSchema>;
