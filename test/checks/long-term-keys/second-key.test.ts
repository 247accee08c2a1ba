import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/second-key.ts';
import { accessKeyArn, buildAccessKey } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const second = 'AKIAI44QH8DHBEXAMPLE';
const younger = buildAccessKey({ accessKeyId: second, createdAt: '2026-11-03T09:20:00.000Z' });

const cases = checkCases(check, {
  clean: [
    {
      name: 'one key per user',
      evidence: {
        'iam.access-keys': [buildAccessKey(), buildAccessKey({ accessKeyId: second, userName: 'bob' })],
      },
    },
  ],
  failing: [
    {
      name: 'the younger of two active keys',
      evidence: { 'iam.access-keys': [buildAccessKey(), younger] },
      sightings: [{ messageId: 'bothActive', arn: accessKeyArn(second) }],
    },
    {
      name: 'one of two is inactive',
      evidence: { 'iam.access-keys': [buildAccessKey({ status: 'Inactive' }), younger] },
      sightings: [{ messageId: 'oneInactive', arn: accessKeyArn(second) }],
    },
    {
      name: 'made in the same second',
      evidence: { 'iam.access-keys': [buildAccessKey(), buildAccessKey({ accessKeyId: second })] },
      sightings: [{ messageId: 'bothActive', arn: accessKeyArn('AKIAIOSFODNN7EXAMPLE') }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
