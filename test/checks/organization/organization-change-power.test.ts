import { test } from '@jest/globals';
import check from '../../../checks/organization/organization-change-power.ts';
import { accountUnit } from '../../../src/model/scope.ts';
import { buildDelegatedAdministrator } from '../../../src/testing/builders/organizations.ts';
import {
  buildAdminPower,
  buildGrantedAction,
  buildPower,
  buildPrincipal,
} from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const granted = (...actions: readonly string[]) => actions.map((action) => buildGrantedAction({ action }));
const changesOrganization = granted('organizations:DisableAWSServiceAccess', 'cloudtrail:StopLogging');
const power = buildPower({ changesOrganization });
const admin = buildAdminPower({ changesOrganization });
const unsure = buildPower({
  changesOrganization: [buildGrantedAction({ action: 'cloudtrail:StopLogging', verdict: 'conditional' })],
});
const member = { unit: accountUnit('aws', '222233334444') };

const user = buildPrincipal({ type: 'iam-user', name: 'deploy', power });
const group = buildPrincipal({ type: 'iam-group', name: 'operations', power });
const role = buildPrincipal({ name: 'pipeline', power: admin });
const reserved = buildPrincipal({ name: 'AWSReservedSSO_Admin', managedBy: 'identity-center', power: admin });
const bound = buildPrincipal({ name: 'bound', power: unsure });
const serviceLinked = buildPrincipal({ name: 'AWSServiceRoleForSSO', managedBy: 'service-linked', power });
const away = buildPrincipal({
  name: 'away',
  power: buildPower({ changesOrganization: granted('organizations:DisableAWSServiceAccess') }),
});

const keeper = buildPrincipal({
  name: 'keeper',
  power: buildAdminPower({ changesOrganization: granted('sso:UpdatePermissionSet') }),
});
const none = { 'organizations.delegated-administrators': [] } as const;

const cases = checkCases(check, {
  clean: [
    { name: 'nobody can', evidence: { principals: [buildPrincipal(), serviceLinked], ...none } },
    {
      name: 'a member’s administrators, and rights that do not work there',
      evidence: { principals: [role, away], ...none },
      context: member,
    },
    {
      name: 'an account to which detection only is delegated',
      evidence: {
        principals: [role, keeper, away],
        'organizations.delegated-administrators': [buildDelegatedAdministrator()],
      },
      context: member,
    },
  ],
  failing: [
    {
      name: 'in the management account',
      evidence: { principals: [user, group, role, reserved, bound, serviceLinked], ...none },
      sightings: [
        { messageId: 'managementUser', arn: user.arn },
        { messageId: 'management', arn: group.arn },
        { messageId: 'management', arn: role.arn },
        { messageId: 'identityCenter', arn: reserved.arn },
        { messageId: 'conditional', arn: bound.arn },
      ],
    },
    {
      name: 'in an account to which Identity Center is delegated: only what works there',
      evidence: {
        principals: [keeper, away],
        'organizations.delegated-administrators': [
          buildDelegatedAdministrator({
            services: ['guardduty.amazonaws.com', 'sso.amazonaws.com'].map((servicePrincipal) => ({
              servicePrincipal,
              delegatedAt: null,
            })),
          }),
        ],
      },
      context: member,
      sightings: [{ messageId: 'delegated', arn: keeper.arn }],
    },
    {
      name: 'in another member',
      evidence: { principals: [user, bound], ...none },
      context: member,
      sightings: [
        { messageId: 'member', arn: user.arn },
        { messageId: 'conditional', arn: bound.arn },
      ],
    },
  ],
  notApplicable: [
    {
      name: 'no organization',
      evidence: { principals: [user], ...none },
      context: { managementAccountId: null },
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
