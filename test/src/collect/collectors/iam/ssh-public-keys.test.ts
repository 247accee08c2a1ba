import { expect, test } from '@jest/globals';
import sshPublicKeys from '../../../../../src/collect/collectors/iam/ssh-public-keys.ts';
import { failure, output } from '../../../../support/fake-reader.ts';
import { outcomeOf } from '../support/outcome-of.ts';

test('reads the keys of every user', async () => {
  const { value } = await outcomeOf(sshPublicKeys);
  expect(value).toMatchObject([
    { keyId: 'APKAEXAMPLE1', userName: 'zoe', status: 'Active' },
    { keyId: 'APKAEXAMPLE2', userName: 'ada', uploadedAt: '2025-01-02T03:04:05.000Z' },
  ]);
});

test('a user who was deleted meanwhile has none; a key without an id is a gap', async () => {
  const { state, value, gaps } = await outcomeOf(sshPublicKeys, {
    ListSSHPublicKeys: (input) =>
      input['UserName'] === 'ada' ? failure('NoSuchEntityException') : output({ SSHPublicKeys: [{}] }),
  });
  expect({ state, value }).toEqual({ state: 'partial', value: [] });
  expect(gaps).toMatchObject([{ resource: 'arn:aws:iam::111122223333:user/zoe' }]);
});

test('a list that breaks off is partial', async () => {
  const { state, gaps } = await outcomeOf(sshPublicKeys, {
    ListSSHPublicKeys: [output({ SSHPublicKeys: [] }), failure('ServiceFailureException')],
  });
  expect(state).not.toBe('complete');
  expect(gaps[0]?.reason).toBe('truncated');
});
