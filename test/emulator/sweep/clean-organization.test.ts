import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type InnocentOrganization, seedInnocentOrganization } from '../seeds/innocent-organization.js';
import {
  DEVELOPMENT_ACCOUNT,
  type Emulator,
  type LogLine,
  MANAGEMENT_ACCOUNT,
  PRODUCTION_ACCOUNT,
  SECURITY_ACCOUNT,
  startEmulator,
} from '../start.js';
import { alarms, describeFinding } from './support/describe-finding.ts';
import { minimumCalls, type OrganizationNumbers } from './support/minimum-calls.ts';
import { storedValue } from './support/stored-value.ts';
import { type Bench, createBench, type SweepRun } from './support/sweep-bench.ts';

const laterWindow = { since: '2026-11-03T09:10:00Z', until: '2026-11-03T11:40:00Z' };
const homeRegion = 'us-east-1';

let emulator: Emulator;
let bench: Bench;
let innocent: InnocentOrganization;
let run: SweepRun;

beforeAll(async () => {
  emulator = await startEmulator();
  bench = createBench(emulator);
  innocent = await seedInnocentOrganization(emulator);
  run = await bench.sweep();
}, 120_000);

afterAll(async () => {
  await bench.dispose();
  await emulator.stop();
  expect(emulator.complaints()).toBe('');
});

describe('a clean organization, swept without baseline', () => {
  test('is seen whole', () => {
    expect(run.result.coverage.gaps).toEqual([]);
    expect(run.result.scope.accounts).toEqual([
      MANAGEMENT_ACCOUNT,
      SECURITY_ACCOUNT,
      PRODUCTION_ACCOUNT,
      DEVELOPMENT_ACCOUNT,
    ]);
    expect(run.result.scope).toMatchObject({
      ofAccounts: 4,
      organizationInScope: true,
      managementAccountSwept: true,
    });
    const unseen = run.result.results.filter(
      ({ outcome }) => outcome === 'unevaluated' || outcome === 'error',
    );
    expect(unseen).toEqual([]);
    expect(run.verdict.incomplete).toBe(0);
    expect(run.collected.stopped).toBeNull();
  });

  test('accuses nobody: no residue and no tampering at high or above', () => {
    expect(alarms(run.result).map(describeFinding)).toEqual([]);
  });

  test('accuses nobody with the window of an incident that came later either', async () => {
    const result = await bench.audit(run.evidence, laterWindow);
    expect(result.incident).not.toBeNull();
    expect(alarms(result).map(describeFinding)).toEqual([]);
  });

  test('holds the innocent look-alikes of what an intruder leaves', async () => {
    const { vendorRoleArn, ciRoleArn, restApiId, httpApiId } = innocent;
    const inProduction = `arn:aws:iam::${PRODUCTION_ACCOUNT}:role`;
    const role = (arn: string, fields: object = {}) => expect.objectContaining({ arn, ...fields });
    const trusting = (text: string) => ({ trustPolicy: expect.stringContaining(text) });
    expect(await storedValue(run.evidence, 'iam.authorization-details', PRODUCTION_ACCOUNT)).toMatchObject({
      roles: expect.arrayContaining([
        role(`${inProduction}/break-glass`),
        role(`${inProduction}/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`),
        role(ciRoleArn, trusting('repo:corp-example/platform:environment:production')),
        role(`${inProduction}/cdk-hnb659fds-cfn-exec-role-${PRODUCTION_ACCOUNT}-us-east-1`),
        role(`${inProduction}/cdk-hnb659fds-deploy-role-${PRODUCTION_ACCOUNT}-us-east-1`),
        role(vendorRoleArn, trusting('sts:ExternalId')),
        expect.objectContaining({
          path: '/aws-reserved/sso.amazonaws.com/',
          name: expect.stringMatching(/^AWSReservedSSO_AdministratorAccess_/),
        }),
      ]),
    });
    expect(await storedValue(run.evidence, 'api-gateway.rest-apis', PRODUCTION_ACCOUNT, homeRegion)).toEqual([
      expect.objectContaining({
        id: restApiId,
        endpointTypes: ['REGIONAL'],
        routes: [expect.objectContaining({ authorizationType: 'CUSTOM', authorizerId: expect.any(String) })],
      }),
    ]);
    expect(await storedValue(run.evidence, 'api-gateway.http-apis', PRODUCTION_ACCOUNT, homeRegion)).toEqual([
      expect.objectContaining({
        id: httpApiId,
        routes: [expect.objectContaining({ authorizationType: 'JWT' })],
      }),
    ]);
  });

  test('names its own traces and never itself as a finding', () => {
    const { ownTraces } = run.result.coverage;
    expect(ownTraces.callerArn).toBe(
      `arn:aws:sts::${MANAGEMENT_ACCOUNT}:assumed-role/IncidentResponder/emulator`,
    );
    expect(ownTraces.sessions).toHaveLength(4);
    expect(ownTraces.calls).toBe(run.log.length);
    const own = ownTraces.sessions.map((arn) => arn.split('/')[1]);
    const accused = run.result.findings.filter(
      ({ subject }) => subject.type === 'iam-role' && own.includes(subject.name),
    );
    expect(accused.map(describeFinding)).toEqual([]);
  });

  test('judged again from the same evidence, the result is the same', async () => {
    expect(await bench.audit(run.evidence)).toEqual(run.result);
  });
});

const seededUsers = [
  { name: 'reader', keys: 2, password: true },
  { name: 'writer', keys: 1, password: false },
  { name: 'visitor', keys: 0, password: true },
] as const;

const seedUsers = async (): Promise<void> => {
  const iam = new IAMClient(emulator.clientOptions(DEVELOPMENT_ACCOUNT));
  await emulator.setClock('2025-06-02T10:00:00Z');
  for (const { name, keys, password } of seededUsers) {
    await iam.send(new CreateUserCommand({ UserName: name }));
    for (let key = 0; key < keys; key += 1) {
      await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    }
    if (password) {
      await iam.send(new CreateLoginProfileCommand({ UserName: name, Password: 'emulator-Only-1!' }));
    }
  }
  await emulator.setClock(null);
};

/** As test/emulator/seeds/innocent-organization.js makes them, and the users above. */
const known: OrganizationNumbers = {
  accounts: 4,
  regions: 4,
  users: seededUsers.length,
  usersWithPassword: 2,
  accessKeys: 3,
  samlProviders: 4,
  oidcProviders: 1,
  visibleTrails: 4,
  functions: 3,
  functionVersions: 2,
  layerVersions: 0,
  restApis: 1,
  restStages: 1,
  httpApis: 1,
  httpStagesWithDeployment: 0,
  organizationalUnits: 2,
  enabledPolicyTypes: 2,
  policies: 3,
  delegatedAdministrators: 1,
  permissionSets: 2,
  provisioned: 6,
  groups: 2,
};

const countByOperation = (log: readonly LogLine[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { service, operation } of log) {
    const name = `${service}:${operation}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

test('a known organization costs the minimum of calls, operation by operation', async () => {
  await seedUsers();
  const swept = await bench.sweep();
  const minimum = Object.fromEntries(Object.entries(minimumCalls(known)).filter(([, calls]) => calls > 0));
  const made = countByOperation(swept.log);
  const table = Object.keys({ ...minimum, ...made })
    .sort()
    .map(
      (name) =>
        `${name.padEnd(64)} ${String(minimum[name] ?? 0).padStart(4)} ${String(made[name] ?? 0).padStart(4)}`,
    );
  process.stdout.write(
    `${'operation'.padEnd(64)} need made\n${table.join('\n')}\ntotal ${swept.log.length} calls in ${swept.seconds.toFixed(1)} s\n`,
  );
  expect(made).toEqual(minimum);
}, 60_000);
