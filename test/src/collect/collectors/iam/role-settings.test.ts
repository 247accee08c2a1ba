import { expect, test } from '@jest/globals';
import roleSettings from '../../../../../src/collect/collectors/iam/role-settings.ts';
import { failure, output } from '../../../../support/fake-reader.ts';
import { recordedAnswers } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';

test('reads both pages', async () => {
  const { value } = await outcomeOf(roleSettings);
  expect(value).toEqual([
    {
      arn: 'arn:aws:iam::111122223333:role/break-glass',
      roleId: 'AROAOTHER',
      maxSessionDuration: 3600,
      description: null,
    },
    {
      arn: 'arn:aws:iam::111122223333:role/deploy',
      roleId: 'AROAEXAMPLE',
      maxSessionDuration: 43200,
      description: 'Deploys',
    },
  ]);
});

test('keeps the first page when the second fails', async () => {
  const role = { Arn: 'arn:aws:iam::111122223333:role/a', RoleId: 'AROA', MaxSessionDuration: 3600 };
  const { state, value, gaps } = await outcomeOf(roleSettings, {
    ListRoles: [output({ Roles: [role] }), failure('ServiceFailureException')],
  });
  expect(state).toBe('partial');
  expect(value).toHaveLength(1);
  expect(gaps).toMatchObject([{ reason: 'truncated' }]);
});

test('a role without a session duration is a gap, not an hour', async () => {
  const { value, gaps } = await outcomeOf(roleSettings, {
    ListRoles: output({ Roles: [{ Arn: 'arn:aws:iam::111122223333:role/a', RoleId: 'AROA' }] }),
  });
  expect(value).toEqual([]);
  expect(gaps).toMatchObject([{ reason: 'malformed', detail: 'the answer lacks maxSessionDuration' }]);
});

test('reads recorded answers: what it does not take is a gap', async () => {
  for (const answer of recordedAnswers('iam', 'ListRoles') ?? []) {
    const { value, gaps } = await outcomeOf(roleSettings, { ListRoles: output(answer) });
    const listed = Object(answer).Roles;
    expect(Object(value).length + gaps.length).toBe(listed.length);
  }
});
