import { test } from '@jest/globals';
import check from '../../../checks/identity-center/changed-permission-set.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import { buildPermissionSet } from '../../../src/testing/builders/identity-center.ts';
import { buildResourceFact } from '../../../src/testing/builders/resource-fact.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const type = 'permission-set';
const set = buildPermissionSet({ inlinePolicy: '{}' });
const other = buildPermissionSet({ name: 'other' });
const evidence = {
  'identity-center.permission-sets': [set, other],
  'resources.organization': [
    buildResourceFact({ type, arn: set.arn, contentSha256: 'a'.repeat(64) }),
    buildResourceFact({ type, arn: other.arn, contentSha256: 'a'.repeat(64) }),
  ],
};
const baselineOf = (contentSha256: string) =>
  buildBaselineView([buildBaselineEntry({ type, id: set.arn, contentSha256 })]);

const cases = checkCases(check, {
  clean: [{ name: 'as reviewed', evidence, context: { baseline: baselineOf('a'.repeat(64)) } }],
  failing: [
    {
      name: 'other settings',
      evidence,
      context: { baseline: baselineOf('b'.repeat(64)) },
      sightings: [{ messageId: 'changed', arn: set.arn }],
    },
  ],
  notApplicable: [{ name: 'without a baseline', evidence }],
});

for (const one of cases) {
  test(one.name, one.run);
}
