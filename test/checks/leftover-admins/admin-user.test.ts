import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/admin-user.ts';
import { userArn } from '../../../src/testing/builders/iam.ts';
import {
  buildAdminPower,
  buildPolicyReference,
  buildPrincipal,
} from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [
    { name: 'nobody', evidence: { principals: [] } },
    {
      name: 'powerless user and admin role',
      evidence: {
        principals: [buildPrincipal({ type: 'iam-user' }), buildPrincipal({ power: buildAdminPower() })],
      },
    },
  ],
  failing: [
    {
      name: 'through a managed policy, all of IAM, under conditions',
      evidence: {
        principals: [
          buildPrincipal({ type: 'iam-user', name: 'alice', power: buildAdminPower() }),
          buildPrincipal({
            type: 'iam-user',
            name: 'bob',
            power: buildAdminPower({
              administratorBy: 'all-iam',
              administratorPolicies: [buildPolicyReference({ policy: 'deploy', source: 'inline' })],
            }),
          }),
          buildPrincipal({
            type: 'iam-user',
            name: 'carol',
            groups: ['admins'],
            power: buildAdminPower({ administrator: 'conditional' }),
          }),
        ],
      },
      sightings: [
        { messageId: 'everything', arn: userArn('alice') },
        { messageId: 'allOfIam', arn: userArn('bob') },
        { messageId: 'conditional', arn: userArn('carol') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
