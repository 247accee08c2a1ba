import { test } from '@jest/globals';
import check from '../../../checks/eyes/changed-region.ts';
import { contentDigest } from '../../../src/derive/resource/resource-fact.ts';
import {
  buildAccountRegion,
  buildBaselineEntry,
  buildBaselineView,
  exampleAccountId,
} from '../../../src/testing/builders/account.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

type Status = ReturnType<typeof buildAccountRegion>['status'];

const arn = `arn:aws:account::${exampleAccountId}:region/ap-east-1`;
const region = (status: Status) => buildAccountRegion({ name: 'ap-east-1', status });
/** As the `resources` derivation digests a region, which is what a baseline keeps. */
const before = (status: Status) => ({
  baseline: buildBaselineView([
    buildBaselineEntry({ type: 'region', id: arn, contentSha256: contentDigest(status) }),
  ]),
});

const cases = checkCases(check, {
  clean: [
    {
      name: 'default and switched off regions, no baseline',
      evidence: { 'account.regions': [buildAccountRegion(), region('DISABLED')] },
    },
    {
      name: 'on as before',
      evidence: { 'account.regions': [region('ENABLED')] },
      context: before('ENABLED'),
    },
    {
      name: 'off as before',
      evidence: { 'account.regions': [region('DISABLED')] },
      context: before('DISABLED'),
    },
  ],
  failing: [
    {
      name: 'opted in, no baseline',
      evidence: { 'account.regions': [region('ENABLED')] },
      sightings: [{ messageId: 'optedIn', arn }],
    },
    {
      name: 'switched on',
      evidence: { 'account.regions': [region('ENABLED')] },
      context: before('DISABLED'),
      sightings: [{ messageId: 'enabled', arn }],
    },
    {
      name: 'switched off',
      evidence: { 'account.regions': [region('DISABLED')] },
      context: before('ENABLED'),
      sightings: [{ messageId: 'disabled', arn }],
    },
    {
      name: 'on its way',
      evidence: { 'account.regions': [region('ENABLING'), { name: 'af-south-1', status: 'DISABLING' }] },
      sightings: [
        { messageId: 'enabling', arn },
        { messageId: 'disabling', arn: `arn:aws:account::${exampleAccountId}:region/af-south-1` },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
