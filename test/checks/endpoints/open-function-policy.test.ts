import { describe, test } from '@jest/globals';
import check from '../../../checks/endpoints/open-function-policy.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import {
  buildFunctionPolicy,
  type FunctionPermission,
  functionArn,
  publicUrlPermissions,
} from '../../../src/testing/builders/lambda.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = functionArn('orders');
const policyWith = (...permissions: readonly FunctionPermission[]) => ({
  'lambda.function-policies': [buildFunctionPolicy(permissions)],
});
const action = 'lambda:InvokeFunction';
const foreign = { AWS: 'arn:aws:iam::999988887777:root' };

describe('open-function-policy', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'no policy', evidence: { 'lambda.function-policies': [] } },
      {
        name: 'API Gateway with a pinned source',
        evidence: policyWith({
          principal: { Service: 'apigateway.amazonaws.com' },
          action,
          condition: {
            ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:us-east-1:111122223333:restapi001/*' },
          },
        }),
      },
      {
        name: 'an account of the organization',
        evidence: policyWith({ principal: { AWS: 'arn:aws:iam::444455556666:root' }, action }),
      },
      {
        name: 'everybody in the organization',
        evidence: policyWith({
          principal: '*',
          action,
          condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
        }),
      },
      {
        name: 'the permissions of a function URL, which another check judges',
        evidence: policyWith(...publicUrlPermissions),
      },
      {
        name: 'a foreign account that the incident file trusts',
        evidence: policyWith({ principal: foreign, action }),
        context: { incident: buildIncident({ trusted: { accounts: ['999988887777'] } }) },
      },
    ],
    failing: [
      {
        name: 'everybody',
        evidence: policyWith({ principal: '*', action }),
        sightings: [{ messageId: 'anyone', arn }],
      },
      {
        name: 'everybody, on an alias',
        evidence: {
          'lambda.function-policies': [
            buildFunctionPolicy([{ principal: { AWS: '*' }, action }], { qualifier: 'live' }),
          ],
        },
        sightings: [{ messageId: 'anyone', arn }],
      },
      {
        name: 'a foreign account that may run the function',
        evidence: policyWith({ principal: foreign, action }),
        sightings: [{ messageId: 'foreign', arn }],
      },
      {
        name: 'a foreign account that may change the function',
        evidence: policyWith({ principal: foreign, action: 'lambda:*' }),
        sightings: [{ messageId: 'foreignControl', arn }],
      },
      {
        name: 'another account while the organization is not known',
        evidence: policyWith({ principal: foreign, action }),
        context: { organizationAccountIds: null },
        sightings: [{ messageId: 'unknownAccount', arn }],
      },
      {
        name: 'a deleted principal',
        evidence: policyWith({ principal: { AWS: 'AROAEXAMPLEEXAMPLEEXA' }, action }),
        sightings: [{ messageId: 'orphaned', arn }],
      },
      {
        name: 'a service without a source',
        evidence: policyWith({ principal: { Service: 'apigateway.amazonaws.com' }, action }),
        sightings: [{ messageId: 'confusedDeputy', arn }],
      },
      {
        name: 'a policy that cannot be read',
        evidence: { 'lambda.function-policies': [buildFunctionPolicy([], { document: '{' })] },
        sightings: [{ messageId: 'unreadable', arn }],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }
});
