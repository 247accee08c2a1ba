import { test } from '@jest/globals';
import check from '../../../checks/organization/disabled-policy-type.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import {
  buildOrganizationPolicy,
  buildOrganizationRoot,
} from '../../../src/testing/builders/organizations.ts';
import { buildResourceFact } from '../../../src/testing/builders/resource-fact.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const root = buildOrganizationRoot();
const bare = buildOrganizationRoot({ policyTypes: [] });
const leaving = buildOrganizationRoot({
  policyTypes: [
    { type: 'SERVICE_CONTROL_POLICY', status: 'ENABLED' },
    { type: 'RESOURCE_CONTROL_POLICY', status: 'PENDING_DISABLE' },
  ],
});
const policies = [
  buildOrganizationPolicy(),
  buildOrganizationPolicy({ id: 'p-FullAWSAccess', awsManaged: true }),
];
const perimeter = buildOrganizationPolicy({ id: 'p-perimeter', type: 'RESOURCE_CONTROL_POLICY' });
const type = 'organization-root';
const baseline = buildBaselineView([
  buildBaselineEntry({ type, id: root.arn, contentSha256: 'b'.repeat(64) }),
]);

const cases = checkCases(check, {
  clean: [
    {
      name: 'enabled, with a policy',
      evidence: { 'organizations.roots': [root], 'organizations.policies': policies },
    },
    {
      name: 'never used: off and without policies',
      evidence: { 'organizations.roots': [bare], 'organizations.policies': policies.slice(1) },
    },
  ],
  failing: [
    {
      name: 'off although a customer policy exists',
      evidence: { 'organizations.roots': [bare], 'organizations.policies': policies },
      sightings: [{ messageId: 'off', arn: root.arn }],
    },
    {
      name: 'on the way out',
      evidence: { 'organizations.roots': [leaving], 'organizations.policies': [...policies, perimeter] },
      sightings: [{ messageId: 'off', arn: root.arn }],
    },
    {
      name: 'other types than the baseline holds',
      evidence: {
        'organizations.roots': [root],
        'organizations.policies': [],
        'resources.organization': [buildResourceFact({ type, arn: root.arn, contentSha256: 'a'.repeat(64) })],
      },
      context: { baseline },
      sightings: [{ messageId: 'changed', arn: root.arn }],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
