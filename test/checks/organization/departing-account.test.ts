import { test } from '@jest/globals';
import check from '../../../checks/organization/departing-account.ts';
import {
  buildBaselineEntry,
  buildBaselineView,
  buildOrganizationAccount,
} from '../../../src/testing/builders/account.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const active = buildOrganizationAccount();
const pending = buildOrganizationAccount({ id: '222233334444', state: 'PENDING_ACTIVATION' });
const closing = buildOrganizationAccount({ id: '333344445555', state: 'PENDING_CLOSURE' });
const suspended = buildOrganizationAccount({ id: '444455556666', state: 'SUSPENDED' });
const baseline = buildBaselineView(
  [active, pending].map(({ arn: id }) => buildBaselineEntry({ type: 'organization-account', id })),
);

const cases = checkCases(check, {
  clean: [
    { name: 'accounts that stay', evidence: { 'organizations.accounts': [active, pending] } },
    {
      name: 'all of the baseline',
      evidence: { 'organizations.accounts': [active, pending] },
      context: { baseline },
    },
  ],
  failing: [
    {
      name: 'closing and suspended',
      evidence: { 'organizations.accounts': [active, closing, suspended] },
      sightings: [
        { messageId: 'closing', arn: closing.arn },
        { messageId: 'suspended', arn: suspended.arn },
      ],
    },
    {
      name: 'gone since the baseline',
      evidence: { 'organizations.accounts': [active] },
      context: { baseline },
      sightings: [{ messageId: 'gone', arn: pending.arn }],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
