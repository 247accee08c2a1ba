import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readRecording } from '../../src/demo/recording.ts';
import { startReplayEndpoint } from '../../src/demo/replay-endpoint.ts';
import { openEvidence } from '../../src/evidence/read-evidence.ts';
import { createEvidenceWriter } from '../../src/evidence/write-evidence.ts';
import { type GivenOptions, runOptionsSchema } from '../../src/input/run-options.ts';
import type { AuditResult } from '../../src/model/audit-result.ts';
import type { StoredObservation } from '../../src/model/evidence-manifest.ts';
import { accountUnit } from '../../src/model/scope.ts';
import { demo, demoFile, demoHost, demoOptions } from '../../src/pipeline/demo.ts';
import type { PipelineHost } from '../../src/pipeline/host.ts';
import { type VerifyOutcome, verify } from '../../src/pipeline/verify.ts';
import { verifyVerdictOf } from '../../src/pipeline/verify-verdict.ts';
import { verificationSummary } from '../../src/report/verification/verification-summary.ts';
import { impatientHost } from './in-process.ts';

const facts = { command: 'verify', arguments: [], node: process.version, platform: process.platform };
const management = '111122223333';
const trail = join(dirname(demoFile('incident')), 'trail');
const later = '2026-11-05T18:00:00.000Z';

let work: string;
let against: string;
let earlier: AuditResult;
let runs = 0;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'afterleak-verify-'));
  earlier = (await demo(join(work, 'first'), impatientHost(), facts)).result;
  against = join(work, 'first', 'result.json');
}, 300_000);

afterAll(() => rm(work, { recursive: true, force: true }));

/** A host of the days after: what a trail covers ends with the present. */
function laterHost(): PipelineHost {
  const host = impatientHost();
  return { ...host, runtime: { ...host.runtime, now: () => Date.parse('2026-11-07T00:00:00.000Z') } };
}

function folder(): string {
  runs += 1;
  return join(work, `run-${runs}`);
}

function offline(evidence: string, given: GivenOptions = {}, path = against): Promise<VerifyOutcome> {
  const options = runOptionsSchema.parse({
    evidence,
    baseline: demoFile('baseline'),
    trail: [trail],
    ...given,
  });
  return verify(folder(), { options, againstPath: path, quick: false }, laterHost(), facts);
}

/** The evidence as it would be two days later, each fact changed by `change`; null = refused. */
async function evidenceLater(
  change: (stored: StoredObservation, value: unknown) => unknown,
  organizationId?: string,
): Promise<string> {
  const source = await openEvidence(join(work, 'first', 'evidence'));
  const directory = join(folder(), 'evidence');
  const writer = createEvidenceWriter(directory);
  const put = async (stored: StoredObservation): Promise<void> => {
    const { observation, key } = stored;
    if (observation.state === 'missing') {
      return writer.put(stored);
    }
    const value = change(stored, observation.value);
    const gap = {
      reason: 'access-denied',
      operation: key,
      unit: accountUnit('aws', management),
      detail: 'refused',
      retryable: false,
    } as const;
    return writer.put(
      value === null
        ? { ...stored, observation: { state: 'missing', gaps: [gap] } }
        : { ...stored, observation: { ...observation, value, asOf: later } },
    );
  };
  for (const stored of await source.organization()) {
    await put(stored);
  }
  for (const { accountId } of source.manifest.accounts) {
    for (const stored of await source.account(accountId)) {
      await put(stored);
    }
    await writer.closeAccount(accountId);
  }
  const { shards: _shards, ...rest } = source.manifest;
  await writer.finish({ ...rest, asOf: later, organizationId: organizationId ?? rest.organizationId });
  return directory;
}

/** What JSON says without every mention of one user. */
function withoutUser(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    return value
      .filter(
        (one) =>
          !new RegExp(`:user/${name}["/]|"userName":"${name}"|"name":"${name}"`).test(JSON.stringify(one)),
      )
      .map((one) => withoutUser(one, name));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutUser(one, name)]));
  }
  return value;
}

const statesOf = ({ verification }: VerifyOutcome, arn: RegExp): readonly string[] =>
  [
    ...new Set(
      verification.findings.filter(({ subject }) => arn.test(subject.arn)).map(({ state }) => state),
    ),
  ].sort();

const user = /user\/aws-support$/;

describe('verify over evidence', () => {
  test('the same evidence: everything is still there, and nothing says otherwise', async () => {
    const outcome = await offline(join(work, 'first', 'evidence'));
    expect(outcome.verification.findings.filter(({ state }) => state !== 'still-there')).toEqual([]);
    expect(outcome.verification.newSince).toEqual([]);
    expect(outcome.files).toEqual(expect.arrayContaining(['report.html', 'verification.json', 'plan.sh']));
    expect(verifyVerdictOf(outcome.result, outcome.verification, 'high', false).exitCode).toBe(2);
    expect(verifyVerdictOf(outcome.result, outcome.verification, 'high', true).exitCode).toBe(1);
    const directory = join(work, `run-${runs}`);
    const texts = await Promise.all(
      ['report.html', 'report.md', 'verification.json'].map((name) =>
        readFile(join(directory, name), 'utf8'),
      ),
    );
    for (const text of [...texts, verificationSummary(outcome.result)]) {
      expect(text).not.toMatch(/all clear/i);
    }
    expect(await readFile(join(directory, 'SHA256SUMS'), 'utf8')).toContain('verification.json');
  });

  test('a removed user is gone, over complete and newer evidence', async () => {
    const evidence = await evidenceLater((_, value) => withoutUser(value, 'aws-support'));
    const outcome = await offline(evidence);
    expect(statesOf(outcome, user)).toEqual(['gone']);
    expect(statesOf(outcome, /user\/ops-sync$/)).toEqual(['still-there']);
    const { closure } = outcome.verification;
    expect(closure.allClear).toBe(false);
    expect(outcome.result.verification).toEqual(outcome.verification);
  });

  test('a denied read makes it cannot-tell', async () => {
    const denied = await evidenceLater(({ key, unit }, value) =>
      key === 'iam.authorization-details' && unit.accountId === management
        ? null
        : withoutUser(value, 'aws-support'),
    );
    const outcome = await offline(denied);
    expect(statesOf(outcome, user)).toEqual(['cannot-tell']);
    expect(verifyVerdictOf(outcome.result, outcome.verification, 'high', false).exitCode).toBe(2);
  });

  test('a namesake made again is reappeared, and the loudest line', async () => {
    const made = earlier.findings.find(({ subject }) => user.test(subject.arn))?.subject.uniqueId ?? '';
    expect(made).toMatch(/^AIDA/);
    const evidence = await evidenceLater((_, value) =>
      JSON.parse(JSON.stringify(value).replaceAll(made, 'AIDAEXAMPLEAGAIN')),
    );
    expect(statesOf(await offline(evidence), user)).toEqual(['reappeared']);
  });

  test('evidence older than the step proves nothing', async () => {
    const evidence = await evidenceLater((_, value) => withoutUser(value, 'aws-support'));
    const step = earlier.plan?.steps.find(({ target, stage }) => user.test(target.arn) && stage === 'delete');
    expect(step).toBeDefined();
    const actions = join(work, 'late.ndjson');
    const line = {
      at: '2026-11-06T00:00:00Z',
      plan: earlier.evidenceDigest,
      step: step?.id,
      action: step?.action,
      outcome: 'done',
    };
    await writeFile(actions, `${JSON.stringify(line)}\n`);
    const options = runOptionsSchema.parse({ evidence, baseline: demoFile('baseline'), trail: [trail] });
    const request = { options, againstPath: against, actionsPath: actions, quick: false };
    const outcome = await verify(folder(), request, laterHost(), facts);
    const touched = outcome.verification.findings.filter(({ step: of }) => of?.id === step?.id);
    expect(touched.length).toBeGreaterThan(0);
    expect(new Set(touched.map(({ state }) => state))).toEqual(new Set(['cannot-tell']));
  });
});

describe('bad input', () => {
  async function edited(change: (result: Record<string, unknown>) => void, sums = false): Promise<string> {
    const directory = folder();
    await cp(join(work, 'first'), directory, {
      recursive: true,
      filter: (path) => !path.includes('evidence'),
    });
    if (!sums) {
      await rm(join(directory, 'SHA256SUMS'));
    }
    const path = join(directory, 'result.json');
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
    const result: Record<string, unknown> = Object(parsed);
    change(result);
    await writeFile(path, JSON.stringify(result));
    return path;
  }
  const evidence = () => join(work, 'first', 'evidence');

  test.each<readonly [string, (result: Record<string, unknown>) => void, RegExp]>([
    [
      'another organization',
      (result) => Object.assign(result, { organizationId: 'o-another0000' }),
      /organization o-another0000/,
    ],
    ['another partition', (result) => Object.assign(result, { partition: 'aws-cn' }), /partition/],
    ['another schema version', (result) => Object.assign(result, { schemaVersion: 2 }), /schema version 2/],
    [
      'a finding taken out by hand',
      (result) => Object.assign(result, { findings: Object(result['findings']).slice(1) }),
      /contradicts itself/,
    ],
    ['an unknown field', (result) => Object.assign(result, { verdict: 'fine' }), /verdict|nrecognized/],
  ])('%s is a clear error', async (_, change, message) => {
    const path = await edited(change);
    await expect(offline(evidence(), {}, path)).rejects.toThrow(message);
    await expect(offline(evidence(), {}, path)).rejects.toHaveProperty('next');
  });

  test('a file that differs from its digest, no JSON, no file', async () => {
    const path = await edited((result) => Object.assign(result, { callerArn: null }), true);
    await expect(offline(evidence(), {}, path)).rejects.toThrow(/changed after it was written/);
    await writeFile(join(work, 'broken.json'), '{');
    await expect(offline(evidence(), {}, join(work, 'broken.json'))).rejects.toThrow(
      /not a readable JSON file/,
    );
    await expect(offline(evidence(), {}, join(work, 'none.json'))).rejects.toThrow(
      /not a readable JSON file/,
    );
  });

  test('evidence of another organization', async () => {
    const foreign = await evidenceLater((_, value) => value, 'o-another0000');
    await expect(offline(foreign)).rejects.toThrow(/organization/);
  });

  test('a log of another plan, a broken log, a lost baseline, another incident', async () => {
    const log = join(work, 'foreign.ndjson');
    const run = (given: GivenOptions) => {
      const options = runOptionsSchema.parse({ evidence: evidence(), ...given });
      return verify(
        folder(),
        { options, againstPath: against, actionsPath: log, quick: false },
        impatientHost(),
        facts,
      );
    };
    const baseline = demoFile('baseline');
    await writeFile(
      log,
      '{"at":"2026-11-04T00:00:00Z","plan":"x","step":"other","action":"a","outcome":"done"}\n',
    );
    await expect(run({ baseline })).rejects.toThrow(/names no step/);
    await writeFile(log, '{"at":"2026-11-04T00:00:00Z","plan":"x","st');
    await expect(run({ baseline })).rejects.toThrow(/foreign.ndjson:1: not JSON/);
    await writeFile(log, '\n{"at":"yesterday","plan":"x","step":"other","action":"a","outcome":"done"}\n');
    await expect(run({ baseline })).rejects.toThrow(/foreign.ndjson:2: at: expected a time/);
    await writeFile(log, '');
    await expect(run({})).rejects.toThrow(/baseline/);
    await expect(run({ baseline, accessKey: 'AKIAIOSFODNN7EXAMPLE' })).rejects.toThrow(/about the incident/);
  });
});

test('--quick sweeps only what the plan touched', async () => {
  const recording = await readRecording(demoFile('recording'));
  const endpoint = await startReplayEndpoint(recording, {});
  try {
    const {
      incident: _incident,
      org: _org,
      ...options
    } = demoOptions(endpoint.url, recording.head.clock, { trail: [] });
    const request = { options: runOptionsSchema.parse(options), againstPath: against, quick: true };
    const outcome = await verify(folder(), request, demoHost(impatientHost(), recording.head), facts);
    expect(outcome.result.checks.length).toBeLessThan(earlier.checks.length);
    expect(outcome.verification.quick).toBe(true);
    expect(outcome.result.incident).toEqual(earlier.incident);
    const states = new Set(
      outcome.verification.findings
        .filter(({ check }) => !check.startsWith('lineage/'))
        .map(({ state }) => state),
    );
    expect(states.has('gone')).toBe(false);
    expect(states.has('still-there')).toBe(true);
    expect(outcome.verification.closure.allClear).toBe(false);
  } finally {
    await endpoint.stop();
  }
});
