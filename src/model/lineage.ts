import { z } from 'zod';

const time = z.string();
const nullableTime = time.nullable();

/**
 * tainted: made, altered or used by the incident · shared-credential: the leaked credential in its owner's usual hands ·
 * lead: shares a source with the incident or was only attempted, proves nothing · service: made by an AWS service that
 * acted for somebody
 */
const standing = z.enum(['tainted', 'shared-credential', 'lead', 'service']);

/** One thing in the graph of what the incident's credentials made. */
export const lineageNodeSchema = z.strictObject({
  id: z.string().describe('Stable: ARN, access key id, or a name made of them'),
  kind: z.enum(['principal', 'session', 'credential', 'resource']),
  /** Resource type as in the evidence: iam-user, access-key, lambda-function, http-api, … */
  type: z.string(),
  label: z.string(),
  arn: z.string().nullable(),
  /** The provider's unique id (AIDA…, AROA…) where an event tells. */
  uniqueId: z.string().nullable(),
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  standing,
  /** Named by the incident itself. */
  seed: z.boolean(),
  /** Made by the incident (a done `created` or `issued` edge leads to it), not merely changed or used. */
  intruderMade: z.boolean(),
  firstSeenAt: nullableTime,
  lastSeenAt: nullableTime,
  deleted: z.boolean(),
  deletedAt: nullableTime,
  /** Credentials: was it ever used? Null where it cannot be told. */
  used: z.boolean().nullable(),
  /** Sessions and credentials: the latest time at which they can live; null = no end by itself, or not a session. */
  expiresAt: nullableTime,
  /** Why there is no end: roles re-assume each other, a service mints anew, OAuth refreshes. */
  unboundedBecause: z.string().nullable(),
  survivesKeyRevocation: z
    .strictObject({
      answer: z.enum(['yes', 'no', 'until', 'unbounded-until-condition']),
      why: z.string(),
      until: time.exactOptional(),
    })
    .nullable(),
});

/**
 * Done and attempted are different edges. `linked` is no act: the two belong together (a user and its key, a role and the
 * function that runs as it, a function and the API that reaches it), told by the events named.
 */
export const lineageEdgeSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  relation: z.enum(['issued', 'assumed', 'used', 'created', 'changed', 'deleted', 'linked']),
  outcome: z.enum(['done', 'attempted']),
  /** `iam:CreateUser` */
  action: z.string(),
  firstAt: time,
  lastAt: time,
  eventIds: z.array(z.string()),
});

/** One line of the story: the event behind an edge, for timelines and proofs. */
export const lineageEventSchema = z.strictObject({
  eventId: z.string(),
  eventTime: time,
  eventName: z.string(),
  eventSource: z.string(),
  accountId: z.string().nullable(),
  region: z.string(),
  actorArn: z.string(),
  accessKeyId: z.string().nullable(),
  sourceIp: z.string().nullable(),
  userAgent: z.string().nullable(),
  errorCode: z.string().nullable(),
  /** What of the thing the call named: a policy's ARN, an inline policy's name, a version id. A restore needs it. */
  part: z.string().exactOptional(),
  /** Ids of the nodes it touches. */
  nodes: z.array(z.string()),
  file: z.string(),
});

export const lineageSchema = z.strictObject({
  nodes: z.array(lineageNodeSchema),
  edges: z.array(lineageEdgeSchema),
  events: z.array(lineageEventSchema),
});

export type LineageNode = z.infer<typeof lineageNodeSchema>;
export type LineageEdge = z.infer<typeof lineageEdgeSchema>;
export type LineageEvent = z.infer<typeof lineageEventSchema>;
export type Lineage = z.infer<typeof lineageSchema>;
