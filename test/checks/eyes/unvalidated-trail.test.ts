import { test } from '@jest/globals';
import check from '../../../checks/eyes/unvalidated-trail.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [{ name: 'validated', evidence: { 'cloudtrail.trails': [buildTrail()] } }],
  failing: [
    {
      name: 'validation off',
      evidence: { 'cloudtrail.trails': [buildTrail({ logFileValidation: false })] },
      sightings: [{ messageId: 'off', arn: buildTrail().arn }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
