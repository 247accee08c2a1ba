import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/window-principal.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import { roleArn, userArn } from '../../../src/testing/builders/iam.ts';
import { buildPrincipal } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const createdAt = '2026-11-03T10:00:00.000Z';
const context = { incident: buildIncident() };

const cases = checkCases(check, {
  clean: [{ name: 'made before', evidence: { principals: [buildPrincipal()] }, context }],
  failing: [
    {
      name: 'made in the window, by somebody and by a service',
      evidence: {
        principals: [
          buildPrincipal({ type: 'iam-user', name: 'svc-backup', createdAt }),
          buildPrincipal({
            name: 'linked',
            path: '/aws-service-role/x/',
            managedBy: 'service-linked',
            createdAt,
          }),
        ],
      },
      context,
      sightings: [
        { messageId: 'made', arn: userArn('svc-backup') },
        { messageId: 'byService', arn: roleArn('aws-service-role/x/linked') },
      ],
    },
  ],
  notApplicable: [{ name: 'no incident', evidence: { principals: [] } }],
});

for (const { name, run } of cases) {
  test(name, run);
}
