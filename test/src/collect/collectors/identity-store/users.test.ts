import { describe, expect, test } from '@jest/globals';
import users from '../../../../../src/collect/collectors/identity-store/users.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { fakeReader, output, pages, type Script } from '../../../../support/fake-reader.ts';
import { dependencies, identityCenterAnswers, unit } from '../identity-center/identity-center-answers.ts';

const collect = async (script: Script = identityCenterAnswers) => {
  const reader = fakeReader(script, unit);
  const context = fakeCollectContext(reader, dependencies, unit);
  return { reader, context, observation: await users.collect(context) };
};

describe('identity-store.users', () => {
  test('keeps the sign-in name and who made it, and drops the person', async () => {
    const { reader, context, observation } = await collect();
    expect(reader.calls[0]).toMatchObject({
      input: { IdentityStoreId: 'd-1234567890' },
      options: { region: 'eu-central-1' },
    });
    expect(observation).toMatchObject({
      state: 'complete',
      value: [
        {
          id: 'user-1',
          identityStoreId: 'd-1234567890',
          userName: 'jane',
          status: 'ENABLED',
          externalIssuers: ['https://scim.example/issuer'],
          createdAt: '2026-11-03T10:00:00.000Z',
          createdBy: 'arn:aws:sts::111122223333:assumed-role/Admin/deploy',
          updatedAt: null,
        },
      ],
    });
    for (const personal of ['Jane-Given', 'Doe-Family', 'jane.personal', '555-0100', 'external-secret-id']) {
      expect(JSON.stringify(observation)).not.toContain(personal);
    }
    expect([...context.redactions].sort()).toEqual([
      ['IdentityStore.User.Emails', 1],
      ['IdentityStore.User.ExternalIds.Id', 1],
      ['IdentityStore.User.Name', 1],
      ['IdentityStore.User.PhoneNumbers', 1],
    ]);
  });

  test('reads two pages; a user without name stays, one without id is a gap', async () => {
    const { observation } = await collect({
      ListUsers: pages(
        { Users: [{ UserId: 'b' }], NextToken: '2' },
        { Users: [{ UserId: 'a' }, { UserName: 'x' }] },
      ),
    });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ id: 'a', userName: '' }, { id: 'b' }],
      gaps: [{ reason: 'malformed', resource: 'd-1234567890' }],
    });
  });

  test('an empty directory is a known fact', async () => {
    expect((await collect({ ListUsers: output({ Users: [] }) })).observation).toMatchObject({
      state: 'complete',
      value: [],
    });
  });
});
