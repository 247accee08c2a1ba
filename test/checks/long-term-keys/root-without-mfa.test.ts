import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/root-without-mfa.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildAccountSummary, buildCredentialReport } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const root = `arn:aws:iam::${exampleAccountId}:root`;
const withoutMfa = buildAccountSummary({ rootMfaEnabled: false });

const cases = checkCases(check, {
  clean: [{ name: 'root with MFA', evidence: { 'iam.account-summary': buildAccountSummary() } }],
  failing: [
    {
      name: 'password without device',
      evidence: { 'iam.account-summary': withoutMfa },
      sightings: [{ messageId: 'withoutMfa', arn: root }],
    },
    {
      name: 'whether there is a password is not told',
      evidence: { 'iam.account-summary': { ...withoutMfa, rootPasswordPresent: null } },
      sightings: [{ messageId: 'withoutMfa', arn: root }],
    },
    {
      name: 'the report still shows a device',
      evidence: { 'iam.account-summary': withoutMfa, 'iam.credential-report': buildCredentialReport() },
      sightings: [{ messageId: 'removedSince', arn: root }],
    },
    {
      name: 'root credentials were removed',
      evidence: { 'iam.account-summary': { ...withoutMfa, rootPasswordPresent: false } },
      sightings: [{ messageId: 'withoutPassword', arn: root }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
