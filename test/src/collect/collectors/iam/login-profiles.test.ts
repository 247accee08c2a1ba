import { expect, test } from '@jest/globals';
import loginProfiles from '../../../../../src/collect/collectors/iam/login-profiles.ts';
import { failure, output } from '../../../../support/fake-reader.ts';
import { recordedAnswers } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';
import { report, smallDependencies } from '../support/small-organization.ts';

const withReport = (change: Partial<typeof report>) => ({
  'iam.credential-report': {
    state: 'complete',
    value: { ...report, ...change },
    asOf: change.generatedAt ?? report.generatedAt,
    provenance: [],
  } as const,
});

test('asks only for users with a password, and is then as old as the report', async () => {
  const { observation, reader } = await outcomeOf(loginProfiles);
  expect(reader.calls.map((call) => call.input)).toEqual([{ UserName: 'zoe' }]);
  expect(observation).toEqual({
    state: 'complete',
    value: [
      {
        userName: 'zoe',
        userArn: 'arn:aws:iam::111122223333:user/zoe',
        createdAt: '2025-01-02T03:04:05.000Z',
        passwordResetRequired: true,
      },
    ],
    asOf: report.generatedAt,
    provenance: [expect.objectContaining({ calls: 1 })],
  });
});

test('asks for everybody when the report is old', async () => {
  const { reader } = await outcomeOf(
    loginProfiles,
    {},
    withReport({ generatedAt: '2026-11-03T08:30:00.000Z' }),
  );
  expect(reader.calls).toHaveLength(2);
});

test('asks for users that are younger than the report, or not in it', async () => {
  const details = smallDependencies['iam.authorization-details'].value;
  const young = details.users.map((user) => ({ ...user, createdAt: '2026-11-03T11:56:00.000Z' }));
  const { reader } = await outcomeOf(
    loginProfiles,
    {},
    {
      'iam.authorization-details': {
        ...smallDependencies['iam.authorization-details'],
        value: { ...details, users: young },
      },
    },
  );
  expect(reader.calls).toHaveLength(2);
  const without = await outcomeOf(loginProfiles, {}, withReport({ rows: [] }));
  expect(without.reader.calls).toHaveLength(2);
});

test('a user without a password is a known absence', async () => {
  const { state, value } = await outcomeOf(loginProfiles, {
    GetLoginProfile: failure('NoSuchEntityException'),
  });
  expect({ state, value }).toEqual({ state: 'complete', value: [] });
});

test('a profile without a date is a gap', async () => {
  const { state, gaps } = await outcomeOf(loginProfiles, { GetLoginProfile: output({ LoginProfile: {} }) });
  expect(state).toBe('partial');
  expect(gaps).toMatchObject([{ reason: 'malformed', resource: 'arn:aws:iam::111122223333:user/zoe' }]);
});

test('reads recorded answers', async () => {
  for (const answer of recordedAnswers('iam', 'GetLoginProfile') ?? []) {
    const { state, value } = await outcomeOf(loginProfiles, { GetLoginProfile: output(answer) });
    expect(state).toBe('complete');
    expect(value).toHaveLength(1);
  }
});
