import { describe, expect, test } from '@jest/globals';
import { assignmentArn } from '../../../../src/model/resource-arn.ts';
import { identityCenterActions } from '../../../../src/plan/actions/identity-center.ts';
import {
  allCommands,
  argvOf,
  buildDirectoryGroup,
  buildDirectoryUser,
  buildLineage,
  buildNode,
  buildPermissionSet,
  deletions,
  findingAt,
  findingOn,
  instanceArn,
  keysOf,
  management,
  member,
  permissionSetArn,
  stepOf,
  stepsOf,
  storeId,
} from './identity-fixture.ts';

const assignment = {
  accountId: member,
  permissionSetArn,
  principalType: 'USER',
  principalId: 'u-1',
} as const;
const assigned = assignmentArn(assignment);
const membership = 'arn:aws:identitystore:::membership/m-1';
const user = buildDirectoryUser({
  memberships: [{ membershipId: 'm-1', groupId: 'g-1' }],
  assignments: [{ accountId: member, permissionSetArn }],
});
const set = buildPermissionSet({
  assignments: [{ accountId: member, principalType: 'USER', principalId: 'u-1' }],
});

const deleteAssignmentCall = [
  'sso-admin',
  'delete-account-assignment',
  '--instance-arn',
  instanceArn,
  '--target-id',
  member,
  '--target-type',
  'AWS_ACCOUNT',
  '--permission-set-arn',
  permissionSetArn,
  '--principal-type',
  'USER',
  '--principal-id',
  'u-1',
];

describe('identity-center.user-delete', () => {
  const remove = identityCenterActions['identity-center.user-delete'];
  const steps = stepsOf(remove, 'identity-center.user-delete', findingOn(user, 'eradicate'), {
    dependents: [user],
  });

  test('portal sessions by hand, assignments, memberships, then the user', () => {
    expect(steps.map(({ key, stage }) => [stage, key])).toEqual([
      ['preserve', `preserve:${user.arn}`],
      ['contain', `contain:${user.arn}`],
      ['contain', `delete:${assigned}`],
      ['cut-re-entry', `delete:${membership}`],
      ['delete', `delete:${user.arn}`],
    ]);
    const sessions = stepOf(steps, `contain:${user.arn}`);
    expect(sessions.commands).toEqual([]);
    expect(sessions.manual).toContain('delete its active sessions');
    const removal = stepOf(steps, `delete:${user.arn}`);
    expect(argvOf(removal.commands)).toEqual([
      ['identitystore', 'delete-user', '--identity-store-id', storeId, '--user-id', 'u-1'],
    ]);
    expect(removal.after).toEqual(
      expect.arrayContaining([`contain:${user.arn}`, `delete:${assigned}`, `delete:${membership}`]),
    );
    expect(removal).toMatchObject({ region: 'eu-central-1', accountId: management });
  });

  test('an assignment can be given back and is read again', () => {
    const step = stepOf(steps, `delete:${assigned}`);
    expect(argvOf(step.commands)).toEqual([deleteAssignmentCall]);
    expect(argvOf(step.undo)[0]?.[1]).toBe('create-account-assignment');
    expect(step.confirm[0]).toMatchObject({ compare: 'lacks', expected: 'u-1' });
    expect(step.permissions).toEqual([
      'sso:CreateAccountAssignment',
      'sso:DeleteAccountAssignment',
      'sso:ListAccountAssignments',
    ]);
  });

  test('a membership is that of the evidence and can be given back', () => {
    const step = stepOf(steps, `delete:${membership}`);
    expect(argvOf(step.commands)).toEqual([
      ['identitystore', 'delete-group-membership', '--identity-store-id', storeId, '--membership-id', 'm-1'],
    ]);
    expect(step.preconditions[0]?.expected).toBe('g-1');
    expect(argvOf(step.undo)[0]?.slice(-4)).toEqual(['--group-id', 'g-1', '--member-id', '{"UserId":"u-1"}']);
  });

  test('what was not seen is named', () => {
    const unseen = buildDirectoryUser({ memberships: null, assignments: null });
    const removal = stepOf(
      stepsOf(remove, 'identity-center.user-delete', findingOn(unseen, 'eradicate'), {
        dependents: [unseen],
      }),
      `delete:${unseen.arn}`,
    );
    expect(removal.cautions.filter((caution) => caution.startsWith('could not be seen'))).toHaveLength(2);
    const nothing = stepsOf(remove, 'identity-center.user-delete', findingOn(user, 'eradicate'));
    expect(stepOf(nothing, `delete:${user.arn}`)).toMatchObject({ commands: [] });
  });
});

describe('identity-center.group-delete', () => {
  test('assignments, then the group with its memberships', () => {
    const group = buildDirectoryGroup({ assignments: [{ accountId: member, permissionSetArn }] });
    const remove = identityCenterActions['identity-center.group-delete'];
    const steps = stepsOf(remove, 'identity-center.group-delete', findingOn(group, 'eradicate'), {
      dependents: [group],
    });
    const removal = stepOf(steps, `delete:${group.arn}`);
    expect(argvOf(removal.commands)).toEqual([
      ['identitystore', 'delete-group', '--identity-store-id', storeId, '--group-id', 'g-1'],
    ]);
    expect(removal.after).toContain(
      `delete:${assignmentArn({ ...assignment, principalType: 'GROUP', principalId: 'g-1' })}`,
    );
    expect(
      stepsOf(remove, 'identity-center.group-delete', findingOn(user, 'eradicate'), { dependents: [user] }),
    ).toEqual([]);
  });
});

describe('identity-center.membership-delete', () => {
  const remove = identityCenterActions['identity-center.membership-delete'];
  const subject = { arn: membership, uniqueId: 'm-1', type: 'directory-membership', name: 'u-1 in g-1' };

  test('takes the user out of the group, by the directory of either', () => {
    const group = buildDirectoryGroup({ memberships: [{ membershipId: 'm-1', userId: 'u-1' }] });
    for (const dependents of [[user], [group]]) {
      const steps = stepsOf(remove, 'identity-center.membership-delete', findingAt(subject, 'eradicate'), {
        dependents,
      });
      expect(argvOf(stepOf(steps, `delete:${membership}`).commands)[0]?.slice(0, 2)).toEqual([
        'identitystore',
        'delete-group-membership',
      ]);
    }
  });

  test('by hand where the directory was not seen; not at all unproved', () => {
    const [step] = stepsOf(remove, 'identity-center.membership-delete', findingAt(subject, 'eradicate'));
    expect(step).toMatchObject({ commands: [], key: `delete:${membership}` });
    expect(
      stepsOf(remove, 'identity-center.membership-delete', findingAt(subject, 'explain'), {
        dependents: [user],
      }),
    ).toEqual([]);
  });
});

describe('identity-center.assignment-delete', () => {
  const remove = identityCenterActions['identity-center.assignment-delete'];

  test('of the assignment itself, and of holders and sets that are deleted', () => {
    const subject = { arn: assigned, type: 'assignment', name: 'USER u-1' };
    for (const finding of [
      findingAt(subject, 'eradicate'),
      findingOn(user, 'eradicate'),
      findingOn(set, 'eradicate'),
    ]) {
      const steps = stepsOf(remove, 'identity-center.assignment-delete', finding, {
        dependents: [user, set],
      });
      expect(keysOf(steps)).toEqual([`delete:${assigned}`]);
      expect(argvOf(steps[0]?.commands ?? [])).toEqual([deleteAssignmentCall]);
    }
  });

  test('nothing is deleted otherwise', () => {
    for (const proof of ['restore', 'explain', 'rotate', 'harden'] as const) {
      expect(
        stepsOf(remove, 'identity-center.assignment-delete', findingOn(user, proof), { dependents: [user] }),
      ).toEqual([]);
    }
  });
});

describe('identity-center.permission-set-delete', () => {
  const remove = identityCenterActions['identity-center.permission-set-delete'];

  test('assignments first, then the set', () => {
    const steps = stepsOf(remove, 'identity-center.permission-set-delete', findingOn(set, 'eradicate'), {
      dependents: [set],
    });
    expect(keysOf(steps)).toEqual([`preserve:${set.arn}`, `delete:${assigned}`, `delete:${set.arn}`]);
    const removal = stepOf(steps, `delete:${set.arn}`);
    expect(removal.commands).toEqual([
      {
        argv: [
          'sso-admin',
          'delete-permission-set',
          '--instance-arn',
          instanceArn,
          '--permission-set-arn',
          set.arn,
        ],
        accepts: ['ResourceNotFoundException'],
        pauseSeconds: 15,
      },
    ]);
    expect(removal.after).toContain(`delete:${assigned}`);
    const unseen = buildPermissionSet({ assignments: null });
    const blind = stepsOf(remove, 'identity-center.permission-set-delete', findingOn(unseen, 'eradicate'), {
      dependents: [unseen],
    });
    expect(stepOf(blind, `delete:${set.arn}`).cautions.join(' ')).toContain('could not be seen: assignments');
    expect(
      deletions(
        stepsOf(remove, 'identity-center.permission-set-delete', findingOn(set, 'explain'), {
          dependents: [set],
        }),
      ),
    ).toEqual([]);
  });
});

describe('identity-center.permission-set-restore', () => {
  const restore = identityCenterActions['identity-center.permission-set-restore'];
  const node = buildNode({ id: set.arn, type: 'permission-set' });
  const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const earlier = { arn: set.arn, part: '', at: '2026-01-01T00:00:00Z', eventId: 'e' } as const;
  const lineage = buildLineage(
    [],
    [
      { to: [node], action: 'sso:UpdatePermissionSet' },
      { to: [node], action: 'sso:PutInlinePolicyToPermissionSet' },
      { to: [node], action: 'sso:AttachManagedPolicyToPermissionSet', part: admin },
      { to: [node], action: 'sso:ProvisionPermissionSet' },
    ],
  );

  test('puts back what the events tell, then provisions', () => {
    const steps = stepsOf(restore, 'identity-center.permission-set-restore', findingOn(set, 'restore'), {
      dependents: [set],
      lineage,
      priorStates: [
        { ...earlier, what: 'session-duration', value: 'PT1H' },
        { ...earlier, what: 'inline-policy', value: '{}' },
      ],
    });
    const what = ['--instance-arn', instanceArn, '--permission-set-arn', set.arn];
    expect(steps.slice(1).flatMap(({ commands }) => argvOf(commands))).toEqual([
      ['sso-admin', 'update-permission-set', ...what, '--session-duration', 'PT1H'],
      ['sso-admin', 'put-inline-policy-to-permission-set', ...what, '--inline-policy', '{}'],
      ['sso-admin', 'detach-managed-policy-from-permission-set', ...what, '--managed-policy-arn', admin],
      ['sso-admin', 'provision-permission-set', ...what, '--target-type', 'ALL_PROVISIONED_ACCOUNTS'],
    ]);
    expect(steps.at(-1)?.after).toHaveLength(3);
    expect(steps.some(({ manual }) => manual !== null)).toBe(false);
  });

  test('what they do not tell is left to a person', () => {
    const steps = stepsOf(restore, 'identity-center.permission-set-restore', findingOn(set, 'restore'), {
      dependents: [set],
      lineage,
    });
    expect(stepOf(steps, `restore:${set.arn}`).manual).toContain('session length');
    const drifted = stepsOf(
      restore,
      'identity-center.permission-set-restore',
      findingOn(set, 'unprovedRestore'),
      { dependents: [set] },
    );
    expect(keysOf(drifted)).toEqual([`preserve:${set.arn}`, `restore:${set.arn}`]);
  });
});

describe('settings that no API sets', () => {
  const mfa = {
    arn: 'identity-center.mfa-mode',
    type: 'setting',
    name: 'identity-center.mfa-mode',
    accountId: management,
  };
  const portal = { ...mfa, arn: 'identity-center.portal-session', name: 'identity-center.portal-session' };

  test('are set back in the console, each by its own step', () => {
    const restoreMfa = identityCenterActions['identity-center.mfa-restore'];
    const restoreSession = identityCenterActions['identity-center.session-restore'];
    const given = { dependents: [set] };
    const [mfaStep] = stepsOf(restoreMfa, 'identity-center.mfa-restore', findingAt(mfa, 'restore'), given);
    const [portalStep] = stepsOf(
      restoreSession,
      'identity-center.session-restore',
      findingAt(portal, 'restore'),
      given,
    );
    expect(mfaStep).toMatchObject({ commands: [], region: 'eu-central-1', key: `restore:${mfa.arn}#mfa` });
    expect(mfaStep?.manual).toContain('demand MFA at every sign-in');
    expect(portalStep).toMatchObject({ commands: [], key: `restore:${portal.arn}#session` });
    expect(stepsOf(restoreMfa, 'identity-center.mfa-restore', findingAt(portal, 'restore'), given)).toEqual(
      [],
    );
    expect(
      stepsOf(restoreSession, 'identity-center.session-restore', findingAt(mfa, 'restore'), given),
    ).toEqual([]);
  });

  test('the session length of a permission set has a call', () => {
    const restoreSession = identityCenterActions['identity-center.session-restore'];
    const node = buildNode({ id: set.arn, type: 'permission-set' });
    const steps = stepsOf(restoreSession, 'identity-center.session-restore', findingOn(set, 'restore'), {
      dependents: [set],
      lineage: buildLineage([], [{ to: [node], action: 'sso:UpdatePermissionSet' }]),
      priorStates: [
        { arn: set.arn, what: 'session-duration', part: '', value: 'PT2H', at: '', eventId: 'e' },
      ],
    });
    expect(argvOf(stepOf(steps, `restore:${set.arn}#session`).commands)[0]?.at(-1)).toBe('PT2H');
  });

  test('attributes for access control are saved and compared', () => {
    const restore = identityCenterActions['identity-center.access-control-attributes-restore'];
    const subject = {
      arn: `${instanceArn}/access-control-attributes`,
      type: 'access-control-attributes',
      name: 'attributes',
    };
    const steps = stepsOf(
      restore,
      'identity-center.access-control-attributes-restore',
      findingAt(subject, 'restore'),
      {
        dependents: [set],
      },
    );
    expect(keysOf(steps)).toEqual([`preserve:${subject.arn}`, `restore:${subject.arn}`]);
    expect(steps[0]?.commands[0]?.argv).toEqual([
      'sso-admin',
      'describe-instance-access-control-attribute-configuration',
      '--instance-arn',
      instanceArn,
      '--output',
      'json',
    ]);
  });
});

describe('applications, issuers, instances', () => {
  const application = {
    arn: `arn:aws:sso::${member}:application/ssoins-1111222233334444/apl-1`,
    type: 'application',
    name: 'portal; rm -rf ~',
  };
  const issuer = {
    arn: `arn:aws:sso::${management}:trustedTokenIssuer/ssoins-1111222233334444/tti-1`,
    type: 'trusted-token-issuer',
    name: 'evil',
  };
  const instance = {
    arn: 'arn:aws:sso:::instance/ssoins-9999888877776666',
    type: 'identity-center-instance',
    name: 'own',
    accountId: member,
    region: 'us-west-2',
  };
  const given = { dependents: [set] };

  test('an application is disabled, and deleted where the intruder made it', () => {
    const plan = identityCenterActions['identity-center.application-delete'];
    const frozen = stepsOf(
      plan,
      'identity-center.application-delete',
      findingAt(application, 'explain'),
      given,
    );
    expect(keysOf(frozen)).toEqual([`preserve:${application.arn}`, `contain:${application.arn}`]);
    const disable = stepOf(frozen, `contain:${application.arn}`);
    expect(argvOf(disable.commands)).toEqual([
      ['sso-admin', 'update-application', '--application-arn', application.arn, '--status', 'DISABLED'],
    ]);
    expect(disable).toMatchObject({ reversible: true, accountId: management, region: 'eu-central-1' });
    const steps = stepsOf(
      plan,
      'identity-center.application-delete',
      findingAt(application, 'eradicate'),
      given,
    );
    expect(argvOf(stepOf(steps, `delete:${application.arn}`).commands)).toEqual([
      ['sso-admin', 'delete-application', '--application-arn', application.arn],
    ]);
    expect(
      stepsOf(plan, 'identity-center.application-delete', findingAt(application, 'restore'), given),
    ).toEqual([]);
    expect(allCommands(steps).flat().join(' ')).not.toContain('rm -rf');
  });

  test('an application demands assignments again, by a call only where an event proves it', () => {
    const plan = identityCenterActions['identity-center.application-restrict'];
    const steps = stepsOf(
      plan,
      'identity-center.application-restrict',
      findingAt(application, 'restore'),
      given,
    );
    const step = stepOf(steps, `restore:${application.arn}#assignment`);
    expect(argvOf(step.commands)[0]?.at(-1)).toBe('--assignment-required');
    expect(argvOf(step.undo)[0]?.at(-1)).toBe('--no-assignment-required');
    const [manual] = stepsOf(
      plan,
      'identity-center.application-restrict',
      findingAt(application, 'unprovedRestore'),
      given,
    );
    expect(manual).toMatchObject({ commands: [] });
  });

  test('a token issuer goes with the re-entry', () => {
    const plan = identityCenterActions['identity-center.token-issuer-delete'];
    const steps = stepsOf(plan, 'identity-center.token-issuer-delete', findingAt(issuer, 'eradicate'), given);
    expect(stepOf(steps, `delete:${issuer.arn}`)).toMatchObject({
      stage: 'cut-re-entry',
      region: 'eu-central-1',
    });
    expect(argvOf(stepOf(steps, `delete:${issuer.arn}`).commands)).toEqual([
      ['sso-admin', 'delete-trusted-token-issuer', '--trusted-token-issuer-arn', issuer.arn],
    ]);
    expect(stepsOf(plan, 'identity-center.token-issuer-delete', findingAt(issuer, 'explain'), given)).toEqual(
      [],
    );
  });

  test('an instance of a member is deleted in its own account and region', () => {
    const plan = identityCenterActions['identity-center.instance-delete'];
    const steps = stepsOf(plan, 'identity-center.instance-delete', findingAt(instance, 'eradicate'), given);
    const step = stepOf(steps, `delete:${instance.arn}`);
    expect(step).toMatchObject({ accountId: member, region: 'us-west-2' });
    expect(argvOf(step.commands)).toEqual([['sso-admin', 'delete-instance', '--instance-arn', instance.arn]]);
    expect(step.preconditions[0]).toMatchObject({ expected: member });
    expect(stepsOf(plan, 'identity-center.instance-delete', findingAt(instance, 'explain'), given)).toEqual(
      [],
    );
  });
});
