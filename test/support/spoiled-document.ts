import { z } from 'zod';

/** What a string of a document becomes; `number` tells equal strings from others, so that joins hold. */
export type Spoil = (text: string, number: number) => string;

interface Spoiling {
  readonly spoil: Spoil;
  readonly numbers: Map<string, number>;
  readonly keep: (text: string) => boolean;
}

function renamed(text: string, { spoil, numbers, keep }: Spoiling): string {
  if (keep(text)) {
    return text;
  }
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  return spoil(text, number);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of what no schema tells more, the keys are ours and the values are not. */
function spoilUnknown(value: unknown, spoiling: Spoiling): unknown {
  if (typeof value === 'string') {
    return renamed(value, spoiling);
  }
  if (Array.isArray(value)) {
    return value.map((item) => spoilUnknown(item, spoiling));
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spoilUnknown(item, spoiling)]))
    : value;
}

function spoilRecord(schema: z.ZodRecord, value: unknown, spoiling: Spoiling): unknown {
  if (!isRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      schema.keyType instanceof z.ZodString && !(schema.valueType instanceof z.ZodUnknown)
        ? renamed(key, spoiling)
        : key,
      spoilBy(schema.valueType, item, spoiling),
    ]),
  );
}

function spoilBy(schema: unknown, value: unknown, spoiling: Spoiling): unknown {
  if (value === null || value === undefined) {
    return value;
  }
  if (schema instanceof z.ZodString) {
    return typeof value === 'string' ? renamed(value, spoiling) : value;
  }
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodExactOptional) {
    return spoilBy(schema.unwrap(), value, spoiling);
  }
  if (schema instanceof z.ZodUnion) {
    const fitting = schema.options.find((option) => z.safeParse(option, value).success);
    return spoilBy(fitting, value, spoiling);
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => spoilBy(schema.element, item, spoiling));
  }
  if (schema instanceof z.ZodObject && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, spoilBy(schema.shape[key], item, spoiling)]),
    );
  }
  if (schema instanceof z.ZodRecord) {
    return spoilRecord(schema, value, spoiling);
  }
  if (schema instanceof z.ZodUnknown) {
    return spoilUnknown(value, spoiling);
  }
  if (
    schema instanceof z.ZodEnum ||
    schema instanceof z.ZodLiteral ||
    schema instanceof z.ZodNumber ||
    schema instanceof z.ZodBoolean
  ) {
    return value;
  }
  throw new TypeError(`no rule for ${schema instanceof z.ZodType ? schema.def.type : typeof schema}`);
}

/**
 * The document with every string that is not one of a fixed list replaced: what the schema calls text, an intruder may
 * have written. Equal strings stay equal, so nothing falls out of the page because a reference broke.
 */
export function spoiledDocument<Schema extends z.ZodType>(
  schema: Schema,
  document: z.output<Schema>,
  spoil: Spoil,
  keep: (text: string) => boolean = () => false,
): { readonly document: z.output<Schema>; readonly texts: number } {
  const numbers = new Map<string, number>();
  const spoiled = schema.parse(spoilBy(schema, document, { spoil, numbers, keep }));
  return { document: spoiled, texts: numbers.size };
}
