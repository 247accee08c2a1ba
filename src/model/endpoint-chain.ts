import { z } from 'zod';

/** As `EndpointExposure` says, which explains each. */
export const endpointExposures = [
  'public',
  'any-aws-account',
  'restricted',
  'latent',
  'armed',
  'authenticated',
  'private',
  'unresolved',
] as const;

/** One way in from outside to the power of a role: entry, function, role. Routes that end alike are one chain. */
export const endpointChainSchema = z.strictObject({
  accountId: z.string(),
  region: z.string(),
  entry: z.strictObject({
    kind: z.enum(['function-url', 'rest-api', 'http-api', 'websocket-api']),
    arn: z.string(),
    name: z.string(),
    /** Routes (`$default ANY /users`) or the URL, sorted. */
    ways: z.array(z.string()),
  }),
  exposure: z.enum(endpointExposures),
  exposureFacts: z.array(z.string()),
  function: z.strictObject({ arn: z.string(), name: z.string() }).nullable(),
  /** An AWS call made without a function. */
  directAction: z.string().nullable(),
  role: z
    .strictObject({
      arn: z.string(),
      /** Null where its power is not known. */
      administrator: z.enum(['yes', 'conditional', 'no']).nullable(),
      /** Actions that make or keep credentials, sessions, trust or permissions; the first twenty. */
      mints: z.array(z.string()),
    })
    .nullable(),
});

export type EndpointChain = z.infer<typeof endpointChainSchema>;
