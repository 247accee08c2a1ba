import { z } from 'zod';
import { collectionPartsSchema } from '../model/collection-part.ts';
import { collectedKeys, evidenceVersion } from '../model/evidence-catalog.ts';
import type { EvidenceManifest } from '../model/evidence-manifest.ts';
import { gapReasons } from '../model/gap.ts';

const key = z.enum(collectedKeys);
const nullableText = z.union([z.string(), z.null()]);

const unit = z.union([
  z.strictObject({
    kind: z.literal('organization'),
    partition: z.string(),
    accountId: z.null(),
    region: z.null(),
  }),
  z.strictObject({
    kind: z.literal('account'),
    partition: z.string(),
    accountId: z.string(),
    region: z.null(),
  }),
  z.strictObject({
    kind: z.literal('region'),
    partition: z.string(),
    accountId: z.string(),
    region: z.string(),
  }),
]);

const gap = z.strictObject({
  reason: z.enum(gapReasons),
  operation: z.string(),
  unit,
  resource: z.string().exactOptional(),
  permission: z.string().exactOptional(),
  deniedBy: z
    .enum([
      'identity-policy',
      'permissions-boundary',
      'service-control-policy',
      'resource-control-policy',
      'session-policy',
      'resource-policy',
      'vpc-endpoint-policy',
      'kms-key-policy',
    ])
    .exactOptional(),
  detail: z.string(),
  retryable: z.boolean(),
});

export const manifestSchema: z.ZodType<EvidenceManifest> = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('afterleak'), version: z.string() }),
  asOf: z.string(),
  startedAt: z.string(),
  partition: z.string(),
  callerArn: z.string(),
  callerAccountId: z.string(),
  organizationId: nullableText,
  managementAccountId: nullableText,
  organizationInScope: z.boolean(),
  ofAccounts: z.union([z.number().int(), z.null()]),
  accounts: z.array(
    z.strictObject({
      accountId: z.string().regex(/^\d{12}$/),
      name: nullableText,
      inScope: z.boolean(),
      swept: z.boolean(),
      reason: nullableText,
      regions: z.array(z.string()),
    }),
  ),
  gaps: z.array(gap),
  keys: z.partialRecord(key, z.literal(evidenceVersion)),
  shards: z.array(
    z.strictObject({
      path: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z.number().int(),
      observations: z.number().int(),
    }),
  ),
  banner: nullableText,
  ownTraces: z.strictObject({
    sessions: z.array(z.string()),
    userAgent: z.string(),
    calls: z.number().int(),
  }),
  redactions: z.record(z.string(), z.number().int()),
  clockSkewSeconds: z.number(),
  parts: collectionPartsSchema.exactOptional(),
});

const provenance = z.array(
  z.strictObject({ operation: z.string(), requestId: nullableText, calls: z.number().int() }),
);
const gaps = z.tuple([gap], gap);

/** One line of a shard. The value's inner shape is covered by the digest, not repeated here. */
export const storedObservationSchema = z.strictObject({
  key,
  unit,
  observation: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('complete'), value: z.json(), asOf: z.string(), provenance }),
    z.strictObject({ state: z.literal('partial'), value: z.json(), gaps, asOf: z.string(), provenance }),
    z.strictObject({ state: z.literal('missing'), gaps }),
  ]),
});
