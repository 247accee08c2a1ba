import { test } from '@jest/globals';
import check from '../../../checks/organization/missing-trusted-service.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import { buildTrustedService } from '../../../src/testing/builders/organizations.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const baselineOf = (...ids: readonly string[]) =>
  buildBaselineView(ids.map((id) => buildBaselineEntry({ type: 'trusted-service', id })));
const trusted = (...ids: readonly string[]) => ({
  'organizations.trusted-services': ids.map((servicePrincipal) => buildTrustedService({ servicePrincipal })),
});

const cases = checkCases(check, {
  clean: [
    {
      name: 'everything that the baseline holds is on',
      evidence: trusted('config.amazonaws.com', 'guardduty.amazonaws.com', 'ram.amazonaws.com'),
      context: { baseline: baselineOf('config.amazonaws.com', 'guardduty.amazonaws.com') },
    },
    {
      name: 'what the option expects is on',
      evidence: trusted('cloudtrail.amazonaws.com'),
      context: { options: { expected: ['cloudtrail.amazonaws.com'] } },
    },
  ],
  failing: [
    {
      name: 'services of the baseline are off: each as bad as its loss',
      evidence: trusted('sso.amazonaws.com'),
      context: {
        baseline: baselineOf(
          'guardduty.amazonaws.com',
          'config.amazonaws.com',
          'macie.amazonaws.com',
          'tagpolicies.tag.amazonaws.com',
          'compute-optimizer.amazonaws.com',
          'born-yesterday.amazonaws.com',
          'sso.amazonaws.com',
        ),
      },
      sightings: [
        { messageId: 'critical', arn: 'guardduty.amazonaws.com' },
        { messageId: 'high', arn: 'config.amazonaws.com' },
        { messageId: 'medium', arn: 'macie.amazonaws.com' },
        { messageId: 'low', arn: 'tagpolicies.tag.amazonaws.com' },
        { messageId: 'info', arn: 'compute-optimizer.amazonaws.com' },
        { messageId: 'unlisted', arn: 'born-yesterday.amazonaws.com' },
      ],
    },
    {
      name: 'baseline and option name the same service: one finding',
      evidence: trusted(),
      context: {
        baseline: baselineOf('iam.amazonaws.com'),
        options: { expected: ['iam.amazonaws.com', 'securityhub.amazonaws.com'] },
      },
      sightings: [
        { messageId: 'critical', arn: 'iam.amazonaws.com' },
        { messageId: 'high', arn: 'securityhub.amazonaws.com' },
      ],
    },
  ],
  notApplicable: [
    { name: 'nobody says what is expected', evidence: trusted() },
    {
      name: 'the baseline speaks of other things only',
      evidence: trusted(),
      context: { baseline: buildBaselineView([buildBaselineEntry()]) },
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
