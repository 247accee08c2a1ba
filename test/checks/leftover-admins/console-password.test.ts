import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/console-password.ts';
import { buildLoginProfile, userArn } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [{ name: 'no login profile', evidence: { 'iam.login-profiles': [] } }],
  failing: [
    {
      name: 'with and without a pending reset',
      evidence: {
        'iam.login-profiles': [
          buildLoginProfile(),
          buildLoginProfile({ userName: 'bob', passwordResetRequired: true }),
        ],
      },
      sightings: [
        { messageId: 'password', arn: `${userArn('alice')}/login-profile` },
        { messageId: 'resetPending', arn: `${userArn('bob')}/login-profile` },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
