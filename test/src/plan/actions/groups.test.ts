import { describe, expect, test } from '@jest/globals';
import { groupActions } from '../../../../src/plan/actions/groups.ts';
import {
  argvOf,
  buildGroup,
  buildLineage,
  buildNode,
  buildUser,
  findingOn,
  keysOf,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';

const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const bad = buildUser({ name: 'bad' });
const group = buildGroup({
  members: ['bad'],
  attachedPolicyArns: [admin],
  inlinePolicies: [{ name: 'all', digest: null }],
});

describe('group.delete', () => {
  const remove = groupActions['group.delete'];

  test('members, policies, our deny last, then the group; after the members that go themselves', () => {
    const steps = stepsOf(remove, 'group.delete', findingOn(group, 'eradicate'), {
      dependents: [group, bad],
      findings: [findingOn(bad, 'eradicate')],
    });
    const step = stepOf(steps, `delete:${group.arn}`);
    expect(argvOf(step.commands)).toEqual([
      ['iam', 'remove-user-from-group', '--group-name', 'admins', '--user-name', 'bad'],
      ['iam', 'detach-group-policy', '--group-name', 'admins', '--policy-arn', admin],
      ['iam', 'delete-group-policy', '--group-name', 'admins', '--policy-name', 'all'],
      ['iam', 'delete-group-policy', '--group-name', 'admins', '--policy-name', 'AfterleakRevokeSessions'],
      ['iam', 'delete-group-policy', '--group-name', 'admins', '--policy-name', 'AfterleakContainment'],
      ['iam', 'delete-group', '--group-name', 'admins'],
    ]);
    expect(step.after).toContain(`delete:${bad.arn}`);
    expect(step.preconditions[0]?.argv).toEqual([
      'iam',
      'get-group',
      '--group-name',
      'admins',
      '--query',
      'Group.GroupId',
      '--output',
      'text',
    ]);
  });

  test('what hangs on it unseen, a person deletes it', () => {
    const step = stepOf(
      stepsOf(remove, 'group.delete', findingOn(group, 'eradicate')),
      `delete:${group.arn}`,
    );
    expect(step).toMatchObject({ commands: [] });
    expect(step.cautions[0]).toContain('could not be seen');
  });

  test.each(['restore', 'explain', 'rotate', 'harden'] as const)(
    'nothing is deleted when the decision is %s',
    (proof) => {
      expect(stepsOf(remove, 'group.delete', findingOn(group, proof), { dependents: [group] })).toEqual([]);
    },
  );
});

describe('group.detach-admin', () => {
  const detach = groupActions['group.detach-admin'];
  const node = buildNode({ id: group.arn, kind: 'principal', type: 'iam-group' });

  test('takes back what the incident attached', () => {
    const steps = stepsOf(detach, 'group.detach-admin', findingOn(group, 'restore'), {
      dependents: [group],
      lineage: buildLineage([], [{ to: [node], action: 'iam:AttachGroupPolicy', part: admin }]),
    });
    expect(argvOf(stepOf(steps, `restore:${group.arn}#attached ${admin}`).commands)).toEqual([
      ['iam', 'detach-group-policy', '--group-name', 'admins', '--policy-arn', admin],
    ]);
  });

  test('a member that the incident put there leaves the group', () => {
    const user = buildNode({ id: bad.arn, kind: 'principal', type: 'iam-user' });
    const steps = stepsOf(detach, 'group.detach-admin', findingOn(group, 'restore'), {
      dependents: [group],
      lineage: buildLineage([], [{ to: [user, node], action: 'iam:AddUserToGroup' }]),
    });
    expect(argvOf(stepOf(steps, `restore:${group.arn}#membership bad`).commands)).toEqual([
      ['iam', 'remove-user-from-group', '--user-name', 'bad', '--group-name', 'admins'],
    ]);
  });

  test('is left to a person where nothing tells what it was', () => {
    const steps = stepsOf(detach, 'group.detach-admin', findingOn(group, 'unprovedRestore'), {
      dependents: [group],
    });
    expect(keysOf(steps)).toEqual([`preserve:${group.arn}`, `restore:${group.arn}`]);
  });
});
