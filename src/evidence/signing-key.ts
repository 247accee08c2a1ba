import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { open } from 'node:fs/promises';
import { sep } from 'node:path';
import { KeyError } from './key-error.ts';
import { fingerprintOf, publicKeyPem } from './public-key.ts';

/** Signs for one run. The private key stays inside; nothing can print it. */
export interface Signer {
  /** SHA-256 of the public key (DER). */
  readonly fingerprint: string;
  readonly publicKeyPem: string;
  /** 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** Asks for the passphrase of an encrypted key; null when nobody can be asked. */
export type AskPassphrase = () => Promise<string | null>;

export const passphraseVariable = 'AFTERLEAK_SIGN_PASSPHRASE';

const makeOne =
  'Make a key: `openssl genpkey -algorithm ed25519 -out signing-key.pem && chmod 600 signing-key.pem`.';
/** Larger than any key: a wrong path cannot fill the memory. */
const mostBytes = 64 * 1024;
/** Windows keeps no such permissions: there, every file seems to be open to all. */
const hasPermissions = sep === '/';

async function readKeyFile(path: string): Promise<string> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new KeyError(`cannot read the key ${path}`, 'Check the path of --sign.', { cause: error });
  });
  try {
    const facts = await handle.stat();
    if (facts.isDirectory()) {
      throw new KeyError(`the key ${path} is a folder`, 'Give --sign a file.');
    }
    if (hasPermissions && (facts.mode & 0o077) !== 0) {
      throw new KeyError(
        `others than its owner may read or change the key ${path}: it proves nothing about who signs`,
        `chmod 600 ${path}`,
      );
    }
    if (facts.size > mostBytes) {
      throw new KeyError(`${path} is too large for a key`, makeOne);
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

function isEncrypted(text: string): boolean {
  return text.includes('BEGIN ENCRYPTED PRIVATE KEY') || /^Proc-Type: 4,ENCRYPTED/m.test(text);
}

async function passphraseFor(path: string, ask: AskPassphrase): Promise<string> {
  const passphrase = await ask();
  if (passphrase === null) {
    throw new KeyError(
      `the key ${path} is encrypted, and there is no passphrase`,
      `Set ${passphraseVariable}, or run it on a terminal, which asks.`,
    );
  }
  return passphrase;
}

/** The causes of these errors name nothing of the key, and still are not carried on: no part of a key may reach a log. */
async function parsePrivateKey(path: string, text: string, ask: AskPassphrase): Promise<KeyObject> {
  if (text.includes('BEGIN OPENSSH PRIVATE KEY')) {
    throw new KeyError(
      `${path} is a key in OpenSSH's own format, which ssh-keygen cannot write as PEM for Ed25519`,
      `Use a key of its own for evidence. ${makeOne}`,
    );
  }
  if (!isEncrypted(text)) {
    try {
      return createPrivateKey(text);
    } catch {
      throw new KeyError(`${path} is no private key in PEM (PKCS #8)`, makeOne);
    }
  }
  const passphrase = await passphraseFor(path, ask);
  try {
    return createPrivateKey({ key: text, passphrase });
  } catch {
    throw new KeyError(
      `the key ${path} cannot be opened: the passphrase is wrong, or the file is damaged`,
      `Check ${passphraseVariable}; \`openssl pkey -in KEY -noout\` tries a passphrase.`,
    );
  }
}

/**
 * Opens an Ed25519 private key, before any work is done that shall be signed.
 * @throws KeyError for a key that is readable by others, of another kind or format, or shut
 */
export async function openSigningKey(path: string, ask: AskPassphrase): Promise<Signer> {
  const key = await parsePrivateKey(path, await readKeyFile(path), ask);
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new KeyError(
      `${path} is a key of the kind ${key.asymmetricKeyType ?? 'unknown'}; signatures are made with Ed25519`,
      makeOne,
    );
  }
  const publicKey = createPublicKey(key);
  return {
    fingerprint: fingerprintOf(publicKey),
    publicKeyPem: publicKeyPem(publicKey),
    sign: (bytes) => sign(null, bytes, key),
  };
}
