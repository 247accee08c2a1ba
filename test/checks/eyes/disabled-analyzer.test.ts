import { test } from '@jest/globals';
import check from '../../../checks/eyes/disabled-analyzer.ts';
import { buildAnalyzer } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [
    {
      name: 'active or being made',
      evidence: {
        'access-analyzer.analyzers': [buildAnalyzer(), buildAnalyzer({ name: 'new', status: 'CREATING' })],
      },
    },
  ],
  failing: [
    {
      name: 'trusted access removed; failed',
      evidence: {
        'access-analyzer.analyzers': [
          buildAnalyzer({
            name: 'organization',
            type: 'ORGANIZATION',
            status: 'DISABLED',
            statusReason: 'AWS_SERVICE_ACCESS_DISABLED',
          }),
          buildAnalyzer({ name: 'failed', status: 'FAILED' }),
        ],
      },
      sightings: [
        { messageId: 'organization', arn: buildAnalyzer({ name: 'organization' }).arn },
        { messageId: 'inactive', arn: buildAnalyzer({ name: 'failed' }).arn },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
