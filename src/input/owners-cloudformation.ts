import { z } from 'zod';
import { placeOfId } from '../model/baseline-types.ts';
import type { OwnedThing } from '../model/ownership.ts';
import { cloudFormationThing } from './owner-types.ts';

const time = z
  .string()
  .transform((text) => {
    const at = Date.parse(text);
    return Number.isNaN(at) ? null : new Date(at).toISOString();
  })
  .nullable()
  .catch(null)
  .default(null);

const text = z.string().nullable().catch(null).default(null);

/** One entry of `describe-stack-resources` or `list-stack-resources`. */
const resourceSchema = z.object({
  StackName: text,
  StackId: text,
  LogicalResourceId: z.string(),
  PhysicalResourceId: text,
  ResourceType: z.string(),
  ResourceStatus: text,
  Timestamp: time,
  LastUpdatedTimestamp: time,
});

/** Of `describe-stacks` only times are kept: parameters and outputs hold secrets. */
const stackSchema = z.object({
  StackName: z.string(),
  StackId: text,
  CreationTime: time,
  LastUpdatedTime: time,
});

const exportSchema = z
  .object({
    StackResources: z.array(resourceSchema).optional(),
    StackResourceSummaries: z.array(resourceSchema).optional(),
    Stacks: z.array(stackSchema).optional(),
  })
  .refine((one) => one.StackResources ?? one.StackResourceSummaries ?? one.Stacks);

const documentSchema = z.union([exportSchema, z.array(exportSchema).min(1)]);

/** A thing of a stack before the times of its whole stack are known. */
export interface StackThing {
  readonly stack: string;
  readonly thing: OwnedThing;
}

export interface StackExport {
  readonly things: readonly StackThing[];
  /** Stack to the times at which it or a part of it was touched. */
  readonly touched: readonly { readonly stack: string; readonly at: string }[];
}

const gone = /^DELETE_COMPLETE$|^CREATE_FAILED$|^ROLLBACK_COMPLETE$/;

/** The account and region that every ARN of the file agrees on: `list-stack-resources` names neither. */
function commonPlace(ids: readonly string[]): { accountId: string | null; region: string | null } {
  const places = ids.map(placeOfId);
  const accounts = new Set(places.flatMap(({ accountId }) => accountId ?? []));
  const regions = new Set(places.flatMap(({ region }) => region ?? []));
  const only = (values: ReadonlySet<string>): string | null => {
    const [first = null] = values;
    return values.size === 1 ? first : null;
  };
  return { accountId: only(accounts), region: only(regions) };
}

/** Null when this is no answer of CloudFormation. `fallbackName` names the stack where the answer does not. */
export function stackExport(document: unknown, fallbackName: string): StackExport | null {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) {
    return null;
  }
  const parts = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  const resources = parts
    .flatMap((part) => [...(part.StackResources ?? []), ...(part.StackResourceSummaries ?? [])])
    .filter(({ ResourceStatus }) => !gone.test(ResourceStatus ?? ''));
  const common = commonPlace(resources.flatMap(({ PhysicalResourceId }) => PhysicalResourceId ?? []));
  const stacks = parts.flatMap((part) => part.Stacks ?? []);
  const things = resources.flatMap((resource) => {
    const stack = resource.StackName ?? fallbackName;
    const named = cloudFormationThing(resource.ResourceType, resource.PhysicalResourceId ?? '');
    if (named === null) {
      return [];
    }
    const place = resource.StackId === null ? common : placeOfId(resource.StackId);
    const own = placeOfId(named.arn ?? '');
    return [
      {
        stack: resource.StackName ?? fallbackName,
        thing: {
          owner: `cloudformation ${stack}/${resource.LogicalResourceId}`,
          ...named,
          accountId: own.accountId ?? place.accountId,
          region: own.region ?? place.region,
          touchedAt: resource.LastUpdatedTimestamp ?? resource.Timestamp,
          stackTouchedAt: [],
        },
      },
    ];
  });
  return {
    things,
    touched: [
      ...resources.flatMap(({ StackName, LastUpdatedTimestamp, Timestamp }) => {
        const at = LastUpdatedTimestamp ?? Timestamp;
        return at === null ? [] : [{ stack: StackName ?? fallbackName, at }];
      }),
      ...stacks.flatMap(({ StackName, CreationTime, LastUpdatedTime }) =>
        [CreationTime, LastUpdatedTime].flatMap((at) => (at === null ? [] : [{ stack: StackName, at }])),
      ),
    ],
  };
}
