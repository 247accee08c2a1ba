import { expect, test } from '@jest/globals';
import mfaDevices from '../../../../../src/collect/collectors/iam/mfa-devices.ts';
import { denied, output } from '../../../../support/fake-reader.ts';
import { recordedAnswers } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';

const serials = (value: unknown): readonly unknown[] =>
  Object(value).map((device: Readonly<Record<string, unknown>>) => [
    device['serialNumber'],
    device['userName'],
    device['virtual'],
  ]);

test('joins virtual devices with those of the users', async () => {
  const { value } = await outcomeOf(mfaDevices);
  expect(serials(value)).toEqual([
    ['GAHT12345678', 'ada', false],
    ['arn:aws:iam::111122223333:mfa/leftover', null, true],
    ['arn:aws:iam::111122223333:mfa/root', null, true],
    ['arn:aws:iam::111122223333:mfa/zoe', 'zoe', true],
    ['arn:aws:iam::111122223333:u2f/user/zoe/passkey', 'zoe', false],
  ]);
});

test('tells the root user’s device from an unassigned one', async () => {
  const { value } = await outcomeOf(mfaDevices);
  expect(value).toContainEqual(
    expect.objectContaining({ userArn: 'arn:aws:iam::111122223333:root', userName: null }),
  );
  expect(value).toContainEqual(expect.objectContaining({ userArn: null, enabledAt: null }));
});

test('keeps a user’s virtual device when the list of virtual ones is denied', async () => {
  const { state, value } = await outcomeOf(mfaDevices, { ListVirtualMFADevices: denied() });
  expect(state).toBe('partial');
  expect(serials(value)).toContainEqual(['arn:aws:iam::111122223333:mfa/zoe', 'zoe', true]);
});

test('a device without a serial number is a gap', async () => {
  const { gaps } = await outcomeOf(mfaDevices, {
    ListVirtualMFADevices: output({ VirtualMFADevices: [{}] }),
    ListMFADevices: output({ MFADevices: [{}] }),
  });
  expect(gaps.map((gap) => gap.reason)).toEqual(['malformed', 'malformed', 'malformed']);
});

test('reads recorded answers', async () => {
  for (const answer of recordedAnswers('iam', 'ListVirtualMFADevices') ?? []) {
    const { state } = await outcomeOf(mfaDevices, { ListVirtualMFADevices: output(answer) });
    expect(state).toBe('complete');
  }
});
