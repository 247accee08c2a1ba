import { describe, expect, test } from '@jest/globals';
import check from '../../../checks/endpoints/credential-in-environment.ts';
import type { CheckContext } from '../../../src/model/check.ts';
import { regionUnit } from '../../../src/model/scope.ts';
import { sha256 } from '../../../src/model/sha256.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import { buildFunction, functionArn } from '../../../src/testing/builders/lambda.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = functionArn('orders');
const context: CheckContext = {
  asOf: '2026-11-04T00:00:00.000Z',
  unit: regionUnit('aws', '111122223333', 'us-east-1'),
  partition: 'aws',
  organizationId: null,
  managementAccountId: null,
  organizationAccountIds: null,
  incident: null,
  baseline: null,
  options: {},
};
const holding = (kind: string) => ({
  'lambda.functions': [
    buildFunction({
      environmentNames: ['UPSTREAM'],
      environmentCredentials: [{ name: 'UPSTREAM', kind, digest: sha256('AKIAIOSFODNN7EXAMPLE') }],
    }),
  ],
});

describe('credential-in-environment', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'no function', evidence: { 'lambda.functions': [] } },
      {
        name: 'harmless variables',
        evidence: { 'lambda.functions': [buildFunction({ environmentNames: ['SECRET_ARN', 'TABLE'] })] },
      },
    ],
    failing: [
      {
        name: 'a long-term AWS key',
        evidence: holding('aws-access-key-id'),
        sightings: [{ messageId: 'longTermAws', arn }],
      },
      {
        name: 'a token of another service',
        evidence: holding('github-token'),
        sightings: [{ messageId: 'other', arn }],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }

  test('tells the compromised key by its digest', () => {
    const incident = buildIncident({ compromised: { accessKeyIds: ['AKIAIOSFODNN7EXAMPLE'] } });
    const [sighting] = check.evaluate(holding('aws-access-key-id'), { ...context, incident });
    expect(sighting?.signals?.map(({ code }) => code)).toEqual(['holds-compromised-key']);
  });

  test('never says a digest', () => {
    const [sighting] = check.evaluate(holding('github-token'), context);
    expect(JSON.stringify([sighting?.data, sighting?.signals])).not.toContain(sha256('AKIAIOSFODNN7EXAMPLE'));
  });
});
