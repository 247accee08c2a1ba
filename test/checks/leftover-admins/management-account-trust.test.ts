import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/management-account-trust.ts';
import { roleArn } from '../../../src/testing/builders/iam.ts';
import {
  buildAdminPower,
  buildPower,
  buildPrincipal,
  buildTrustGrant,
} from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const management = '222233334444';
const context = { managementAccountId: management };
const role = (name: string, fields: Parameters<typeof buildTrustGrant>[0] = {}, accountId = management) =>
  buildPrincipal({
    name,
    trust: [
      buildTrustGrant({
        principal: `arn:aws:iam::${accountId}:root`,
        accountId,
        relation: 'organization',
        ...fields,
      }),
    ],
  });

const cases = checkCases(check, {
  clean: [
    {
      name: 'other accounts and services',
      evidence: { principals: [role('a', {}, '333344445555')] },
      context,
    },
  ],
  failing: [
    {
      name: 'by power and guard',
      evidence: {
        principals: [
          { ...role('OrganizationAccountAccessRole'), power: buildAdminPower() },
          { ...role('break-glass', { guards: { mfa: true } }), power: buildAdminPower() },
          { ...role('named', { principalKind: 'iam-principal' }), power: buildAdminPower() },
          { ...role('deploys'), power: buildPower({ readsOnly: false }) },
          role('audits'),
        ],
      },
      context,
      sightings: [
        { messageId: 'openAdmin', arn: roleArn('OrganizationAccountAccessRole') },
        { messageId: 'guardedAdmin', arn: roleArn('break-glass') },
        { messageId: 'guardedAdmin', arn: roleArn('named') },
        { messageId: 'limited', arn: roleArn('deploys') },
        { messageId: 'readOnly', arn: roleArn('audits') },
      ],
    },
  ],
  notApplicable: [
    { name: 'the management account itself', evidence: { principals: [] } },
    { name: 'organization unknown', evidence: { principals: [] }, context: { managementAccountId: null } },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
