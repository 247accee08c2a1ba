import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/old-key.ts';
import { accessKeyArn, buildAccessKey } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const old = buildAccessKey({ createdAt: '2023-05-02T08:00:00.000Z' });

const cases = checkCases(check, {
  clean: [
    { name: 'a month old', evidence: { 'iam.access-keys': [buildAccessKey()] } },
    { name: 'old but inactive', evidence: { 'iam.access-keys': [{ ...old, status: 'Inactive' }] } },
    {
      name: 'within a longer limit',
      evidence: { 'iam.access-keys': [old] },
      context: { options: { maximumAgeDays: 4000 } },
    },
  ],
  failing: [
    {
      name: 'older than 90 days',
      evidence: { 'iam.access-keys': [old] },
      sightings: [{ messageId: 'old', arn: accessKeyArn(old.accessKeyId) }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
