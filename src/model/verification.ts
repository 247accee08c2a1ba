import { z } from 'zod';
import { severities } from './severity.ts';

const time = z.string();

/**
 * gone: looked for over complete evidence that is newer than the step, and not there · changed: still there, but not as
 * it was (another content, another state) · reappeared: gone and made anew (same name with another unique id, or made by
 * the same lineage) · cannot-tell: could not be seen, or the evidence is older than the step
 */
export const verificationStates = ['gone', 'still-there', 'changed', 'reappeared', 'cannot-tell'] as const;
export type VerificationState = (typeof verificationStates)[number];

const subject = z.strictObject({
  arn: z.string(),
  uniqueId: z.string().exactOptional(),
  type: z.string(),
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  name: z.string(),
});

/** One line of actions.ndjson, which plan.sh writes. */
export const actionLogSchema = z.strictObject({
  at: time,
  plan: z.string(),
  step: z.string(),
  action: z.string(),
  outcome: z.enum(['done', 'already', 'skipped', 'refused', 'failed', 'postponed', 'manual']),
  detail: z.string().exactOptional(),
});

export const verificationSchema = z.strictObject({
  against: z.strictObject({ evidenceDigest: z.string(), asOf: time, findings: z.number().int() }),
  asOf: time,
  quick: z.boolean().describe('Only what the plan touched was read again'),
  findings: z.array(
    z.strictObject({
      fingerprint: z.string(),
      check: z.string(),
      severity: z.enum(severities),
      title: z.string(),
      decision: z.string(),
      subject,
      state: z.enum(verificationStates),
      why: z.string(),
      /** The step of the plan that was to remove it, with what the log says of it. */
      step: z
        .strictObject({ id: z.string(), action: z.string(), outcome: z.string(), at: time.nullable() })
        .nullable(),
      /** Fingerprint of today's finding, where there is one. */
      now: z.string().nullable(),
    }),
  ),
  /** The log of plan.sh, oldest first: what was done, by which step. Empty without a log. */
  actions: z.array(actionLogSchema),
  /** What was not there before, loudest first. */
  newSince: z.array(
    z.strictObject({
      fingerprint: z.string().nullable(),
      subject,
      what: z.string(),
      at: time.nullable(),
      afterCleanUp: z.boolean(),
      severity: z.enum(severities),
    }),
  ),
  /** When to look again, from the sessions found. */
  lookAgain: z.array(z.strictObject({ at: time, why: z.string() })),
  closure: z.strictObject({
    allClear: z.boolean(),
    criteria: z.array(
      z.strictObject({ id: z.string(), title: z.string(), met: z.boolean(), facts: z.array(z.string()) }),
    ),
  }),
});

/** How the findings of an earlier run went on; of this run's findings each carries its own `history`. */
export const historySchema = z.strictObject({
  against: z.strictObject({ evidenceDigest: z.string(), asOf: time }),
  counts: z.strictObject({
    new: z.number().int(),
    persisting: z.number().int(),
    resolved: z.number().int(),
    reappeared: z.number().int(),
    cannotTell: z.number().int(),
  }),
  /** Findings of the earlier run that are proved to be gone. */
  resolved: z.array(
    z.strictObject({ fingerprint: z.string(), check: z.string(), title: z.string(), subject }),
  ),
  /** Findings of the earlier run that could not be looked for. */
  cannotTell: z.array(
    z.strictObject({
      fingerprint: z.string(),
      check: z.string(),
      title: z.string(),
      subject,
      why: z.string(),
      /** Where it was seen; `{}` = the organization. Absent = to be told from the subject. */
      units: z
        .array(z.strictObject({ accountId: z.string().exactOptional(), region: z.string().exactOptional() }))
        .exactOptional(),
    }),
  ),
});

export type Verification = z.infer<typeof verificationSchema>;
export type RunHistory = z.infer<typeof historySchema>;
export type ActionLogEntry = z.infer<typeof actionLogSchema>;
