import { z } from 'zod';

const time = z.string();
const nullableTime = time.nullable();
const names = z.array(z.string());

/** Facts that an API refused are null, and a gap says why: null never means "none". */
const ownerSchema = z.strictObject({
  type: z.enum(['iam-user', 'iam-role', 'root', 'federated-user', 'unknown']),
  name: z.string().nullable(),
  arn: z.string().nullable(),
  /** False: the principal is gone. Null: could not be seen. */
  exists: z.boolean().nullable(),
  createdAt: nullableTime,
  groups: names.nullable(),
  boundaryArn: z.string().nullable(),
  /** Names of attached `AWSCompromisedKeyQuarantine…` policies: AWS itself saw the key leaked. */
  quarantinePolicies: names.nullable(),
  /** Null: could not be seen. */
  consolePassword: z.strictObject({ set: z.boolean(), createdAt: nullableTime }).nullable(),
  mfaDevices: z.number().int().nullable(),
  otherKeys: z
    .array(
      z.strictObject({
        accessKeyId: z.string(),
        status: z.string(),
        createdAt: nullableTime,
      }),
    )
    .nullable(),
});

/** What the owner may do by its identity policies and boundary; control policies of the organization are not counted. */
const powerSchema = z.strictObject({
  administrator: z.enum(['yes', 'conditional', 'no']),
  mints: names,
  mintsConditionally: names,
  escalations: z.array(z.strictObject({ id: z.string(), title: z.string(), conditional: z.boolean() })),
  changesOrganization: names,
  readsOnly: z.boolean(),
  unparsedPolicies: names,
});

const callSchema = z.strictObject({
  eventId: z.string(),
  at: time,
  /** `iam:CreateUser` */
  action: z.string(),
  region: z.string(),
  sourceIp: z.string().nullable(),
  userAgent: z.string().nullable(),
  errorCode: z.string().nullable(),
});

const seenSchema = z.strictObject({
  value: z.string(),
  calls: z.number().int(),
  firstAt: time,
  lastAt: time,
});

const activitySchema = z.strictObject({
  events: z.number().int(),
  errors: z.number().int(),
  firstAt: nullableTime,
  lastAt: nullableTime,
  writes: z.number().int(),
  firstWriteAt: nullableTime,
  writesByService: z.array(
    z.strictObject({
      service: z.string(),
      actions: z.array(z.strictObject({ action: z.string(), calls: z.number().int(), lastAt: time })),
    }),
  ),
  errorCodes: z.array(seenSchema),
  sourceIps: z.array(seenSchema),
  userAgents: z.array(seenSchema),
  regions: z.array(seenSchema),
  /** Newest first. */
  latest: z.array(callSchema),
});

const mintedSchema = z.strictObject({
  kind: z.enum(['session', 'access-key', 'console-password', 'service-credential', 'console-sign-in']),
  action: z.string(),
  /** Access key id or credential id; null where the event tells none. */
  credential: z.string().nullable(),
  /** Whose: user name, role ARN, federated user ARN. */
  principal: z.string().nullable(),
  /** Credential that made it. */
  madeBy: z.string(),
  at: time,
  region: z.string(),
  eventId: z.string(),
  /** The latest time at which it can live; null: no end by itself. */
  expiresAt: nullableTime,
  alive: z.boolean(),
  /** Calls seen in Event history; null: not looked up. */
  calls: z.number().int().nullable(),
});

const createdSchema = z.strictObject({
  action: z.string(),
  /** ARN or name. */
  resource: z.string(),
  at: time,
  region: z.string(),
  eventId: z.string(),
  madeBy: z.string(),
});

const reachSchema = z.strictObject({
  /** Roles that exist under these names in member accounts as a rule: not verified. */
  byName: z
    .strictObject({
      roleNames: names,
      accounts: z.array(z.strictObject({ accountId: z.string(), name: z.string().nullable() })),
      why: z.string(),
    })
    .nullable(),
  /** Roles that the key was seen to assume. */
  seen: z.array(
    z.strictObject({ roleArn: z.string(), accountId: z.string(), at: time, eventId: z.string() }),
  ),
});

const guardDutySchema = z.strictObject({
  id: z.string(),
  type: z.string(),
  severity: z.number(),
  title: z.string(),
  region: z.string(),
  firstSeenAt: nullableTime,
  lastSeenAt: nullableTime,
  count: z.number().int(),
  archived: z.boolean(),
});

const containSchema = z.strictObject({
  title: z.string(),
  /** Account in which to run it, with a session outside of the incident's reach. */
  accountId: z.string().nullable(),
  /** For sh, AWS CLI v2. Never run by afterleak. Empty: to be done by hand as the notes say. */
  commands: names,
  undo: names,
  breaks: z.string(),
  notes: names,
});

/** The first fifteen minutes: what `afterleak triage` prints with --json. */
export const triageResultSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('afterleak'), version: z.string() }),
  verdict: z.strictObject({
    line: z.string(),
    actionNeeded: z.boolean(),
    complete: z.boolean(),
    reasons: names,
    exitCode: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  }),
  key: z.strictObject({
    accessKeyId: z.string(),
    type: z.enum(['long-term', 'temporary', 'bearer-token', 'context-specific']),
    status: z.enum(['Active', 'Inactive', 'Expired', 'deleted', 'temporary', 'unknown']),
    createdAt: nullableTime,
    lastUsed: z.strictObject({ at: time, service: z.string(), region: z.string() }).nullable(),
    accountId: z.string().nullable(),
    accountIdFromKey: z.string().nullable(),
    accountIdFromSts: z.string().nullable(),
    accountNotes: names,
  }),
  caller: z.strictObject({ arn: z.string(), accountId: z.string() }),
  organization: z
    .strictObject({
      id: z.string(),
      managementAccountId: z.string(),
      /** Null: the list of accounts could not be read. */
      ownsAccount: z.boolean().nullable(),
      accountName: z.string().nullable(),
    })
    .nullable(),
  owner: ownerSchema,
  power: powerSchema.nullable(),
  activity: activitySchema.nullable(),
  /** How far Event history was read. */
  lookups: z.array(
    z.strictObject({
      seed: z.string(),
      attribute: z.enum(['AccessKeyId', 'Username']),
      region: z.string(),
      pages: z.number().int(),
      events: z.number().int(),
      complete: z.boolean(),
      oldestAt: nullableTime,
    }),
  ),
  minted: z.array(mintedSchema),
  created: z.array(createdSchema),
  reach: reachSchema,
  guardDuty: z.array(guardDutySchema),
  contain: z.array(containSchema),
  timing: z.strictObject({
    startedAt: time,
    elapsedMilliseconds: z.number().int(),
    budgetMilliseconds: z.number().int(),
    calls: z.number().int(),
  }),
  gaps: z.array(
    z.strictObject({
      operation: z.string(),
      reason: z.string(),
      unit: z.string(),
      resource: z.string().exactOptional(),
      permission: z.string().exactOptional(),
      detail: z.string(),
    }),
  ),
});

export type TriageResult = z.infer<typeof triageResultSchema>;
export type TriageOwner = z.infer<typeof ownerSchema>;
export type TriagePower = z.infer<typeof powerSchema>;
export type TriageActivity = z.infer<typeof activitySchema>;
export type MintedCredential = z.infer<typeof mintedSchema>;
export type CreatedThing = z.infer<typeof createdSchema>;
export type ContainStep = z.infer<typeof containSchema>;
export type TriageFinding = z.infer<typeof guardDutySchema>;
export type TriageReach = z.infer<typeof reachSchema>;
export type TriageLookup = TriageResult['lookups'][number];
