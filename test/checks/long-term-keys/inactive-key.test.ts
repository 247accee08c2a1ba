import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/inactive-key.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import { accessKeyArn, buildAccessKey } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const inactive = buildAccessKey({ status: 'Inactive' });

const cases = checkCases(check, {
  clean: [
    { name: 'active key', evidence: { 'iam.access-keys': [buildAccessKey()] } },
    {
      name: 'compromised key, which another check reports',
      evidence: { 'iam.access-keys': [inactive] },
      context: { incident: buildIncident({ compromised: { accessKeyIds: [inactive.accessKeyId] } }) },
    },
  ],
  failing: [
    {
      name: 'inactive key',
      evidence: { 'iam.access-keys': [inactive] },
      sightings: [{ messageId: 'inactive', arn: accessKeyArn(inactive.accessKeyId) }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
