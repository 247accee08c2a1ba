import { z } from 'zod';

/** One thing in the graph of what the incident's credentials made. Reserved for the trace; results hold null until then. */
export const lineageNodeSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['principal', 'session', 'credential', 'resource']),
  label: z.string(),
  deleted: z.boolean(),
});

/** Done and attempted are different edges. */
export const lineageEdgeSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  relation: z.enum(['issued', 'assumed', 'created', 'changed', 'deleted']),
  outcome: z.enum(['done', 'attempted']),
  eventIds: z.array(z.string()),
});
