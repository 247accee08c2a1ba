import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/compromised-key.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import { accessKeyArn, buildAccessKey } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const first = 'AKIAIOSFODNN7EXAMPLE';
const second = 'AKIAI44QH8DHBEXAMPLE';
const context = { incident: buildIncident({ compromised: { accessKeyIds: [first] } }) };

const cases = checkCases(check, {
  clean: [
    {
      name: 'the key is gone',
      evidence: { 'iam.access-keys': [buildAccessKey({ accessKeyId: second })] },
      context,
    },
  ],
  failing: [
    {
      name: 'still active',
      evidence: { 'iam.access-keys': [buildAccessKey()] },
      context,
      sightings: [{ messageId: 'active', arn: accessKeyArn(first) }],
    },
    {
      name: 'deactivated only',
      evidence: { 'iam.access-keys': [buildAccessKey({ status: 'Inactive' })] },
      context,
      sightings: [{ messageId: 'inactive', arn: accessKeyArn(first) }],
    },
  ],
  notApplicable: [
    { name: 'no incident', evidence: { 'iam.access-keys': [buildAccessKey()] } },
    {
      name: 'the incident names no key',
      evidence: { 'iam.access-keys': [buildAccessKey()] },
      context: { incident: buildIncident() },
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
