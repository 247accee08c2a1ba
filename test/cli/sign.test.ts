import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { renderJson } from '../../src/report/renderers/json.ts';
import { runCommand } from '../support/built-command.ts';
import { incidentResult } from '../support/incident-result.ts';
import { type KeyFiles, writeKeyPair } from '../support/signing-keys.ts';

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), 'afterleak-sign-'));
let locked: KeyFiles;
let other: KeyFiles;

beforeAll(() => {
  locked = writeKeyPair(folder, 'locked', 'correct horse');
  other = writeKeyPair(folder, 'other');
  writeFileSync(join(folder, 'result.json'), renderJson(incidentResult()));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('--sign', () => {
  test('tells a key that cannot sign before anything is asked of AWS, and makes no folder', async () => {
    const open = writeKeyPair(folder, 'open');
    chmodSync(open.privatePath, 0o644);
    for (const [key, message] of [
      ['open.pem', /chmod 600 open\.pem/],
      ['locked.pem', /AFTERLEAK_SIGN_PASSPHRASE/],
      ['missing.pem', /cannot read the key missing\.pem/],
    ] as const) {
      const ended = await runCommand(['sweep', '--sign', key, '--out', 'never'], { cwd: folder });
      expect(ended).toMatchObject({ code: 3, stdout: '' });
      expect(ended.stderr).toMatch(message);
      expect(ended.stderr).toMatch(/^afterleak: [^\n]+\n {2}→ [^\n]+\n$/);
      expect(existsSync(join(folder, 'never'))).toBe(false);
    }
  });

  test('stands in the configuration, takes the passphrase from the environment, and is verified', async () => {
    writeFileSync(join(folder, 'afterleak.yaml'), 'sign: locked.pem\n');
    const line = ['report', '--result', 'result.json', '--format', 'md', '--out', 'signed'];
    const environment = { AFTERLEAK_SIGN_PASSPHRASE: 'correct horse' };
    expect(await runCommand(line, { cwd: folder, environment })).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['run.json', 'custody.md', 'SHA256SUMS']) {
      const text = readFileSync(join(folder, 'signed', name), 'utf8');
      expect(text).not.toMatch(/locked\.pem|correct horse/);
    }
    const verified = await runCommand(['evidence', 'verify', 'signed', '--key', locked.publicPath], {
      cwd: folder,
    });
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toMatch(/^signed: intact, signed by the given key [0-9a-f]{64}\n/);
    const mistaken = await runCommand(['evidence', 'verify', 'signed', '--key', other.publicPath], {
      cwd: folder,
    });
    expect(mistaken).toMatchObject({ code: 1, stderr: '' });
    expect(mistaken.stdout).toMatch(/not by the given key/);
    const secret = await runCommand(['evidence', 'verify', 'signed', '--key', other.privatePath], {
      cwd: folder,
    });
    expect(secret).toMatchObject({ code: 3, stdout: '' });
    expect(secret.stderr).toMatch(/it is a private key/);
  });
});
