import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/dormant-key.ts';
import { accessKeyArn, buildAccessKey } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const first = 'AKIAIOSFODNN7EXAMPLE';
const second = 'AKIAI44QH8DHBEXAMPLE';

const cases = checkCases(check, {
  clean: [
    { name: 'used key', evidence: { 'iam.access-keys': [buildAccessKey()] } },
    {
      name: 'inactive key without use',
      evidence: { 'iam.access-keys': [buildAccessKey({ status: 'Inactive', lastUsed: null })] },
    },
  ],
  failing: [
    {
      name: 'never used',
      evidence: {
        'iam.access-keys': [buildAccessKey({ lastUsed: null }), buildAccessKey({ accessKeyId: second })],
      },
      sightings: [{ messageId: 'neverUsed', arn: accessKeyArn(first) }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
