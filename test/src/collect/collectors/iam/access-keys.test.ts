import { expect, test } from '@jest/globals';
import accessKeys from '../../../../../src/collect/collectors/iam/access-keys.ts';
import { denied, failure, output } from '../../../../support/fake-reader.ts';
import { recordedAnswers } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';
import { report } from '../support/small-organization.ts';

const detailsDenied = {
  state: 'missing',
  gaps: [
    {
      reason: 'access-denied',
      operation: 'iam:GetAccountAuthorizationDetails',
      unit: { kind: 'account', partition: 'aws', accountId: '111122223333', region: null },
      detail: 'denied',
      retryable: false,
    },
  ],
} as const;

test('reads keys of all users, inactive ones too, with their last use', async () => {
  const { value } = await outcomeOf(accessKeys);
  expect(value).toEqual([
    {
      userName: 'ada',
      userArn: 'arn:aws:iam::111122223333:user/ada',
      accessKeyId: 'AKIAIOSFODNN7EXAMPL2',
      status: 'Inactive',
      createdAt: '2025-01-02T03:04:05.000Z',
      lastUsed: null,
    },
    expect.objectContaining({
      userName: 'zoe',
      status: 'Active',
      lastUsed: { at: '2025-01-02T03:04:05.000Z', region: 'us-east-1', service: 'sts' },
    }),
  ]);
});

test('a denied last use leaves null together with a gap that names the key', async () => {
  const { state, value, gaps } = await outcomeOf(accessKeys, { GetAccessKeyLastUsed: denied() });
  expect(state).toBe('partial');
  expect(value).toHaveLength(2);
  expect(gaps).toMatchObject([{ resource: 'AKIAIOSFODNN7EXAMPL2' }, { resource: 'AKIAIOSFODNN7EXAMPLE' }]);
});

test('one denied user is a gap that names the user', async () => {
  const { state, gaps } = await outcomeOf(accessKeys, {
    ListAccessKeys: (input) => (input['UserName'] === 'ada' ? denied() : output({ AccessKeyMetadata: [] })),
  });
  expect(state).toBe('partial');
  expect(gaps).toMatchObject([{ resource: 'arn:aws:iam::111122223333:user/ada' }]);
});

test('a user who was deleted meanwhile has no keys', async () => {
  const { state, value } = await outcomeOf(accessKeys, { ListAccessKeys: failure('NoSuchEntityException') });
  expect({ state, value }).toEqual({ state: 'complete', value: [] });
});

test('an unknown status is a gap and never an inactive key', async () => {
  const { state, value } = await outcomeOf(accessKeys, {
    ListAccessKeys: output({
      AccessKeyMetadata: [{ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Odd', CreateDate: new Date(0) }],
    }),
  });
  expect({ state, value }).toEqual({ state: 'partial', value: [] });
});

test('without authorization details it asks for the report’s users, and stays partial', async () => {
  const { state, value, gaps } = await outcomeOf(
    accessKeys,
    {},
    { 'iam.authorization-details': detailsDenied },
  );
  expect(state).toBe('partial');
  expect(value).toHaveLength(2);
  expect(gaps).toEqual(detailsDenied.gaps);
});

test('is missing when nobody knows the users', async () => {
  const { state, gaps, reader } = await outcomeOf(
    accessKeys,
    {},
    { 'iam.authorization-details': detailsDenied, 'iam.credential-report': detailsDenied },
  );
  expect(state).toBe('missing');
  expect(gaps).toEqual(detailsDenied.gaps);
  expect(reader.calls).toEqual([]);
});

test('an account without users is complete without a call', async () => {
  const { state, value, reader } = await outcomeOf(
    accessKeys,
    {},
    {
      'iam.authorization-details': {
        state: 'complete',
        value: { users: [], groups: [], roles: [], policies: [] },
        asOf: report.generatedAt,
        provenance: [],
      },
    },
  );
  expect({ state, value, calls: reader.calls }).toEqual({ state: 'complete', value: [], calls: [] });
});

test('a malformed role document hides no user', async () => {
  const { state } = await outcomeOf(
    accessKeys,
    {},
    {
      'iam.authorization-details': {
        state: 'partial',
        value: { users: [], groups: [], roles: [], policies: [] },
        asOf: report.generatedAt,
        provenance: [],
        gaps: [
          {
            ...detailsDenied.gaps[0],
            reason: 'malformed',
            resource: 'arn:aws:iam::111122223333:role/odd trust policy',
          },
        ],
      },
    },
  );
  expect(state).toBe('complete');
});

test('reads recorded answers', async () => {
  for (const answer of recordedAnswers('iam', 'ListAccessKeys') ?? []) {
    const { state } = await outcomeOf(accessKeys, { ListAccessKeys: output(answer) });
    expect(state).toBe('complete');
  }
});
