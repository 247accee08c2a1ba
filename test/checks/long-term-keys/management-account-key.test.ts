import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/management-account-key.ts';
import { accessKeyArn, buildAccessKey } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const first = 'AKIAIOSFODNN7EXAMPLE';
const second = 'AKIAI44QH8DHBEXAMPLE';

const cases = checkCases(check, {
  clean: [
    { name: 'no key', evidence: { 'iam.access-keys': [] } },
    { name: 'expired key', evidence: { 'iam.access-keys': [buildAccessKey({ status: 'Expired' })] } },
  ],
  failing: [
    {
      name: 'active and inactive keys',
      evidence: {
        'iam.access-keys': [
          buildAccessKey({ accessKeyId: first }),
          buildAccessKey({ accessKeyId: second, status: 'Inactive' }),
        ],
      },
      sightings: [
        { messageId: 'active', arn: accessKeyArn(first) },
        { messageId: 'inactive', arn: accessKeyArn(second) },
      ],
    },
  ],
  notApplicable: [
    {
      name: 'member account',
      evidence: { 'iam.access-keys': [buildAccessKey()] },
      context: { managementAccountId: '222233334444' },
    },
    {
      name: 'organization unknown',
      evidence: { 'iam.access-keys': [buildAccessKey()] },
      context: { managementAccountId: null },
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
