import { test } from '@jest/globals';
import check from '../../../checks/eyes/missing-analyzer.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildAnalyzer } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [{ name: 'an active one', evidence: { 'access-analyzer.analyzers': [buildAnalyzer()] } }],
  failing: [
    {
      name: 'only others: unused access, disabled, of a service',
      evidence: {
        'access-analyzer.analyzers': [
          buildAnalyzer({ name: 'a', type: 'ACCOUNT_UNUSED_ACCESS' }),
          buildAnalyzer({ name: 'b', status: 'DISABLED' }),
          buildAnalyzer({ name: 'c', managedBy: 'securityhub.amazonaws.com' }),
        ],
      },
      sightings: [{ messageId: 'none', arn: `arn:aws:account::${exampleAccountId}:region/us-east-1` }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
