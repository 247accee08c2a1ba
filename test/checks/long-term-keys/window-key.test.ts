import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/window-key.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import { accessKeyArn, buildAccessKey } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const first = 'AKIAIOSFODNN7EXAMPLE';
const second = 'AKIAI44QH8DHBEXAMPLE';
const context = { incident: buildIncident() };

const cases = checkCases(check, {
  clean: [{ name: 'key made before', evidence: { 'iam.access-keys': [buildAccessKey()] }, context }],
  failing: [
    {
      name: 'key made in the window',
      evidence: {
        'iam.access-keys': [
          buildAccessKey({ createdAt: '2026-11-03T09:00:00.000Z' }),
          buildAccessKey({ accessKeyId: second, userName: 'bob', createdAt: '2026-11-03T12:00:00.000Z' }),
        ],
      },
      context,
      sightings: [{ messageId: 'made', arn: accessKeyArn(first) }],
    },
  ],
  notApplicable: [
    { name: 'no incident', evidence: { 'iam.access-keys': [] } },
    {
      name: 'no window',
      evidence: { 'iam.access-keys': [] },
      context: { incident: buildIncident({ window: null }) },
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
