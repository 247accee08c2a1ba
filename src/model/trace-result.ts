import { z } from 'zod';
import { gapReasons } from './gap.ts';
import { lineageSchema } from './lineage.ts';

const time = z.string();
const names = z.array(z.string());

/** What one credential (or one of its hands, when it is shared) did. */
const activitySchema = z.strictObject({
  /** Node id of the lineage. */
  node: z.string(),
  credential: z.string(),
  standing: z.enum(['tainted', 'shared-credential', 'lead']),
  calls: z.number().int(),
  errors: z.number().int(),
  firstAt: time,
  lastAt: time,
  services: z.array(
    z.strictObject({
      service: z.string(),
      actions: z.array(
        z.strictObject({ action: z.string(), calls: z.number().int(), errors: z.number().int() }),
      ),
    }),
  ),
  regions: names,
  sourceIps: names,
  userAgents: names,
  errorCodes: z.array(z.strictObject({ code: z.string(), calls: z.number().int() })),
});

/** A secret that was read, or could be read from what was read: it must be rotated. */
const rotationSchema = z.strictObject({
  arn: z.string(),
  type: z.enum(['secret', 'parameter', 'environment', 'credential', 'other']),
  why: z.string(),
  eventIds: names,
});

const impactSchema = z.strictObject({
  kind: z.enum([
    'data-access',
    'messaging',
    'ai-model',
    'compute',
    'discovery',
    'enumeration',
    'exposure',
    'new-region',
    'detection',
  ]),
  title: z.string(),
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  calls: z.number().int(),
  succeeded: z.number().int(),
  firstAt: time,
  lastAt: time,
  actions: names,
  resources: names,
});

/** The last known value of a setting that no API shows. */
const settingSchema = z.strictObject({
  setting: z.enum([
    'identity-center.mfa-mode',
    'identity-center.portal-session',
    'identity-center.mfa-management',
    'identity-center.identity-source',
  ]),
  value: z.string(),
  at: time,
  eventId: z.string(),
  actorArn: z.string(),
  byIncident: z.boolean(),
});

/** How a thing was before the incident changed it, as an earlier, clean event tells: a restore puts it back. */
const priorStateSchema = z.strictObject({
  arn: z.string(),
  what: z.enum(['role-trust', 'inline-policy', 'session-duration', 'organization-policy', 'event-selectors']),
  /** The part that is meant, where the thing has several (the inline policy's name); else empty. */
  part: z.string(),
  /** The earlier value as text (a JSON document, an ISO-8601 duration). */
  value: z.string(),
  at: time,
  eventId: z.string(),
});

const coverageSchema = z.strictObject({
  accountId: z.string(),
  region: z.string(),
  from: time,
  to: time,
  basis: z.enum(['digest', 'delivery', 'lookup']),
  holes: z.array(z.strictObject({ from: time, to: time, why: z.string() })),
});

/** trace.json: what the events tell, with or without a sweep. */
export const traceResultSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('afterleak'), version: z.string() }),
  incident: z.record(z.string(), z.unknown()),
  sources: names,
  lineage: lineageSchema,
  activity: z.array(activitySchema),
  rotation: z.array(rotationSchema),
  impact: z.array(impactSchema),
  /** Ready to be copied into the incident file. */
  indicators: z.strictObject({ sourceIps: names, userAgents: names, names, accessKeyIds: names }),
  /** Never added silently. */
  suspects: z.array(z.strictObject({ id: z.string(), why: z.string(), eventIds: names })),
  settings: z.array(settingSchema),
  priorStates: z.array(priorStateSchema),
  coverage: z.array(coverageSchema),
  counts: z.strictObject({
    files: z.number().int(),
    bytes: z.number().int(),
    records: z.number().int(),
    outsideWindow: z.number().int(),
    duplicates: z.number().int(),
    unparsable: z.number().int(),
  }),
  gaps: z.array(
    z.strictObject({
      operation: z.string(),
      reason: z.enum(gapReasons),
      unit: z.string(),
      resource: z.string().exactOptional(),
      detail: z.string(),
    }),
  ),
});

/** What the events tell besides the lineage: the part of a trace that a sweep's result carries on. */
export const eventFactsSchema = traceResultSchema.pick({
  activity: true,
  rotation: true,
  impact: true,
  indicators: true,
  suspects: true,
  settings: true,
  priorStates: true,
  counts: true,
});

export type EventFacts = z.infer<typeof eventFactsSchema>;
export type TraceResult = z.infer<typeof traceResultSchema>;
export type PriorState = TraceResult['priorStates'][number];
