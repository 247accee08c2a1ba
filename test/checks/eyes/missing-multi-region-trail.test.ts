import { test } from '@jest/globals';
import check from '../../../checks/eyes/missing-multi-region-trail.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const account = `arn:aws:iam::${exampleAccountId}:root`;

const cases = checkCases(check, {
  clean: [{ name: 'multi-region and logging', evidence: { 'cloudtrail.trails': [buildTrail()] } }],
  failing: [
    {
      name: 'one region, and one that is stopped',
      evidence: {
        'cloudtrail.trails': [
          buildTrail({ multiRegion: false }),
          buildTrail({ name: 'stopped', logging: false }),
        ],
      },
      sightings: [{ messageId: 'none', arn: account }],
    },
    {
      name: 'no trail',
      evidence: { 'cloudtrail.trails': [] },
      sightings: [{ messageId: 'none', arn: account }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
