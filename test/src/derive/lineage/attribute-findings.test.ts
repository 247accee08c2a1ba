import { describe, expect, test } from '@jest/globals';
import {
  alreadyGone,
  attributeFinding,
  unreportedResources,
} from '../../../../src/derive/lineage/attribute-findings.ts';
import { traceLineage } from '../../../../src/derive/lineage/trace-lineage.ts';
import type { ResourceFact } from '../../../../src/model/evidence/derived.ts';
import { asOf, incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import { account, assumeRole, call, leakedKey, userCaller } from '../../../fixtures/lineage/records.ts';

const deploy = userCaller('deploy', leakedKey);
const userArn = `arn:aws:iam::${account}:user/backdoor`;
const keyId = 'AKIABACKDOOR1EXAMPLE';

const events = [
  call({
    at: '09:00:00',
    id: 'create-user',
    by: deploy,
    action: 'iam:CreateUser',
    request: { userName: 'backdoor' },
    response: { user: { userName: 'backdoor', userId: 'AIDABACKDOOREXAMPLE', arn: userArn } },
  }),
  call({
    at: '09:00:01',
    id: 'create-key',
    by: deploy,
    action: 'iam:CreateAccessKey',
    request: { userName: 'backdoor' },
    response: { accessKey: { userName: 'backdoor', accessKeyId: keyId } },
  }),
  call({
    at: '09:00:02',
    id: 'attach',
    by: deploy,
    action: 'iam:AttachUserPolicy',
    request: { userName: 'backdoor', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  }),
  call({
    at: '09:00:03',
    id: 'tamper',
    by: deploy,
    action: 'cloudtrail:StopLogging',
    request: { name: 'main' },
  }),
  call({
    at: '09:00:04',
    id: 'bucket',
    by: deploy,
    action: 's3:CreateBucket',
    request: { bucketName: 'loot' },
  }),
  call({ at: '09:00:05', id: 'role', by: deploy, action: 'iam:CreateRole', request: { roleName: 'gone' } }),
  call({
    at: '09:00:06',
    id: 'role-gone',
    by: deploy,
    action: 'iam:DeleteRole',
    request: { roleName: 'gone' },
  }),
  assumeRole('09:01:00', deploy, 'Admin', 'x', 'ASIAUNUSED001EXAMPLE', { durationSeconds: 3600 }),
];

const { lineage } = trace(events, incidentOf([leakedKey]));

function fact(arn: string, type: string, name: string, uniqueId: string | null = null): ResourceFact {
  return {
    arn,
    uniqueId,
    type,
    name,
    accountId: account,
    region: null,
    createdAt: null,
    modifiedAt: null,
    changeCoverage: 'none',
    createdBy: null,
    owner: null,
    contentSha256: null,
  };
}

describe('findings and the events behind them', () => {
  test('the making event, else the last change', () => {
    expect(attributeFinding(lineage, { arn: userArn, type: 'iam-user', name: 'backdoor' })).toMatchObject({
      eventId: 'create-user',
      accessKeyId: leakedKey,
    });
    const key = { arn: `${userArn}/access-key/${keyId}`, uniqueId: keyId, type: 'access-key', name: keyId };
    expect(attributeFinding(lineage, key)?.eventId).toBe('create-key');
    const trail = { arn: `arn:aws:cloudtrail:us-east-1:${account}:trail/main`, type: 'trail', name: 'main' };
    expect(attributeFinding(lineage, trail)?.eventId).toBe('tamper');
  });

  test('a namesake made by somebody else is not attributed; neither is what the lineage does not know', () => {
    expect(
      attributeFinding(lineage, {
        arn: userArn,
        uniqueId: 'AIDASOMEBODYEXAMPLE',
        type: 'iam-user',
        name: 'backdoor',
      }),
    ).toBeNull();
    expect(attributeFinding(lineage, { arn: `${userArn}2`, type: 'iam-user', name: 'backdoor2' })).toBeNull();
  });

  test('an IAM path that the event does not tell makes no difference', () => {
    const pathed = {
      arn: `arn:aws:iam::${account}:user/team/backdoor`,
      uniqueId: 'AIDABACKDOOREXAMPLE',
      type: 'iam-user',
      name: 'backdoor',
    };
    expect(attributeFinding(lineage, pathed)?.eventId).toBe('create-user');
  });

  test('made, not deleted, reported by nobody', () => {
    const left = unreportedResources(
      lineage,
      [{ arn: userArn }],
      [fact(userArn, 'iam-user', 'backdoor', 'AIDABACKDOOREXAMPLE')],
    );
    expect(left.map(({ id }) => id)).toEqual([keyId, 'arn:aws:s3:::loot']);
  });

  test('already gone: deleted, replaced, or missing among others of its kind', () => {
    const ids = (existing: readonly ResourceFact[]) =>
      alreadyGone(lineage, existing).map(({ label }) => label);
    expect(ids([])).toEqual(['gone']);
    expect(ids([fact(userArn, 'iam-user', 'backdoor', 'AIDASOMEBODYEXAMPLE')])).toEqual(['gone', 'backdoor']);
    expect(ids([fact(`arn:aws:iam::${account}:user/alice`, 'iam-user', 'alice')])).toEqual([
      'gone',
      'backdoor',
    ]);
  });
});

describe('never used', () => {
  const input = { events, activity: [], incident: incidentOf([leakedKey]), asOf };
  const row = {
    accountId: account,
    region: 'us-east-1',
    from: '2026-11-01T00:00:00Z',
    to: '2026-11-21T11:50:00Z',
    basis: 'digest' as const,
    holes: [],
  };
  const used = (coverage: Parameters<typeof traceLineage>[0]['coverage']) =>
    traceLineage({ ...input, ...(coverage === undefined ? {} : { coverage }) }).lineage.nodes.find(
      ({ id }) => id === 'ASIAUNUSED001EXAMPLE',
    )?.used;

  test('can be said only inside proved coverage without holes', () => {
    expect(used([row])).toBe(false);
    expect(used(undefined)).toBeNull();
    expect(used([{ ...row, basis: 'lookup' }])).toBeNull();
    expect(
      used([
        { ...row, holes: [{ from: '2026-11-03T09:30:00Z', to: '2026-11-03T09:40:00Z', why: 'stopped' }] },
      ]),
    ).toBeNull();
    expect(used([{ ...row, to: '2026-11-03T09:30:00Z' }])).toBeNull();
    expect(
      used([
        { ...row, holes: [{ from: '2026-11-05T00:00:00Z', to: '2026-11-06T00:00:00Z', why: 'stopped' }] },
      ]),
    ).toBe(false);
  });
});
