import { z } from 'zod';

const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A point in time with an offset, normalised to UTC ISO-8601 with milliseconds. */
export const timeField = z
  .union([z.string(), z.date()], { error: 'expected a time such as 2026-11-03T09:10:00Z' })
  .transform((value, context) => {
    const text = value instanceof Date ? value.toISOString() : value;
    const time = Date.parse(text);
    if (!withOffset.test(text) || Number.isNaN(time)) {
      context.addIssue({
        code: 'custom',
        message: `expected a time with its offset such as 2026-11-03T09:10:00Z, got ${JSON.stringify(text)}`,
      });
      return z.NEVER;
    }
    return new Date(time).toISOString();
  });

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

/** A day, kept as it is written, or a point in time, normalised to UTC. */
export const dateField = z
  .union([z.string(), z.date()], { error: 'expected a day such as 2026-12-01' })
  .transform((value, context) => {
    if (typeof value === 'string' && isDay(value)) {
      return value;
    }
    const time = timeField.safeParse(value);
    if (!time.success) {
      context.addIssue({
        code: 'custom',
        message: `expected a day such as 2026-12-01, or a time with its offset, got ${JSON.stringify(value)}`,
      });
      return z.NEVER;
    }
    return time.data;
  });

export const accountIdField = z
  .string({ error: 'expected an account id as a quoted string of 12 digits' })
  .regex(/^\d{12}$/, 'expected an account id of 12 digits');

export const accessKeyIdField = z
  .string()
  .regex(/^(?:AKIA|ASIA)[A-Z0-9]{12,124}$/, 'expected an access key id (AKIA… or ASIA…)');

export const arnField = z.string().regex(/^arn:[a-z0-9-]+:[^\s]+$/, 'expected an ARN');

/** IPv4 or IPv6 address or CIDR network. */
export const networkField = z
  .string()
  .regex(/^[0-9A-Fa-f:.]+(?:\/\d{1,3})?$/, 'expected an address or network such as 198.51.100.0/24');

export const textField = z.string().min(1, 'expected some text');
export const optionalText = textField.nullable().default(null);
