import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { defineCollector } from '../../define-collector.ts';
import { organizationNotInUse } from '../support/absent-errors.ts';
import { Reading } from '../support/reading.ts';

/** Works from every member account. Null = the account belongs to no organization. */
export default defineCollector({
  key: 'organizations.organization',
  vantage: 'account',
  operations: [
    {
      service: 'organizations',
      command: 'DescribeOrganization',
      permission: 'organizations:DescribeOrganization',
    },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const answer = await reading.one(DescribeOrganizationCommand, {}, { absentOn: organizationNotInUse });
    if (answer.kind !== 'value') {
      return reading.finish(null);
    }
    const organization = answer.value.Organization;
    context.redacted(
      'Organization.MasterAccountEmail',
      organization?.MasterAccountEmail === undefined ? 0 : 1,
    );
    const fields = reading.required(
      {
        id: organization?.Id,
        arn: organization?.Arn,
        featureSet: organization?.FeatureSet,
        managementAccountId: organization?.MasterAccountId,
      },
      organization?.Arn ?? 'organization',
    );
    return fields === null ? reading.missing() : reading.finish(fields);
  },
});
