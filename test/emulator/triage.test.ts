import { CreateDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runOptionsSchema } from '../../src/input/run-options.ts';
import { type TriageResult, triageResultSchema } from '../../src/model/triage-result.ts';
import { triageKey } from '../../src/pipeline/triage.ts';
import { triageText } from '../../src/report/triage-text.ts';
import { type SeededIncident, seedIncident } from './seeds/incident.js';
import { seedInnocentOrganization } from './seeds/innocent-organization.js';
import { DEVELOPMENT_ACCOUNT, type Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './start.js';
import { startCli } from './sweep/support/run-cli.ts';
import { hostFor } from './sweep/support/sweep-bench.ts';

let emulator: Emulator;
let incident: SeededIncident;
let result: TriageResult;

const federatedKey = 'ASIAIOSFODNN7FEDERAT';
const roleKey = 'ASIAIOSFODNN7ROLESES';

interface Told {
  readonly source: string;
  readonly name: string;
  readonly at: string;
  readonly request?: object;
  readonly response?: object;
  readonly key?: string;
  readonly readOnly?: boolean;
  readonly region?: string;
  readonly error?: string;
}

let count = 0;

/** A record as CloudTrail writes it, of the user `deploy` unless another key is named. */
function record(told: Told): Readonly<Record<string, unknown>> {
  count += 1;
  const accessKeyId = told.key ?? incident.leakedAccessKeyId;
  return {
    eventVersion: '1.11',
    eventID: `e0000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    eventTime: told.at,
    eventSource: `${told.source}.amazonaws.com`,
    eventName: told.name,
    awsRegion: told.region ?? 'us-east-1',
    sourceIPAddress: '203.0.113.66',
    userAgent: 'python-requests/2.31',
    readOnly: told.readOnly ?? false,
    recipientAccountId: MANAGEMENT_ACCOUNT,
    requestParameters: told.request ?? null,
    responseElements: told.response ?? null,
    ...(told.error === undefined ? {} : { errorCode: told.error }),
    userIdentity:
      accessKeyId === federatedKey
        ? {
            type: 'FederatedUser',
            arn: incident.federatedUserArn,
            accessKeyId,
            sessionContext: { sessionIssuer: { type: 'IAMUser', arn: incident.leakedPrincipalArn } },
          }
        : { type: 'IAMUser', userName: 'deploy', arn: incident.leakedPrincipalArn, accessKeyId },
  };
}

const recent = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

function events(): readonly Readonly<Record<string, unknown>>[] {
  const member = `arn:aws:iam::${DEVELOPMENT_ACCOUNT}:role/OrganizationAccountAccessRole`;
  return [
    record({ source: 'sts', name: 'GetCallerIdentity', at: recent(120), readOnly: true }),
    record({
      source: 'sts',
      name: 'GetFederationToken',
      at: recent(110),
      request: { name: 'console', durationSeconds: 129600 },
      response: {
        credentials: { accessKeyId: federatedKey, expiration: 'Nov 5, 2026, 9:14:00 PM' },
        federatedUser: { arn: incident.federatedUserArn },
      },
    }),
    record({ source: 'iam', name: 'CreateUser', at: recent(100), request: { userName: 'svc-backup' } }),
    record({
      source: 'iam',
      name: 'CreateAccessKey',
      at: recent(99),
      request: { userName: 'svc-backup' },
      response: { accessKey: { accessKeyId: incident.keys['svc-backup'], userName: 'svc-backup' } },
    }),
    record({
      source: 'sts',
      name: 'AssumeRole',
      at: recent(90),
      readOnly: true,
      request: { roleArn: member, roleSessionName: 'ops' },
      response: { credentials: { accessKeyId: roleKey } },
    }),
    record({ source: 'cloudtrail', name: 'StopLogging', at: recent(80), error: 'AccessDenied' }),
    record({
      source: 'lambda',
      name: 'CreateFunction20150331',
      at: recent(70),
      region: 'eu-central-1',
      request: { functionName: 'health-check' },
      response: { functionArn: incident.endpointFunctionArn },
    }),
    record({ source: 's3', name: 'ListBuckets', at: recent(60), readOnly: true, key: federatedKey }),
  ];
}

const options = () => runOptionsSchema.parse({ endpointUrl: emulator.url, region: 'us-east-1', timeout: 5 });

beforeAll(async () => {
  emulator = await startEmulator();
  const innocent = await seedInnocentOrganization(emulator, { leakableUser: true });
  incident = await seedIncident(emulator, innocent);
  const guardDuty = new GuardDutyClient(emulator.clientOptions(MANAGEMENT_ACCOUNT, 'eu-west-1'));
  await guardDuty.send(new CreateDetectorCommand({ Enable: true }));
  await emulator.setState({
    events: events(),
    findings: [
      {
        AccountId: MANAGEMENT_ACCOUNT,
        Region: 'eu-west-1',
        Id: 'finding-1',
        Arn: `arn:aws:guardduty:eu-west-1:${MANAGEMENT_ACCOUNT}:detector/d/finding/finding-1`,
        SchemaVersion: '2.0',
        Type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller',
        Title: 'API calls from a known malicious address',
        Severity: 5,
        CreatedAt: recent(50),
        UpdatedAt: recent(50),
        Resource: {
          AccessKeyDetails: { AccessKeyId: incident.leakedAccessKeyId, UserName: 'deploy' },
        },
        Service: { Archived: true, Count: 3, EventFirstSeen: recent(55), EventLastSeen: recent(50) },
      },
    ],
  });
  result = await triageKey(incident.leakedAccessKeyId, options(), hostFor(emulator));
}, 120_000);

afterAll(async () => {
  await emulator.stop();
  expect(emulator.complaints()).toBe('');
});

describe('the key of the seeded incident', () => {
  test('is told whose it is, by its digits and by STS', () => {
    expect(triageResultSchema.parse(result)).toEqual(result);
    expect(result.key).toMatchObject({
      status: 'Inactive',
      accountId: MANAGEMENT_ACCOUNT,
      accountIdFromKey: MANAGEMENT_ACCOUNT,
      accountIdFromSts: MANAGEMENT_ACCOUNT,
    });
    expect(result.owner).toMatchObject({
      type: 'iam-user',
      name: 'deploy',
      arn: incident.leakedPrincipalArn,
      exists: true,
      consolePassword: { set: false },
    });
    expect(result.organization).toMatchObject({ managementAccountId: MANAGEMENT_ACCOUNT, ownsAccount: true });
  });

  test('is told what it may do and where it can go', () => {
    expect(result.power?.administrator).toBe('yes');
    expect(result.reach.byName?.roleNames).toContain('OrganizationAccountAccessRole');
    expect(result.reach.byName?.accounts.map(({ accountId }) => accountId)).toContain(DEVELOPMENT_ACCOUNT);
    expect(result.reach.seen.map(({ accountId }) => accountId)).toEqual([DEVELOPMENT_ACCOUNT]);
  });

  test('is told what it did in every region, attempts apart', () => {
    expect(result.activity).toMatchObject({ events: 7, errors: 1, writes: 5 });
    expect(result.activity?.regions.map(({ value }) => value).sort()).toEqual(['eu-central-1', 'us-east-1']);
    expect(result.activity?.writesByService.map(({ service }) => service)).toEqual(['iam', 'lambda', 'sts']);
    expect(result.created.map(({ action }) => action)).toEqual(['iam:CreateUser', 'lambda:CreateFunction']);
  });

  test('is told what it minted, until when that can live, and whether it was used', () => {
    expect(
      result.minted.map(({ kind, credential, alive, calls }) => ({ kind, credential, alive, calls })),
    ).toEqual([
      { kind: 'session', credential: federatedKey, alive: true, calls: 1 },
      { kind: 'access-key', credential: incident.keys['svc-backup'], alive: true, calls: 0 },
      { kind: 'session', credential: roleKey, alive: false, calls: 0 },
    ]);
    const [federation] = result.minted;
    expect(Date.parse(federation?.expiresAt ?? '') - Date.parse(federation?.at ?? '')).toBe(129_600_000);
  });

  test('is told what GuardDuty saw, although it was archived', () => {
    expect(result.guardDuty).toMatchObject([{ id: 'finding-1', region: 'eu-west-1', archived: true }]);
  });

  test('gets the procedure of the management account, and commands for the owner and what it made', () => {
    expect(result.contain[0]?.title).toContain('no service control policy works here');
    const commands = result.contain.flatMap(({ commands: written }) => written);
    expect(commands.some((command) => command.includes("put-user-policy --user-name='deploy'"))).toBe(true);
    expect(commands.some((command) => command.includes("--user-name='svc-backup'"))).toBe(true);
    expect(commands.filter((command) => command.includes('delete'))).toEqual([]);
  });

  test('the verdict counts what was not seen: what the role session did in the member account', () => {
    expect(result.gaps.map(({ unit, operation }) => `${unit} ${operation}`)).toEqual([
      `${DEVELOPMENT_ACCOUNT} cloudtrail:LookupEvents`,
    ]);
    expect(result.verdict).toMatchObject({ exitCode: 2, actionNeeded: true });
    const [first] = triageText(result).split('\n');
    expect(first).toMatch(
      /^AKIA\w+ is inactive, belongs to user deploy of 111122223333 \(management account\), is an administrator, made 5 successful writes since .* minted 1 session that can live until .* and 1 credential that never ends/,
    );
  });

  test('only reads are sent, within the time', async () => {
    const log = await emulator.layerLog();
    expect(log.filter(({ status }) => status >= 500)).toEqual([]);
    expect(result.timing.elapsedMilliseconds).toBeLessThan(30_000);
  });
});

describe('trouble', () => {
  test('what is refused is a gap, and the rest is told', async () => {
    await emulator.setFaults([
      { kind: 'deny', service: 'iam', operation: 'GetAccountAuthorizationDetails' },
      { kind: 'deny', service: 'cloudtrail', operation: 'LookupEvents', region: 'eu-west-1' },
    ]);
    const blind = await triageKey(incident.leakedAccessKeyId, options(), hostFor(emulator));
    await emulator.clearFaults();
    expect(blind.power).toBeNull();
    expect(blind.owner).toMatchObject({ name: 'deploy', exists: null });
    expect(blind.activity?.events).toBe(7);
    expect(blind.gaps.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['iam:GetAccountAuthorizationDetails', 'cloudtrail:LookupEvents']),
    );
    expect(blind.verdict.line).toContain('has power that could not be seen');
    expect(blind.verdict.exitCode).toBe(2);
  });

  test('a region that never answers does not hold up the answer: the wall does', async () => {
    await emulator.setFaults([{ kind: 'hang', service: 'cloudtrail', region: 'eu-central-1' }]);
    const started = Date.now();
    const walled = await triageKey(incident.leakedAccessKeyId, options(), hostFor(emulator), {
      wallMilliseconds: 3000,
    });
    await emulator.clearFaults();
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(walled.activity?.events).toBe(6);
    expect(walled.owner.name).toBe('deploy');
    expect(walled.gaps.map(({ unit, reason }) => `${unit} ${reason}`)).toContain(
      `${MANAGEMENT_ACCOUNT}/eu-central-1 aborted`,
    );
  }, 20_000);

  test('a key of an account that cannot be entered is told by its digits', async () => {
    const foreign = await triageKey(
      incident.leakedAccessKeyId,
      options(),
      hostFor(emulator, DEVELOPMENT_ACCOUNT),
    );
    expect(foreign.key).toMatchObject({ accountId: MANAGEMENT_ACCOUNT, status: 'unknown' });
    expect(foreign.activity).toBeNull();
    expect(foreign.verdict.exitCode).toBe(2);
    expect(foreign.gaps.some(({ detail }) => detail.includes('--role-name'))).toBe(true);
  });
});

describe('the command', () => {
  const credentials = () => {
    const { accessKeyId, secretAccessKey } = emulator.credentialsFor(MANAGEMENT_ACCOUNT);
    return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  };
  const place = () => ['--endpoint-url', emulator.url, '--region', 'us-east-1'];

  test('prints the verdict first, progress on stderr, and leaves with its exit code', async () => {
    const { ended } = startCli(['triage', incident.leakedAccessKeyId, ...place()], credentials());
    const { stdout, stderr, exitCode } = await ended;
    expect(stdout.split('\n')[0]).toContain(
      `${incident.leakedAccessKeyId} is inactive, belongs to user deploy`,
    );
    expect(stdout).toContain('Contain (afterleak runs none of this');
    expect(stderr).toContain('asking whose');
    expect(stderr).toContain('exit 2');
    expect(exitCode).toBe(2);
  }, 30_000);

  test('prints the result as JSON', async () => {
    const { ended } = startCli(['triage', incident.leakedAccessKeyId, ...place(), '--json'], credentials());
    const { stdout } = await ended;
    expect(triageResultSchema.parse(JSON.parse(stdout)).owner.name).toBe('deploy');
  }, 30_000);

  test('says what is wrong with an id that is no key, without a call', async () => {
    await emulator.clearLog();
    const { ended } = startCli(['triage', 'AIDAIOSFODNN7EXAMPLE', ...place()], credentials());
    const { stderr, exitCode } = await ended;
    expect(stderr).toContain('the id of an IAM user');
    expect(exitCode).toBe(3);
    expect(await emulator.layerLog()).toEqual([]);
  }, 30_000);

  test.each(['triage', 'trace'])(
    'permissions --for %s prints what it needs',
    async (purpose) => {
      const { ended } = startCli(['permissions', '--for', purpose], {});
      const { stdout, exitCode } = await ended;
      expect(exitCode).toBe(0);
      expect(stdout).toContain('cloudtrail:LookupEvents');
      expect(stdout.includes('sts:GetAccessKeyInfo')).toBe(purpose === 'triage');
    },
    30_000,
  );
});
