import { test } from '@jest/globals';
import check from '../../../checks/eyes/limited-trail.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [{ name: 'an organization trail', evidence: { 'cloudtrail.trails': [buildTrail()] } }],
  failing: [
    {
      name: 'each limit',
      evidence: {
        'cloudtrail.trails': [
          buildTrail({ name: 'a', multiRegion: false }),
          buildTrail({ name: 'b', globalServiceEvents: false }),
          buildTrail({ name: 'c', organizationTrail: false }),
        ],
      },
      sightings: [
        { messageId: 'singleRegion', arn: buildTrail({ name: 'a' }).arn },
        { messageId: 'withoutGlobalEvents', arn: buildTrail({ name: 'b' }).arn },
        { messageId: 'accountOnly', arn: buildTrail({ name: 'c' }).arn },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
