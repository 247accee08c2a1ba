import { describe, expect, test } from '@jest/globals';
import { contentDigest } from '../../../../src/model/content-digest.ts';
import { roleActions } from '../../../../src/plan/actions/roles.ts';
import {
  argvOf,
  buildLineage,
  buildNode,
  buildRole,
  deletions,
  findingAt,
  findingOn,
  keysOf,
  management,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';

const profile = `arn:aws:iam::${management}:instance-profile/team/worker-profile`;
const role = buildRole({
  instanceProfileArns: [profile],
  attachedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  inlinePolicies: [
    { name: 'AfterleakContainment', digest: null },
    { name: 'mint', digest: null },
  ],
});

describe('role.delete', () => {
  const remove = roleActions['role.delete'];

  test('instance profiles, policies, our deny last, then the role', () => {
    const steps = stepsOf(remove, 'role.delete', findingOn(role, 'eradicate'), { dependents: [role] });
    expect(argvOf(stepOf(steps, `delete:${role.arn}`).commands)).toEqual([
      [
        'iam',
        'remove-role-from-instance-profile',
        '--instance-profile-name',
        'worker-profile',
        '--role-name',
        'worker',
      ],
      [
        'iam',
        'detach-role-policy',
        '--role-name',
        'worker',
        '--policy-arn',
        'arn:aws:iam::aws:policy/AdministratorAccess',
      ],
      ['iam', 'delete-role-policy', '--role-name', 'worker', '--policy-name', 'mint'],
      ['iam', 'delete-role-policy', '--role-name', 'worker', '--policy-name', 'AfterleakRevokeSessions'],
      ['iam', 'delete-role-policy', '--role-name', 'worker', '--policy-name', 'AfterleakContainment'],
      ['iam', 'delete-role', '--role-name', 'worker'],
    ]);
  });

  test('the intruder’s own instance profile goes, too; the function that runs as the role goes first', () => {
    const made = buildNode({ id: profile, type: 'instance-profile', intruderMade: true });
    const runner = {
      type: 'lambda-function',
      arn: `arn:aws:lambda:us-east-1:${management}:function:mint`,
      name: 'mint',
      accountId: management,
      region: 'us-east-1',
      roleArn: role.arn,
      codeSha256: '',
      versions: [],
      aliases: [],
      urlQualifiers: [],
      permissions: [],
      eventSourceMappings: [],
    } as const;
    const steps = stepsOf(remove, 'role.delete', findingOn(role, 'eradicate'), {
      dependents: [role, runner],
      lineage: buildLineage([made]),
    });
    const step = stepOf(steps, `delete:${role.arn}`);
    expect(argvOf(step.commands)[1]).toEqual([
      'iam',
      'delete-instance-profile',
      '--instance-profile-name',
      'worker-profile',
    ]);
    expect(step.after).toContain(`delete:${runner.arn}`);
    expect(step.after).toContain(`close-trust:${role.arn}`);
  });

  test.each(['restore', 'explain', 'rotate', 'harden'] as const)(
    'nothing is deleted when the decision is %s',
    (proof) => {
      expect(stepsOf(remove, 'role.delete', findingOn(role, proof), { dependents: [role] })).toEqual([]);
    },
  );

  test.each([
    buildRole({
      path: '/aws-reserved/sso.amazonaws.com/',
      name: 'AWSReservedSSO_Admin_0123456789abcdef',
      managedBy: 'identity-center',
    }),
    buildRole({
      path: '/aws-service-role/x.amazonaws.com/',
      name: 'AWSServiceRoleForX',
      managedBy: 'service-linked',
    }),
  ])('$name is never touched', (guarded) => {
    const steps = stepsOf(remove, 'role.delete', findingOn(guarded, 'eradicate'), { dependents: [guarded] });
    expect(steps.every(({ commands }) => commands.length === 0)).toBe(true);
    expect(steps).toHaveLength(1);
  });

  test('what hangs on it unseen, a person deletes it; something else is not deleted as a role', () => {
    const step = stepOf(stepsOf(remove, 'role.delete', findingOn(role, 'eradicate')), `delete:${role.arn}`);
    expect(step.commands).toEqual([]);
    expect(step.cautions[0]).toContain('could not be seen');
    const user = { arn: `arn:aws:iam::${management}:user/x`, type: 'iam-user', name: 'x' };
    expect(stepsOf(remove, 'role.delete', findingAt(user, 'eradicate'))).toEqual([]);
  });
});

describe('role.restore-trust', () => {
  const restore = roleActions['role.restore-trust'];
  const earlier = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}';
  const node = buildNode({ id: role.arn, kind: 'principal', type: 'iam-role' });
  const lineage = buildLineage([], [{ to: [node], action: 'iam:UpdateAssumeRolePolicy' }]);
  const prior = {
    arn: role.arn,
    what: 'role-trust',
    part: '',
    value: earlier,
    at: '2026-01-01T00:00:00Z',
    eventId: 'e',
  } as const;

  test('puts the earlier trust back with the containment, and ends the sessions taken through the altered one', () => {
    const steps = stepsOf(restore, 'role.restore-trust', findingOn(role, 'restore'), {
      dependents: [role],
      lineage,
      priorStates: [prior],
    });
    expect(keysOf(steps)).toEqual([
      `preserve:${role.arn}`,
      `restore:${role.arn}#trust`,
      `preserve:${role.arn}`,
      `revoke:${role.arn}`,
      `release:${role.arn}`,
    ]);
    const step = stepOf(steps, `restore:${role.arn}#trust`);
    expect(argvOf(step.commands)).toEqual([
      ['iam', 'update-assume-role-policy', '--role-name', 'worker', '--policy-document', earlier],
    ]);
    expect(step.preconditions[1]).toMatchObject({
      argv: [
        'iam',
        'get-role',
        '--role-name',
        'worker',
        '--query',
        'Role.AssumeRolePolicyDocument',
        '--output',
        'json',
      ],
      compare: 'digest',
      expected: role.trustDigest,
    });
    expect(step.confirm[0]).toMatchObject({ compare: 'digest', expected: contentDigest(earlier) });
    expect(argvOf(step.undo)[0]?.at(-1)).toBe(role.trustDocument);
    expect(step).toMatchObject({ stage: 'contain', reversible: true });
    expect(deletions(steps.filter(({ stage }) => stage !== 'release'))).toEqual([]);
  });

  test('sessions of a service role are not revoked by time', () => {
    const service = buildRole({ trustedServices: ['ec2.amazonaws.com'] });
    const steps = stepsOf(restore, 'role.restore-trust', findingOn(service, 'restore'), {
      dependents: [service],
      lineage,
      priorStates: [prior],
    });
    expect(keysOf(steps)).toEqual([`preserve:${role.arn}`, `restore:${role.arn}#trust`]);
  });

  test('is left to a person where no event tells how it was, at once where the incident changed it', () => {
    const changed = stepsOf(restore, 'role.restore-trust', findingOn(role, 'restore'), {
      dependents: [role],
      lineage,
    });
    expect(stepOf(changed, `restore:${role.arn}#trust`)).toMatchObject({ commands: [], stage: 'contain' });
    const drifted = stepsOf(restore, 'role.restore-trust', findingOn(role, 'unprovedRestore'), {
      dependents: [role],
      priorStates: [prior],
    });
    expect(stepOf(drifted, `restore:${role.arn}#trust`)).toMatchObject({ commands: [], stage: 'recover' });
  });

  test('changes nothing of roles that IAM protects, nor without a restoration', () => {
    const guarded = buildRole({ path: '/aws-reserved/sso.amazonaws.com/', managedBy: 'identity-center' });
    expect(
      stepsOf(restore, 'role.restore-trust', findingOn(guarded, 'restore'), { dependents: [guarded] }),
    ).toEqual([]);
    expect(
      stepsOf(restore, 'role.restore-trust', findingOn(role, 'explain'), { dependents: [role], lineage }),
    ).toEqual([]);
  });
});
