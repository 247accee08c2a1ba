import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KeyError } from './key-error.ts';

export const signatureFile = 'SHA256SUMS.sig';
export const publicKeyFile = 'SHA256SUMS.pub.pem';
export const signatureBytes = 64;

/** As `openssl pkey -pubin -in KEY -outform DER | sha256sum` prints it. */
export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

export function publicKeyPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

/** Reads an Ed25519 public key in PEM; a text says why it is none. */
export function parsePublicKey(text: string): KeyObject | string {
  if (text.includes('PRIVATE KEY')) {
    return 'it is a private key';
  }
  let key: KeyObject;
  try {
    key = createPublicKey(text);
  } catch {
    return 'it is no public key in PEM';
  }
  return key.asymmetricKeyType === 'ed25519'
    ? key
    : `it is a key of the kind ${key.asymmetricKeyType ?? 'unknown'}, not Ed25519`;
}

/** @throws KeyError */
export async function readPublicKey(path: string): Promise<KeyObject> {
  const next =
    'Give the public key of the signer in PEM: `openssl pkey -in KEY -pubout -out key.pub.pem` writes it.';
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new KeyError(`cannot read the key ${path}`, next, { cause: error });
  }
  const key = parsePublicKey(text);
  if (typeof key === 'string') {
    throw new KeyError(`${path} cannot verify a signature: ${key}`, next);
  }
  return key;
}
