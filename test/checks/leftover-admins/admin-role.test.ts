import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/admin-role.ts';
import { roleArn } from '../../../src/testing/builders/iam.ts';
import { buildAdminPower, buildPrincipal, buildTrustGrant } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [
    {
      name: 'powerless, service-linked, user',
      evidence: {
        principals: [
          buildPrincipal(),
          buildPrincipal({
            name: 'AWSServiceRoleForX',
            managedBy: 'service-linked',
            power: buildAdminPower(),
          }),
          buildPrincipal({ type: 'iam-user', power: buildAdminPower() }),
        ],
      },
    },
  ],
  failing: [
    {
      name: 'certain, all of IAM, conditional, of Identity Center',
      evidence: {
        principals: [
          buildPrincipal({ name: 'a', power: buildAdminPower(), trust: [buildTrustGrant()] }),
          buildPrincipal({ name: 'b', power: buildAdminPower({ administratorBy: 'all-iam' }) }),
          buildPrincipal({ name: 'c', power: buildAdminPower({ administrator: 'conditional' }) }),
          buildPrincipal({
            name: 'AWSReservedSSO_AdministratorAccess_0123456789abcdef',
            path: '/aws-reserved/sso.amazonaws.com/',
            managedBy: 'identity-center',
            power: buildAdminPower(),
          }),
        ],
      },
      sightings: [
        { messageId: 'everything', arn: roleArn('a') },
        { messageId: 'allOfIam', arn: roleArn('b') },
        { messageId: 'conditional', arn: roleArn('c') },
        {
          messageId: 'identityCenter',
          arn: roleArn('aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_0123456789abcdef'),
        },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
