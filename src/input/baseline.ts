import { z } from 'zod';
import type { Baseline } from '../model/baseline.ts';
import { optionalText, textField, timeField } from './fields.ts';
import { InputError } from './input-error.ts';
import { readDocument } from './read-document.ts';

const optionalTime = timeField.nullable().default(null);

const baselineSchema = z.strictObject({
  capturedAt: timeField,
  evidence: optionalText,
  expected: z.array(
    z.strictObject({
      type: textField,
      id: textField.refine((id) => !id.includes('*'), {
        message: 'expected an exact id: wildcards are not accepted',
      }),
      uniqueId: optionalText,
      contentSha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits')
        .nullable()
        .default(null),
      owner: optionalText,
      reason: optionalText,
      reviewedBy: optionalText,
      reviewedAt: optionalTime,
    }),
  ),
});

const hint =
  'A baseline entry is {type, id, uniqueId, contentSha256, owner, reason, reviewedBy, reviewedAt}.';

/** Reads a baseline. Two entries for one thing are an error: which of them was reviewed? */
export async function readBaseline(path: string): Promise<Baseline> {
  const baseline = await readDocument(path, baselineSchema, hint);
  const seen = new Set<string>();
  for (const [index, { type, id }] of baseline.expected.entries()) {
    const key = `${type}\n${id}`;
    if (seen.has(key)) {
      throw new InputError(
        `${path}: expected.${index}: ${type} ${id} stands twice`,
        'Keep the entry that was reviewed.',
      );
    }
    seen.add(key);
  }
  return baseline;
}
