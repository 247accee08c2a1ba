import { describe, test } from '@jest/globals';
import check from '../../../checks/endpoints/open-layer-policy.ts';
import { buildLayer, layerArn } from '../../../src/testing/builders/lambda.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = layerArn('shared-libraries');
const sharedWith = (principal: unknown, condition?: object) => ({
  'lambda.layers': [
    buildLayer({
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'share',
            Effect: 'Allow',
            Principal: principal,
            Action: 'lambda:GetLayerVersion',
            Resource: `${arn}:3`,
            ...(condition === undefined ? {} : { Condition: condition }),
          },
        ],
      }),
    }),
  ],
});

describe('open-layer-policy', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'a layer without policy', evidence: { 'lambda.layers': [buildLayer()] } },
      {
        name: 'a layer for the organization',
        evidence: sharedWith('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
      },
      {
        name: 'a layer for a member account',
        evidence: sharedWith({ AWS: 'arn:aws:iam::444455556666:root' }),
      },
    ],
    failing: [
      { name: 'a layer for everybody', evidence: sharedWith('*'), sightings: [{ messageId: 'anyone', arn }] },
      {
        name: 'a layer for an outsider',
        evidence: sharedWith({ AWS: 'arn:aws:iam::999988887777:root' }),
        sightings: [{ messageId: 'foreign', arn }],
      },
      {
        name: 'a policy that cannot be read',
        evidence: { 'lambda.layers': [buildLayer({ policy: 'no JSON' })] },
        sightings: [{ messageId: 'unreadable', arn }],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }
});
