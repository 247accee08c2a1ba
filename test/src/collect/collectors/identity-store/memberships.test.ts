import { expect, test } from '@jest/globals';
import memberships from '../../../../../src/collect/collectors/identity-store/memberships.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, failure, fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import { dependencies, identityCenterAnswers, unit } from '../identity-center/identity-center-answers.ts';

const collect = async (script: Script) => {
  const reader = fakeReader(script, unit);
  return { reader, observation: await memberships.collect(fakeCollectContext(reader, dependencies, unit)) };
};

test('asks for each group in the region of its directory', async () => {
  const { reader, observation } = await collect(identityCenterAnswers);
  expect(reader.calls[0]).toMatchObject({
    input: { IdentityStoreId: 'd-1234567890', GroupId: 'group-1' },
    options: { region: 'eu-central-1', resource: 'group-1' },
  });
  expect(observation).toMatchObject({
    state: 'complete',
    value: [
      {
        id: 'membership-1',
        groupId: 'group-1',
        userId: 'user-1',
        createdBy: 'arn:aws:iam::111122223333:user/deploy',
      },
    ],
  });
});

test('a group that is gone has no members, a refusal is a gap', async () => {
  const gone = await collect({ ListGroupMemberships: failure('ResourceNotFoundException') });
  expect(gone.observation).toMatchObject({ state: 'complete', value: [] });
  const refused = await collect({ ListGroupMemberships: denied() });
  expect(refused.observation).toMatchObject({ state: 'missing', gaps: [{ resource: 'group-1' }] });
});

test('a member of an unknown kind is a gap', async () => {
  const { observation } = await collect({
    ListGroupMemberships: output({ GroupMemberships: [{ MembershipId: 'm', MemberId: {} }] }),
  });
  expect(observation).toMatchObject({
    state: 'partial',
    gaps: [{ reason: 'malformed', resource: 'group-1' }],
  });
});
