import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readRecording } from '../../src/demo/recording.ts';
import { type ReplayEndpoint, startReplayEndpoint } from '../../src/demo/replay-endpoint.ts';
import { demoAccessKeyId } from '../../src/demo/request-key.ts';
import { demoFile } from '../../src/pipeline/demo.ts';
import { type Ended, runCommand } from '../support/built-command.ts';

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), 'afterleak-runs-'));
const evidence = join(folder, 'demo', 'evidence');
const result = join(folder, 'demo', 'result.json');
let demo: Ended = { code: null, stdout: '', stderr: '' };
let endpoint: ReplayEndpoint | null = null;
let credentials: Readonly<Record<string, string>> = {};

function run(line: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runCommand(line.split(' '), { cwd: folder, environment: { ...credentials, ...environment } });
}

/** No run of these tests may show a stack trace. */
function expectNoStack(...ended: readonly Ended[]): void {
  for (const { stderr, stdout } of ended) {
    expect(stderr + stdout).not.toMatch(/^\s+at .*:\d+:\d+|this is a bug in afterleak/m);
  }
}

function listen(server: Server): Promise<string> {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    });
  });
}

/** Passes everything on to another endpoint, but never answers one service. */
async function startHalfDeadEndpoint(target: string, dead: string, onDeadCall: () => void) {
  const server = createServer((incoming, outgoing) => {
    if ((incoming.headers.authorization ?? '').includes(`/${dead}/aws4_request`)) {
      onDeadCall();
      return;
    }
    const { method, headers } = incoming;
    const onward = request(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const url = await listen(server);
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  };
  return { url, stop };
}

function jsonLines(text: string): readonly unknown[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

beforeAll(async () => {
  const recording = await readRecording(demoFile('recording'));
  credentials = {
    AWS_ACCESS_KEY_ID: demoAccessKeyId('AKIA', recording.head.callerAccountId),
    AWS_SECRET_ACCESS_KEY: 'demo',
  };
  endpoint = await startReplayEndpoint(recording);
  demo = await runCommand(['demo', '--out', 'demo'], { cwd: folder });
});

afterAll(async () => {
  await endpoint?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a finished run', () => {
  test('prints its summary on stdout, everything else on stderr, and exits 0 for the demo', () => {
    expect(demo.stderr).toContain('recorded from an emulator, not AWS');
    expect(demo.code).toBe(0);
    expect(demo.stdout).toContain(`Report: ${join('demo', 'report.html')}`);
    expectNoStack(demo);
  });

  test('leaves a private folder: 0700 and 0600', () => {
    const entries = readdirSync(join(folder, 'demo'), { recursive: true, withFileTypes: true });
    const modes = entries.map((entry) => ({
      name: entry.name,
      mode: (statSync(join(entry.parentPath, entry.name)).mode & 0o777).toString(8),
      expected: entry.isDirectory() || entry.name === 'plan.sh' ? '700' : '600',
    }));
    expect(entries.length).toBeGreaterThan(8);
    expect((statSync(join(folder, 'demo')).mode & 0o777).toString(8)).toBe('700');
    expect(modes.filter(({ mode, expected }) => mode !== expected)).toEqual([]);
  });

  test('holds no escape code where stdout is no terminal, with and without NO_COLOR', async () => {
    const plain = await run('checks list', { NO_COLOR: '1' });
    const forced = await run('checks list --no-color');
    expect(`${demo.stdout}${plain.stdout}${forced.stdout}`).not.toContain('\u001b');
    expect(plain.stdout).toBe(forced.stdout);
  });

  test('can be judged again, offline and without credentials, with the exit codes of the contract', async () => {
    const audit = `audit --evidence ${evidence} --format json`;
    const findings = await run(`${audit} --out again`, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    const quiet = await run(`${audit} --out again-quiet --fail-on none --quiet`);
    expect(findings.code).toBe(1);
    expect(findings.stderr).toMatch(/exit 1/);
    expect(quiet).toMatchObject({ code: 0, stderr: '' });
    expect(quiet.stdout).not.toBe('');
    expectNoStack(findings, quiet);
  });

  test('can be rendered again', async () => {
    const { code, stdout } = await run(`report --result ${result} --format md,json --out rendered`);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'rendered/report.md\nrendered/result.json\n' });
    expect(readFileSync(join(folder, 'rendered', 'result.json'), 'utf8')).toBe(readFileSync(result, 'utf8'));
  });

  test('logs JSON lines and nothing else on stderr with --json-logs', async () => {
    const ended = await run(`audit --evidence ${evidence} --out logged --format json --json-logs`);
    expect(ended.code).toBe(1);
    expect(jsonLines(ended.stderr).length).toBeGreaterThan(0);
    expect(ended.stdout).not.toMatch(/^\{/m);
  });

  test('is refused over an earlier one', async () => {
    const ended = await run(`audit --evidence ${evidence} --out again`);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(/again is not empty/);
  });
});

describe('a sweep from the command line', () => {
  test('exits 2 where accounts cannot be entered, and the result says so', async () => {
    const sweep = `sweep --endpoint-url ${endpoint?.url} --org --role-name NoSuchRole --format json --out shut --quiet`;
    const ended = await run(sweep);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toBe('');
    expect(readFileSync(join(folder, 'shut', 'result.json'), 'utf8')).toContain('sts:AssumeRole');
    expectNoStack(ended);
  });

  test('without credentials says so in one line, at once', async () => {
    const nobody = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    for (const line of ['sweep --out nobody', 'doctor', 'collect --out nobody-collect']) {
      const ended = await run(line, nobody);
      expect(ended).toMatchObject({ code: 3, stdout: '' });
      expect(ended.stderr).toMatch(/^afterleak: [^\n]*credentials[^\n]*\n {2}→ [^\n]+\n$/i);
    }
  });

  test('an endpoint that does not answer as AWS is named', async () => {
    const server: Server = createServer((_request, response) => response.end('<html>hello</html>'));
    const url = await listen(server);
    const ended = await run(`sweep --endpoint-url ${url} --out elsewhere`);
    server.close();
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(/^afterleak: [^\n]+\n {2}→ [^\n]+\n$/);
    expectNoStack(ended);
  });
});

describe('an interrupted run', () => {
  test('ends with 130, keeps what it has, and says how to go on', async () => {
    let interrupt = (): void => undefined;
    // Lambda never answers: the run hangs there until somebody stops it.
    const { url, stop } = await startHalfDeadEndpoint(String(endpoint?.url), 'lambda', () => interrupt());
    const line = `collect --endpoint-url ${url} --org --role-name SecurityAudit --out stopped --timeout 600`;
    const ended = await runCommand(line.split(' '), {
      cwd: folder,
      environment: credentials,
      onStart: (kill) => {
        interrupt = () => {
          kill('SIGINT');
          interrupt = () => undefined;
        };
      },
    });
    await stop();
    expect(ended.code).toBe(130);
    expect(ended.stderr).toMatch(/--resume stopped/);
    expectNoStack(ended);
    const kept = await run('evidence verify stopped');
    expect(kept.code).toBe(0);
    const judged = await run('audit --evidence stopped --out stopped-report --format json --quiet');
    expect(judged.code).toBe(2);
  });
});

describe('evidence', () => {
  test('is held against its digests', async () => {
    expect(await run(`evidence verify ${evidence}`)).toMatchObject({ code: 0, stderr: '' });
    const shown = await run(`evidence show ${evidence} --key iam.access-keys --account 111122223333`);
    expect(shown.code).toBe(0);
    expect(jsonLines(shown.stdout)).toEqual([expect.objectContaining({ key: 'iam.access-keys' })]);
  });

  test('that was changed is refused, by name', async () => {
    const shard = join(evidence, 'organization.ndjson.gz');
    appendFileSync(shard, 'x');
    const verified = await run(`evidence verify ${evidence}`);
    expect(verified).toMatchObject({ code: 1, stderr: '' });
    expect(verified.stdout).toMatch(/BROKEN[\s\S]*organization\.ndjson\.gz/);
    const audited = await run(`audit --evidence ${evidence} --out tampered`);
    expect(audited).toMatchObject({ code: 3, stdout: '' });
    expect(audited.stderr).toMatch(/^afterleak: [^\n]*organization\.ndjson\.gz[^\n]*\n {2}→ [^\n]+\n$/);
    expectNoStack(verified, audited);
  });
});
