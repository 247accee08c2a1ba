import { test } from '@jest/globals';
import check from '../../../checks/eyes/missing-organization-trail.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const account = `arn:aws:iam::${exampleAccountId}:root`;

const cases = checkCases(check, {
  clean: [{ name: 'an organization trail', evidence: { 'cloudtrail.trails': [buildTrail()] } }],
  failing: [
    {
      name: 'an account trail only',
      evidence: { 'cloudtrail.trails': [buildTrail({ organizationTrail: false })] },
      sightings: [{ messageId: 'none', arn: account }],
    },
    {
      name: 'it is stopped',
      evidence: { 'cloudtrail.trails': [buildTrail({ logging: false })] },
      sightings: [{ messageId: 'notLogging', arn: account }],
    },
  ],
  notApplicable: [
    {
      name: 'member',
      evidence: { 'cloudtrail.trails': [] },
      context: { managementAccountId: '222233334444' },
    },
    {
      name: 'organization unknown',
      evidence: { 'cloudtrail.trails': [] },
      context: { managementAccountId: null },
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
