import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';

jest.setTimeout(600_000);

const root = resolve(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'afterleak-package-'));
const consumer = join(folder, 'consumer');
const execute = promisify(execFile);
let packed: {
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly size: number;
} = {
  files: [],
  size: 0,
};

async function run(
  command: string,
  parameters: readonly string[],
  cwd: string = consumer,
): Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }> {
  try {
    const { stdout, stderr } = await execute(command, [...parameters], { cwd, maxBuffer: 64 * 1024 * 1024 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const fields: Readonly<Record<string, unknown>> = { ...Object(error) };
    return {
      code: fields['code'],
      stdout: String(fields['stdout'] ?? ''),
      stderr: String(fields['stderr'] ?? error),
    };
  }
}

function newest(folders: readonly string[]): number {
  const times = folders.flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
  return Math.max(...times);
}

/** `npm test` has built already; alone, this file builds what is missing or stale. */
async function ensureBuilt(): Promise<void> {
  // What the build writes last.
  const last = join(root, 'dist', 'wasm', 'record-scanner.wasm');
  if (!existsSync(last) || statSync(last).mtimeMs < newest(['src', 'checks'])) {
    expect(await run('npm', ['run', '--silent', 'build'], root)).toMatchObject({ code: 0 });
  }
}

function write(name: string, text: string): void {
  writeFileSync(join(consumer, name), text);
}

beforeAll(async () => {
  await ensureBuilt();
  mkdirSync(consumer);
  const pack = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root);
  expect(pack).toMatchObject({ code: 0 });
  packed = JSON.parse(pack.stdout)[0];
  write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  expect(await run('npm', ['install', join(folder, tarball), ...quiet])).toMatchObject({ code: 0 });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the tarball', () => {
  test('holds what is needed', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'CHANGELOG.md',
        'SECURITY.md',
        'dist/src/cli/main.js',
        'dist/src/index.js',
        'dist/src/index.d.ts',
        'dist/src/check.d.ts',
        'dist/src/testing/index.d.ts',
        'dist/wasm/record-scanner.wasm',
        'schema/result-1.json',
        'templates/report.html.hbs',
        'templates/report.md.hbs',
        'templates/init/incident.yaml',
        'examples/leaked-management-key/answers.ndjson.gz',
      ]),
    );
    expect(paths.filter((path) => /^dist\/checks\/.+\.js$/.test(path)).length).toBeGreaterThanOrEqual(70);
  });

  test('holds no test, source map, source, secret or leftover', () => {
    const unwanted =
      /(?:\.test\.|\.map$|(?<!\.d)\.ts$|^test\/|^src\/|^checks\/|\.env|\.pem$|\.tgz$|tsbuildinfo|^reports\/|^\.)/;
    expect(packed.files.map(({ path }) => path).filter((path) => unwanted.test(path))).toEqual([]);
    const installed = join(consumer, 'node_modules', 'afterleak');
    const texts = packed.files.filter(({ path }) => /\.(?:js|json|ya?ml|hbs|md|css)$/.test(path));
    const secret = /-----BEGIN [A-Z ]*PRIVATE KEY-----|aws_secret_access_key\s*=\s*\S|\bASIA[A-Z2-7]{16}\b/;
    expect(
      texts
        .filter(({ path }) => secret.test(readFileSync(join(installed, path), 'utf8')))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  test('is small', () => {
    expect(packed.size).toBeLessThan(1_500_000);
    expect(packed.files.filter(({ size }) => size > 600_000)).toEqual([]);
  });
});

describe('the installed package', () => {
  const command = join(consumer, 'node_modules', '.bin', 'afterleak');

  test('runs: version and catalogue', async () => {
    const text: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const version = await run(command, ['--version']);
    const list = await run(command, ['checks', 'list', '--format', 'json']);
    expect(text).toMatchObject({ version: version.stdout.trim() });
    expect(list.code).toBe(0);
    expect(JSON.parse(list.stdout).length).toBeGreaterThanOrEqual(70);
  });

  test('runs the demo', async () => {
    const demo = await run(command, ['demo', '--out', 'report']);
    expect(demo).toMatchObject({ code: 0 });
    expect(readdirSync(join(consumer, 'report'))).toEqual(
      expect.arrayContaining(['report.html', 'report.md', 'result.json', 'evidence', 'SHA256SUMS']),
    );
  });

  test('is a library', async () => {
    write(
      'library.mjs',
      `import * as main from 'afterleak';
import * as check from 'afterleak/check';
import * as testing from 'afterleak/testing';
import schema from 'afterleak/schema/result-1.json' with { type: 'json' };
const functions = (names) => Object.entries(names).filter(([, value]) => typeof value === 'function').map(([name]) => name).sort();
console.log(JSON.stringify({ main: functions(main), check: functions(check), testing: functions(testing), schema: schema.title }));
`,
    );
    const { code, stdout, stderr } = await run(process.execPath, ['library.mjs']);
    expect({ code, problem: code === 0 ? '' : stderr }).toEqual({ code: 0, problem: '' });
    expect(JSON.parse(stdout)).toEqual({
      main: expect.arrayContaining(['audit', 'readIncident', 'render', 'resolveOptions', 'sweep']),
      check: ['defineCheck'],
      testing: ['checkTester'],
      schema: 'afterleak audit result, version 1',
    });
  });

  test('has types under which a check of somebody else compiles, and its mistakes do not', async () => {
    write('own-check.ts', ownCheck);
    write('mistakes.ts', mistakes);
    write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          target: 'es2023',
          strict: true,
          noUncheckedIndexedAccess: true,
          exactOptionalPropertyTypes: true,
          typeRoots: [join(root, 'node_modules', '@types')],
          types: ['node'],
          outDir: 'out',
          rootDir: '.',
        },
        include: ['*.ts'],
      }),
    );
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    expect(await run(process.execPath, [compiler, '-p', '.'])).toMatchObject({ code: 0, stdout: '' });
    const { stdout, stderr } = await run(process.execPath, [join('out', 'own-check.js')]);
    expect(stderr).toBe('');
    expect(Number(stdout)).toBeGreaterThanOrEqual(8);
  });
});

const ownCheck = `import { audit, type AuditResult, render, resolveOptions, type RunOptions, sweep } from 'afterleak';
import { defineCheck } from 'afterleak/check';
import { checkTester } from 'afterleak/testing';

const check = defineCheck({
  meta: {
    id: 'own/unlabelled-key',
    title: 'Every access key belongs to a labelled user',
    failureTitle: 'Access key belongs to an unlabelled user',
    description: 'Nobody knows whom to ask. That costs hours during an incident.',
    kind: 'hardening',
    severity: 'low',
    scope: 'account',
    requires: ['iam.access-keys'],
    population: 'access keys',
    messages: { unlabelled: 'Access key {key} belongs to {user}.' },
    remediation: { actions: ['access-key.rotate'], why: 'An owner can answer.', cautions: [] },
    techniques: ['T1078.004'],
    frameworks: { 'NIST 800-53 r5': ['AC-2'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html'],
    since: '1.0.0',
  },
  examined: (evidence) => evidence['iam.access-keys'].length,
  *evaluate(evidence) {
    for (const key of evidence['iam.access-keys']) {
      if (!key.userName.startsWith('team-')) {
        yield {
          messageId: 'unlabelled',
          subject: { arn: key.userArn, type: 'iam-user', name: key.userName },
          data: { key: key.accessKeyId, user: key.userName },
        };
      }
    }
  },
});

const key = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  status: 'Active',
  createdAt: '2026-01-01T00:00:00Z',
  lastUsed: null,
} as const;
const arn = 'arn:aws:iam::111122223333:user/';
const cases = checkTester(check, {
  clean: [{ name: 'labelled', evidence: { 'iam.access-keys': [{ ...key, userName: 'team-a', userArn: arn + 'team-a' }] } }],
  failing: [
    {
      name: 'not labelled',
      evidence: { 'iam.access-keys': [{ ...key, userName: 'x', userArn: arn + 'x' }] },
      sightings: [{ messageId: 'unlabelled', arn: arn + 'x' }],
    },
  ],
});
for (const one of cases) {
  one.run();
}
console.log(cases.length);

export async function again(evidence: string): Promise<AuditResult> {
  const options: RunOptions = await resolveOptions({ failOn: 'none' });
  const result = await audit(evidence, options);
  await render(result, ['md'], 'somewhere');
  return result;
}
export const whole: typeof sweep = sweep;
`;

const mistakes = `import { defineCheck } from 'afterleak/check';

const meta = {
  id: 'own/mistake',
  title: 'Fine',
  failureTitle: 'Not fine',
  description: 'One. Two.',
  kind: 'hardening',
  severity: 'low',
  scope: 'account',
  population: 'access keys',
  messages: { found: 'Found.' },
  remediation: { actions: [], why: 'So.', cautions: [] },
  techniques: [],
  frameworks: {},
  references: [],
  since: '1.0.0',
} as const;

export const undeclaredEvidence = defineCheck({
  meta: { ...meta, requires: ['iam.access-keys'] },
  // @ts-expect-error evidence that was not declared cannot be read
  examined: (evidence) => evidence['iam.login-profiles'].length,
  *evaluate() {},
});

export const misspeltKey = defineCheck({
  // @ts-expect-error there is no such evidence
  meta: { ...meta, requires: ['iam.access-keyz'] },
  examined: () => 0,
  *evaluate() {},
});

export const undeclaredMessage = defineCheck({
  meta: { ...meta, requires: ['iam.access-keys'] },
  examined: () => 0,
  // @ts-expect-error the message id is not declared
  *evaluate() {
    yield { messageId: 'lost', subject: { arn: 'a', type: 't', name: 'n' }, data: {} };
  },
});
`;
