import { test } from '@jest/globals';
import check from '../../../checks/organization/moved-account.ts';
import {
  buildBaselineEntry,
  buildBaselineView,
  buildOrganizationAccount,
} from '../../../src/testing/builders/account.ts';
import { buildResourceFact } from '../../../src/testing/builders/resource-fact.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const type = 'organization-account';
const account = buildOrganizationAccount({ id: '222233334444' });
const facts = [buildResourceFact({ type, arn: account.arn, contentSha256: 'a'.repeat(64) })];
const baselineOf = (contentSha256: string) =>
  buildBaselineView([buildBaselineEntry({ type, id: account.arn, contentSha256 })]);
const evidence = { 'organizations.accounts': [account], 'resources.organization': facts };

const cases = checkCases(check, {
  clean: [
    { name: 'where it was', evidence, context: { baseline: baselineOf('a'.repeat(64)) } },
    {
      name: 'a closing account is another check’s business',
      evidence: { ...evidence, 'organizations.accounts': [{ ...account, state: 'PENDING_CLOSURE' }] },
      context: { baseline: baselineOf('b'.repeat(64)) },
    },
  ],
  failing: [
    {
      name: 'somewhere else',
      evidence,
      context: { baseline: baselineOf('b'.repeat(64)) },
      sightings: [{ messageId: 'moved', arn: account.arn }],
    },
    {
      name: 'at a place that is not told',
      evidence: { ...evidence, 'organizations.accounts': [{ ...account, path: null }] },
      context: { baseline: baselineOf('b'.repeat(64)) },
      sightings: [{ messageId: 'moved', arn: account.arn }],
    },
  ],
  notApplicable: [{ name: 'without a baseline', evidence }],
});

for (const one of cases) {
  test(one.name, one.run);
}
