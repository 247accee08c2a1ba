import { describe, expect, test } from '@jest/globals';
import { policyActions } from '../../../../src/plan/actions/policies.ts';
import {
  argvOf,
  buildLineage,
  buildNode,
  buildPolicy,
  buildUser,
  findingAt,
  findingOn,
  keysOf,
  operationsOf,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';

const versions = [
  { id: 'v1', isDefault: false, createdAt: '2026-01-01T00:00:00Z', digest: '1'.repeat(64) },
  { id: 'v2', isDefault: false, createdAt: '2026-05-01T00:00:00Z', digest: '2'.repeat(64) },
  { id: 'v3', isDefault: true, createdAt: '2026-11-03T10:00:01Z', digest: '3'.repeat(64) },
];
const policy = buildPolicy({ versions });
const node = buildNode({ id: policy.arn, type: 'iam-policy' });
const widened = buildLineage(
  [],
  [{ to: [node], action: 'iam:CreatePolicyVersion', at: '2026-11-03T10:00:00Z' }],
);

describe('policy.delete', () => {
  const remove = policyActions['policy.delete'];
  const held = buildPolicy({
    versions,
    users: ['bad'],
    groups: ['admins'],
    roles: ['worker'],
    boundaryOfUsers: ['ann'],
    boundaryOfRoles: ['ci'],
  });
  const bad = buildUser({ name: 'bad' });

  test('detaches everywhere, deletes the versions, then the policy', () => {
    const steps = stepsOf(remove, 'policy.delete', findingOn(held, 'eradicate'), { dependents: [held, bad] });
    const step = stepOf(steps, `delete:${held.arn}`);
    expect(argvOf(step.commands)).toEqual([
      ['iam', 'detach-user-policy', '--user-name', 'bad', '--policy-arn', held.arn],
      ['iam', 'detach-group-policy', '--group-name', 'admins', '--policy-arn', held.arn],
      ['iam', 'detach-role-policy', '--role-name', 'worker', '--policy-arn', held.arn],
      ['iam', 'delete-user-permissions-boundary', '--user-name', 'ann'],
      ['iam', 'delete-role-permissions-boundary', '--role-name', 'ci'],
      ['iam', 'delete-policy-version', '--policy-arn', held.arn, '--version-id', 'v1'],
      ['iam', 'delete-policy-version', '--policy-arn', held.arn, '--version-id', 'v2'],
      ['iam', 'delete-policy', '--policy-arn', held.arn],
    ]);
    expect(step.cautions[0]).toContain('permissions boundary of ann, ci');
    expect(step.after).toEqual([`preserve:${held.arn}`, `delete:${bad.arn}`]);
    expect(step.preconditions.map(({ expected }) => expected)).toEqual(['ANPAEXAMPLE1', 'v3']);
    expect(
      operationsOf(stepOf(steps, `preserve:${held.arn}`)).filter((one) => one === 'list-entities-for-policy'),
    ).toHaveLength(2);
  });

  test.each(['restore', 'explain', 'rotate', 'harden'] as const)(
    'nothing is deleted when the decision is %s',
    (proof) => {
      expect(stepsOf(remove, 'policy.delete', findingOn(held, proof), { dependents: [held] })).toEqual([]);
    },
  );

  test('AWS’s own policies stay; unseen holders are a matter for a person', () => {
    const aws = {
      arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      type: 'iam-policy',
      name: 'AdministratorAccess',
    };
    expect(stepsOf(remove, 'policy.delete', findingAt(aws, 'eradicate'))).toEqual([]);
    const [step] = stepsOf(remove, 'policy.delete', findingOn(held, 'eradicate'));
    expect(step?.commands).toEqual([]);
    expect(step?.cautions[0]).toContain('could not be seen');
  });
});

describe('policy.restore-version', () => {
  const restore = policyActions['policy.restore-version'];

  test('makes the last version before the incident the default, then deletes the incident’s own', () => {
    const steps = stepsOf(restore, 'policy.restore-version', findingOn(policy, 'restore'), {
      dependents: [policy],
      lineage: widened,
    });
    const [, first, second] = steps;
    expect(keysOf(steps)).toEqual([
      `preserve:${policy.arn}`,
      `restore:${policy.arn}`,
      `restore:${policy.arn}#versions`,
    ]);
    expect(argvOf(first?.commands ?? [])).toEqual([
      ['iam', 'set-default-policy-version', '--policy-arn', policy.arn, '--version-id', 'v2'],
    ]);
    expect(first?.preconditions.map(({ compare, expected }) => [compare, expected])).toEqual([
      ['text', 'ANPAEXAMPLE1'],
      ['text', 'v3'],
      ['digest', '2'.repeat(64)],
    ]);
    expect(argvOf(first?.undo ?? [])[0]?.at(-1)).toBe('v3');
    expect(argvOf(second?.commands ?? [])).toEqual([
      ['iam', 'delete-policy-version', '--policy-arn', policy.arn, '--version-id', 'v3'],
    ]);
    expect(second?.after).toContain(`restore:${policy.arn}`);
    expect(steps.every(({ stage }) => stage === 'preserve' || stage === 'recover')).toBe(true);
  });

  test('a version that the event names is told by its id', () => {
    const named = buildLineage(
      [],
      [{ to: [node], action: 'iam:CreatePolicyVersion', part: 'v2', at: '2026-11-03T10:00:00Z' }],
    );
    const steps = stepsOf(restore, 'policy.restore-version', findingOn(policy, 'restore'), {
      dependents: [policy],
      lineage: named,
    });
    expect(keysOf(steps)).toEqual([`preserve:${policy.arn}`, `restore:${policy.arn}#versions`]);
    expect(argvOf(steps[1]?.commands ?? [])[0]?.at(-1)).toBe('v2');
  });

  test('without an earlier version, or without an event, a person decides', () => {
    const only = buildPolicy({ versions: versions.slice(2) });
    const gone = stepsOf(restore, 'policy.restore-version', findingOn(only, 'restore'), {
      dependents: [only],
      lineage: widened,
    });
    const unproved = stepsOf(restore, 'policy.restore-version', findingOn(policy, 'unprovedRestore'), {
      dependents: [policy],
    });
    for (const steps of [
      gone,
      unproved,
      stepsOf(restore, 'policy.restore-version', findingOn(policy, 'restore')),
    ]) {
      expect(stepOf(steps, `restore:${policy.arn}`).commands).toEqual([]);
    }
  });

  test.each(['eradicate', 'explain', 'rotate', 'harden'] as const)(
    'does nothing when the decision is %s',
    (proof) => {
      const given = { dependents: [policy], lineage: widened };
      expect(stepsOf(restore, 'policy.restore-version', findingOn(policy, proof), given)).toEqual([]);
    },
  );
});
