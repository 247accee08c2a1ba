import { describe, expect, test } from '@jest/globals';
import { accountCredentialActions } from '../../../../src/plan/actions/account-credentials.ts';
import {
  argvOf,
  buildUser,
  findingAt,
  findingOn,
  keysOf,
  management,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';

describe('mfa-device.remove', () => {
  const remove = accountCredentialActions['mfa-device.remove'];
  const serial = `arn:aws:iam::${management}:mfa/second`;
  const subject = { arn: serial, type: 'mfa-device', name: 'second' };
  const owner = buildUser({ name: 'ann', mfaDevices: [{ serialNumber: serial, virtual: true }] });

  test('deactivates the device of its owner, then deletes it', () => {
    const steps = stepsOf(remove, 'mfa-device.remove', findingAt(subject, 'eradicate'), {
      dependents: [owner],
    });
    const step = stepOf(steps, `delete:${serial}`);
    expect(argvOf(step.commands)).toEqual([
      ['iam', 'deactivate-mfa-device', '--user-name', 'ann', '--serial-number', serial],
      ['iam', 'delete-virtual-mfa-device', '--serial-number', serial],
    ]);
    expect(step.preconditions[0]?.expected).toBe('AIDAEXAMPLE1');
    expect(step.after).toEqual([`preserve:${serial}`]);
  });

  test('a device that nobody has is only deleted; a hardware token is only deactivated', () => {
    const free = stepsOf(remove, 'mfa-device.remove', findingAt(subject, 'eradicate'));
    expect(argvOf(stepOf(free, `delete:${serial}`).commands)).toEqual([
      ['iam', 'delete-virtual-mfa-device', '--serial-number', serial],
    ]);
    const token = { arn: 'GAHT12345678', type: 'mfa-device', name: 'GAHT12345678', accountId: management };
    const user = buildUser({ name: 'ann', mfaDevices: [{ serialNumber: token.arn, virtual: false }] });
    const steps = stepsOf(remove, 'mfa-device.remove', findingAt(token, 'eradicate'), { dependents: [user] });
    expect(argvOf(stepOf(steps, `delete:${token.arn}`).commands)).toEqual([
      ['iam', 'deactivate-mfa-device', '--user-name', 'ann', '--serial-number', token.arn],
    ]);
  });

  test('one that nobody can explain is left to the person; one of a user who goes, goes along', () => {
    expect(
      stepsOf(remove, 'mfa-device.remove', findingAt(subject, 'explain'), { dependents: [owner] }),
    ).toEqual([]);
    const steps = stepsOf(remove, 'mfa-device.remove', findingAt(subject, 'eradicate'), {
      dependents: [owner],
      findings: [findingOn(owner, 'eradicate')],
    });
    expect(keysOf(steps)).toContain(`delete:${owner.arn}`);
  });

  test('root removes its own devices', () => {
    const device = { ...subject, arn: `arn:aws:iam::${management}:mfa/root-account-mfa-device` };
    const [step] = stepsOf(
      remove,
      'mfa-device.remove',
      findingAt(device, 'eradicate', { messageId: 'root' }),
    );
    expect(step).toMatchObject({ commands: [] });
    expect(step?.manual).toContain('root user');
  });
});

describe.each([
  ['root-access-key.delete', 'root-user', 'IAMDeleteRootUserCredentials'],
  ['root-mfa.enable', 'root-user', 'hardware device or passkey'],
  ['password-policy.set', 'account', 'update-account-password-policy'],
] as const)('%s', (action, type, words) => {
  test('is a step for a person, with what to do', () => {
    const subject = { arn: `arn:aws:iam::${management}:root`, type, name: management };
    const steps = stepsOf(accountCredentialActions[action], action, findingAt(subject, 'restore'));
    expect(steps).toHaveLength(1);
    expect(steps[0]?.commands).toEqual([]);
    expect(steps[0]?.manual).toContain(words);
  });
});
