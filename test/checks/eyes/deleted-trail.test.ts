import { test } from '@jest/globals';
import check from '../../../checks/eyes/deleted-trail.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const expecting = (id: string) => ({
  baseline: buildBaselineView([buildBaselineEntry({ type: 'trail', id })]),
});

const cases = checkCases(check, {
  clean: [
    {
      name: 'all there',
      evidence: { 'cloudtrail.trails': [buildTrail()] },
      context: expecting(buildTrail().arn),
    },
    {
      name: 'a trail of another account',
      evidence: { 'cloudtrail.trails': [] },
      context: expecting(buildTrail({ ownerAccountId: '222233334444' }).arn),
    },
  ],
  failing: [
    {
      name: 'one is gone',
      evidence: { 'cloudtrail.trails': [buildTrail({ name: 'other' })] },
      context: expecting(buildTrail().arn),
      sightings: [{ messageId: 'gone', arn: buildTrail().arn }],
    },
  ],
  notApplicable: [{ name: 'no baseline', evidence: { 'cloudtrail.trails': [] } }],
});

for (const { name, run } of cases) {
  test(name, run);
}
