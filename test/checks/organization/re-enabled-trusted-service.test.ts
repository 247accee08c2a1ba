import { test } from '@jest/globals';
import check from '../../../checks/organization/re-enabled-trusted-service.ts';
import {
  buildBaselineEntry,
  buildBaselineView,
  buildIncident,
} from '../../../src/testing/builders/account.ts';
import { buildTrustedService } from '../../../src/testing/builders/organizations.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const late = '2026-11-03T13:00:00.000Z';
const evidence = {
  'organizations.trusted-services': [
    buildTrustedService({ servicePrincipal: 'guardduty.amazonaws.com', enabledAt: late }),
    buildTrustedService({ servicePrincipal: 'macie.amazonaws.com', enabledAt: late }),
    buildTrustedService({ servicePrincipal: 'born-yesterday.amazonaws.com', enabledAt: late }),
    buildTrustedService({ servicePrincipal: 'sso.amazonaws.com' }),
  ],
};
const undated = {
  'organizations.trusted-services': [buildTrustedService(), buildTrustedService({ enabledAt: null })],
};

const cases = checkCases(check, {
  clean: [
    { name: 'enabled long before the incident', evidence: undated, context: { incident: buildIncident() } },
    {
      name: 'what the baseline does not hold is another check’s business',
      evidence,
      context: {
        baseline: buildBaselineView([
          buildBaselineEntry({ type: 'trusted-service', id: 'sso.amazonaws.com' }),
        ]),
        incident: buildIncident(),
      },
    },
  ],
  failing: [
    {
      name: 'later than the baseline that holds it',
      evidence,
      context: {
        baseline: buildBaselineView(
          ['guardduty.amazonaws.com', 'macie.amazonaws.com', 'sso.amazonaws.com'].map((id) =>
            buildBaselineEntry({ type: 'trusted-service', id }),
          ),
        ),
      },
      sightings: [
        { messageId: 'offInBetweenGrave', arn: 'guardduty.amazonaws.com' },
        { messageId: 'offInBetween', arn: 'macie.amazonaws.com' },
      ],
    },
    {
      name: 'since the incident began, without a baseline of services',
      evidence,
      context: { incident: buildIncident(), baseline: buildBaselineView([buildBaselineEntry()]) },
      sightings: [
        { messageId: 'sinceIncident', arn: 'guardduty.amazonaws.com' },
        { messageId: 'sinceIncident', arn: 'macie.amazonaws.com' },
        { messageId: 'sinceIncident', arn: 'born-yesterday.amazonaws.com' },
      ],
    },
  ],
  notApplicable: [{ name: 'neither baseline nor incident', evidence }],
});

for (const one of cases) {
  test(one.name, one.run);
}
