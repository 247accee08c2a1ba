import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { explain } from '../../../src/cli/explain-error.ts';
import { openEvidence, verifyEvidence } from '../../../src/evidence/read-evidence.ts';
import type { GivenOptions } from '../../../src/input/run-options.ts';
import { sweep } from '../../../src/pipeline/sweep.ts';
import { seedInnocentOrganization } from '../seeds/innocent-organization.js';
import {
  DEVELOPMENT_ACCOUNT,
  type Emulator,
  MANAGEMENT_ACCOUNT,
  PRODUCTION_ACCOUNT,
  SECURITY_ACCOUNT,
  startEmulator,
} from '../start.js';
import { startCli } from './support/run-cli.ts';
import { outcomes, steadyResult } from './support/steady-result.ts';
import {
  type Bench,
  createBench,
  hostFor,
  optionsFor,
  type SweepRun,
  stopper,
} from './support/sweep-bench.ts';

const deadRegion = 'eu-west-1';
/** Three accounts of the organization; each has four regions. */
const three = [MANAGEMENT_ACCOUNT, SECURITY_ACCOUNT, PRODUCTION_ACCOUNT];
/** Both runs of a comparison are judged at the same time. */
const asOf = '2027-01-01T00:00:00Z';
const services = [
  'accessanalyzer',
  'account',
  'apigateway',
  'apigatewayv2',
  'cloudtrail',
  'cloudwatch',
  'events',
  'iam',
  'identitystore',
  'lambda',
  'logs',
  'organizations',
  'sso-admin',
] as const;

let emulator: Emulator;
let bench: Bench;
let undisturbed: SweepRun;

beforeAll(async () => {
  emulator = await startEmulator();
  bench = createBench(emulator);
  await seedInnocentOrganization(emulator, { leakableUser: true });
  undisturbed = await bench.sweep({ asOf });
}, 120_000);

afterEach(async () => {
  await emulator.clearFaults();
  await emulator.setState({ assumeRoleRefused: [] });
});

afterAll(async () => {
  await bench.dispose();
  await emulator.stop();
});

/** What the person at the terminal reads: one line that says what, one that says what to do. */
const complaintOf = async (given: GivenOptions, accountId: string = MANAGEMENT_ACCOUNT): Promise<string> => {
  try {
    const options = { ...optionsFor(emulator.url, { timeout: 2, ...given }) };
    await sweep(await bench.folder(), options, hostFor(emulator, accountId), {
      command: 'sweep',
      arguments: [],
      node: 'test',
      platform: 'test',
    });
  } catch (error) {
    return explain(error, { verbose: false, jsonLogs: false });
  }
  return 'the sweep ran to its end';
};

const twoClearLines = /^afterleak: (?!this is a bug)[^\n]+\n {2}→ [^\n]+\n$/;

describe('a region that never answers and an account without the role', () => {
  let run: SweepRun;

  beforeAll(async () => {
    await emulator.setFaults([{ kind: 'hang', region: deadRegion }]);
    await emulator.setState({ assumeRoleRefused: [SECURITY_ACCOUNT] });
    run = await bench.sweep({ asOf, accounts: three, org: false, timeout: 1 });
  }, 90_000);

  test('the sweep ends in bounded time, incomplete', () => {
    process.stdout.write(`three accounts, a dead region, a closed account: ${run.seconds.toFixed(1)} s\n`);
    expect(run.seconds).toBeLessThan(60);
    expect(run.verdict.exitCode).toBe(2);
    expect(run.collected.stopped).toBeNull();
  });

  test('both are gaps', () => {
    const { gaps, notSwept } = run.result.coverage;
    const dead = gaps.filter(({ unit }) => unit.endsWith(`/${deadRegion}`));
    expect(new Set(dead.map(({ reason }) => reason))).toEqual(new Set(['unreachable']));
    expect(new Set(dead.map(({ unit }) => unit))).toEqual(
      new Set([`${MANAGEMENT_ACCOUNT}/${deadRegion}`, `${PRODUCTION_ACCOUNT}/${deadRegion}`]),
    );
    const closed = gaps.filter(({ unit }) => unit.startsWith(SECURITY_ACCOUNT));
    expect(closed.length).toBeGreaterThan(0);
    expect(
      closed.every(({ operation, reason }) => operation === 'sts:AssumeRole' && reason === 'access-denied'),
    ).toBe(true);
    expect(notSwept.map(({ accountId }) => accountId)).toContain(SECURITY_ACCOUNT);
  });

  test('nothing in them passes, and nothing else is lost', () => {
    const expected = outcomes(undisturbed.result);
    const affected = (unit: string) =>
      // It reads every region of the management account: with one of them unseen it cannot be told.
      unit.startsWith('eyes/missing-alarm ') ||
      unit.includes(` ${SECURITY_ACCOUNT}`) ||
      unit.includes(` ${DEVELOPMENT_ACCOUNT}`) ||
      unit.endsWith(deadRegion);
    const seen = [...outcomes(run.result)];
    const inTrouble = seen.filter(([unit]) => affected(unit));
    expect(inTrouble.length).toBeGreaterThan(20);
    expect(inTrouble.filter(([, outcome]) => outcome === 'pass')).toEqual([]);
    const elsewhere = seen.filter(([unit]) => !affected(unit));
    expect(elsewhere.length).toBeGreaterThan(100);
    const changed = elsewhere.filter(([unit, outcome]) => expected.get(unit) !== outcome);
    expect(changed).toEqual([]);
  });
});

describe('an interrupted run', () => {
  test.each([5, 60, 200])(
    'stopped after %i calls, it is usable evidence, and --resume completes it',
    async (calls) => {
      const controller = stopper();
      const cut = await bench.sweep(
        { asOf },
        {
          signal: controller.signal,
          onProgress: (progress) => {
            if (progress.calls >= calls) {
              controller.abort();
            }
          },
        },
      );
      expect(cut.collected.stopped).toEqual({ message: 'the run was stopped', next: null });
      expect(cut.verdict.exitCode).toBe(2);
      expect(cut.log.length).toBeLessThan(undisturbed.log.length);
      expect((await verifyEvidence(cut.evidence)).observations).toBeGreaterThan(0);
      const known = outcomes(undisturbed.result);
      const better = [...outcomes(cut.result)].filter(
        ([unit, outcome]) => outcome === 'pass' && known.get(unit) !== 'pass',
      );
      expect(better).toEqual([]);

      const resumed = await bench.sweep({ asOf, resume: cut.evidence });
      expect(resumed.collected.stopped).toBeNull();
      expect(steadyResult(resumed.result)).toEqual(steadyResult(undisturbed.result));
      expect(resumed.result.collection.startedAt).toBe(cut.result.collection.startedAt);
      expect(resumed.result.collection.parts).toMatchObject([
        { ended: true, calls: cut.collected.calls, digest: cut.result.evidenceDigest },
        { ended: true, calls: resumed.log.length, digest: null },
      ]);
      expect(resumed.result.coverage.ownTraces.calls).toBe(cut.collected.calls + resumed.log.length);
    },
    60_000,
  );

  test('a killed process leaves evidence that --resume completes', async () => {
    await emulator.setFaults([{ kind: 'hang', account: DEVELOPMENT_ACCOUNT }]);
    const directory = join(await bench.folder(), 'killed');
    const { accessKeyId, secretAccessKey, sessionToken } = emulator.credentialsFor(MANAGEMENT_ACCOUNT);
    const cli = startCli(
      ['sweep', '--org', '--role-name', 'SecurityAudit', '--endpoint-url', emulator.url, '--out', directory],
      {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken ?? '',
      },
    );
    const evidence = join(directory, 'evidence');
    const sweptSoFar = async (): Promise<number> => {
      try {
        const { manifest } = await openEvidence(evidence);
        return manifest.accounts.filter(({ swept }) => swept).length;
      } catch {
        return 0;
      }
    };
    const deadline = Date.now() + 45_000;
    while ((await sweptSoFar()) < 3 && Date.now() < deadline) {
      await delay(100);
    }
    cli.kill();
    expect((await cli.ended).exitCode).toBeNull();
    expect(await sweptSoFar()).toBe(3);
    await emulator.clearFaults();

    const resumed = await bench.sweep({ asOf, resume: evidence });
    expect(steadyResult(resumed.result)).toEqual(steadyResult(undisturbed.result));
    expect(resumed.result.collection.parts).toMatchObject([
      { ended: false },
      { ended: true, calls: resumed.collected.calls },
    ]);
    expect(await readFile(join(resumed.directory, 'report.md'), 'utf8')).toMatch(
      /traces: at least [\d,]+ calls/,
    );
    const askedAgain = resumed.log.filter(
      ({ account, service }) => account === PRODUCTION_ACCOUNT && service === 'lambda',
    );
    expect(askedAgain).toEqual([]);
  }, 90_000);
});

describe('credentials', () => {
  test('that may read nothing: the run ends, and nothing passes', async () => {
    await emulator.setFaults(services.map((service) => ({ kind: 'deny', service })));
    const run = await bench.sweep({ org: false });
    expect(run.verdict.exitCode).toBe(2);
    expect(run.result.results.filter(({ outcome }) => outcome === 'pass')).toEqual([]);
    expect(run.result.coverage.gaps.length).toBeGreaterThan(10);
    expect(new Set(run.result.coverage.gaps.map(({ reason }) => reason))).toEqual(new Set(['access-denied']));
  }, 60_000);

  test('that have expired: one line', async () => {
    await emulator.setFaults([
      {
        kind: 'error',
        code: 'ExpiredToken',
        message: 'The security token included in the request is expired',
        status: 403,
      },
    ]);
    const complaint = await complaintOf({});
    expect(complaint).toMatch(twoClearLines);
    expect(complaint).toContain('expired');
  });

  test('that expire in the middle: what was read is kept, and the run says so', async () => {
    let told = false;
    const run = await bench.sweep(
      { asOf },
      {
        onProgress: ({ calls }) => {
          if (calls > 100 && !told) {
            told = true;
            void emulator.setFaults([
              { kind: 'error', code: 'ExpiredToken', message: 'The security token is expired', status: 403 },
            ]);
          }
        },
      },
    );
    expect(run.collected.stopped?.message).toContain('expired');
    expect(run.collected.stopped?.next).not.toBeNull();
    expect(run.verdict.exitCode).toBe(2);
    await emulator.clearFaults();
    const resumed = await bench.sweep({ asOf, resume: run.evidence });
    expect(steadyResult(resumed.result)).toEqual(steadyResult(undisturbed.result));
  }, 60_000);

  test('that are missing: exit 3 and two lines on standard error, no stack', async () => {
    const run = await startCli(
      ['sweep', '--endpoint-url', emulator.url, '--out', join(await bench.folder(), 'none')],
      { AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'us-east-1' },
    ).ended;
    expect(run.stderr).toMatch(twoClearLines);
    expect(run.stderr).toContain('no usable credentials');
    expect(run.exitCode).toBe(3);
    expect(run.stdout).toBe('');
  }, 60_000);
});

describe('an endpoint that is no AWS', () => {
  let server: Server;
  let url = '';

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html><body>Welcome</body></html>');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  });

  test('a web page', async () => {
    const complaint = await complaintOf({ endpointUrl: url });
    expect(complaint).toMatch(twoClearLines);
    expect(complaint).toContain('does not answer as AWS');
  });

  test('a closed port', async () => {
    await new Promise((resolve) => {
      server.close(resolve);
    });
    const startedAt = Date.now();
    const complaint = await complaintOf({ endpointUrl: url });
    expect(complaint).toMatch(twoClearLines);
    expect(complaint).toContain('ECONNREFUSED');
    expect(Date.now() - startedAt).toBeLessThan(20_000);
  }, 30_000);
});

describe('a scope that cannot be', () => {
  test('an account outside the organization', async () => {
    const complaint = await complaintOf({ accounts: ['999988887777'] });
    expect(complaint).toMatch(twoClearLines);
    expect(complaint).toContain('999988887777');
  });

  test('an organization that the caller is not in', async () => {
    const complaint = await complaintOf({}, '999988887777');
    expect(complaint).toMatch(twoClearLines);
    expect(complaint).toContain('not in an organization');
  });

  test('an organizational unit that does not exist', async () => {
    expect(await complaintOf({ ou: 'ou-abcd-00000000' })).toMatch(twoClearLines);
  });
});
