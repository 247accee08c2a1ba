import { type KeyObject, verify } from 'node:crypto';
import type { SignatureFacts } from '../model/bundle-report.ts';
import { fingerprintOf, parsePublicKey, publicKeyFile, signatureBytes, signatureFile } from './public-key.ts';

export interface SignatureInput {
  /** The bytes of SHA256SUMS. */
  readonly signed: Uint8Array;
  /** Null where there is no such file. */
  readonly signature: Uint8Array | null;
  readonly shippedKey: string | null;
  readonly trustedKey: KeyObject | null;
}

function shippedName(shipped: KeyObject | string | null): string {
  return shipped === null || typeof shipped === 'string'
    ? 'by an unknown key'
    : `by ${fingerprintOf(shipped)}`;
}

/** Null = not signed; a text says what is wrong. */
export function checkSignature(input: SignatureInput): SignatureFacts | string | null {
  const { signed, signature, shippedKey, trustedKey } = input;
  if (signature === null) {
    if (shippedKey !== null) {
      return `${signatureFile} is missing, and ${publicKeyFile} says that there was one`;
    }
    return trustedKey === null ? null : 'it is not signed, and a key was given';
  }
  if (signature.length !== signatureBytes) {
    return `${signatureFile} has ${signature.length} bytes, not ${signatureBytes}`;
  }
  const shipped = shippedKey === null ? null : parsePublicKey(shippedKey);
  if (typeof shipped === 'string') {
    return `${publicKeyFile}: ${shipped}`;
  }
  const key = trustedKey ?? shipped;
  if (key === null) {
    return `there is no ${publicKeyFile}: give the signer's key with --key`;
  }
  if (verify(null, signed, key, signature)) {
    return { fingerprint: fingerprintOf(key), trusted: trustedKey !== null };
  }
  return trustedKey !== null && shipped !== null && verify(null, signed, shipped, signature)
    ? `it is signed ${shippedName(shipped)}, not by the given key ${fingerprintOf(trustedKey)}`
    : `${signatureFile} is no signature of the key ${fingerprintOf(key)} over SHA256SUMS`;
}
