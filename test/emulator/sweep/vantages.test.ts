import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OrganizationsClient, RegisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadCollectors } from '../../../src/collect/load-collectors.ts';
import { type PolicyRole, policiesFor } from '../../../src/collect/permissions.ts';
import type { GivenOptions } from '../../../src/input/run-options.ts';
import { seedInnocentOrganization } from '../seeds/innocent-organization.js';
import {
  DEVELOPMENT_ACCOUNT,
  type Emulator,
  MANAGEMENT_ACCOUNT,
  PRODUCTION_ACCOUNT,
  SECURITY_ACCOUNT,
  startEmulator,
} from '../start.js';
import { actionOf } from './support/action-of.ts';
import { outcomes } from './support/steady-result.ts';
import { type Bench, createBench, hostFor, type SweepRun } from './support/sweep-bench.ts';

const asOf = '2027-01-01T00:00:00Z';
const managementRoleArn = `arn:aws:iam::${MANAGEMENT_ACCOUNT}:role/SecurityAudit`;

let emulator: Emulator;
let bench: Bench;
let fromManagement: SweepRun;

beforeAll(async () => {
  emulator = await startEmulator();
  bench = createBench(emulator);
  await seedInnocentOrganization(emulator, { leakableUser: true });
  fromManagement = await bench.sweep({ asOf });
}, 120_000);

afterAll(async () => {
  await bench.dispose();
  await emulator.stop();
  expect(emulator.complaints()).toBe('');
});

const sweepFrom = (accountId: string, given: GivenOptions = {}): Promise<SweepRun> => {
  const { credentials } = hostFor(emulator, accountId);
  return bench.sweep({ asOf, ...given }, credentials === undefined ? {} : { credentials });
};

const report = (run: SweepRun, file: 'report.md' | 'report.html'): Promise<string> =>
  readFile(join(run.directory, file), 'utf8');

const expectLoudlyUnswept = async (run: SweepRun): Promise<void> => {
  expect(run.verdict.exitCode).toBe(2);
  expect(run.result.scope.managementAccountSwept).toBe(false);
  expect(run.result.scope.accounts).not.toContain(MANAGEMENT_ACCOUNT);
  expect(run.result.managementAccountId).toBe(MANAGEMENT_ACCOUNT);
  const { notSwept, gaps } = run.result.coverage;
  expect(notSwept.find(({ accountId }) => accountId === MANAGEMENT_ACCOUNT)?.reason).toContain(
    '--management-role-arn',
  );
  expect(gaps.some(({ unit }) => unit === MANAGEMENT_ACCOUNT)).toBe(true);
  const ofManagement = [...outcomes(run.result)].filter(([unit]) => unit.includes(` ${MANAGEMENT_ACCOUNT}`));
  expect(ofManagement.length).toBeGreaterThan(20);
  expect(ofManagement.filter(([, outcome]) => outcome === 'pass')).toEqual([]);
  for (const file of ['report.md', 'report.html'] as const) {
    expect(await report(run, file)).toContain('The management account was not swept');
  }
};

describe('a delegated administrator', () => {
  test('without a role in the management account: everything else is swept, and the hole is loud', async () => {
    const run = await sweepFrom(SECURITY_ACCOUNT);
    await expectLoudlyUnswept(run);
    expect(run.result.scope).toMatchObject({
      accounts: [SECURITY_ACCOUNT, PRODUCTION_ACCOUNT, DEVELOPMENT_ACCOUNT],
      ofAccounts: 4,
      organizationInScope: true,
    });
    const known = outcomes(fromManagement.result);
    const inMembers = [...outcomes(run.result)].filter(([unit]) =>
      [SECURITY_ACCOUNT, PRODUCTION_ACCOUNT, DEVELOPMENT_ACCOUNT].some((id) => unit.includes(` ${id}`)),
    );
    const worse = inMembers.filter(([unit, outcome]) => known.get(unit) !== outcome);
    expect(inMembers.length).toBeGreaterThan(100);
    expect(worse.filter(([, outcome]) => outcome !== 'unevaluated')).toEqual([]);
    const better = [...outcomes(run.result)].filter(
      ([unit, outcome]) => outcome === 'pass' && known.get(unit) !== 'pass',
    );
    expect(better).toEqual([]);
  }, 60_000);

  test('with a role in the management account: it sees what the management account sees', async () => {
    const run = await sweepFrom(SECURITY_ACCOUNT, { managementRoleArn });
    expect(run.result.scope).toEqual(fromManagement.result.scope);
    expect(run.result.coverage.gaps).toEqual([]);
    expect([...outcomes(run.result)]).toEqual([...outcomes(fromManagement.result)]);
    // Each leaves out the role that it runs as itself, and names it instead.
    const seen = ({ result }: SweepRun) =>
      [
        ...result.findings.map(({ check, subject }) => `${check} ${subject.arn}`),
        ...result.coverage.ownTraces.excludedFindings.map(({ check, arn }) => `${check} ${arn}`),
      ].sort();
    expect(seen(run)).toEqual(seen(fromManagement));
  }, 60_000);

  test('with a role that refuses: the hole is loud again', async () => {
    await emulator.setState({ assumeRoleRefused: [managementRoleArn] });
    const run = await sweepFrom(SECURITY_ACCOUNT, { managementRoleArn });
    await emulator.setState({ assumeRoleRefused: [] });
    await expectLoudlyUnswept(run);
  }, 60_000);

  test('of Identity Center reads Identity Center itself, under the policy made for it', async () => {
    await new OrganizationsClient(emulator.clientOptions(MANAGEMENT_ACCOUNT)).send(
      new RegisterDelegatedAdministratorCommand({
        AccountId: SECURITY_ACCOUNT,
        ServicePrincipal: 'sso.amazonaws.com',
      }),
    );
    const run = await sweepFrom(SECURITY_ACCOUNT);
    const blind = run.result.coverage.gaps.filter(
      ({ unit, operation }) =>
        unit === 'organization' && /^(?:sso-admin|identitystore|identity-)/.test(operation),
    );
    expect(blind).toEqual([]);
    const collectors = await loadCollectors();
    const roles: readonly PolicyRole[] = ['caller', 'delegated-administrator'];
    const allowed = new Set(
      roles
        .flatMap((role) => policiesFor(role, collectors, { partition: 'aws', roleNames: ['SecurityAudit'] }))
        .flatMap(({ document }) => document.Statement.flatMap(({ Action }) => Action)),
    );
    const own = run.log.filter(
      ({ caller, status }) => caller.includes(`::${SECURITY_ACCOUNT}:`) && status < 300,
    );
    const asked = [...new Set(own.map((line) => actionOf(line, collectors)))].sort();
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.filter((action) => !allowed.has(action))).toEqual([]);
  }, 60_000);
});

describe('other callers', () => {
  test('a member that may not list accounts sweeps itself and says what it cannot see', async () => {
    const run = await sweepFrom(DEVELOPMENT_ACCOUNT);
    await expectLoudlyUnswept(run);
    expect(run.result.scope).toMatchObject({ accounts: [DEVELOPMENT_ACCOUNT], ofAccounts: null });
  }, 60_000);

  test('one account alone says that it is 1 of 4', async () => {
    const run = await sweepFrom(MANAGEMENT_ACCOUNT, { org: false });
    expect(run.result.scope).toMatchObject({ accounts: [MANAGEMENT_ACCOUNT], ofAccounts: 4 });
    expect(await report(run, 'report.md')).toContain('1 of 4 accounts');
  }, 60_000);

  test('accounts left out on purpose are named and are no gap', async () => {
    const run = await sweepFrom(MANAGEMENT_ACCOUNT, { excludeAccounts: [DEVELOPMENT_ACCOUNT] });
    expect(run.result.coverage.notSwept).toEqual([
      { accountId: DEVELOPMENT_ACCOUNT, reason: 'excluded by --exclude-accounts' },
    ]);
    expect(run.result.coverage.gaps).toEqual([]);
    expect(run.verdict.incomplete).toBe(0);
  }, 60_000);
});
