import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/long-role-session.ts';
import { buildRoleSettings, roleArn } from '../../../src/testing/builders/iam.ts';
import { buildAdminPower, buildPrincipal } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [
    {
      name: 'one hour, and a role of Identity Center',
      evidence: {
        principals: [
          buildPrincipal(),
          buildPrincipal({ name: 'AWSReservedSSO_x', managedBy: 'identity-center' }),
          buildPrincipal({ type: 'iam-user' }),
        ],
        'iam.role-settings': [
          buildRoleSettings(),
          buildRoleSettings({ arn: roleArn('AWSReservedSSO_x'), maxSessionDuration: 43200 }),
        ],
      },
    },
    {
      name: 'within a longer limit',
      evidence: {
        principals: [buildPrincipal()],
        'iam.role-settings': [buildRoleSettings({ maxSessionDuration: 43200 })],
      },
      context: { options: { maximumHours: 12 } },
    },
  ],
  failing: [
    {
      name: 'twelve hours, with and without power',
      evidence: {
        principals: [buildPrincipal(), buildPrincipal({ name: 'admin', power: buildAdminPower() })],
        'iam.role-settings': [
          buildRoleSettings({ maxSessionDuration: 43200 }),
          buildRoleSettings({ arn: roleArn('admin'), maxSessionDuration: 43200 }),
        ],
      },
      sightings: [
        { messageId: 'ordinary', arn: roleArn('application') },
        { messageId: 'privileged', arn: roleArn('admin') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
