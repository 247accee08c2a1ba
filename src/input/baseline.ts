import { z } from 'zod';
import type { Baseline, BaselineEntry } from '../model/baseline.ts';
import { baselineType, baselineTypeNames } from '../model/baseline-types.ts';
import { closestName } from './closest-name.ts';
import { optionalText, textField, timeField } from './fields.ts';
import { readDocument } from './read-document.ts';

const optionalTime = timeField.nullable().default(null);

const typeField = textField.superRefine((type, context) => {
  if (baselineType(type) === null) {
    const meant = closestName(type, baselineTypeNames);
    const hint = meant === null ? `known are ${baselineTypeNames.join(', ')}` : `did you mean ${meant}?`;
    context.addIssue({ code: 'custom', message: `there is no type ${JSON.stringify(type)}: ${hint}` });
  }
});

/** `reviewedBy: " "` is nobody. */
const personField = z.string().trim().min(1, 'expected who reviewed it, or null').nullable().default(null);

const entrySchema = z
  .strictObject({
    type: typeField,
    id: textField.refine((id) => !/[*?]/.test(id), {
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
    reviewedBy: personField,
    reviewedAt: optionalTime,
  })
  .refine(({ reviewedBy, reviewedAt }) => reviewedBy !== null || reviewedAt === null, {
    path: ['reviewedBy'],
    message: 'reviewedAt is set, but nobody is named: say who reviewed it, or clear reviewedAt',
  });

interface Contradiction {
  readonly index: number;
  readonly field: keyof BaselineEntry | null;
  readonly message: string;
}

/** Two entries for one thing, or one unique id under two names: which of them was reviewed? */
function contradictions(entries: readonly BaselineEntry[]): readonly Contradiction[] {
  const byId = new Map<string, number>();
  const byUniqueId = new Map<string, number>();
  return entries.flatMap(({ type, id, uniqueId }, index): readonly Contradiction[] => {
    const name = `${type}\n${id}`;
    if (byId.has(name)) {
      const message = `${type} ${id} stands twice (first as expected.${byId.get(name)}): keep the entry that was reviewed`;
      return [{ index, field: null, message }];
    }
    byId.set(name, index);
    if (uniqueId === null) {
      return [];
    }
    const unique = `${type}\n${uniqueId}`;
    const first = byUniqueId.get(unique);
    byUniqueId.set(unique, first ?? index);
    return first === undefined
      ? []
      : [
          {
            index,
            field: 'uniqueId',
            message: `${uniqueId} is also the unique id of expected.${first} (${entries[first]?.id}): one of the two entries is wrong, look the id up and correct it`,
          },
        ];
  });
}

const baselineSchema = z
  .strictObject({ capturedAt: timeField, evidence: optionalText, expected: z.array(entrySchema) })
  .superRefine(({ expected }, context) => {
    for (const { index, field, message } of contradictions(expected)) {
      const path = field === null ? ['expected', index] : ['expected', index, field];
      context.addIssue({ code: 'custom', path, message });
    }
  });

const hint =
  'A baseline entry is {type, id, uniqueId, contentSha256, owner, reason, reviewedBy, reviewedAt}; `afterleak baseline` writes one from evidence.';

/**
 * Reads a baseline. What contradicts itself is an error, never a choice.
 * @throws InputError naming file, line, entry and field.
 */
export function readBaseline(path: string): Promise<Baseline> {
  return readDocument(path, baselineSchema, hint);
}
