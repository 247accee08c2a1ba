import { test } from '@jest/globals';
import check from '../../../checks/eyes/stopped-trail.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const stopped = buildTrail({ name: 'stopped', logging: false, stoppedAt: '2026-11-03T10:50:00.000Z' });

const cases = checkCases(check, {
  clean: [{ name: 'logging', evidence: { 'cloudtrail.trails': [buildTrail()] } }],
  failing: [
    {
      name: 'the only full trail is stopped',
      evidence: {
        'cloudtrail.trails': [stopped, buildTrail({ name: 'single', multiRegion: false })],
      },
      sightings: [{ messageId: 'blind', arn: stopped.arn }],
    },
    {
      name: 'another trail records everything',
      evidence: { 'cloudtrail.trails': [{ ...stopped, stoppedAt: null }, buildTrail()] },
      sightings: [{ messageId: 'covered', arn: stopped.arn }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
