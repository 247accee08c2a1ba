import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { bareEnvironment, builtCommand, runCommand } from '../support/built-command.ts';
import { runTool } from '../support/signing-keys.ts';

jest.setTimeout(180_000);

const page = readFileSync(
  join(resolve(import.meta.dirname, '..', '..'), 'docs', 'reading-the-report.md'),
  'utf8',
);
const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
const folder = mkdtempSync(join(tmpdir(), 'afterleak-reading-'));

beforeAll(async () => {
  const demo = await runCommand(['demo', '--out', 'reports/demo'], { cwd: folder });
  expect(demo).toMatchObject({ code: 0 });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('docs/reading-the-report.md', () => {
  test('the auditor performs it again from a copy of the folder', () => {
    expect(blocks).toHaveLength(2);
    if (runTool('sha256sum', ['--version'], folder) === null) {
      expect(blocks[0]).toContain('sha256sum -c');
      return;
    }
    const command = `afterleak() { '${process.execPath}' '${builtCommand()}' "$@"; }`;
    writeFileSync(join(folder, 'walk.sh'), ['set -eu', command, ...blocks].join('\n'));
    const { status, stdout, stderr } = spawnSync('sh', ['walk.sh'], {
      cwd: folder,
      encoding: 'utf8',
      env: bareEnvironment(folder),
      maxBuffer: 64 * 1024 * 1024,
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stdout).toContain('copy-of-case-014: intact, not signed');
    expect(stdout).toMatch(/^identical {3}result\.json$/m);
    expect(stdout).toMatch(/^identical {3}report\.html$/m);
    expect(stdout).not.toMatch(/^different/m);
    expect(stdout).toContain('"eventName": "CreateUser"');
    expect(stdout).toContain('"arn":"arn:aws:iam::111122223333:user/aws-support"');
  });

  test('what nobody knows: an altered byte of the evidence', () => {
    const manifest = join(folder, 'copy-of-case-014', 'evidence', 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"calls": 383', '"calls": 382'));
    const { status, stdout } = spawnSync('sh', ['walk.sh'], {
      cwd: folder,
      encoding: 'utf8',
      env: bareEnvironment(folder),
    });
    // `cp -r` puts the folder into the copy that is there already, and the altered file stays.
    expect(status).not.toBe(0);
    expect(stdout).toContain('evidence/manifest.json');
  });
});
