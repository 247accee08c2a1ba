import { ListRolesCommand } from '@aws-sdk/client-iam';
import { defineCollector } from '../../define-collector.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

export default defineCollector({
  key: 'iam.role-settings',
  vantage: 'account',
  operations: [{ service: 'iam', command: 'ListRoles', permission: 'iam:ListRoles' }],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(ListRolesCommand, { MaxItems: 1000 }, (output) => output.Roles);
    const roles = items.flatMap((role) => {
      const fields = reading.required(
        { arn: role.Arn, roleId: role.RoleId, maxSessionDuration: role.MaxSessionDuration },
        role.Arn ?? 'role',
      );
      return fields === null ? [] : [{ ...fields, description: role.Description ?? null }];
    });
    return reading.finish(sortedBy(roles, (role) => role.arn));
  },
});
