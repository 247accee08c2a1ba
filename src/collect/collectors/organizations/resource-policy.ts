import { DescribeResourcePolicyCommand } from '@aws-sdk/client-organizations';
import type { OrganizationResourcePolicy } from '../../../model/evidence/organizations.ts';
import { defineCollector } from '../../define-collector.ts';
import { organizationNotInUse } from '../support/absent-errors.ts';
import { Reading } from '../support/reading.ts';

/** The delegation policy of the organization. */
export default defineCollector({
  key: 'organizations.resource-policy',
  vantage: 'management-or-delegated',
  operations: [
    {
      service: 'organizations',
      command: 'DescribeResourcePolicy',
      permission: 'organizations:DescribeResourcePolicy',
    },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const answer = await reading.one(
      DescribeResourcePolicyCommand,
      {},
      { absentOn: ['ResourcePolicyNotFoundException', ...organizationNotInUse] },
    );
    if (answer.kind !== 'value') {
      return reading.finish<OrganizationResourcePolicy>({ present: false });
    }
    const policy = answer.value.ResourcePolicy;
    const fields = reading.required({ arn: policy?.ResourcePolicySummary?.Arn }, 'resource policy');
    return fields === null
      ? reading.missing()
      : reading.finish<OrganizationResourcePolicy>({
          present: true,
          ...fields,
          document: reading.policy(policy?.Content, fields.arn),
        });
  },
});
