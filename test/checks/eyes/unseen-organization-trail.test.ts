import { test } from '@jest/globals';
import check from '../../../checks/eyes/unseen-organization-trail.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const account = `arn:aws:iam::${exampleAccountId}:root`;
const context = { managementAccountId: '222233334444' };

const cases = checkCases(check, {
  clean: [{ name: 'the copy is there', evidence: { 'cloudtrail.trails': [buildTrail()] }, context }],
  failing: [
    {
      name: 'own trail only',
      evidence: { 'cloudtrail.trails': [buildTrail({ organizationTrail: false })] },
      context,
      sightings: [{ messageId: 'ownOnly', arn: account }],
    },
    {
      name: 'no trail',
      evidence: { 'cloudtrail.trails': [] },
      context,
      sightings: [{ messageId: 'unrecorded', arn: account }],
    },
  ],
  notApplicable: [
    { name: 'management account', evidence: { 'cloudtrail.trails': [] } },
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
