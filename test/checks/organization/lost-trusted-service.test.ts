import { test } from '@jest/globals';
import check from '../../../checks/organization/lost-trusted-service.ts';
import { accountUnit } from '../../../src/model/scope.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import { buildAuthorizationDetails, buildRole } from '../../../src/testing/builders/iam.ts';
import { buildTrustedService } from '../../../src/testing/builders/organizations.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const serviceLinked = (service: string, name: string) =>
  buildRole({ path: `/aws-service-role/${service}/`, name });
const roles = [
  serviceLinked('organizations.amazonaws.com', 'AWSServiceRoleForOrganizations'),
  serviceLinked('support.amazonaws.com', 'AWSServiceRoleForSupport'),
  serviceLinked('stacksets.cloudformation.amazonaws.com', 'AWSServiceRoleForCloudFormationStackSetsOrgAdmin'),
  serviceLinked('config-multiaccountsetup.amazonaws.com', 'AWSServiceRoleForConfigMultiAccountSetup'),
  serviceLinked('access-analyzer.amazonaws.com', 'AWSServiceRoleForAccessAnalyzer'),
  buildRole({ name: 'application' }),
];
const evidence = (...trusted: readonly string[]) => ({
  'iam.authorization-details': buildAuthorizationDetails({ roles }),
  'organizations.trusted-services': trusted.map((servicePrincipal) =>
    buildTrustedService({ servicePrincipal }),
  ),
});

const cases = checkCases(check, {
  clean: [
    {
      name: 'roles of trusted services',
      evidence: evidence(
        'member.org.stacksets.cloudformation.amazonaws.com',
        'config-multiaccountsetup.amazonaws.com',
        'access-analyzer.amazonaws.com',
      ),
    },
    {
      name: 'services that nobody ever used',
      evidence: {
        'iam.authorization-details': buildAuthorizationDetails(),
        'organizations.trusted-services': [],
      },
    },
  ],
  failing: [
    {
      name: 'roles without trusted access',
      evidence: evidence('guardduty.amazonaws.com'),
      sightings: [
        { messageId: 'organizationRole', arn: 'member.org.stacksets.cloudformation.amazonaws.com' },
        { messageId: 'organizationRole', arn: 'config-multiaccountsetup.amazonaws.com' },
        { messageId: 'sharedRole', arn: 'access-analyzer.amazonaws.com' },
      ],
    },
  ],
  notApplicable: [
    {
      name: 'a member account',
      evidence: evidence(),
      context: { unit: accountUnit('aws', '222233334444') },
    },
    { name: 'no organization', evidence: evidence(), context: { managementAccountId: null } },
    {
      name: 'the baseline tells',
      evidence: evidence(),
      context: {
        baseline: buildBaselineView([
          buildBaselineEntry({ type: 'trusted-service', id: 'guardduty.amazonaws.com' }),
        ]),
      },
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
