import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { openEvidence, verifyEvidence } from '../../../src/evidence/read-evidence.ts';
import { verifyBundle } from '../../../src/evidence/verify-bundle.ts';
import { createEvidenceWriter } from '../../../src/evidence/write-evidence.ts';
import { runOptionsSchema } from '../../../src/input/run-options.ts';
import type { EvidenceManifest, StoredObservation } from '../../../src/model/evidence-manifest.ts';
import type { Gap } from '../../../src/model/gap.ts';
import { observed } from '../../../src/model/observation.ts';
import { accountUnit, organizationUnit } from '../../../src/model/scope.ts';
import { unseenOf } from '../../../src/pipeline/collect.ts';
import { collectInto } from '../../../src/pipeline/collect-into.ts';
import type { PipelineHost } from '../../../src/pipeline/host.ts';
import { type Asked, takeOver } from '../../../src/pipeline/resume.ts';
import { wholeCollection } from '../../../src/pipeline/whole-collection.ts';
import { bundleExitCode, bundleText } from '../../../src/report/custody/bundle-text.ts';
import { manualRuntime } from '../../support/aws-runtime.ts';
import {
  type Fault,
  type FaultServer,
  jsonAnswer,
  jsonError,
  queryError,
  type SeenCall,
  startFaultServer,
} from '../../support/fault-server.ts';
import { evidenceTime, manifestFacts } from '../../support/manifest-facts.ts';

const account = '111122223333';
const keys = [
  'account.alternate-contacts',
  'account.regions',
  'iam.closing-authorization-details',
] as const satisfies readonly StoredObservation['key'][];
const facts = { command: 'collect', arguments: ['collect'], node: 'v20.0.0', platform: 'linux x64' };
const work = mkdtempSync(join(tmpdir(), 'afterleak-resume-'));
const servers: FaultServer[] = [];
let serial = 0;

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

const closing = 'GetAccountAuthorizationDetails';
/** Nobody has any rights. */
const closingAnswer: Readonly<Record<string, Fault>> = {
  [closing]: { kind: 'answer', body: `<${closing}Response><${closing}Result/></${closing}Response>` },
};

/** Three contacts, of whom name and address are dropped. */
function answer({ person, answers = {} }: Part, { operation }: SeenCall): Fault {
  const otherwise = answers[operation];
  if (otherwise !== undefined) {
    return otherwise;
  }
  switch (operation) {
    case 'GetCallerIdentity':
      return {
        kind: 'answer',
        body: `<R><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/Audit/${person}</Arn><UserId>A:${person}</UserId><Account>${account}</Account></GetCallerIdentityResult></R>`,
      };
    case 'DescribeOrganization':
      return jsonError('AWSOrganizationsNotInUseException', 'none');
    case 'POST /listRegions':
      return jsonAnswer({ Regions: [{ RegionName: 'us-east-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' }] });
    case 'POST /getAlternateContact':
      return jsonAnswer({ AlternateContact: { EmailAddress: 'a@example.com', Name: 'A' } });
    default:
      return queryError('AccessDenied', 'no', 403);
  }
}

interface Part {
  readonly person: string;
  /** Seconds that the machine's clock is behind that of AWS. */
  readonly behind?: number;
  readonly resume?: string;
  /** Operations that are answered otherwise than usual. */
  readonly answers?: Readonly<Record<string, Fault>>;
  /** Called when the account was read, before the closing pass. */
  readonly onAccount?: (folder: string, stop: () => void) => void;
}

async function collectPart(part: Part) {
  const { behind = 0, resume, onAccount } = part;
  const server = await startFaultServer((call) => answer(part, call));
  servers.push(server);
  serial += 1;
  const folder = join(work, `part-${serial}`);
  const controller = new AbortController();
  const host: PipelineHost = {
    runtime: manualRuntime(Date.now() - behind * 1000),
    signal: controller.signal,
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' }),
    maxAttempts: 1,
    onProgress: ({ accountsDone }) => {
      if (accountsDone === 1) {
        onAccount?.(folder, () => controller.abort());
      }
    },
  };
  const options = runOptionsSchema.parse({
    endpointUrl: server.url,
    region: 'us-east-1',
    ...(resume === undefined ? {} : { resume }),
  });
  const collected = await collectInto(folder, options, keys, host, facts);
  return { folder, collected, calls: server.calls.length, asked: server.calls.map((call) => call.operation) };
}

function stopped(person: string, behind: number, resume?: string) {
  return collectPart({
    person,
    behind,
    ...(resume === undefined ? {} : { resume }),
    onAccount: (_folder, stop) => stop(),
  });
}

/** What a process leaves that is killed after it has read its account. */
async function killed(person: string): Promise<string> {
  const left = join(work, `killed-${person}`);
  await collectPart({
    person,
    onAccount: (folder) => cpSync(folder, left, { recursive: true }),
  });
  return left;
}

function callerOf(person: string): string {
  return `arn:aws:sts::${account}:assumed-role/Audit/${person}`;
}

describe('a collection that was interrupted and resumed', () => {
  test('tells in its manifest and on its page of all its parts, added up', async () => {
    const first = await stopped('ann', 3600);
    expect(first.collected.stopped).not.toBeNull();
    expect(first.collected.manifest).not.toHaveProperty('parts');
    const second = await stopped('bob', 1800, first.folder);
    const third = await collectPart({ person: 'cem', resume: second.folder });
    expect(third.collected.stopped).toBeNull();
    expect(third.asked).not.toContain('POST /getAlternateContact');

    const { manifest } = await openEvidence(third.folder);
    expect(manifest).toEqual(third.collected.manifest);
    expect(manifest.startedAt).toBe(first.collected.manifest.startedAt);
    expect(manifest.redactions).toMatchObject({
      'AlternateContact.EmailAddress': 3,
      'AlternateContact.Name': 3,
    });
    expect(manifest.ownTraces.calls).toBe(first.calls + second.calls + third.calls);
    expect(manifest.ownTraces.sessions).toEqual(['ann', 'bob', 'cem'].map(callerOf));
    expect(Math.abs(manifest.clockSkewSeconds)).toBeGreaterThanOrEqual(3599);
    expect(manifest.parts).toMatchObject([
      {
        ended: true,
        callerArn: callerOf('ann'),
        calls: first.calls,
        digest: (await openEvidence(first.folder)).digest,
      },
      {
        ended: true,
        callerArn: callerOf('bob'),
        calls: second.calls,
        digest: (await openEvidence(second.folder)).digest,
      },
      { ended: true, callerArn: callerOf('cem'), calls: third.calls, digest: null },
    ]);

    const page = readFileSync(join(third.folder, 'custody.md'), 'utf8');
    expect(page).toContain(`${['ann', 'bob', 'cem'].map(callerOf).join(', ')}`);
    expect(page).toContain(`${manifest.startedAt} to ${manifest.asOf}`);
    expect(page).toMatch(/Part 1 \(UTC\)[^\n]*ann[^\n]*manifest SHA-256 [0-9a-f]{64}/);
    expect(page).toMatch(/Part 3 \(UTC\)/);
    expect(page).toMatch(/accounts\/111122223333\.ndjson\.gz[^\n]*read by an earlier part of the collection/);
    expect(page).not.toMatch(/at least|did not end/);
    const run: unknown = JSON.parse(readFileSync(join(third.folder, 'run.json'), 'utf8'));
    expect(run).toMatchObject({ calls: third.calls });

    const report = await verifyBundle(third.folder, null);
    expect(report).toMatchObject({ kind: 'run', problems: [], chain: { calls: third.calls } });
    expect(bundleExitCode(report)).toBe(0);
  });

  test('says that its counts are the least where a part was killed', async () => {
    const left = await killed('dan');
    const before = await openEvidence(left);
    expect(before.manifest).toMatchObject({
      parts: [{ ended: false, digest: null }],
      redactions: { 'AlternateContact.EmailAddress': 3, 'AlternateContact.Name': 3 },
    });
    const broken = await verifyBundle(left, null);
    expect(broken).toMatchObject({ kind: 'unsealed-run', problems: [] });
    expect(bundleExitCode(broken)).toBe(2);
    expect(bundleText(left, broken)).toContain('the run did not end');

    const resumed = await collectPart({ person: 'eve', resume: left });
    const { manifest } = resumed.collected;
    expect(manifest.parts).toMatchObject([
      { ended: false, callerArn: callerOf('dan'), digest: before.digest },
      { ended: true, callerArn: callerOf('eve') },
    ]);
    expect(manifest.startedAt).toBe(before.manifest.startedAt);
    expect(manifest.ownTraces.calls).toBe(before.manifest.ownTraces.calls + resumed.calls);
    const page = readFileSync(join(resumed.folder, 'custody.md'), 'utf8');
    expect(page).toMatch(
      /Part 1 \(UTC\)[^\n]*when it was last heard of: it did not end[^\n]*at least \d+ calls/,
    );
    expect(page).toMatch(/differed by up to [^\n]* as far as it is known/);
    expect(bundleExitCode(await verifyBundle(resumed.folder, null))).toBe(0);
  });

  test('is not complete where an earlier part could not see something: its ledger is elsewhere', async () => {
    const first = await collectPart({
      person: 'hal',
      answers: { 'POST /getAlternateContact': jsonError('AccessDeniedException', 'no', 403) },
      onAccount: (_folder, stop) => stop(),
    });
    const { collected, asked } = await collectPart({
      person: 'ida',
      resume: first.folder,
      answers: closingAnswer,
    });
    expect(asked).not.toContain('POST /getAlternateContact');
    expect(collected.stopped).toBeNull();
    expect(collected.ledger.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'absent')).toEqual([]);
    expect(collected.incomplete).toBe(1);
    expect(unseenOf(collected)).toBe(1);
  });

  test('nor is one of a single part, where a call succeeds and what it answers cannot be understood', async () => {
    const whole = await collectPart({ person: 'jan', answers: closingAnswer });
    expect(unseenOf(whole.collected)).toBe(0);
    const { collected } = await collectPart({
      person: 'kim',
      answers: {
        ...closingAnswer,
        'POST /getAlternateContact': jsonAnswer({ AlternateContact: { Name: 'A' } }),
      },
    });
    expect(collected.ledger.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'absent')).toEqual([]);
    expect(unseenOf(collected)).toBe(1);
  });

  test('does not hide that the ledger lists other calls than the last part made', async () => {
    const first = await stopped('fay', 0);
    const { folder, calls } = await collectPart({ person: 'gil', resume: first.folder });
    rmSync(join(folder, 'SHA256SUMS'));
    const all = first.calls + calls;
    writeFileSync(join(folder, 'coverage.ndjson'), `{"operation":"iam:ListUsers","calls":${all}}\n`);
    expect((await verifyBundle(folder, null)).problems).toEqual([
      `coverage.ndjson: lists ${all} calls, the manifest counts ${calls}`,
    ]);
  });
});

describe('what the parts did together', () => {
  test('is added up; the larger difference of the clocks, the note of an emulator and the gaps stay', () => {
    const gap: Gap = {
      reason: 'access-denied',
      operation: 'account:ListRegions',
      unit: accountUnit('aws', account),
      detail: 'no',
      retryable: false,
    };
    const manifest: EvidenceManifest = {
      ...manifestFacts({
        redactions: { Email: 2, Name: 1 },
        clockSkewSeconds: -7,
        banner: 'not AWS',
        gaps: [gap],
      }),
      shards: [],
    };
    const own = manifestFacts({ redactions: { Body: 5, Email: 4 }, clockSkewSeconds: 3, asOf: 'later' });
    const earlier = { evidence: { manifest, digest: 'd' }, gaps: [gap] };
    const whole = wholeCollection(own, true, earlier);
    expect(whole).toMatchObject({
      asOf: 'later',
      redactions: { Body: 5, Email: 6, Name: 1 },
      clockSkewSeconds: -7,
      banner: 'not AWS',
      gaps: [gap],
    });
    expect(wholeCollection({ ...own, gaps: [gap] }, true, earlier).gaps).toEqual([gap]);
    expect(wholeCollection(own, true, null)).toBe(own);
  });
});

describe('what is taken over', () => {
  const unit = accountUnit('aws', account);
  const regions = [
    { name: 'us-east-1', status: 'ENABLED_BY_DEFAULT' },
    { name: 'eu-central-1', status: 'ENABLED' },
    { name: 'af-south-1', status: 'DISABLED' },
  ];

  function gap(operation: string, accountId: string | null): Gap {
    return {
      reason: 'access-denied',
      operation,
      unit: accountId === null ? organizationUnit('aws') : accountUnit('aws', accountId),
      detail: 'no',
      retryable: false,
    };
  }

  async function taken(asked: Partial<Asked>, change: Partial<EvidenceManifest>) {
    serial += 1;
    const from = join(work, `from-${serial}`);
    const earlier = createEvidenceWriter(from);
    for (const [key, value] of [
      ['account.regions', regions],
      ['iam.access-keys', []],
    ] as const) {
      await earlier.put({ key, unit, observation: observed(value, [], evidenceTime, []) });
    }
    await earlier.closeAccount(account);
    await earlier.finish(manifestFacts({ keys: { 'account.regions': 1, 'iam.access-keys': 1 }, ...change }));
    const to = join(work, `to-${serial}`);
    const writer = createEvidenceWriter(to);
    const result = await takeOver(from, writer, {
      keys: ['account.regions', 'iam.access-keys'],
      regions: 'all',
      ...asked,
    });
    await writer.finish(manifestFacts());
    return { result, observations: (await verifyEvidence(to)).observations };
  }

  function sweptIn(...names: readonly string[]): Partial<EvidenceManifest> {
    return {
      accounts: [
        { accountId: account, name: null, inScope: true, swept: true, reason: null, regions: names },
      ],
    };
  }

  test('is an account that was read in every region that is asked for now', async () => {
    const whole = await taken({}, sweptIn('eu-central-1', 'us-east-1'));
    expect([...whole.result.accounts.keys()]).toEqual([account]);
    expect(whole.observations).toBe(2);
    const narrow = await taken({}, sweptIn('us-east-1'));
    expect([...narrow.result.accounts.keys()]).toEqual([]);
    expect(narrow.observations).toBe(0);
    const asked = await taken({ regions: ['us-east-1', 'af-south-1'] }, sweptIn('us-east-1'));
    expect([...asked.result.accounts.keys()]).toEqual([account]);
  });

  test('is nothing where fewer facts were asked for', async () => {
    const { result } = await taken(
      { keys: ['account.regions', 'lambda.functions'] },
      sweptIn('eu-central-1', 'us-east-1'),
    );
    expect([...result.accounts.keys()]).toEqual([]);
    expect(result.gaps).toEqual([]);
  });

  test('brings with it what could not be seen of its scope, which nobody asks for again', async () => {
    const kept = [gap('account:ListRegions', account), gap('account.regions', null)];
    const asked = [gap('sts:AssumeRole', '444455556666'), gap('organizations:ListAccounts', null)];
    const { result } = await taken(
      {},
      { ...sweptIn('eu-central-1', 'us-east-1'), gaps: [...kept, ...asked] },
    );
    expect(result.gaps).toEqual(kept);
  });
});
