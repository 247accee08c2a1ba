import { ListAccountAssignmentsCommand } from '@aws-sdk/client-sso-admin';
import type { AccountAssignment } from '../../../model/evidence/identity-center.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

const assignmentOrder = (assignment: AccountAssignment): string =>
  [assignment.accountId, assignment.permissionSetArn, assignment.principalType, assignment.principalId].join(
    '\n',
  );

export default defineCollector({
  key: 'identity-center.assignments',
  vantage: 'management-or-delegated',
  dependsOn: ['identity-center.organization-instances', 'identity-center.permission-sets'],
  operations: [
    { service: 'sso-admin', command: 'ListAccountAssignments', permission: 'sso:ListAccountAssignments' },
  ],
  async collect(context) {
    const instances = context.dependency('identity-center.organization-instances');
    const sets = context.dependency('identity-center.permission-sets');
    if (instances.state === 'missing') {
      return instances;
    }
    if (sets.state === 'missing') {
      return sets;
    }
    const reading = new Reading(context);
    // Gaps of the instances are among those of the permission sets.
    reading.restsOn(sets.asOf, gapsOf(sets));
    const pairs = sets.value.flatMap((set) =>
      set.provisionedAccounts.map((accountId) => ({
        accountId,
        set,
        region: instances.value.find((instance) => instance.arn === set.instanceArn)?.region,
      })),
    );
    const assignments = await forEachResource(pairs, async ({ accountId, set, region }) => {
      const { items } = await reading.all(
        ListAccountAssignmentsCommand,
        { InstanceArn: set.instanceArn, AccountId: accountId, PermissionSetArn: set.arn, MaxResults: 100 },
        (output) => output.AccountAssignments,
        {
          resource: `${set.arn} in ${accountId}`,
          absentOn: ['ResourceNotFoundException'],
          ...(region === undefined ? {} : { region }),
        },
      );
      return items.flatMap((item): readonly AccountAssignment[] => {
        const fields = reading.required(
          { principalType: item.PrincipalType, principalId: item.PrincipalId },
          `${set.arn} in ${accountId}`,
        );
        return fields === null ? [] : [{ accountId, permissionSetArn: set.arn, ...fields }];
      });
    });
    return reading.finish(sortedBy(assignments.flat(), assignmentOrder));
  },
});
