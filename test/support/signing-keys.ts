import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeyFiles {
  readonly privatePath: string;
  readonly publicPath: string;
  readonly publicKey: KeyObject;
}

/** An Ed25519 key pair as people keep it: PKCS #8, readable by its owner; with a passphrase it is encrypted. */
export function writeKeyPair(folder: string, name: string, passphrase?: string): KeyFiles {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const privatePath = join(folder, `${name}.pem`);
  const publicPath = join(folder, `${name}.pub.pem`);
  const pem = privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }),
  });
  writeFileSync(privatePath, pem, { mode: 0o600 });
  chmodSync(privatePath, 0o600);
  writeFileSync(publicPath, publicKey.export({ type: 'spki', format: 'pem' }));
  return { privatePath, publicPath, publicKey };
}

/** Null, with a message, on a machine without the tool. */
export function runTool(
  name: string,
  parameters: readonly string[],
  cwd: string,
): { readonly code: number | null; readonly output: string } | null {
  const ended = spawnSync(name, parameters, { cwd, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  if (ended.error !== undefined) {
    process.stderr.write(`\n${name} is not on this machine: what it says of the files was not tried\n`);
    return null;
  }
  return { code: ended.status, output: `${ended.stdout}${ended.stderr}` };
}
