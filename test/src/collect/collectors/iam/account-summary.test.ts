import { expect, test } from '@jest/globals';
import accountSummary from '../../../../../src/collect/collectors/iam/account-summary.ts';
import { output } from '../../../../support/fake-reader.ts';
import { recordedOutput } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';

test('tells the root user’s posture', async () => {
  const { value } = await outcomeOf(accountSummary);
  expect(value).toEqual({
    rootMfaEnabled: true,
    rootAccessKeysPresent: false,
    rootPasswordPresent: true,
    rootSigningCertificatesPresent: false,
    users: 2,
    roles: 2,
    groups: 1,
    policies: 1,
    providers: 2,
  });
});

test('does not take an absent number for zero', async () => {
  const { state, gaps } = await outcomeOf(accountSummary, {
    GetAccountSummary: output({ SummaryMap: { Users: 1 } }),
  });
  expect(state).toBe('missing');
  expect(gaps[0]?.detail).toMatch(/rootMfaEnabled, rootAccessKeysPresent/u);
});

test('a summary of before the password flag is partial', async () => {
  const recorded = recordedOutput('cloudmapper-demo-account', 'us-east-1', 'iam-get-account-summary.json');
  const old = {
    SummaryMap: {
      AccountMFAEnabled: 1,
      AccountAccessKeysPresent: 1,
      AccountSigningCertificatesPresent: 0,
      Users: 1,
      Roles: 9,
      Groups: 0,
      Policies: 4,
      Providers: 0,
    },
  };
  const { state, value, gaps } = await outcomeOf(accountSummary, {
    GetAccountSummary: output(recorded ?? old),
  });
  expect(state).toBe('partial');
  expect(value).toMatchObject({ rootAccessKeysPresent: true, rootPasswordPresent: null, roles: 9 });
  expect(gaps).toMatchObject([{ detail: 'the answer lacks AccountPasswordPresent' }]);
});
