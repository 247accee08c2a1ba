import { test } from '@jest/globals';
import check from '../../../checks/organization/changed-organization-policy.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import { buildOrganizationPolicy } from '../../../src/testing/builders/organizations.ts';
import { buildResourceFact } from '../../../src/testing/builders/resource-fact.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const type = 'organization-policy';
const policy = buildOrganizationPolicy();
const awsManaged = buildOrganizationPolicy({ id: 'p-FullAWSAccess', awsManaged: true });
const draft = buildOrganizationPolicy({ id: 'p-draft', targets: [] });
const fact = (arn: string) => buildResourceFact({ type, arn, contentSha256: 'a'.repeat(64) });
const baselineOf = (...entries: readonly (readonly [string, string])[]) =>
  buildBaselineView(entries.map(([id, contentSha256]) => buildBaselineEntry({ type, id, contentSha256 })));
const evidence = {
  'organizations.policies': [policy, awsManaged],
  'resources.organization': [fact(policy.arn)],
};
const baseline = baselineOf([policy.arn, 'a'.repeat(64)]);

const cases = checkCases(check, {
  clean: [
    { name: 'as reviewed', evidence, context: { baseline } },
    {
      name: 'a policy more is no change',
      evidence: {
        'organizations.policies': [policy, draft],
        'resources.organization': [fact(policy.arn), fact(draft.arn)],
      },
      context: { baseline },
    },
  ],
  failing: [
    {
      name: 'text or targets differ, another is gone',
      evidence: {
        'organizations.policies': [policy, draft],
        'resources.organization': [fact(policy.arn), fact(draft.arn)],
      },
      context: {
        baseline: baselineOf(
          [policy.arn, 'b'.repeat(64)],
          [draft.arn, 'b'.repeat(64)],
          [`${policy.arn}-old`, 'a'.repeat(64)],
        ),
      },
      sightings: [
        { messageId: 'changed', arn: policy.arn },
        { messageId: 'changed', arn: draft.arn },
        { messageId: 'gone', arn: `${policy.arn}-old` },
      ],
    },
  ],
  notApplicable: [{ name: 'without a baseline', evidence }],
});

for (const one of cases) {
  test(one.name, one.run);
}
