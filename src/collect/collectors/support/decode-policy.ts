import type { PolicyText } from '../../../model/evidence/policy-text.ts';

export interface DecodedPolicy {
  /** The decoded document; with a problem, the text as it came. */
  readonly text: PolicyText;
  /** Why it could not be decoded; null when all is well. */
  readonly problem: string | null;
}

/**
 * The text that stands for a document that could not be read. It is no policy, so that nobody can take it for an
 * empty one.
 */
export const unreadPolicy: PolicyText = '';

const isDocument = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

const percentDecoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/**
 * Undoes IAM's percent-encoding (RFC 3986, which the SDK leaves in place). Documents of other services, and of
 * emulators, come as plain JSON: those are taken verbatim, since a `%` inside them is their own.
 */
export function decodePolicy(raw: string | undefined): DecodedPolicy {
  if (raw === undefined || raw === '') {
    return { text: unreadPolicy, problem: 'the answer holds no policy document' };
  }
  if (isDocument(raw)) {
    return { text: raw, problem: null };
  }
  const decoded = percentDecoded(raw);
  if (decoded === null) {
    return { text: raw, problem: 'the policy document has broken percent-encoding' };
  }
  return isDocument(decoded)
    ? { text: decoded, problem: null }
    : { text: raw, problem: 'the policy document is not a JSON object' };
}
