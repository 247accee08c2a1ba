import { expect, test } from '@jest/globals';
import serviceSpecificCredentials from '../../../../../src/collect/collectors/iam/service-specific-credentials.ts';
import { denied, failure, output } from '../../../../support/fake-reader.ts';
import { recordedAnswers } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';

const credential = {
  UserName: 'zoe',
  ServiceName: 'logs.amazonaws.com',
  ServiceSpecificCredentialId: 'ACCAEXAMPLE',
  Status: 'Active',
  CreateDate: new Date(0),
};

test('asks once for the whole account', async () => {
  const { value, reader } = await outcomeOf(serviceSpecificCredentials);
  expect(reader.calls.map((call) => call.input)).toEqual([{ AllUsers: true }]);
  expect(value).toMatchObject([
    { credentialId: 'ACCAEXAMPLE1', status: 'Expired', expiresAt: '2025-01-02T03:04:05.000Z', alias: null },
    {
      credentialId: 'ACCAEXAMPLE2',
      userArn: 'arn:aws:iam::111122223333:user/zoe',
      serviceName: 'bedrock.amazonaws.com',
      alias: 'BedrockAPIKey-1',
      expiresAt: null,
    },
  ]);
});

test.each(['ValidationError', 'InvalidInputException'])(
  'asks user by user when the service answers %s',
  async (name) => {
    const { state, value, reader } = await outcomeOf(serviceSpecificCredentials, {
      ListServiceSpecificCredentials: (input) =>
        input['AllUsers'] === true
          ? failure(name)
          : output({ ServiceSpecificCredentials: input['UserName'] === 'zoe' ? [credential] : [] }),
    });
    expect(reader.calls).toHaveLength(3);
    expect(state).toBe('complete');
    expect(value).toMatchObject([{ credentialId: 'ACCAEXAMPLE', userName: 'zoe' }]);
  },
);

test('a user refused in the second attempt is a gap', async () => {
  const { state, gaps } = await outcomeOf(serviceSpecificCredentials, {
    ListServiceSpecificCredentials: (input) => {
      if (input['AllUsers'] === true) {
        return failure('ValidationError');
      }
      return input['UserName'] === 'ada' ? denied() : output({});
    },
  });
  expect(state).toBe('partial');
  expect(gaps).toMatchObject([{ resource: 'arn:aws:iam::111122223333:user/ada' }]);
});

test('a denied list is missing, never none', async () => {
  const { state, reader } = await outcomeOf(serviceSpecificCredentials, {
    ListServiceSpecificCredentials: denied(),
  });
  expect(state).toBe('missing');
  expect(reader.calls).toHaveLength(1);
});

test('a credential of a user that was not read keeps its place, with a gap', async () => {
  const { state, value } = await outcomeOf(serviceSpecificCredentials, {
    ListServiceSpecificCredentials: output({
      ServiceSpecificCredentials: [{ ...credential, UserName: 'eve' }],
    }),
  });
  expect(state).toBe('partial');
  expect(value).toMatchObject([{ userArn: 'arn:aws:iam::111122223333:user/eve' }]);
});

test('a credential without an id is a gap', async () => {
  const { state, value } = await outcomeOf(serviceSpecificCredentials, {
    ListServiceSpecificCredentials: output({ ServiceSpecificCredentials: [{ UserName: 'zoe' }] }),
  });
  expect({ state, value }).toEqual({ state: 'partial', value: [] });
});

test('reads recorded answers', async () => {
  for (const answer of recordedAnswers('iam', 'ListServiceSpecificCredentials') ?? []) {
    const { state } = await outcomeOf(serviceSpecificCredentials, {
      ListServiceSpecificCredentials: output(answer),
    });
    expect(['complete', 'partial']).toContain(state);
  }
});
