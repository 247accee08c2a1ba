import { describe, expect, test } from '@jest/globals';
import mintingEndpoint from '../../../checks/endpoints/credential-minting-endpoint.ts';
import mintingFunction from '../../../checks/endpoints/credential-minting-function.ts';
import disguisedRole from '../../../checks/endpoints/disguised-function-role.ts';
import principals from '../../../src/derive/principals.ts';
import type { CheckContext } from '../../../src/model/check.ts';
import {
  buildHttpApi,
  buildIntegration,
  buildOpenRoute,
  buildRoute,
} from '../../../src/testing/builders/api-gateway.ts';
import { buildAuthorizationDetails, buildRole, buildTrustPolicy } from '../../../src/testing/builders/iam.ts';
import { buildFunction, functionArn } from '../../../src/testing/builders/lambda.ts';
import { accountContext } from './derivation-contexts.ts';
import { endpointsOf, regionContext } from './endpoint-cases.ts';

const document = (...actions: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });

const lambdaTrust = buildTrustPolicy({ Service: 'lambda.amazonaws.com' });
const hostile = buildRole({
  name: 'AWSLambdaBasicExecutionRole-4f1c',
  path: '/service-role/',
  trustPolicy: lambdaTrust,
  inlinePolicies: [
    {
      name: 'AWSLambdaBasicExecutionRole-4f1c',
      document: document('logs:*', 'iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'),
    },
  ],
});
const innocent = buildRole({
  name: 'orders-role',
  trustPolicy: lambdaTrust,
  inlinePolicies: [
    { name: 'orders', document: document('logs:PutLogEvents', 'dynamodb:PutItem', 'sqs:SendMessage') },
  ],
});

const found = principals.compute(
  {
    'iam.authorization-details': buildAuthorizationDetails({ roles: [hostile, innocent] }),
    'organizations.organization': null,
    'organizations.accounts': null,
    'organizations.roots': null,
    'organizations.policies': null,
  },
  accountContext,
);
const functions = [
  buildFunction({ name: 'invite', roleArn: hostile.arn }),
  buildFunction({ roleArn: innocent.arn }),
];
const toInvite = buildIntegration({ uri: functionArn('invite') });
const endpoints = endpointsOf({
  principals: found,
  'lambda.functions': functions,
  'api-gateway.http-apis': [
    buildHttpApi({ id: 'hostile001', routes: [buildOpenRoute({ path: '/invite', integration: toInvite })] }),
    buildHttpApi({
      id: 'innocent01',
      routes: [buildRoute({ authorizationType: 'JWT' }), buildOpenRoute({ path: '/health' })],
    }),
  ],
});
const context: CheckContext = {
  ...regionContext,
  asOf: '2026-11-04T00:00:00.000Z',
  organizationId: 'o-exampleorgid',
  options: {},
};

describe('a function behind an open API whose role looks like a basic execution role', () => {
  test('is told as an endpoint, as a function and as a disguised role; its innocent neighbours are not', () => {
    const sightings = [
      ...mintingEndpoint.evaluate({ endpoints }, context),
      ...mintingFunction.evaluate({ 'lambda.functions': functions, principals: found }, context),
      ...disguisedRole.evaluate({ principals: found }, context),
    ];
    expect(sightings.map(({ messageId, subject }) => [messageId, subject.arn])).toEqual([
      ['open', 'arn:aws:apigateway:us-east-1::/apis/hostile001'],
      ['mints', functionArn('invite')],
      ['roleName', hostile.arn],
    ]);
  });
});
