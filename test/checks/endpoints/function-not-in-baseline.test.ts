import { describe, test } from '@jest/globals';
import check from '../../../checks/endpoints/function-not-in-baseline.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import { buildResourceFact } from '../../../src/testing/builders/resource-fact.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const fact = buildResourceFact({ type: 'lambda-function', contentSha256: 'a'.repeat(64) });
const evidence = { 'resources.region': [fact] };
const baselineWith = (contentSha256: string | null) =>
  buildBaselineView([buildBaselineEntry({ type: fact.type, id: fact.arn, contentSha256 })]);

describe('function-not-in-baseline', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'reviewed and unchanged', evidence, context: { baseline: baselineWith('a'.repeat(64)) } },
      { name: 'reviewed without a digest', evidence, context: { baseline: baselineWith(null) } },
      {
        name: 'things of another kind',
        evidence: { 'resources.region': [buildResourceFact({ type: 'rest-api' })] },
        context: { baseline: buildBaselineView() },
      },
    ],
    failing: [
      {
        name: 'not reviewed',
        evidence,
        context: { baseline: buildBaselineView() },
        sightings: [{ messageId: 'unknown', arn: fact.arn }],
      },
      {
        name: 'reviewed with other content',
        evidence,
        context: { baseline: baselineWith('b'.repeat(64)) },
        sightings: [{ messageId: 'changed', arn: fact.arn }],
      },
    ],
    notApplicable: [{ name: 'without a baseline', evidence, context: { baseline: null } }],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }
});
