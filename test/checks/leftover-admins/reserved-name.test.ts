import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/reserved-name.ts';
import { roleArn, userArn } from '../../../src/testing/builders/iam.ts';
import { buildPrincipal, buildTrustGrant } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const service = { principalKind: 'service', principal: 'lambda.amazonaws.com', relation: 'aws' } as const;
const role = (name: string, path: string, fields: Parameters<typeof buildTrustGrant>[0]) =>
  buildPrincipal({ name, path, trust: [buildTrustGrant(fields)] });

const cases = checkCases(check, {
  clean: [
    {
      name: 'the real ones',
      evidence: {
        principals: [
          role('AWSReservedSSO_Admin_0123456789abcdef', '/aws-reserved/sso.amazonaws.com/eu-west-1/', {
            principalKind: 'saml',
            principal: 'arn:aws:iam::111122223333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE',
          }),
          role('AWSServiceRoleForSSO', '/aws-service-role/sso.amazonaws.com/', service),
          role('orders', '/service-role/', service),
          role('application', '/', {}),
        ],
      },
    },
  ],
  failing: [
    {
      name: 'names and paths of AWS in other hands',
      evidence: {
        principals: [
          role('AWSReservedSSO_Admin_0123456789abcdef', '/', {}),
          role('AWSServiceRoleForSupport', '/service-role/', service),
          buildPrincipal({ type: 'iam-user', name: 'awsservicerolefortrustedadvisor' }),
          role('AWSServiceRoleForX', '/aws-service-role/x.amazonaws.com/', {}),
          role('AWSReservedSSO_Y', '/aws-reserved/sso.amazonaws.com/', {}),
          role('worker', '/service-role/', {}),
        ],
      },
      sightings: [
        { messageId: 'wrongPath', arn: roleArn('AWSReservedSSO_Admin_0123456789abcdef') },
        { messageId: 'wrongPath', arn: roleArn('service-role/AWSServiceRoleForSupport') },
        { messageId: 'wrongPath', arn: userArn('awsservicerolefortrustedadvisor') },
        { messageId: 'foreignTrust', arn: roleArn('aws-service-role/x.amazonaws.com/AWSServiceRoleForX') },
        { messageId: 'foreignTrust', arn: roleArn('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Y') },
        { messageId: 'serviceRoleTrust', arn: roleArn('service-role/worker') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
