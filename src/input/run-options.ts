import { z } from 'zod';
import { severities } from '../model/severity.ts';
import { leastTrailMemory, usualTrailMemory } from '../model/trail-memory.ts';
import { accessKeyIdField, accountIdField, arnField, textField, timeField } from './fields.ts';

/** A list written as one comma-separated string, as several values, or as a YAML list. */
const list = <Item extends z.ZodType<string, string>>(item: Item) =>
  z.preprocess(
    (value) =>
      (Array.isArray(value) ? value : [value]).flatMap((one: unknown) =>
        typeof one === 'string' ? one.split(',').map((part) => part.trim()) : [one],
      ),
    z.array(item),
  );

const number = (schema: z.ZodNumber) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value), schema);

export const formats = ['html', 'md', 'json', 'sarif', 'ocsf', 'csv'] as const;
export type Format = (typeof formats)[number];
const defaultFormats: readonly Format[] = ['html', 'md', 'json'];

/**
 * Every option of every command under its long name in camel case: the command line and afterleak.yaml are held
 * against this one schema.
 */
export const runOptionsSchema = z.strictObject({
  profile: textField.exactOptional(),
  region: textField.exactOptional(),
  roleName: textField.exactOptional(),
  externalId: textField.exactOptional(),
  managementRoleArn: arnField.exactOptional(),
  org: z.boolean().default(false),
  accounts: list(accountIdField).default([]),
  excludeAccounts: list(accountIdField).default([]),
  ou: textField.exactOptional(),
  regions: list(textField).default(['all']),
  endpointUrl: z.url({ protocol: /^https?$/, error: 'expected an http or https URL' }).exactOptional(),
  incident: textField.exactOptional(),
  accessKey: list(accessKeyIdField).default([]),
  since: timeField.exactOptional(),
  until: timeField.exactOptional(),
  trail: list(textField).default([]),
  trailRoleArn: arnField.exactOptional(),
  trailMemory: number(z.number().int().min(leastTrailMemory)).default(usualTrailMemory),
  baseline: textField.exactOptional(),
  exceptions: textField.exactOptional(),
  attestations: textField.exactOptional(),
  owners: list(textField).default([]),
  checks: list(textField).default([]),
  skipChecks: list(textField).default([]),
  checkOptions: z
    .record(
      z.string(),
      z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.array(z.string())])),
    )
    .default({}),
  evidence: textField.exactOptional(),
  result: textField.exactOptional(),
  against: textField.exactOptional(),
  previous: textField.exactOptional(),
  actions: textField.exactOptional(),
  quick: z.boolean().default(false),
  out: textField.exactOptional(),
  sign: textField.exactOptional(),
  format: list(z.enum(formats, { error: `expected one of ${formats.join(', ')}` })).default([
    ...defaultFormats,
  ]),
  failOn: z
    .enum([...severities, 'none'], { error: `expected one of ${severities.join(', ')}, none` })
    .default('high'),
  allowIncomplete: z.boolean().default(false),
  concurrency: number(z.number().int().min(1).max(256)).default(20),
  rateShare: number(z.number().gt(0).max(1)).default(0.5),
  timeout: number(z.number().int().min(1).max(600)).default(30),
  resume: textField.exactOptional(),
  asOf: timeField.exactOptional(),
});

export type RunOptions = z.infer<typeof runOptionsSchema>;
/** What stands in one source (command line or file) before defaults are filled in. */
export type GivenOptions = Readonly<Record<string, unknown>>;
