import { test } from '@jest/globals';
import check from '../../../checks/organization/unknown-trusted-service.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import { buildTrustedService } from '../../../src/testing/builders/organizations.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const baseline = buildBaselineView([
  buildBaselineEntry({ type: 'trusted-service', id: 'guardduty.amazonaws.com' }),
]);
const trusted = (...ids: readonly string[]) => ({
  'organizations.trusted-services': ids.map((servicePrincipal) => buildTrustedService({ servicePrincipal })),
});

const cases = checkCases(check, {
  clean: [
    { name: 'in the baseline', evidence: trusted('guardduty.amazonaws.com'), context: { baseline } },
    { name: 'nothing is trusted', evidence: trusted(), context: { baseline } },
  ],
  failing: [
    {
      name: 'not in the baseline',
      evidence: trusted(
        'guardduty.amazonaws.com',
        'wellarchitected.amazonaws.com',
        'member.org.stacksets.cloudformation.amazonaws.com',
        'born-yesterday.amazonaws.com',
      ),
      context: { baseline },
      sightings: [
        { messageId: 'unknown', arn: 'wellarchitected.amazonaws.com' },
        { messageId: 'powerful', arn: 'member.org.stacksets.cloudformation.amazonaws.com' },
        { messageId: 'unknown', arn: 'born-yesterday.amazonaws.com' },
      ],
    },
  ],
  notApplicable: [
    { name: 'without a baseline', evidence: trusted('iam.amazonaws.com') },
    {
      name: 'the baseline holds no service at all',
      evidence: trusted('iam.amazonaws.com'),
      context: { baseline: buildBaselineView([buildBaselineEntry()]) },
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
