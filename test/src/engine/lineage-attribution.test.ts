import { describe, expect, test } from '@jest/globals';
import { createExistingThings } from '../../../src/engine/lineage/existing-things.ts';
import { runLineagePhase } from '../../../src/engine/lineage/lineage-phase.ts';
import { indexLineage } from '../../../src/engine/lineage/lineage-proof.ts';
import type { ObservationIndex } from '../../../src/engine/observation-index.ts';
import type { ResultFinding } from '../../../src/model/audit-result.ts';
import type { ResourceFact } from '../../../src/model/evidence/derived.ts';
import type { Subject } from '../../../src/model/finding.ts';
import { membershipSubject } from '../../../src/model/identity-center-subject.ts';
import { accountUnit, organizationUnit, type ScopeUnit } from '../../../src/model/scope.ts';
import type { TraceResult } from '../../../src/model/trace-result.ts';
import { incidentOf, trace } from '../../fixtures/lineage/incidents.ts';
import { account, assumeRole, call, leakedKey, userCaller } from '../../fixtures/lineage/records.ts';
import { buildFinding } from '../../support/result-builder.ts';

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
  call({
    at: '09:00:07',
    id: 'member',
    by: deploy,
    action: 'identitystore:CreateGroupMembership',
    request: { identityStoreId: 'd-1', groupId: 'group-1', memberId: { userId: 'user-1' } },
    response: { membershipId: 'membership-1', identityStoreId: 'd-1' },
  }),
  call({
    at: '09:00:08',
    id: 'console-member',
    by: deploy,
    action: 'sso-directory:AddMemberToGroup',
    request: { identityStoreId: 'd-1', groupId: 'group-1', member: { memberId: 'user-2' } },
  }),
  call({
    at: '09:00:09',
    id: 'short-member',
    by: deploy,
    action: 'identitystore:CreateGroupMembership',
    request: { identityStoreId: 'd-1', groupId: 'group-1', memberId: { userId: 'user-4' } },
    response: { membershipId: 'membership-4', identityStoreId: 'd-1' },
  }),
  call({
    at: '09:00:10',
    id: 'short-member-gone',
    by: deploy,
    action: 'identitystore:DeleteGroupMembership',
    request: { identityStoreId: 'd-1', membershipId: 'membership-4' },
  }),
  assumeRole('09:01:00', deploy, 'Admin', 'x', 'ASIAUNUSED001EXAMPLE', { durationSeconds: 3600 }),
];

const traced = trace(events, incidentOf([leakedKey]));
const index = indexLineage(traced.lineage);

const result: TraceResult = {
  schemaVersion: 1,
  tool: { name: 'afterleak', version: '0.1.0' },
  incident: {},
  sources: [],
  ...traced,
  coverage: [],
  counts: { files: 1, bytes: 1, records: 1, outsideWindow: 0, duplicates: 0, unparsable: 0 },
  gaps: [],
};

function proving(subject: Subject): string | undefined {
  return index.proofOf(subject, null, false)?.provenance[0]?.eventId;
}

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

/** The phase over a unit whose evidence is complete and holds just these things. */
function phase(
  existing: readonly ResourceFact[],
  findings: readonly ResultFinding[] = [],
  unit: ScopeUnit = accountUnit('aws', account),
) {
  const evidence: ObservationIndex = {
    lookup: () => ({
      state: 'complete',
      value: existing,
      asOf: '2026-11-03T12:00:00.000Z',
      provenance: [],
    }),
  };
  const things = createExistingThings();
  things.add(evidence, unit);
  const { alreadyGone, findings: made } = runLineagePhase(index, findings, things, result);
  return {
    gone: alreadyGone.map(({ label }) => label),
    unreported: made.map(({ subject }) => subject.name),
  };
}

describe('findings and the events behind them', () => {
  test('the making event, else the last change', () => {
    expect(proving({ arn: userArn, type: 'iam-user', name: 'backdoor' })).toBe('create-user');
    const key = { arn: `${userArn}/access-key/${keyId}`, uniqueId: keyId, type: 'access-key', name: keyId };
    expect(proving(key)).toBe('create-key');
    const trail = { arn: `arn:aws:cloudtrail:us-east-1:${account}:trail/main`, type: 'trail', name: 'main' };
    expect(proving(trail)).toBe('tamper');
  });

  test('a namesake made by somebody else is not attributed; neither is what the lineage does not know', () => {
    const namesake = { arn: userArn, uniqueId: 'AIDASOMEBODYEXAMPLE', type: 'iam-user', name: 'backdoor' };
    expect(proving(namesake)).toBeUndefined();
    expect(proving({ arn: `${userArn}2`, type: 'iam-user', name: 'backdoor2' })).toBeUndefined();
  });

  test('an IAM path that the event does not tell makes no difference', () => {
    const pathed = {
      arn: `arn:aws:iam::${account}:user/team/backdoor`,
      uniqueId: 'AIDABACKDOOREXAMPLE',
      type: 'iam-user',
      name: 'backdoor',
    };
    expect(proving(pathed)).toBe('create-user');
  });

  test('a membership, by its id or by who is in which group, although the events tell an account and evidence none', () => {
    const inGroup = { userId: 'user-1', groupId: 'group-1', createdAt: null, createdBy: null };
    expect(proving(membershipSubject({ ...inGroup, id: 'membership-1' }, 'aws'))).toBe('member');
    expect(proving(membershipSubject({ ...inGroup, id: 'membership-2', userId: 'user-2' }, 'aws'))).toBe(
      'console-member',
    );
    const other = { ...inGroup, id: 'membership-3', userId: 'user-3' };
    expect(proving(membershipSubject(other, 'aws'))).toBeUndefined();
    // It ended again under its id alone: nothing that is there now is that membership.
    const ended = { ...inGroup, id: 'membership-4', userId: 'user-4' };
    expect(proving(membershipSubject(ended, 'aws'))).toBeUndefined();
  });

  test('made, not deleted, reported by nobody', () => {
    const user = fact(userArn, 'iam-user', 'backdoor', 'AIDABACKDOOREXAMPLE');
    const key = fact(`${userArn}/access-key/${keyId}`, 'access-key', keyId, keyId);
    const memberships = [
      fact('arn:aws:identitystore:::membership/membership-1', 'directory-membership', 'user-1 in group-1'),
      fact('arn:aws:identitystore:::membership/membership-2', 'directory-membership', 'user-2 in group-1'),
    ];
    const reported = buildFinding({
      check: 'a/b',
      subject: { ...subjectOf(user), accountId: account, region: null },
    });
    expect(phase([user, key, ...memberships], [reported]).unreported).toEqual([
      `${keyId} (backdoor)`,
      'user-1 in group-1',
      'loot',
      'user-2 in group-1',
    ]);
  });

  test('already gone: replaced, or missing from a complete list of its kind', () => {
    const replaced = fact(userArn, 'iam-user', 'backdoor', 'AIDASOMEBODYEXAMPLE');
    const all = ['backdoor', `${keyId} (backdoor)`];
    expect(phase([replaced]).gone.toSorted()).toEqual(all.toSorted());
    expect(phase([]).gone.toSorted()).toEqual(all.toSorted());
    expect(phase([fact(userArn, 'iam-user', 'backdoor', 'AIDABACKDOOREXAMPLE')]).gone).not.toContain(
      'backdoor',
    );
  });

  test('of the directory only the organization’s own evidence can say what is gone', () => {
    const one = fact('arn:aws:identitystore:::membership/m-9', 'directory-membership', 'user-1 in group-1');
    const seen = phase([{ ...one, accountId: null }], [], organizationUnit('aws'));
    expect(seen.gone).toEqual(['user-2 in group-1']);
    expect(phase([]).unreported).toContain('user-2 in group-1');
  });
});

function subjectOf({ arn, type, name, uniqueId }: ResourceFact): Subject {
  return { arn, type, name, ...(uniqueId === null ? {} : { uniqueId }) };
}
