import { test } from '@jest/globals';
import check from '../../../checks/eyes/failing-delivery.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const old = '2026-11-02T10:00:00.000Z';

const cases = checkCases(check, {
  clean: [
    {
      name: 'delivered, just started, stopped',
      evidence: {
        'cloudtrail.trails': [
          buildTrail(),
          buildTrail({ name: 'new', startedAt: '2026-11-03T23:00:00.000Z', latestDeliveryAt: null }),
          buildTrail({ name: 'stopped', logging: false, latestDeliveryError: 'AccessDenied' }),
        ],
      },
    },
    {
      name: 'within a longer limit',
      evidence: { 'cloudtrail.trails': [buildTrail({ latestDeliveryAt: old })] },
      context: { options: { maximumSilentHours: 72 } },
    },
  ],
  failing: [
    {
      name: 'error, stale, never',
      evidence: {
        'cloudtrail.trails': [
          buildTrail({ name: 'a', latestDeliveryError: 'AccessDenied' }),
          buildTrail({ name: 'b', latestDeliveryAt: old }),
          buildTrail({ name: 'c', latestDeliveryAt: null }),
          buildTrail({ name: 'd', latestDeliveryAt: null, startedAt: null }),
        ],
      },
      sightings: [
        { messageId: 'error', arn: buildTrail({ name: 'a' }).arn },
        { messageId: 'stale', arn: buildTrail({ name: 'b' }).arn },
        { messageId: 'never', arn: buildTrail({ name: 'c' }).arn },
        { messageId: 'never', arn: buildTrail({ name: 'd' }).arn },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
