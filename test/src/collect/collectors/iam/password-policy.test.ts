import { expect, test } from '@jest/globals';
import passwordPolicy from '../../../../../src/collect/collectors/iam/password-policy.ts';
import { failure, output } from '../../../../support/fake-reader.ts';
import { recordedAnswers } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';

test('reads what is set and what is not', async () => {
  const { value } = await outcomeOf(passwordPolicy);
  expect(value).toEqual({
    present: true,
    minimumLength: 14,
    requireSymbols: true,
    requireNumbers: true,
    requireUppercase: true,
    requireLowercase: false,
    allowUsersToChange: true,
    maxAgeDays: 90,
    reusePrevention: null,
    hardExpiry: false,
  });
});

test.each(['NoSuchEntityException', 'NoSuchEntity'])('%s is a known absence', async (name) => {
  const { state, value } = await outcomeOf(passwordPolicy, { GetAccountPasswordPolicy: failure(name) });
  expect({ state, value }).toEqual({ state: 'complete', value: { present: false } });
});

test('a policy without its rules is malformed', async () => {
  const { state } = await outcomeOf(passwordPolicy, {
    GetAccountPasswordPolicy: output({ PasswordPolicy: { MinimumPasswordLength: 8 } }),
  });
  expect(state).toBe('missing');
});

test('reads recorded answers', async () => {
  for (const answer of recordedAnswers('iam', 'GetAccountPasswordPolicy') ?? []) {
    const { state } = await outcomeOf(passwordPolicy, { GetAccountPasswordPolicy: output(answer) });
    expect(state).toBe('complete');
  }
});
