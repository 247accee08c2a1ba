import { generateKeyPairSync, verify } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { fingerprintOf, parsePublicKey, readPublicKey } from '../../../src/evidence/public-key.ts';
import { openSigningKey } from '../../../src/evidence/signing-key.ts';
import { checkSignature } from '../../../src/evidence/verify-signature.ts';
import { runTool, writeKeyPair } from '../../support/signing-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterleak-keys-'));
const nobody = async (): Promise<null> => null;
const plain = writeKeyPair(folder, 'plain');
const locked = writeKeyPair(folder, 'locked', 'correct horse');

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function privateFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

describe('a signing key', () => {
  test('signs with 64 bytes that its public key verifies', async () => {
    const signer = await openSigningKey(plain.privatePath, nobody);
    const bytes = Buffer.from('anything');
    const signature = signer.sign(bytes);
    expect(signature).toHaveLength(64);
    expect(verify(null, bytes, plain.publicKey, signature)).toBe(true);
    expect(signer.fingerprint).toBe(fingerprintOf(plain.publicKey));
    expect(JSON.stringify(signer)).not.toMatch(/PRIVATE/);
  });

  test('has the fingerprint that openssl tells', async () => {
    writeFileSync(join(folder, 'key.der'), plain.publicKey.export({ type: 'spki', format: 'der' }));
    const told = runTool('openssl', ['dgst', '-sha256', '-r', 'key.der'], folder);
    expect(told === null || told.output.startsWith(fingerprintOf(plain.publicKey))).toBe(true);
  });

  test('that is encrypted opens with its passphrase alone', async () => {
    const signer = await openSigningKey(locked.privatePath, async () => 'correct horse');
    expect(signer.fingerprint).toBe(fingerprintOf(locked.publicKey));
    await expect(openSigningKey(locked.privatePath, async () => 'wrong')).rejects.toThrow(
      /passphrase is wrong/,
    );
    await expect(openSigningKey(locked.privatePath, nobody)).rejects.toMatchObject({
      message: expect.stringMatching(/no passphrase/),
      next: expect.stringContaining('AFTERLEAK_SIGN_PASSPHRASE'),
    });
  });

  test.each([0o640, 0o604, 0o620, 0o601, 0o666])(
    'with the mode %o is refused, with the command',
    async (mode) => {
      const path = privateFile(`open-${mode}.pem`, 'not read');
      chmodSync(path, mode);
      await expect(openSigningKey(path, nobody)).rejects.toMatchObject({
        name: 'KeyError',
        next: `chmod 600 ${path}`,
      });
    },
  );

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const unusable: readonly (readonly [string, string, RegExp])[] = [
    [
      'of RSA',
      rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      /of the kind rsa; signatures are made with Ed25519/,
    ],
    [
      "in OpenSSH's format",
      '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n',
      /OpenSSH/,
    ],
    [
      'that is a public one',
      plain.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      /no private key/,
    ],
    ['that is no key', 'hello', /no private key/],
    ['that is too large', 'x'.repeat(65 * 1024), /too large/],
    [
      'that is encrypted and damaged',
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n',
      /file is damaged/,
    ],
  ];
  test.each(unusable)('%s is refused, and nothing of it is told', async (name, text, message) => {
    const path = privateFile(`${name.replaceAll(/\W/g, '-')}.pem`, text);
    const error: unknown = await openSigningKey(path, async () => 'any').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'KeyError', message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('AAAA');
    expect(error).not.toHaveProperty('cause');
  });

  test('that is not there, or a folder, is told by name', async () => {
    await expect(openSigningKey(join(folder, 'missing.pem'), nobody)).rejects.toThrow(/cannot read the key/);
    const inner = mkdtempSync(join(folder, 'folder-'));
    await expect(openSigningKey(inner, nobody)).rejects.toThrow(/is a folder/);
  });
});

describe('a public key', () => {
  test('is Ed25519 in PEM, and never the private one', async () => {
    expect(fingerprintOf(await readPublicKey(plain.publicPath))).toBe(fingerprintOf(plain.publicKey));
    await expect(readPublicKey(plain.privatePath)).rejects.toThrow(/it is a private key/);
    await expect(readPublicKey(join(folder, 'missing'))).rejects.toThrow(/cannot read the key/);
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const path = privateFile('rsa.pub.pem', publicKey.export({ type: 'spki', format: 'pem' }).toString());
    await expect(readPublicKey(path)).rejects.toThrow(/of the kind rsa, not Ed25519/);
    expect(parsePublicKey('hello')).toMatch(/no public key/);
  });
});

describe('a signature', () => {
  const signed = Buffer.from('the list');
  const shippedKey = plain.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const make = async (): Promise<Uint8Array> =>
    (await openSigningKey(plain.privatePath, nobody)).sign(signed);

  test('that holds says under which key, and whether that proves anything', async () => {
    const signature = await make();
    const fingerprint = fingerprintOf(plain.publicKey);
    expect(checkSignature({ signed, signature, shippedKey, trustedKey: null })).toEqual({
      fingerprint,
      trusted: false,
    });
    expect(checkSignature({ signed, signature, shippedKey: null, trustedKey: plain.publicKey })).toEqual({
      fingerprint,
      trusted: true,
    });
  });

  test('that does not hold says why', async () => {
    const signature = await make();
    const other = locked.publicKey;
    const flipped = Uint8Array.from(signature, (byte, index) => (index === 10 ? byte ^ 1 : byte));
    const check = (change: Partial<Parameters<typeof checkSignature>[0]>) =>
      checkSignature({ signed, signature, shippedKey, trustedKey: null, ...change });
    expect(check({ trustedKey: other })).toMatch(/signed by [0-9a-f]{64}, not by the given key/);
    expect(check({ trustedKey: other, shippedKey: null })).toMatch(/no signature of the key/);
    expect(check({ signature: flipped })).toMatch(/no signature of the key/);
    expect(check({ signature: signature.subarray(0, 63) })).toMatch(/63 bytes, not 64/);
    expect(check({ signature: new Uint8Array() })).toMatch(/0 bytes, not 64/);
    expect(check({ signed: Buffer.from('the lisT') })).toMatch(/no signature of the key/);
    expect(check({ signature: null })).toMatch(/SHA256SUMS\.sig is missing/);
    expect(check({ signature: null, shippedKey: null, trustedKey: other })).toMatch(/not signed/);
    expect(check({ signature: null, shippedKey: null })).toBeNull();
    expect(check({ shippedKey: null })).toMatch(/give the signer's key/);
    expect(check({ shippedKey: 'hello' })).toMatch(/SHA256SUMS\.pub\.pem: it is no public key/);
  });
});
