import { test } from '@jest/globals';
import check from '../../../checks/organization/missing-delegated-administrator.ts';
import { delegatedAdministratorArn } from '../../../src/model/resource-arn.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import { buildDelegatedAdministrator } from '../../../src/testing/builders/organizations.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const security = buildDelegatedAdministrator();
const id = delegatedAdministratorArn(security.arn);
const baseline = buildBaselineView([buildBaselineEntry({ type: 'delegated-administrator', id })]);

const cases = checkCases(check, {
  clean: [
    {
      name: 'still there',
      evidence: { 'organizations.delegated-administrators': [security] },
      context: { baseline },
    },
  ],
  failing: [
    {
      name: 'deregistered',
      evidence: {
        'organizations.delegated-administrators': [
          buildDelegatedAdministrator({ accountId: '444455556666' }),
        ],
      },
      context: { baseline },
      sightings: [{ messageId: 'gone', arn: id }],
    },
  ],
  notApplicable: [{ name: 'without a baseline', evidence: { 'organizations.delegated-administrators': [] } }],
});

for (const one of cases) {
  test(one.name, one.run);
}
