import { z } from 'zod';
import { placeOfId } from '../model/baseline-types.ts';
import type { OwnedThing } from '../model/ownership.ts';
import { type TerraformIds, terraformThing } from './owner-types.ts';

const text = z.string().nullable().catch(null);

/** Named attributes only: zod drops everything else, so that no secret of a state gets any further. */
const idsSchema = z.object({
  arn: text.default(null),
  id: text.default(null),
  layer_arn: text.default(null),
  function_arn: text.default(null),
});

const noIds: TerraformIds = { arn: null, id: null, layer_arn: null, function_arn: null };

const indexKey = z.union([z.string(), z.number()]).optional().catch(undefined);

/** `terraform state pull`. */
const stateSchema = z.object({
  version: z.number(),
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({ index_key: indexKey, attributes: idsSchema.nullable().optional().catch(null) }),
      ),
    }),
  ),
});

const shownResource = z.object({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  values: idsSchema.nullable().optional().catch(null),
});

/** A module of `terraform show -json`; modules hold modules. */
interface ShownModule {
  readonly resources?: readonly z.infer<typeof shownResource>[] | undefined;
  readonly child_modules?: readonly ShownModule[] | undefined;
}

const shownModule: z.ZodType<ShownModule> = z.object({
  resources: z.array(shownResource).optional(),
  get child_modules() {
    return z.array(shownModule).optional();
  },
});

const shownSchema = z.object({ values: z.object({ root_module: shownModule }) });

/** The only version since Terraform 0.12. */
export const stateVersion = 4;

function owned(address: string, type: string, ids: TerraformIds): readonly OwnedThing[] {
  const thing = terraformThing(type, ids);
  return thing === null
    ? []
    : [
        {
          owner: `terraform ${address}`,
          ...thing,
          ...placeOfId(thing.arn ?? ''),
          touchedAt: null,
          stackTouchedAt: [],
        },
      ];
}

function indexed(address: string, key: string | number | undefined): string {
  return key === undefined ? address : `${address}[${JSON.stringify(key)}]`;
}

function shownThings(module: ShownModule): readonly OwnedThing[] {
  return [
    ...(module.resources ?? [])
      .filter(({ mode }) => mode === 'managed')
      .flatMap(({ address, type, values }) => owned(address, type, values ?? noIds)),
    ...(module.child_modules ?? []).flatMap(shownThings),
  ];
}

/**
 * What a Terraform state manages, with its addresses; data sources are only looked at and owned by others. Null when
 * this is no Terraform state of a version that can be read.
 */
export function terraformThings(document: unknown): readonly OwnedThing[] | null {
  const shown = shownSchema.safeParse(document);
  if (shown.success) {
    return shownThings(shown.data.values.root_module);
  }
  const state = stateSchema.safeParse(document);
  if (!state.success || state.data.version !== stateVersion) {
    return null;
  }
  return state.data.resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ module, type, name, instances }) => {
      const address = `${module === undefined ? '' : `${module}.`}${type}.${name}`;
      return instances.flatMap((instance) =>
        owned(indexed(address, instance.index_key), type, instance.attributes ?? noIds),
      );
    });
}
