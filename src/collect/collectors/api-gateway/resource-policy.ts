import type { PolicyText } from '../../../model/evidence/policy-text.ts';
import type { Reading } from '../support/reading.ts';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/**
 * `GetRestApis` gives the policy with the escapes of a JSON string (`{\"Version\":…`), without its quotation marks.
 */
export function resourcePolicy(
  reading: Reading,
  raw: string | undefined,
  resource: string,
): PolicyText | null {
  if (raw === undefined || raw === '') {
    return null;
  }
  const unescaped = parsed(raw) === null ? parsed(`"${raw}"`) : raw;
  return reading.policy(typeof unescaped === 'string' ? unescaped : raw, resource);
}
