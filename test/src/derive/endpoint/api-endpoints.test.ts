import { describe, expect, test } from '@jest/globals';
import type { RestApi } from '../../../../src/model/evidence/api-gateway.ts';
import {
  apiPolicy,
  buildDomainName,
  buildHttpApi,
  buildIntegration,
  buildOpenRoute,
  buildRestApi,
  buildRoute,
  buildStage,
  executeApiArn,
  invocationUri,
} from '../../../../src/testing/builders/api-gateway.ts';
import { buildFunction, functionArn } from '../../../../src/testing/builders/lambda.ts';
import { buildAdminPower, buildPrincipal } from '../../../../src/testing/builders/principal.ts';
import { endpointsOf, exposuresOf } from '../endpoint-cases.ts';

const rest = (fields: Partial<RestApi>) => exposuresOf({ 'api-gateway.rest-apis': [buildRestApi(fields)] });
const openRoutes = { routes: [buildOpenRoute()] };
const iamRoutes = { routes: [buildRoute({ authorizationType: 'AWS_IAM', authorizerId: null })] };
const allowAll = {
  Effect: 'Allow',
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
};

describe('REST routes', () => {
  test('without authorization and policy are public', () => {
    expect(rest(openRoutes)).toEqual(['public']);
  });

  test('that ask for an API key alone are public', () => {
    expect(rest({ routes: [buildOpenRoute({ apiKeyRequired: true })] })).toEqual(['public']);
  });

  test.each(['CUSTOM', 'COGNITO_USER_POOLS', 'AWS_IAM'])('with %s are authenticated', (authorizationType) => {
    expect(rest({ routes: [buildRoute({ authorizationType })] })).toEqual(['authenticated']);
  });

  test('with an authorization type that nobody knows are unresolved', () => {
    expect(rest({ routes: [buildRoute({ authorizationType: 'NEW_KIND' })] })).toEqual(['unresolved']);
  });

  test('that answer preflight requests from a mock are left out', () => {
    const preflight = buildOpenRoute({
      method: 'OPTIONS',
      integration: buildIntegration({ type: 'MOCK', uri: null }),
    });
    expect(rest({ routes: [preflight] })).toEqual([]);
    expect(rest({ routes: [buildOpenRoute({ method: 'OPTIONS' })] })).toEqual(['public']);
  });

  test('without authorization need an Allow where a policy exists', () => {
    expect(rest({ ...openRoutes, policy: apiPolicy(allowAll) })).toEqual(['public']);
    const other = { ...allowAll, Resource: executeApiArn('restapi001', 'production/POST/admin') };
    expect(rest({ ...openRoutes, policy: apiPolicy(other) })).toEqual(['armed']);
    const mine = { ...allowAll, Resource: executeApiArn('restapi001', 'production/GET/*') };
    expect(rest({ ...openRoutes, policy: apiPolicy(mine) })).toEqual(['public']);
  });

  test('without authorization heed a Deny and a network condition', () => {
    const deny = { ...allowAll, Effect: 'Deny' };
    expect(rest({ ...openRoutes, policy: apiPolicy(allowAll, deny) })).toEqual(['armed']);
    const outside = { ...deny, Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } };
    expect(rest({ ...openRoutes, policy: apiPolicy(allowAll, outside) })).toEqual(['restricted']);
  });

  test('with IAM are open to any account when the policy names everybody', () => {
    expect(rest({ ...iamRoutes, policy: apiPolicy(allowAll) })).toEqual(['any-aws-account']);
    const guarded = { ...allowAll, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } };
    expect(rest({ ...iamRoutes, policy: apiPolicy(guarded) })).toEqual(['authenticated']);
  });

  test('of a private API are private, unless the policy admits the VPCs of every account', () => {
    const endpointTypes = ['PRIVATE'];
    expect(rest({ ...openRoutes, endpointTypes })).toEqual(['private']);
    expect(rest({ ...openRoutes, endpointTypes, policy: apiPolicy(allowAll) })).toEqual(['any-aws-account']);
    const ownVpc = { ...allowAll, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } };
    expect(rest({ ...openRoutes, endpointTypes, policy: apiPolicy(ownVpc) })).toEqual(['private']);
  });
});

describe('the entry of an API', () => {
  const disabled = { ...openRoutes, executeApiEndpointDisabled: true };
  const withDomains = (...domains: ReturnType<typeof buildDomainName>[]) =>
    exposuresOf({
      'api-gateway.rest-apis': [buildRestApi(disabled)],
      'api-gateway.domain-names': domains,
    });

  test('is closed when execute-api is disabled and no domain name maps the stage', () => {
    expect(withDomains()).toEqual(['private']);
    expect(
      withDomains(buildDomainName({ mappings: [{ apiId: 'other', stage: 'production', path: '' }] })),
    ).toEqual(['private']);
  });

  test('is open through a domain name', () => {
    expect(withDomains(buildDomainName())).toEqual(['public']);
  });

  test('is authenticated when every domain name asks for mutual TLS', () => {
    expect(withDomains(buildDomainName({ mutualTls: true }))).toEqual(['authenticated']);
    expect(
      withDomains(buildDomainName({ mutualTls: true }), buildDomainName({ name: 'other.example.com' })),
    ).toEqual(['public']);
  });

  test('mutual TLS does not help while execute-api is enabled', () => {
    expect(
      exposuresOf({
        'api-gateway.rest-apis': [buildRestApi(openRoutes)],
        'api-gateway.domain-names': [buildDomainName({ mutualTls: true })],
      }),
    ).toEqual(['public']);
  });

  test('is unresolved, never private, when the domain names were not seen', () => {
    expect(
      exposuresOf({
        'api-gateway.rest-apis': [buildRestApi(disabled)],
        'api-gateway.domain-names': null,
      }),
    ).toEqual(['unresolved']);
  });
});

describe('HTTP and WebSocket routes', () => {
  test('are told by their own authorization', () => {
    const api = buildHttpApi({
      routes: [
        buildOpenRoute({ method: 'POST' }),
        buildRoute({ authorizationType: 'JWT' }),
        buildRoute({ authorizationType: 'AWS_IAM', path: '/z' }),
      ],
    });
    expect(
      endpointsOf({ 'api-gateway.http-apis': [api] }).map(({ entry, exposure }) => [entry, exposure]),
    ).toMatchObject([
      [{ route: 'GET /orders' }, 'authenticated'],
      [{ route: 'GET /z' }, 'authenticated'],
      [{ route: 'POST /orders' }, 'public'],
    ]);
  });

  test('of a WebSocket API take the authorization of $connect', () => {
    const connect = { key: '$connect', method: '', path: '' };
    const route = buildOpenRoute({ key: 'send', method: '', path: '' });
    const exposures = (routes: readonly ReturnType<typeof buildRoute>[]) =>
      exposuresOf({ 'api-gateway.http-apis': [buildHttpApi({ protocol: 'WEBSOCKET', routes })] });
    expect(exposures([buildRoute(connect), route])).toEqual(['authenticated', 'authenticated']);
    expect(exposures([buildOpenRoute(connect), route])).toEqual(['public', 'public']);
    expect(exposures([route])).toEqual(['public']);
  });
});

describe('draft and deployed routes', () => {
  test('both are told: the deployed one as it is served, the other as not deployed', () => {
    const api = buildRestApi({
      routes: [buildRoute(), buildOpenRoute({ path: '/new' })],
      stages: [buildStage({ deployedRoutes: [buildOpenRoute()] })],
    });
    const found = endpointsOf({ 'api-gateway.rest-apis': [api] });
    expect(found.map(({ route, exposure }) => [route?.key, exposure])).toEqual([
      ['GET /new', 'armed'],
      ['GET /orders', 'public'],
    ]);
    expect(found[0]?.exposureFacts).toContain('the route is not deployed');
  });

  test('an API without a stage is armed', () => {
    expect(rest({ ...openRoutes, stages: [] })).toEqual(['armed']);
  });
});

describe('what a route reaches', () => {
  const reach = (integration: Partial<ReturnType<typeof buildIntegration>>, variables = {}) =>
    endpointsOf({
      'lambda.functions': [buildFunction()],
      principals: [buildPrincipal({ power: buildAdminPower() })],
      'api-gateway.rest-apis': [
        buildRestApi({
          routes: [buildRoute({ integration: buildIntegration(integration) })],
          stages: [buildStage({ variables })],
        }),
      ],
    })[0];

  test.each([
    invocationUri(functionArn('orders')),
    functionArn('orders'),
    `arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/${functionArn('orders')}/response-streaming-invocations`,
  ])('a function by %s', (uri) => {
    expect(reach({ uri })).toMatchObject({
      functionName: 'orders',
      roleArn: 'arn:aws:iam::111122223333:role/application',
      rolePower: { administrator: 'yes' },
    });
  });

  test('a function that a stage variable names', () => {
    const uri = invocationUri(`${functionArn('')}\${stageVariables.handler}`);
    expect(reach({ uri }, { handler: 'orders' })).toMatchObject({ functionName: 'orders' });
    expect(reach({ uri })).toMatchObject({ functionArn: null, rolePower: null });
    expect(reach({ uri })?.exposureFacts.join()).toContain('cannot be told');
  });

  test.each([
    ['arn:aws:apigateway:us-east-1:iam:action/CreateAccessKey', 'iam:CreateAccessKey'],
    ['arn:aws:apigateway:us-east-1:iam:action/CreateAccessKey&UserName=x', 'iam:CreateAccessKey'],
    ['arn:aws:apigateway:us-east-1:sts:path//?Action=AssumeRole&Version=2011-06-15', 'sts:AssumeRole'],
    ['arn:aws:apigateway:us-east-1:iam:path//', 'iam:*'],
    ['arn:aws:apigateway:us-east-1:bucket.s3:path/key', 's3:*'],
  ])('a direct AWS call by %s', (uri, action) => {
    const credentials = 'arn:aws:iam::111122223333:role/application';
    expect(reach({ type: 'AWS', uri, credentials })).toMatchObject({
      directAction: action,
      functionArn: null,
      roleArn: credentials,
      rolePower: { administrator: 'yes' },
    });
  });

  test('a direct AWS call by the subtype of an HTTP API', () => {
    expect(reach({ subtype: 'StepFunctions-StartExecution', uri: null })).toMatchObject({
      directAction: 'states:StartExecution',
    });
  });

  test("the caller's own credentials", () => {
    const found = reach({
      type: 'AWS',
      uri: 'arn:aws:apigateway:us-east-1:sts:action/GetCallerIdentity',
      credentials: 'arn:aws:iam::*:user/*',
    });
    expect(found?.rolePower).toBeNull();
    expect(found?.exposureFacts).toContain("the integration uses the caller's own credentials");
  });

  test('a function of another account, of which nothing more is known', () => {
    const found = reach({ uri: functionArn('theirs', '444455556666') });
    expect(found).toMatchObject({ functionName: 'theirs', roleArn: null, rolePower: null });
    expect(found?.exposureFacts.join()).toContain('444455556666');
  });

  test('nothing, for a web address', () => {
    expect(reach({ type: 'HTTP_PROXY', uri: 'https://backend.example.com/' })).toMatchObject({
      functionArn: null,
      directAction: null,
    });
  });
});
