import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Ended, runCommand } from '../support/built-command.ts';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'afterleak-input-'));

const files: Readonly<Record<string, string>> = {
  'not-yaml.yaml': 'id: [unclosed\n',
  'unknown-field.yaml': 'id: INC-1\ntitle: x\ncompromized: {}\n',
  'no-offset.yaml': 'id: INC-1\ntitle: x\nwindow: { from: 2026-11-03T09:10:00, to: 2026-11-03T11:40:00Z }\n',
  'leading-zero.yaml': 'id: INC-1\ntitle: x\ntrusted: { accounts: [012345678901] }\n',
  'reversed.yaml': 'id: INC-1\ntitle: x\nwindow: { from: 2026-11-04T00:00:00Z, to: 2026-11-03T00:00:00Z }\n',
  'baseline.yaml': 'capturedAt: yesterday\nevidence: none\nexpected: []\n',
  'wildcard.yaml':
    'capturedAt: 2026-11-01T00:00:00Z\nevidence: none\nexpected: [{ type: iam-role, id: "arn:aws:iam::111122223333:role/*" }]\n',
  'exceptions.yaml': '- check: long-term-keys/active-key\n  reason: because\n',
  'config.yaml': 'roleNames: AuditRole\n',
  'config-type.yaml': 'concurrency: many\n',
  'check-option.yaml': 'checkOptions: { long-term-keys/old-key: { days: 90 } }\n',
  'check-option-type.yaml': 'checkOptions: { long-term-keys/old-key: { maximumAgeDays: long } }\n',
  'result.json': '{"schemaVersion":1}',
  'later.json': '{"schemaVersion":9}',
  'text.json': 'not JSON at all',
};

/** A usage or configuration error: nothing on stdout, two short lines on stderr, no stack, exit 3. */
function expectOneClearError({ code, stdout, stderr }: Ended, ...parts: readonly (string | RegExp)[]): void {
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^afterleak: [^\n]+\n(?:\(Did you mean [^\n]+\n)? {2}→ [^\n]+\n$/);
  expect(stderr).not.toMatch(/this is a bug|^\s+at |node:internal/m);
  for (const part of parts) {
    expect(stderr).toMatch(part);
  }
}

beforeAll(() => {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  mkdirSync(join(folder, 'full'));
  writeFileSync(join(folder, 'full', 'notes.txt'), 'mine');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Command line and what the error must name. */
const cases: readonly (readonly [string, readonly (string | RegExp)[]])[] = [
  ['swep', [/unknown command 'swep'/, /sweep|--help/]],
  ['sweep --colour', [/unknown option '--colour'/]],
  ['sweep here', [/too many arguments/]],
  ['audit', [/required option '--evidence <dir>'/]],
  ['checks explain', [/missing required argument 'id'/]],
  ['sweep --incident missing.yaml', [/cannot read missing\.yaml/]],
  ['sweep --incident not-yaml.yaml', [/not-yaml\.yaml/, /line/]],
  ['sweep --incident unknown-field.yaml', [/unknown-field\.yaml/, /compromized/]],
  ['sweep --incident no-offset.yaml', [/no-offset\.yaml:3: window\.from/, /offset/]],
  ['sweep --incident leading-zero.yaml', [/line 3/, /012345678901 must be quoted/]],
  ['sweep --incident reversed.yaml', [/reversed\.yaml/, /window/, /before/]],
  ['sweep --baseline baseline.yaml', [/baseline\.yaml/, /capturedAt/]],
  ['sweep --baseline wildcard.yaml', [/wildcard\.yaml/, /wildcard|exact/i]],
  ['sweep --exceptions exceptions.yaml', [/exceptions\.yaml/]],
  ['sweep --config config.yaml', [/config\.yaml/, /role-names/]],
  ['sweep --config config-type.yaml', [/concurrency/, /number/]],
  ['sweep --config check-option.yaml', [/long-term-keys\/old-key has no option days/]],
  ['sweep --config check-option-type.yaml', [/maximumAgeDays: expected a number/]],
  ['sweep --config missing.yaml', [/missing\.yaml/]],
  ['sweep --checks nobody/knows', [/no check is called nobody\/knows/, /checks list/]],
  ['sweep --fail-on terrible', [/--fail-on/, /critical, high/]],
  ['sweep --format pdf', [/--format/, /html, md, json/]],
  ['sweep --concurrency 0', [/--concurrency/]],
  ['sweep --accounts 1234', [/--accounts/]],
  ['sweep --since 2026-11-03T09:10:00Z', [/--since and --until/]],
  ['sweep --endpoint-url ftp://example.com', [/--endpoint-url/, /http/]],
  ['sweep --out full', [/full is not empty/, /--out/]],
  ['collect --out full', [/full is not empty/]],
  ['trace --access-key AKIAIOSFODNN7EXAMPLE --trail full --out full', [/full is not empty/]],
  ['audit --evidence missing', [/missing/]],
  ['audit --evidence full', [/manifest\.json/]],
  ['report --result text.json', [/text\.json/]],
  ['report --result result.json', [/result\.json/]],
  ['report --result later.json', [/schema version 9/]],
  ['evidence verify full', [/manifest\.json/]],
  ['evidence show full --key iam.nothing', [/--key/]],
  ['checks explain nobody/knows', [/no check is called nobody\/knows/]],
  ['checks list --format xml', [/--format/, /text or json/]],
  ['permissions --format yaml', [/--format/, /json, terraform or cloudformation/]],
];

describe('bad input', () => {
  test.each(cases)('%s', async (line, parts) => {
    expectOneClearError(await runCommand(line.split(' '), { cwd: folder }), ...parts);
  });

  test('init never overwrites', async () => {
    mkdirSync(join(folder, 'fresh'));
    expect(await runCommand(['init', '--out', 'fresh'], { cwd: folder })).toMatchObject({ code: 0 });
    expectOneClearError(
      await runCommand(['init', '--out', 'fresh'], { cwd: folder }),
      /Nothing was overwritten/,
    );
  });

  test('the files that init writes are valid', async () => {
    const cwd = join(folder, 'valid');
    mkdirSync(cwd);
    expect(await runCommand(['init'], { cwd })).toMatchObject({ code: 0 });
    const { stderr } = await runCommand(['audit', '--evidence', 'missing', '--incident', 'incident.yaml'], {
      cwd,
    });
    expect(stderr).toMatch(/missing/);
    expect(stderr).not.toMatch(/incident\.yaml|afterleak\.yaml/);
  });

  test('--json-logs keeps even usage errors to JSON lines', async () => {
    for (const line of ['sweep --colour --json-logs', 'sweep --incident not-yaml.yaml --json-logs']) {
      const { code, stdout, stderr } = await runCommand(line.split(' '), { cwd: folder });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      for (const one of stderr.trimEnd().split('\n')) {
        expect(JSON.parse(one)).toMatchObject({ level: 'error', message: expect.any(String) });
      }
    }
  });
});
