import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/active-key.ts';
import { accessKeyArn, buildAccessKey } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const first = 'AKIAIOSFODNN7EXAMPLE';
const second = 'AKIAI44QH8DHBEXAMPLE';

const cases = checkCases(check, {
  clean: [
    { name: 'no key', evidence: { 'iam.access-keys': [] } },
    { name: 'inactive key', evidence: { 'iam.access-keys': [buildAccessKey({ status: 'Inactive' })] } },
  ],
  failing: [
    {
      name: 'a key in use and one without use',
      evidence: {
        'iam.access-keys': [
          buildAccessKey({ accessKeyId: first }),
          buildAccessKey({ accessKeyId: second, userName: 'bob', lastUsed: null }),
        ],
      },
      sightings: [
        { messageId: 'used', arn: accessKeyArn(first) },
        { messageId: 'unused', arn: accessKeyArn(second, 'bob') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
