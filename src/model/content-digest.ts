import { sha256 } from './sha256.ts';

/**
 * Digest of a JSON text that a shell can compute from the AWS CLI's answer (`--output json | LC_ALL=C tr -d
 * '[:space:]' | sha256sum`): white space anywhere is left out, the order of members stays. Null for what is no JSON.
 * Only ASCII white space counts, which is why the locale is named: some systems' `tr` would take more.
 */
export function contentDigest(json: string): string | null {
  try {
    return sha256(JSON.stringify(JSON.parse(json)).replaceAll(/[ \t\n\r\f\v]/g, ''));
  } catch {
    return null;
  }
}
