import { z } from 'zod';
import { actionIds } from './action-id.ts';
import { collectionPartsSchema } from './collection-part.ts';
import { endpointChainSchema } from './endpoint-chain.ts';
import { attributions, decisions, findingKinds } from './finding.ts';
import { gapReasons } from './gap.ts';
import { lineageSchema } from './lineage.ts';
import { planSchema } from './plan.ts';
import { severities } from './severity.ts';
import { eventFactsSchema } from './trace-result.ts';
import { historySchema, verificationSchema } from './verification.ts';

/**
 * The one document that renderers, `verify` and other tools read. This is its only source: `schema/result-1.json`
 * is generated from it, and the types below are inferred from it.
 */
export const resultSchemaVersion = 1;

const time = z.string();
const nullable = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()]);

const unitSchema = z.strictObject({
  accountId: z.string().exactOptional(),
  region: z.string().exactOptional(),
});

const gapSchema = z.strictObject({
  reason: z.enum(gapReasons),
  operation: z.string(),
  unit: z.string().describe('`organization`, an account id, or account id/region'),
  resource: z.string().exactOptional(),
  permission: z.string().exactOptional(),
  deniedBy: z.string().exactOptional(),
  detail: z.string(),
  retryable: z.boolean(),
  accepted: z.boolean().describe('True when an exception accepts this gap'),
});

const signalSchema = z.strictObject({ code: z.string(), fact: z.string(), source: z.string() });

const provenanceSchema = z.strictObject({
  eventId: z.string(),
  eventTime: time,
  eventName: z.string(),
  actorArn: z.string(),
  accessKeyId: nullable(z.string()),
  sourceIp: nullable(z.string()),
});

const exceptionSchema = z.strictObject({
  reason: z.string(),
  approvedBy: z.string(),
  expires: time,
});

const findingSchema = z.strictObject({
  fingerprint: z.string().describe('First 16 hex digits of sha256(check | message id | arn | discriminator)'),
  check: z.string(),
  messageId: z.string(),
  kind: z.enum(findingKinds),
  severity: z.enum(severities),
  title: z.string(),
  message: z.string(),
  subject: z.strictObject({
    arn: z.string(),
    uniqueId: z.string().exactOptional(),
    type: z.string(),
    accountId: nullable(z.string()),
    region: nullable(z.string()),
    name: z.string(),
  }),
  signals: z.array(signalSchema),
  attribution: z.enum(attributions),
  decision: z.enum(decisions),
  provenance: z.array(provenanceSchema),
  survivesKeyRevocation: nullable(
    z.strictObject({
      answer: z.enum(['yes', 'no', 'until', 'unbounded-until-condition']),
      why: z.string(),
      until: time.exactOptional(),
    }),
  ),
  evidence: z.array(
    z.strictObject({
      key: z.string(),
      accountId: nullable(z.string()),
      region: nullable(z.string()),
      pointer: z.string(),
      asOf: time,
    }),
  ),
  planSteps: z.array(z.string()),
  history: nullable(z.enum(['new', 'persisting', 'resolved', 'reappeared'])),
  exception: exceptionSchema.exactOptional(),
});

const outcomes = ['pass', 'fail', 'not-applicable', 'manual', 'unevaluated', 'error'] as const;

const resultSchema = z.strictObject({
  check: z.string(),
  outcome: z.enum(outcomes),
  units: z.array(unitSchema),
  examined: z.number().int().exactOptional(),
  evidenceAsOf: time
    .exactOptional()
    .describe('Oldest time of the required facts, over all units; absent where the check needs none'),
  reason: z.string().exactOptional().describe('Why not applicable, or the message of an error'),
  instructions: z.string().exactOptional().describe('What a person must look at, for `manual`'),
  satisfied: z.boolean().exactOptional().describe('True when a live attestation answers the `manual`'),
  gaps: z.array(gapSchema).exactOptional(),
  findings: z.array(z.string()),
});

const checkSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  failureTitle: z.string(),
  description: z.string(),
  kind: z.enum(findingKinds),
  severity: z.enum(severities),
  scope: z.enum(['organization', 'account', 'region']),
  population: z.string(),
  requires: z.array(z.string()),
  remediation: z.strictObject({
    actions: z.array(z.enum(actionIds)),
    why: z.string(),
    cautions: z.array(z.string()),
  }),
  frameworks: z.record(z.string(), z.array(z.string())),
  techniques: z.array(z.string()),
  references: z.array(z.string()),
  optionsSet: z
    .record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]))
    .exactOptional()
    .describe('Options that this run set otherwise than the check declares; absent where there are none'),
});

const checkNotRunSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  frameworks: z.record(z.string(), z.array(z.string())),
  techniques: z.array(z.string()),
});

const inventorySchema = z.strictObject({
  arn: z.string(),
  uniqueId: nullable(z.string()),
  type: z.string(),
  name: z.string(),
  accountId: nullable(z.string()),
  region: nullable(z.string()),
  createdAt: nullable(time),
  modifiedAt: nullable(time),
  inBaseline: nullable(z.boolean()).describe('Null without a baseline'),
});

const coverageSchema = z.strictObject({
  byService: z.record(
    z.string(),
    z.strictObject({
      calls: z.number().int(),
      observations: z.number().int(),
      gaps: z.number().int(),
      accounts: z.number().int(),
    }),
  ),
  byAccount: z.array(
    z.strictObject({
      accountId: z.string(),
      name: nullable(z.string()),
      swept: z.boolean(),
      regions: z
        .array(z.string())
        .exactOptional()
        .describe('Regions in scope of the account; absent where they are those of `scope.regions`'),
      keys: z
        .record(z.string(), z.enum(['complete', 'partial', 'missing']))
        .describe('Worst state per service'),
    }),
  ),
  gaps: z.array(gapSchema),
  scopeGaps: z
    .array(gapSchema)
    .describe('The part of `gaps` that concerns the scope itself, whatever the checks needed'),
  notSwept: z.array(z.strictObject({ accountId: z.string(), reason: z.string() })),
  trail: nullable(
    z.strictObject({
      from: time,
      to: time,
      holes: z.array(z.strictObject({ from: time, to: time, where: z.string(), why: z.string() })),
    }),
  ),
  ownTraces: z.strictObject({
    callerArn: nullable(z.string()),
    sessions: z.array(z.string()),
    userAgent: nullable(z.string()),
    calls: z.number().int(),
    excludedFindings: z
      .array(z.strictObject({ check: z.string(), arn: z.string(), message: z.string() }))
      .describe("Findings about the sweep's own role, which is named here instead"),
  }),
});

const counts = <T extends string>(names: readonly T[]) => z.record(z.enum(names), z.number().int());

/** Who collected the evidence, when, with what, and into which files: facts of the manifest. */
const collectionSchema = z.strictObject({
  toolVersion: z.string().describe('Of the collection; `tool` is that of the judgement'),
  startedAt: time,
  endedAt: time,
  callerArn: z.string(),
  callerAccountId: z.string(),
  keys: z.record(z.string(), z.number().int()).describe('Evidence key to the version of its shape'),
  files: z.array(
    z.strictObject({
      path: z.string(),
      sha256: z.string(),
      bytes: z.number().int(),
      observations: z.number().int(),
    }),
  ),
  redactions: z.record(z.string(), z.number().int()).describe('Field name to values dropped at the edge'),
  clockSkewSeconds: z.number(),
  parts: collectionPartsSchema
    .exactOptional()
    .describe('Set where the collection was resumed, or did not end: all its parts'),
});

export const auditResultSchema = z.strictObject({
  schemaVersion: z.literal(resultSchemaVersion),
  tool: z.strictObject({ name: z.literal('afterleak'), version: z.string() }),
  asOf: time,
  evidenceDigest: z.string().describe('sha256 of the evidence manifest'),
  evidenceBanner: nullable(z.string()).describe('Set when the evidence does not come from AWS itself'),
  organizationId: nullable(z.string()),
  managementAccountId: nullable(z.string()),
  callerArn: nullable(z.string()),
  partition: z.string(),
  scope: z.strictObject({
    accounts: z.array(z.string()),
    regions: z.array(z.string()),
    ofAccounts: nullable(z.number().int()).describe('Accounts in the organization; null when unknown'),
    organizationInScope: z.boolean(),
    managementAccountSwept: z.boolean(),
  }),
  incident: nullable(z.record(z.string(), z.unknown())),
  totals: z.strictObject({
    outcomes: counts(outcomes),
    findings: z.strictObject({
      bySeverity: counts(severities),
      byAttribution: counts(attributions),
      byDecision: counts(decisions),
      byKind: counts(findingKinds),
    }),
  }),
  checks: z.array(checkSchema),
  checksNotRun: z
    .array(checkNotRunSchema)
    .exactOptional()
    .describe('Checks of the catalogue that the selection left out; absent where it left out none'),
  results: z.array(resultSchema),
  findings: z.array(findingSchema),
  inventory: z.array(inventorySchema),
  coverage: coverageSchema,
  lineage: nullable(
    lineageSchema.extend({
      alreadyGone: z
        .array(z.string())
        .describe('Nodes made by the incident that the evidence no longer shows'),
    }),
  ),
  events: nullable(eventFactsSchema).describe('What the trail tells besides the lineage; null without one'),
  endpoints: z.strictObject({
    chains: z
      .array(endpointChainSchema)
      .describe('Ways in from outside; what is private or guarded only where the incident touched it'),
    notSeen: z.array(z.string()).describe('Units in which a part of the chains could not be seen'),
  }),
  collection: collectionSchema,
  plan: nullable(planSchema),
  history: nullable(historySchema).describe('Against an earlier result; null without one'),
  verification: nullable(verificationSchema).describe('Set by `verify`'),
  exceptions: z.array(
    z.strictObject({
      target: z.string().describe('check id, or the operation of a gap'),
      subject: z.string(),
      reason: z.string(),
      approvedBy: z.string(),
      expires: time,
      status: z.enum(['applied', 'expired', 'never-matched', 'not-evaluated']),
      detail: z.string().exactOptional().describe('Why it matched nothing, or could not be matched'),
    }),
  ),
  attestations: z.array(
    z.strictObject({
      control: z.string(),
      statement: z.string(),
      by: z.string(),
      at: time,
      expires: time,
      status: z.enum(['live', 'expired', 'never-matched', 'not-evaluated']),
      detail: z.string().exactOptional().describe('Why it matched nothing, or could not be matched'),
    }),
  ),
});

export type AuditResult = z.infer<typeof auditResultSchema>;
export type ResultFinding = AuditResult['findings'][number];
export type ResultRow = AuditResult['results'][number];
export type ResultGap = AuditResult['coverage']['gaps'][number];
export type ResultCheck = AuditResult['checks'][number];
export type InventoryRow = AuditResult['inventory'][number];
export type Outcome = (typeof outcomes)[number];
