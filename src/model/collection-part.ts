import { z } from 'zod';

/** One stretch of a collection, between a start (or a `--resume`) and its end. */
export const collectionPartSchema = z.strictObject({
  startedAt: z.string(),
  endedAt: z.string().describe('Of a part that did not end: when it was last heard of'),
  ended: z
    .boolean()
    .describe(
      'False: killed, or still at work. What it did after `endedAt` is in no count: each is the least',
    ),
  callerArn: z.string(),
  toolVersion: z.string(),
  calls: z.number().int().describe('Calls to AWS; those of the last part are in coverage.ndjson'),
  digest: z
    .union([z.string(), z.null()])
    .describe('sha256 of the manifest that it left; null for the last part, which left this one'),
});

export type CollectionPart = Readonly<z.infer<typeof collectionPartSchema>>;

/** Parts in their order; none where the collection was made in one part that ended. */
export const collectionPartsSchema = z.array(collectionPartSchema);

/** True where the counts of a collection are the least that is certain. */
export function isLeast(parts: readonly CollectionPart[] = []): boolean {
  return parts.some(({ ended }) => !ended);
}
