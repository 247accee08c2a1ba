import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/admin-group.ts';
import { buildAdminPower, buildPrincipal } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const group = (name: string) => buildPrincipal({ type: 'iam-group', name, power: buildAdminPower() });

const cases = checkCases(check, {
  clean: [
    {
      name: 'powerless group',
      evidence: { principals: [buildPrincipal({ type: 'iam-group', name: 'readers' })] },
    },
  ],
  failing: [
    {
      name: 'with a member and empty',
      evidence: {
        principals: [
          group('operations'),
          group('spare'),
          buildPrincipal({
            type: 'iam-user',
            name: 'ops-sync',
            groups: ['operations'],
            power: buildAdminPower(),
          }),
        ],
      },
      sightings: [
        { messageId: 'withMembers', arn: group('operations').arn },
        { messageId: 'empty', arn: group('spare').arn },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
