import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/unused-key.ts';
import { accessKeyArn, buildAccessKey } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const idle = buildAccessKey({
  lastUsed: { at: '2026-08-05T00:00:00.000Z', region: 'us-east-1', service: 's3' },
});

const cases = checkCases(check, {
  clean: [
    { name: 'used yesterday', evidence: { 'iam.access-keys': [buildAccessKey()] } },
    { name: 'never used', evidence: { 'iam.access-keys': [buildAccessKey({ lastUsed: null })] } },
    {
      name: 'within a longer limit',
      evidence: { 'iam.access-keys': [idle] },
      context: { options: { maximumIdleDays: 400 } },
    },
  ],
  failing: [
    {
      name: 'idle for more than 90 days',
      evidence: { 'iam.access-keys': [idle] },
      sightings: [{ messageId: 'unused', arn: accessKeyArn(idle.accessKeyId) }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
