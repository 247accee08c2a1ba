import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createEvidenceWriter } from '../../../src/evidence/write-evidence.ts';
import { readBaseline } from '../../../src/input/baseline.ts';
import { type GivenOptions, runOptionsSchema } from '../../../src/input/run-options.ts';
import type { EvidenceManifest, StoredObservation } from '../../../src/model/evidence-manifest.ts';
import type { Gap } from '../../../src/model/gap.ts';
import { missing, observed } from '../../../src/model/observation.ts';
import { accountUnit, organizationUnit, type ScopeUnit } from '../../../src/model/scope.ts';
import { audit } from '../../../src/pipeline/audit.ts';
import { type BaselineRequest, baseline } from '../../../src/pipeline/baseline.ts';
import { buildOrganizationAccount } from '../../../src/testing/builders/account.ts';
import { buildAuthorizationDetails, buildRole } from '../../../src/testing/builders/iam.ts';

const management = '111122223333';
const member = '444455556666';
const asOf = '2026-11-04T00:00:00.000Z';
const later = '2026-11-11T00:00:00.000Z';
const organization = organizationUnit('aws');

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'afterleak-baseline-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

interface World {
  readonly at?: string;
  readonly roles?: readonly string[];
  readonly services?: readonly string[];
  readonly denied?: boolean;
  readonly memberRefuses?: boolean;
}

/** A small organization: trusted services and two accounts with roles. */
async function evidenceOf(name: string, world: World = {}): Promise<string> {
  const { at = asOf, roles = ['deploy', 'audit'], services = ['guardduty.amazonaws.com'] } = world;
  const folder = join(directory, name);
  const writer = createEvidenceWriter(folder);
  const put = (key: StoredObservation['key'], unit: ScopeUnit, value: unknown) =>
    writer.put({ key, unit, observation: observed(value, [], at, []) });
  const accounts = [management, member].map((id) =>
    buildOrganizationAccount({
      id,
      arn: `arn:aws:organizations::${management}:account/o-exampleorgid/${id}`,
    }),
  );
  await put('organizations.accounts', organization, accounts);
  await put(
    'organizations.trusted-services',
    organization,
    services.map((servicePrincipal) => ({ servicePrincipal, enabledAt: '2025-01-01T00:00:00.000Z' })),
  );
  const unit = accountUnit('aws', management);
  const gap: Gap = {
    reason: 'access-denied',
    operation: 'iam:GetAccountAuthorizationDetails',
    permission: 'iam:GetAccountAuthorizationDetails',
    unit,
    detail: 'refused',
    retryable: false,
  };
  await (world.denied
    ? writer.put({ key: 'iam.authorization-details', unit, observation: missing(gap) })
    : put(
        'iam.authorization-details',
        unit,
        buildAuthorizationDetails({ roles: roles.map((role) => buildRole({ name: role })) }),
      ));
  await writer.closeAccount(management);
  if (world.memberRefuses !== true) {
    await put('iam.authorization-details', accountUnit('aws', member), buildAuthorizationDetails({}));
    await writer.closeAccount(member);
  }
  const swept = (accountId: string, entered: boolean) => ({
    accountId,
    name: null,
    inScope: true,
    swept: entered,
    reason: entered ? null : 'the role refused',
    regions: [],
  });
  const facts: Omit<EvidenceManifest, 'shards'> = {
    schemaVersion: 1,
    tool: { name: 'afterleak', version: '0.1.0' },
    asOf: at,
    startedAt: at,
    partition: 'aws',
    callerArn: `arn:aws:iam::${management}:role/Audit`,
    callerAccountId: management,
    organizationId: 'o-exampleorgid',
    managementAccountId: management,
    organizationInScope: true,
    ofAccounts: 2,
    accounts: [swept(management, true), swept(member, world.memberRefuses !== true)],
    gaps: [],
    keys: {
      'organizations.accounts': 1,
      'organizations.trusted-services': 1,
      'iam.authorization-details': 1,
    },
    banner: null,
    ownTraces: { sessions: [], userAgent: 'afterleak/0.1.0', calls: 3 },
    redactions: {},
    clockSkewSeconds: 0,
  };
  await writer.finish(facts);
  return folder;
}

const optionsOf = (given: GivenOptions = {}) => runOptionsSchema.parse(given);

const write = (evidence: string, more: Partial<BaselineRequest> = {}) =>
  baseline({ evidence, options: optionsOf(), update: null, dropGone: false, ...more });

async function save(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

/** As a reviewer does it: a name at every entry. */
const review = (text: string): string =>
  text
    .replaceAll('reviewedBy: null', 'reviewedBy: reviewer')
    .replaceAll('reviewedAt: null', `reviewedAt: ${later}`);

const auditWith = async (evidence: string, path: string) =>
  audit(evidence, optionsOf({ baseline: path, checks: 'leftover-admins/admin-role' }));

const missingOf = async (evidence: string, path: string) => {
  const result = await auditWith(evidence, path);
  return {
    outcomes: result.results
      .filter(({ check }) => check === 'baseline/missing-resource')
      .map(({ outcome }) => outcome),
    found: result.findings
      .filter(({ check }) => check === 'baseline/missing-resource')
      .map(({ subject }) => subject.arn),
  };
};

describe('the life of a baseline', () => {
  test('written, it counts for nothing; reviewed, everything in it is expected', async () => {
    const evidence = await evidenceOf('first');
    const { text, unreviewed, baseline: written } = await write(evidence);
    expect([written.expected.length, unreviewed]).toEqual([5, 5]);
    expect(await missingOf(evidence, await save('raw.yaml', text))).toEqual({
      outcomes: ['not-applicable'],
      found: [],
    });
    const reviewed = await save('b.yaml', review(text));
    expect(await missingOf(evidence, reviewed)).toMatchObject({ found: [] });
    expect((await missingOf(evidence, reviewed)).outcomes).toEqual(['pass']);
    const lost = await evidenceOf('second', { at: later, roles: ['audit'], services: [] });
    expect(await missingOf(lost, reviewed)).toEqual({
      outcomes: expect.arrayContaining(['fail']),
      found: expect.arrayContaining([`arn:aws:iam::${management}:role/deploy`, 'guardduty.amazonaws.com']),
    });
  });

  test('renewed, reviews of unchanged entries stay', async () => {
    const { text } = await write(await evidenceOf('first'));
    const update = await save('b.yaml', review(text));
    const now = await evidenceOf('second', { at: later, roles: ['audit', 'new'] });
    const outcome = await write(now, { update });
    expect(outcome.difference).toBe(
      [
        `- iam-role arn:aws:iam::${management}:role/deploy: does not exist; its entry stays, so that audits go on missing it`,
        `+ iam-role arn:aws:iam::${management}:role/new: not reviewed yet`,
        '1 gone, 1 added, 4 unchanged.',
      ].join('\n'),
    );
    const renewed = await readBaseline(await save('renewed.yaml', outcome.text));
    expect(renewed.capturedAt).toBe(later);
    expect(renewed.expected.filter(({ reviewedBy }) => reviewedBy === null).map(({ id }) => id)).toEqual([
      `arn:aws:iam::${management}:role/new`,
    ]);
    expect((await write(now, { update, dropGone: true })).baseline.expected).toHaveLength(5);
  });

  test('what could not be seen is named, stays expected, and is never called gone', async () => {
    const { text } = await write(await evidenceOf('first'));
    const update = await save('b.yaml', review(text));
    const blind = await evidenceOf('blind', { at: later, denied: true });
    const outcome = await write(blind, { update, dropGone: true });
    expect(outcome.baseline.expected).toHaveLength(5);
    expect(outcome.difference).toMatch(
      /\? iam-role .*deploy: iam:GetAccountAuthorizationDetails: access-denied/,
    );
    expect(outcome.differs).toBe(false);
    expect(outcome.text).toMatch(
      /# Not seen \(\d+\)[\s\S]*iam:GetAccountAuthorizationDetails \(access-denied, needs iam:/,
    );
    expect(await missingOf(blind, update)).toMatchObject({
      outcomes: expect.arrayContaining(['unevaluated']),
      found: [],
    });
  });

  test('an account that could not be entered is named', async () => {
    const { notSeen } = await write(await evidenceOf('refused', { memberRefuses: true }));
    expect(notSeen).toEqual(expect.arrayContaining([`the whole account: the role refused in ${member}`]));
  });
});

describe('what an incident touched', () => {
  test('is left out by the window of the incident, of the options and of the result', async () => {
    const evidence = await evidenceOf('first');
    const made = { since: '2025-01-01T00:00:00Z', until: '2025-01-01T00:00:01Z' };
    const outcome = await write(evidence, { options: optionsOf(made) });
    expect(outcome.text).toMatch(
      /# {3}- trusted-service guardduty\.amazonaws\.com \(made 2025-01-01T00:00:00\.000Z\)/,
    );
    expect(outcome.baseline.expected.map(({ type }) => type)).not.toContain('trusted-service');
    const result = await audit(evidence, optionsOf({ ...made, checks: 'leftover-admins/admin-role' }));
    const path = await save('result.json', JSON.stringify(result));
    expect((await write(evidence, { options: optionsOf({ result: path }) })).leftOut).toBe(1);
  });
});

describe('input that does not belong together', () => {
  test('a baseline captured after the evidence', async () => {
    const { text } = await write(await evidenceOf('late', { at: later }));
    const path = await save('b.yaml', text);
    const evidence = await evidenceOf('first');
    await expect(auditWith(evidence, path)).rejects.toThrow(
      /b\.yaml: capturedAt: .* lies after the evidence/,
    );
    await expect(write(evidence, { update: path })).rejects.toThrow(/lies after the evidence/);
  });

  test('a baseline that names an account outside the organization', async () => {
    const evidence = await evidenceOf('first');
    const path = await save(
      'b.yaml',
      `capturedAt: ${asOf}\nexpected:\n  - {type: iam-role, id: "arn:aws:iam::777788889999:role/x"}\n`,
    );
    await expect(auditWith(evidence, path)).rejects.toThrow(
      /expected\.0\.id: .*777788889999 is not in the organization/,
    );
  });

  test('a result of another organization', async () => {
    const evidence = await evidenceOf('first');
    const result = await audit(evidence, optionsOf({ checks: 'leftover-admins/admin-role' }));
    const path = await save('result.json', JSON.stringify({ ...result, organizationId: 'o-otherorgxx' }));
    await expect(write(evidence, { options: optionsOf({ result: path }) })).rejects.toThrow(
      /organizationId: the result is of o-otherorgxx/,
    );
  });
});
