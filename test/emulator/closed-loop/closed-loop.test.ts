import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GivenOptions } from '../../../src/input/run-options.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { ActionLogEntry, Verification } from '../../../src/model/verification.ts';
import { verify } from '../../../src/pipeline/verify.ts';
import { MANAGEMENT_ACCOUNT } from '../start.js';
import { optionsFor, type SweepRun } from '../sweep/support/sweep-bench.ts';
import { doByHand } from './by-hand.js';
import { createIntruder, type Intruder } from './intruder.js';
import {
  actionsOf,
  type LoopBench,
  lackedBy,
  OPERATOR_ROLE,
  startLoopBench,
  unfinished,
} from './loop-bench.ts';
import { reversedStages, runCommands, runPlanScript, type ScriptRun } from './run-plan.ts';
import { differences, type Snapshot, snapshot } from './snapshot.js';

const run = promisify(execFile);
const execute = ['--execute', '--role-name', OPERATOR_ROLE];
const facts = { command: 'verify', arguments: [], node: 'test', platform: 'test' };

let loop: LoopBench;
let before: SweepRun;
let plan: Plan;
let startedAt: string;
let intruder: Intruder;
let ran: ScriptRun;
let released: ScriptRun;
let actions: readonly ActionLogEntry[];
let lacked: readonly string[];
let after: Snapshot;
let verified: Verification;

const planOf = ({ result }: SweepRun): Plan => {
  if (result.plan === null) {
    throw new Error('The sweep made no plan.');
  }
  return result.plan;
};

/** What the organization's own pipelines made in the window: their owner says so. */
const ours = /\b(?:cost-reader|stock-worker)\b/;

/** A person who reads, does what is to be done by hand, and freezes nothing that is known to be theirs. */
const operator =
  (bench: LoopBench) =>
  async (question: string, text: string): Promise<string> => {
    if (question.startsWith('Done?')) {
      await doByHand(bench.emulator, bench.world, text);
    }
    return question.startsWith('Freeze it') && ours.test(text) ? 'n' : 'y';
  };

const verifyNow = async (given: GivenOptions = {}): Promise<Verification> => {
  const options = optionsFor(loop.emulator.url, {
    format: ['json'],
    incident: loop.incidentFile,
    trail: [await loop.trail(startedAt)],
    ...given,
  });
  const request = { options, againstPath: join(before.directory, 'result.json'), quick: false };
  return (await verify(await loop.bench.folder(), request, loop.host(), facts)).verification;
};

const statesOf = ({ findings }: Verification, decisions: readonly string[]) =>
  findings
    .filter(({ decision, state }) => decisions.includes(decision) && state !== 'gone')
    .map(({ state, check, subject, why }) => `${state} ${check} ${subject.arn}: ${why}`);

beforeAll(async () => {
  loop = await startLoopBench();
  const { emulator, bench, world, incidentFile } = loop;
  before = await bench.sweep({
    format: ['json'],
    incident: incidentFile,
    trail: [await loop.trail()],
  });
  plan = planOf(before);
  startedAt = new Date().toISOString();
  intruder = createIntruder(emulator, world);
  const script = join(before.directory, 'plan.sh');
  ran = await runPlanScript(script, execute, loop.environment(), operator(loop), intruder.turn);
  await intruder.turn();
  await loop.letHoursPass();
  const release = [...execute, '--only', 'release'];
  released = await runPlanScript(script, release, loop.environment(), operator(loop), intruder.turn);
  await intruder.turn();
  actions = await actionsOf(before.directory);
  lacked = lackedBy(await emulator.layerLog());
  after = await snapshot(emulator);
  verified = await verifyNow();
}, 600_000);

afterAll(async () => {
  const complaints = loop.emulator.complaints();
  await loop.dispose();
  expect(complaints).toBe('');
});

describe('a plan that was carried out while the intruder watched', () => {
  test('the evidence is complete, with the printed permissions alone', () => {
    expect(before.result.coverage.gaps).toEqual([]);
    expect(before.result.totals.outcomes.error).toBe(0);
  });

  test('comes to its end: only what the owner kept is left out', () => {
    const open = unfinished(plan.steps, actions);
    expect(open.filter((line) => !ours.test(line))).toEqual([]);
    expect(open.length).toBeGreaterThan(0);
    expect(ran.output).not.toContain('DOES NOT HOLD');
    expect([ran.exitCode, released.exitCode]).toEqual([1, 1]);
    process.stderr.write(
      `\nThe closed loop: ${plan.steps.length} steps, ${actions.length} lines of log in ${Math.round(ran.seconds + released.seconds)} s; ${intruder.turns()} turns of the intruder, ${intruder.made().length} things made.\n`,
    );
  });

  test('asks before every step, and for containment once', () => {
    const batch = ran.asked.filter(({ question }) => /steps of containment at once\?/.test(question));
    expect(batch).toHaveLength(1);
    expect(ran.asked.length).toBeGreaterThan(40);
    expect(intruder.turns()).toBeGreaterThan(40);
  });

  test('names what a person has to do', () => {
    const manual = plan.steps.filter(({ manual: words }) => words !== null);
    const done = new Set(actions.filter(({ outcome }) => outcome === 'manual').map(({ step }) => step));
    const named = manual.filter(({ commands }) => commands.length === 0);
    expect(named.map(({ title }) => title).join('\n')).toContain('portal sessions of aws-operator');
    expect(named.filter(({ id }) => !done.has(id)).map(({ title }) => title)).toEqual([]);
  });

  test('leaves nothing of what the intruder made, and no way in', async () => {
    expect(await intruder.left()).toEqual([]);
    expect(await intruder.stillIn()).toEqual([]);
    const tries = [...intruder.tried().values()];
    expect(tries.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(500);
  });

  test('verify says that everything of the intruder is gone and everything altered is as before', () => {
    const eradicated = verified.findings.filter(({ decision }) => decision === 'eradicate');
    expect(eradicated.length).toBeGreaterThan(40);
    expect(statesOf(verified, ['eradicate', 'restore'])).toEqual([]);
  });

  test('what verify calls new is what the owner made: the key in place of the leaked one, and the services back', () => {
    const { leakedPrincipalArn, disabledServices } = loop.world.incident;
    const own = (arn: string) => arn.startsWith(leakedPrincipalArn) || disabledServices.includes(arn);
    const others = verified.newSince.filter(({ subject }) => !own(subject.arn));
    expect(others.map(({ subject, what }) => `${subject.arn}: ${what}`)).toEqual([]);
    expect(verified.newSince.some(({ subject }) => subject.type === 'access-key')).toBe(true);
  });

  test('everything innocent is as it was, but for the key that had leaked', () => {
    const expected = new Map(loop.world.meant);
    // The pipeline went on releasing while the intruder was in: what it released stays.
    const released = `lambda-function arn:aws:lambda:us-east-1:${MANAGEMENT_ACCOUNT}:function:site-publisher`;
    expected.set(released, loop.world.released);
    const rotated = `iam-user-credentials ${loop.world.incident.leakedPrincipalArn}`;
    expect(differences(expected, after).filter((line) => !line.startsWith(`changed: ${rotated}\n`))).toEqual(
      [],
    );
    expect(after.get(rotated)).not.toContain(loop.world.incident.leakedAccessKeyId);
  });

  test('what the emulator lacks is named', () => {
    process.stderr.write(`\nThe emulator lacks: ${lacked.join(', ') || 'nothing that this plan calls'}\n`);
    expect(lacked).toEqual([]);
  });
});

describe('afterwards', () => {
  test('a second run refuses or finds the work done: nothing is made or deleted, nothing is different after it', async () => {
    const since = new Date(loop.host().runtime.now()).toISOString();
    const folder = await loop.bench.folder();
    await cp(before.directory, folder, { recursive: true });
    const again = await runPlanScript(
      join(folder, 'plan.sh'),
      execute,
      loop.environment(),
      (question, text) => Promise.resolve(question.startsWith('Freeze it') && ours.test(text) ? 'n' : 'y'),
    );
    expect(again.exitCode).toBe(1);
    const logged = (await actionsOf(folder)).slice(actions.length);
    const removals = new Set(
      plan.steps
        .filter(({ stage, commands }) => ['cut-re-entry', 'delete'].includes(stage) && commands.length > 0)
        .map(({ id }) => id),
    );
    const second = logged.filter(({ step }) => removals.has(step)).map(({ outcome }) => outcome);
    expect(second.length).toBeGreaterThan(15);
    // What is gone is refused (it is not what the evidence shows), or was done already.
    expect(second.filter((outcome) => outcome !== 'already' && outcome !== 'refused')).toEqual([]);
    expect(logged.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    const written = (await loop.emulator.trailRecords({ since }))
      .filter(({ readOnly, errorCode }) => !readOnly && errorCode === undefined)
      .map(({ eventName }) => eventName);
    // What is put there again is what was there; our denies come and go.
    expect(
      written.filter((name) => !/^(?:Put|Enable|Activate)|^Delete(?:User|Role)Policy$/.test(name)),
    ).toEqual([]);
    expect(differences(after, await snapshot(loop.emulator))).toEqual([]);
  }, 300_000);

  test('a plan for other evidence, or one that is too old, refuses to run', async () => {
    const refusal = (script: string, given: readonly string[]): Promise<string> =>
      run('sh', [script, ...execute, ...given], { env: loop.environment() }).then(
        () => 'ran',
        (error: unknown) => String(Reflect.get(Object(error), 'stderr')),
      );
    const script = join(before.directory, 'plan.sh');
    expect(await refusal(script, ['--max-age', '1'])).toContain('hours old');
    const folder = await loop.bench.folder();
    const elsewhere = join(folder, 'plan.sh');
    await writeFile(elsewhere, await readFile(script));
    const other = { ...before.result, evidenceDigest: '0'.repeat(64) };
    await writeFile(join(folder, 'result.json'), JSON.stringify(other, null, 2));
    expect(await refusal(elsewhere, [])).toContain('made for other evidence');
  });

  test('what cannot be read is not called gone', async () => {
    await loop.emulator.setFaults([
      {
        kind: 'deny',
        service: 'iam',
        operation: 'GetAccountAuthorizationDetails',
        account: MANAGEMENT_ACCOUNT,
      },
    ]);
    const blind = await verifyNow();
    await loop.emulator.clearFaults();
    const users = blind.findings.filter(
      ({ subject, decision }) => subject.type === 'iam-user' && decision === 'eradicate',
    );
    expect(users.length).toBeGreaterThan(5);
    expect([...new Set(users.map(({ state }) => state))]).toEqual(['cannot-tell']);
    expect(blind.closure.allClear).toBe(false);
  }, 120_000);

  test('a user of the same name is another one that reappeared', async () => {
    const iam = new IAMClient(loop.emulator.clientOptions(MANAGEMENT_ACCOUNT));
    await iam.send(new CreateUserCommand({ UserName: 'svc-backup' }));
    const anew = await verifyNow();
    const about = anew.findings.filter(
      ({ subject, decision }) => subject.name === 'svc-backup' && decision === 'eradicate',
    );
    expect(about.length).toBeGreaterThan(2);
    expect(
      about.filter(({ state }) => state !== 'reappeared').map(({ check, why }) => `${check} ${why}`),
    ).toEqual([]);
    expect(anew.closure.allClear).toBe(false);
  }, 120_000);
});

describe('the same steps in the wrong order', () => {
  let wrong: LoopBench;

  beforeAll(async () => {
    // Ids repeat, so that the plan fits.
    wrong = await startLoopBench();
  }, 120_000);

  afterAll(() => wrong.dispose());

  test('leave something of the intruder', async () => {
    const watching = createIntruder(wrong.emulator, wrong.world);
    const steps = reversedStages(plan).filter(({ stage }) =>
      ['contain', 'cut-re-entry', 'delete'].includes(stage),
    );
    expect(wrong.world.incident.keys).toEqual(loop.world.incident.keys);
    expect(steps[0]?.stage).toBe('delete');
    await runCommands(wrong.emulator, wrong.cli, steps, OPERATOR_ROLE, watching.turn);
    expect((await watching.left()).length).toBeGreaterThan(0);
    expect((await watching.stillIn()).length).toBeGreaterThan(0);
  }, 300_000);
});
