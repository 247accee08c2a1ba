import { test } from '@jest/globals';
import check from '../../../checks/eyes/interrupted-trail.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const inside = '2026-11-03T10:00:00.000Z';
const context = { incident: buildIncident() };

const cases = checkCases(check, {
  clean: [
    { name: 'running since long', evidence: { 'cloudtrail.trails': [buildTrail()] }, context },
    {
      name: 'stopped now, which another check reports',
      evidence: { 'cloudtrail.trails': [buildTrail({ logging: false, stoppedAt: inside })] },
      context,
    },
    { name: 'never started', evidence: { 'cloudtrail.trails': [buildTrail({ startedAt: null })] }, context },
  ],
  failing: [
    {
      name: 'stopped and started again; started',
      evidence: {
        'cloudtrail.trails': [
          buildTrail({ name: 'a', stoppedAt: inside, startedAt: '2026-11-03T10:30:00.000Z' }),
          buildTrail({ name: 'b', startedAt: inside }),
        ],
      },
      context,
      sightings: [
        { messageId: 'stopped', arn: buildTrail({ name: 'a' }).arn },
        { messageId: 'started', arn: buildTrail({ name: 'b' }).arn },
      ],
    },
  ],
  notApplicable: [{ name: 'no incident', evidence: { 'cloudtrail.trails': [] } }],
});

for (const { name, run } of cases) {
  test(name, run);
}
