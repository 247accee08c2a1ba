import { sha256 } from '../../../model/sha256.ts';

export interface EnvironmentCredential {
  readonly name: string;
  readonly kind: string;
  /** SHA-256 of the credential alone, so that it can be compared with a known one but not read. */
  readonly digest: string;
}

/** Credentials that are told by their own shape, wherever in the value they stand. */
const selfTelling = [
  ['aws-access-key-id', /\bAKIA[A-Z0-9]{16}\b/gu],
  ['aws-temporary-access-key-id', /\bASIA[A-Z0-9]{16}\b/gu],
  ['aws-bedrock-api-key', /\bABSK[A-Za-z0-9+/=]{32,}/gu],
  ['aws-bedrock-api-key', /\bbedrock-api-key-[A-Za-z0-9+/=_-]{32,}/gu],
  ['aws-session-token', /\b(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/=]{96,}/gu],
  ['private-key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/gu],
  ['github-token', /\bgh[oprsu]_[A-Za-z0-9]{36,}/gu],
  ['github-token', /\bgithub_pat_[A-Za-z0-9_]{22,}/gu],
  ['gitlab-token', /\bglpat-[A-Za-z0-9_-]{20,}/gu],
  ['slack-token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/gu],
  ['stripe-key', /\b[rs]k_live_[A-Za-z0-9]{16,}/gu],
  ['npm-token', /\bnpm_[A-Za-z0-9]{36}\b/gu],
  ['json-web-token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/gu],
] as const;

/** A secret access key has no mark of its own: 40 characters of base64 and nothing around them. */
const secretKeyPattern = /^[A-Za-z0-9+/]{40}$/u;
const secretKeyName = /secret|aws.*key|access_?key/iu;
const accessKeyPattern = /\bA(?:KIA|SIA)[A-Z0-9]{16}\b/u;
const gitDigestPattern = /^[0-9a-f]{40}$/u;

/** A private key is taken whole, from its header on: all headers of a kind have the same digest. */
const credentialText = (kind: string, value: string, match: string): string =>
  kind === 'private-key' ? value.trim() : match;

function credentialsIn(name: string, value: string, besideAccessKey: boolean): EnvironmentCredential[] {
  const found: EnvironmentCredential[] = selfTelling.flatMap(([kind, pattern]) =>
    [...value.matchAll(pattern)].map(([match]) => ({
      name,
      kind,
      digest: sha256(credentialText(kind, value, match)),
    })),
  );
  const text = value.trim();
  const named = secretKeyName.test(name) || besideAccessKey;
  if (named && secretKeyPattern.test(text) && !gitDigestPattern.test(text)) {
    found.push({ name, kind: 'aws-secret-access-key', digest: sha256(text) });
  }
  return found;
}

/** The variables whose value looks like a credential. No value, nor a part of one, leaves this function. */
export function environmentCredentials(
  variables: Readonly<Record<string, string>>,
): readonly EnvironmentCredential[] {
  const besideAccessKey = Object.values(variables).some((value) => accessKeyPattern.test(value));
  return Object.entries(variables).flatMap(([name, value]) => credentialsIn(name, value, besideAccessKey));
}
