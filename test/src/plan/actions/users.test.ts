import { describe, expect, test } from '@jest/globals';
import { loginProfileArn } from '../../../../src/model/resource-arn.ts';
import { containmentDocument } from '../../../../src/plan/actions/support/own-denies.ts';
import { userActions } from '../../../../src/plan/actions/users.ts';
import {
  argvOf,
  buildUser,
  deletions,
  findingAt,
  findingOn,
  keysOf,
  management,
  member,
  operationsOf,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';

const full = buildUser({
  accessKeys: [
    { id: 'AKIAIOSFODNN7EXAMPLE', status: 'Active' },
    { id: 'AKIAI44QH8DHBEXAMPLE', status: 'Inactive' },
  ],
  hasLoginProfile: true,
  serviceSpecificCredentials: [{ id: 'ACCAEXAMPLE', status: 'Active', serviceName: 'bedrock.amazonaws.com' }],
  sshPublicKeys: [{ id: 'APKAEXAMPLE', status: 'Active' }],
  signingCertificates: [{ id: 'CERTEXAMPLE', status: 'Active' }],
  mfaDevices: [
    { serialNumber: `arn:aws:iam::${management}:mfa/intruder`, virtual: true },
    { serialNumber: 'GAHT12345678', virtual: false },
  ],
  groups: ['admins', `arn:aws:iam::${management}:group/team/platform`],
  attachedPolicyArns: [
    'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
    'arn:aws:iam::aws:policy/AdministratorAccess',
  ],
  inlinePolicies: [
    { name: 'AfterleakContainment', digest: null },
    { name: 'all', digest: 'c'.repeat(64) },
  ],
  permissionsBoundaryArn: `arn:aws:iam::${management}:policy/boundary`,
});

const remove = userActions['user.delete'];

describe('user.delete', () => {
  const steps = stepsOf(remove, 'user.delete', findingOn(full, 'eradicate'), { dependents: [full] });
  const removal = stepOf(steps, `delete:${full.arn}`);

  test('removes the children in the order of IAM, our deny last, then the user', () => {
    expect(
      argvOf(removal.commands).map(([, operation, , , ...rest]) => [operation, rest.at(-1) ?? '']),
    ).toEqual([
      ['delete-access-key', 'AKIAIOSFODNN7EXAMPLE'],
      ['delete-access-key', 'AKIAI44QH8DHBEXAMPLE'],
      ['delete-login-profile', ''],
      ['delete-service-specific-credential', 'ACCAEXAMPLE'],
      ['delete-ssh-public-key', 'APKAEXAMPLE'],
      ['delete-signing-certificate', 'CERTEXAMPLE'],
      ['deactivate-mfa-device', `arn:aws:iam::${management}:mfa/intruder`],
      ['delete-virtual-mfa-device', ''],
      ['deactivate-mfa-device', 'GAHT12345678'],
      ['remove-user-from-group', 'admins'],
      ['remove-user-from-group', 'platform'],
      ['detach-user-policy', 'arn:aws:iam::aws:policy/AdministratorAccess'],
      ['delete-user-policy', 'all'],
      ['detach-user-policy', 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3'],
      ['delete-user-policy', 'AfterleakRevokeSessions'],
      ['delete-user-policy', 'AfterleakContainment'],
      ['delete-user', ''],
    ]);
    expect(removal.commands.every(({ accepts }) => accepts?.[0] === 'NoSuchEntity')).toBe(true);
  });

  test('waits for containment and preservation, and proves itself', () => {
    expect(removal.after).toEqual([
      `preserve:${full.arn}`,
      `contain:${full.arn}`,
      ...[
        'access-key/AKIAIOSFODNN7EXAMPLE',
        'access-key/AKIAI44QH8DHBEXAMPLE',
        'service-specific-credential/ACCAEXAMPLE',
        'ssh-public-key/APKAEXAMPLE',
        'signing-certificate/CERTEXAMPLE',
      ].flatMap((part) => [`contain:${full.arn}/${part}`, `delete:${full.arn}/${part}`]),
    ]);
    expect(removal.preconditions[0]).toMatchObject({
      argv: ['iam', 'get-user', '--user-name', 'intruder', '--query', 'User.UserId', '--output', 'text'],
      expected: 'AIDAEXAMPLE1',
    });
    expect(removal.confirm).toEqual([
      {
        fact: 'it is gone',
        argv: ['iam', 'get-user', '--user-name', 'intruder', '--output', 'json'],
        compare: 'absent',
        expected: 'NoSuchEntity',
      },
    ]);
    expect(removal.cautions.some((caution) => caution.includes('permissions boundary is left'))).toBe(true);
    expect(removal.permissions).toEqual(
      expect.arrayContaining([
        'iam:DeactivateMFADevice',
        'iam:DeleteSSHPublicKey',
        'iam:DeleteVirtualMFADevice',
      ]),
    );
  });

  test('freezes first: an unconditional deny and every active credential off', () => {
    const contain = stepOf(steps, `contain:${full.arn}`);
    expect(argvOf(contain.commands)).toEqual([
      [
        'iam',
        'put-user-policy',
        '--user-name',
        'intruder',
        '--policy-name',
        'AfterleakContainment',
        '--policy-document',
        containmentDocument,
      ],
    ]);
    expect(contain.cautions[0]).toContain('No SCP covers the management account');
    expect(contain).toMatchObject({ stage: 'contain', reversible: true });
    const frozen = steps.filter(({ stage }) => stage === 'contain').map(operationsOf);
    expect(frozen.flat()).toEqual([
      'put-user-policy',
      'update-access-key',
      'update-service-specific-credential',
      'update-ssh-public-key',
      'update-signing-certificate',
    ]);
  });

  test('what is deleted needs no release', () => {
    expect(steps.some(({ stage }) => stage === 'release')).toBe(false);
  });

  test('saves what it is, in files of plain names, before anything else', () => {
    const preserve = stepOf(steps, `preserve:${full.arn}`);
    expect(preserve.stage).toBe('preserve');
    expect(preserve.commands.every(({ saveAs }) => /^[a-zA-Z0-9-]+\.json$/.test(saveAs ?? ''))).toBe(true);
    expect(new Set(preserve.commands.map(({ saveAs }) => saveAs)).size).toBe(preserve.commands.length);
    expect(operationsOf(preserve)).toEqual(
      expect.arrayContaining([
        'get-user',
        'list-access-keys',
        'get-user-policy',
        'list-attached-user-policies',
      ]),
    );
  });

  test('the caution of a member account differs', () => {
    const user = buildUser({ accountId: member });
    const ofMember = stepsOf(remove, 'user.delete', findingOn(user, 'eradicate'), { dependents: [user] });
    expect(stepOf(ofMember, `contain:${user.arn}`)).toMatchObject({ accountId: member });
    expect(stepOf(ofMember, `contain:${user.arn}`).cautions[0]).toContain('In a member account an SCP');
  });

  test('lists that were not seen are named, and a password that may be there is deleted', () => {
    const user = buildUser({ accessKeys: null, mfaDevices: null, hasLoginProfile: null });
    const unseen = stepOf(
      stepsOf(remove, 'user.delete', findingOn(user, 'eradicate'), { dependents: [user] }),
      `delete:${user.arn}`,
    );
    expect(unseen.cautions.filter((caution) => caution.startsWith('could not be seen'))).toHaveLength(2);
    expect(operationsOf(unseen)).toContain('delete-login-profile');
  });

  test('without what hangs on it a person deletes', () => {
    const user = buildUser();
    const step = stepOf(stepsOf(remove, 'user.delete', findingOn(user, 'eradicate')), `delete:${user.arn}`);
    expect(step.commands).toEqual([]);
    expect(step.manual).toContain('access keys, login profile');
    expect(step.cautions[0]).toContain('could not be seen');
  });

  test.each(['restore', 'unprovedRestore', 'explain', 'rotate', 'harden'] as const)(
    'nothing is deleted when the decision is %s',
    (proof) => {
      expect(stepsOf(remove, 'user.delete', findingOn(full, proof), { dependents: [full] })).toEqual([]);
    },
  );

  test('an eradication that no event proves deletes nothing', () => {
    const finding = findingOn(full, 'eradicate', { signals: [] });
    expect(stepsOf(remove, 'user.delete', finding, { dependents: [full] })).toEqual([]);
  });
});

describe('login-profile.delete', () => {
  const plan = userActions['login-profile.delete'];
  const person = buildUser({ name: 'ann', hasLoginProfile: true });
  const subject = { arn: loginProfileArn(person.arn), type: 'login-profile', name: 'ann' };

  test('a password that the intruder made is deleted early, and its sessions are denied', () => {
    const steps = stepsOf(plan, 'login-profile.delete', findingAt(subject, 'eradicate'), {
      dependents: [person],
    });
    expect(keysOf(steps)).toEqual([
      `preserve:${subject.arn}`,
      `delete:${subject.arn}`,
      `preserve:${person.arn}`,
      `revoke:${person.arn}`,
      `release:${person.arn}`,
    ]);
    const removal = stepOf(steps, `delete:${subject.arn}`);
    expect(removal.stage).toBe('cut-re-entry');
    expect(argvOf(removal.commands)).toEqual([['iam', 'delete-login-profile', '--user-name', 'ann']]);
  });

  test('one that was overwritten is set anew with the person', () => {
    const steps = stepsOf(plan, 'login-profile.delete', findingAt(subject, 'restore'), {
      dependents: [person],
    });
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({
      stage: 'recover',
      commands: [],
      key: `restore:${subject.arn}#password`,
    });
  });

  test('one that nobody can explain stays, and that of a user who goes goes with the user', () => {
    expect(
      stepsOf(plan, 'login-profile.delete', findingAt(subject, 'explain'), { dependents: [person] }),
    ).toEqual([]);
    const steps = stepsOf(plan, 'login-profile.delete', findingAt(subject, 'eradicate'), {
      dependents: [person],
      findings: [findingOn(person, 'eradicate')],
    });
    expect(keysOf(steps)).toContain(`delete:${person.arn}`);
  });
});

describe('user.enforce-mfa', () => {
  test('is done with the person', () => {
    const user = buildUser();
    const plan = userActions['user.enforce-mfa'];
    const [step] = stepsOf(plan, 'user.enforce-mfa', findingOn(user, 'restore'), { dependents: [user] });
    expect(step).toMatchObject({ key: `restore:${user.arn}#mfa`, stage: 'recover', commands: [] });
    expect(deletions(stepsOf(plan, 'user.enforce-mfa', findingOn(user, 'eradicate')))).toEqual([]);
  });
});
