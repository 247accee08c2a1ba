import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/weak-password-policy.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildPasswordPolicy } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const account = `arn:aws:iam::${exampleAccountId}:root`;

const cases = checkCases(check, {
  clean: [{ name: 'strong', evidence: { 'iam.password-policy': buildPasswordPolicy() } }],
  failing: [
    {
      name: 'none',
      evidence: { 'iam.password-policy': { present: false } },
      sightings: [{ messageId: 'missing', arn: account }],
    },
    {
      name: 'short',
      evidence: { 'iam.password-policy': buildPasswordPolicy({ minimumLength: 8 }) },
      sightings: [{ messageId: 'weak', arn: account }],
    },
    {
      name: 'forgetful',
      evidence: { 'iam.password-policy': buildPasswordPolicy({ reusePrevention: null }) },
      sightings: [{ messageId: 'weak', arn: account }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
