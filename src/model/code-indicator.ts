import type { Signal } from './finding.ts';
import type { Incident } from './incident.ts';

const base64Digest = /^[A-Za-z0-9+/]{43}=$/;

/** Lambda writes the digest of a package in base64, people and other tools often in hex. */
function spellings(codeSha256: string): readonly string[] {
  if (!base64Digest.test(codeSha256)) {
    return [codeSha256];
  }
  const bytes = [...atob(codeSha256)].map((character) => character.charCodeAt(0));
  return [codeSha256, bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')];
}

/** `indicator-match` where the incident file names the digest of this code. */
export function codeIndicatorSignals(
  incident: Incident | null,
  codeSha256: string | null,
  source: string,
): readonly Signal[] {
  const known = incident?.indicators.codeSha256.map((digest) => digest.toLowerCase()) ?? [];
  return codeSha256 !== null && spellings(codeSha256).some((digest) => known.includes(digest.toLowerCase()))
    ? [{ code: 'indicator-match', fact: `code digest ${codeSha256}`, source }]
    : [];
}
