import { describe, test } from '@jest/globals';
import check from '../../../checks/endpoints/foreign-layer.ts';
import { buildFunction, functionArn, layerArn } from '../../../src/testing/builders/lambda.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = functionArn('orders');
const using = (...layerArns: readonly string[]) => ({ 'lambda.functions': [buildFunction({ layerArns })] });
const foreign = `${layerArn('helper', '999988887777')}:1`;

describe('foreign-layer', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'no layer', evidence: using() },
      { name: 'an own layer', evidence: using(`${layerArn('libraries')}:3`) },
      { name: 'a layer of the organization', evidence: using(`${layerArn('libraries', '444455556666')}:3`) },
      {
        name: 'a layer of AWS',
        evidence: using(`${layerArn('LambdaInsightsExtension', '580247275435')}:53`),
      },
      {
        name: 'an own layer while the organization is not known',
        evidence: using(`${layerArn('libraries')}:3`),
        context: { organizationAccountIds: null },
      },
      {
        name: 'a layer of a publisher that the configuration names',
        evidence: using(foreign),
        context: { options: { knownPublishers: ['999988887777'] } },
      },
    ],
    failing: [
      {
        name: 'a layer of an outsider',
        evidence: using(`${layerArn('libraries')}:3`, foreign),
        sightings: [{ messageId: 'foreign', arn }],
      },
      {
        name: 'a layer of another account while the organization is not known',
        evidence: using(foreign),
        context: { organizationAccountIds: null },
        sightings: [{ messageId: 'unknownOrganization', arn }],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }
});
