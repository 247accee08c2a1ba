import { describe, expect, test } from '@jest/globals';
import check from '../../../checks/endpoints/credential-in-environment.ts';
import { sha256 } from '../../../src/model/sha256.ts';
import { buildFunction, functionArn } from '../../../src/testing/builders/lambda.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = functionArn('orders');
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

  test('never says the digest in its data', () => {
    expect(JSON.stringify(check.meta.messages)).not.toContain('{digest}');
  });
});
