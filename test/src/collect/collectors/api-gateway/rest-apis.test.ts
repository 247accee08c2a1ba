import { describe, expect, test } from '@jest/globals';
import restApis from '../../../../../src/collect/collectors/api-gateway/rest-apis.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, failure, fakeReader, output, pages, type Script } from '../../../../support/fake-reader.ts';
import { bytes, exportedStage, functionUri, restAnswers, unit } from './api-gateway-answers.ts';

const arn = 'arn:aws:apigateway:eu-west-1::/restapis/a1b2c3';

const collect = async (changes: Script = {}) => {
  const reader = fakeReader({ ...restAnswers, ...changes }, unit);
  const context = fakeCollectContext(reader, {}, unit);
  return { reader, context, observation: await restApis.collect(context) };
};

describe('api-gateway.rest-apis', () => {
  test('shows the draft and, beside it, what the stage really serves', async () => {
    const { reader, observation } = await collect();
    expect(reader.calls.map(({ command, input }) => [command, input])).toEqual([
      ['GetRestApis', { limit: 500 }],
      ['GetAuthorizers', { restApiId: 'a1b2c3', limit: 500 }],
      ['GetResources', { restApiId: 'a1b2c3', limit: 500, embed: ['methods'] }],
      ['GetStages', { restApiId: 'a1b2c3' }],
      [
        'GetExport',
        {
          restApiId: 'a1b2c3',
          stageName: 'prod',
          exportType: 'oas30',
          accepts: 'application/json',
          parameters: { extensions: 'integrations,authorizers' },
        },
      ],
    ]);
    expect(observation).toMatchObject({
      state: 'complete',
      value: [
        {
          id: 'a1b2c3',
          arn,
          name: 'orders',
          createdAt: '2026-11-03T10:00:00.000Z',
          endpointTypes: ['REGIONAL'],
          executeApiEndpointDisabled: false,
          routes: [
            {
              key: 'GET /orders',
              method: 'GET',
              path: '/orders',
              authorizationType: 'AWS_IAM',
              integration: { type: 'AWS_PROXY', uri: functionUri, method: 'POST' },
            },
          ],
          stages: [
            {
              name: 'prod',
              deploymentId: 'd1',
              autoDeploy: false,
              deployedRoutes: [
                {
                  key: 'ANY /orders',
                  authorizationType: 'CUSTOM',
                  authorizerId: 'auth1',
                  apiKeyRequired: true,
                },
                { key: 'GET /me', authorizationType: 'COGNITO_USER_POOLS', authorizerId: 'prod/people' },
                { key: 'GET /orders', authorizationType: 'NONE', integration: { type: 'AWS_PROXY' } },
                { key: 'POST /me', authorizationType: 'NONE', apiKeyRequired: true, integration: null },
                { key: 'PUT /orders', authorizationType: 'AWS_IAM', integration: { type: 'MOCK' } },
              ],
            },
          ],
          authorizers: [
            { id: 'auth1', type: 'TOKEN', uri: functionUri },
            { id: 'prod/people', type: 'COGNITO_USER_POOLS', uri: null },
          ],
        },
      ],
    });
  });

  test('a deployed authorizer that differs from the draft of the same name stays visible', async () => {
    const { observation } = await collect({
      GetAuthorizers: output({
        items: [{ id: 'auth1', name: 'gate', type: 'TOKEN', authorizerUri: 'arn:aws:apigateway:put-back' }],
      }),
    });
    expect(observation).toMatchObject({
      value: [
        {
          authorizers: [
            { id: 'auth1', uri: 'arn:aws:apigateway:put-back' },
            { id: 'prod/gate', uri: functionUri },
            { id: 'prod/people' },
          ],
        },
      ],
    });
  });

  test('undoes the escapes of the resource policy', async () => {
    const { observation } = await collect();
    expect(observation).toMatchObject({
      value: [{ policy: '{"Version":"2012-10-17","Statement":[{"Resource":"a/b"}]}' }],
    });
  });

  test('keeps a resource policy that is no JSON, with a gap', async () => {
    const { observation } = await collect({
      GetRestApis: output({ items: [{ id: 'a1b2c3', name: 'orders', policy: '{"Version"' }] }),
    });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ policy: '{"Version"', endpointTypes: ['EDGE'] }],
      gaps: [{ reason: 'malformed', resource: arn }],
    });
  });

  test('drops the credentials among the stage variables, and counts them', async () => {
    const { context, observation } = await collect();
    expect(observation).toMatchObject({
      value: [{ stages: [{ variables: { leaked: '(redacted)', target: 'orders' } }] }],
    });
    expect(JSON.stringify(observation)).not.toContain('AKIA');
    expect([...context.redactions]).toEqual([['ApiGateway.Stage.Variables', 1]]);
  });

  test.each([
    ['no JSON', bytes('{"paths": AKIAIOSFODNN7EXAMPLE')],
    ['no UTF-8', new Uint8Array([0xff, 0xfe, 0x7b])],
    ['nothing', undefined],
    ['no paths', bytes({ openapi: '3.0.1' })],
    ['a path that is a list', bytes({ paths: { '/orders': [] } })],
    ['an unknown scheme', bytes({ ...exportedStage, components: {} })],
    [
      'a scheme of an unknown kind',
      bytes({ ...exportedStage, components: { securitySchemes: { gate: { type: 'http' } } } }),
    ],
    [
      'an integration without type',
      bytes({ paths: { '/': { get: { 'x-amazon-apigateway-integration': {} } } } }),
    ],
    ['a security that is no list', bytes({ paths: { '/': { get: { security: {} } } } })],
  ])('an export with %s is a gap', async (_what, body) => {
    const { observation } = await collect({ GetExport: output({ body }) });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ stages: [{ deployedRoutes: null }] }],
      gaps: [{ reason: 'malformed', resource: `${arn}/stages/prod` }],
    });
    expect(JSON.stringify(observation)).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });

  test('an authorization without scheme is taken from its own extension', async () => {
    const { observation } = await collect({
      GetExport: output({
        body: bytes({ paths: { '/': { get: { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } } } } }),
      }),
    });
    expect(observation).toMatchObject({
      state: 'complete',
      value: [{ stages: [{ deployedRoutes: [{ authorizationType: 'AWS_IAM' }] }] }],
    });
  });

  test('a refused export names the stage', async () => {
    const { observation } = await collect({ GetExport: denied() });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ stages: [{ name: 'prod', deployedRoutes: null }] }],
      gaps: [{ reason: 'access-denied', resource: `${arn}/stages/prod` }],
    });
  });

  test('a canary deployment is served but shown nowhere', async () => {
    const { observation } = await collect({
      GetStages: output({
        item: [{ stageName: 'prod', deploymentId: 'd1', canarySettings: { deploymentId: 'd2' } }],
      }),
    });
    expect(observation).toMatchObject({ state: 'partial', gaps: [{ reason: 'unsupported' }] });
  });

  test('a method whose authorization is not told is a gap, not an open route', async () => {
    const { observation } = await collect({
      GetResources: output({ items: [{ id: 'r1', path: '/', resourceMethods: { GET: {} } }] }),
    });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ routes: [] }],
      gaps: [{ reason: 'malformed', resource: `${arn}/resources/r1/methods/GET` }],
    });
  });

  test('no APIs are a known absence; a page that fails keeps the earlier ones', async () => {
    expect((await collect({ GetRestApis: output({ items: [] }) })).observation).toMatchObject({
      state: 'complete',
      value: [],
    });
    const two = await collect({
      GetRestApis: pages(
        { items: [{ id: 'b', name: 'b' }], position: '2' },
        { items: [{ id: 'a', name: 'a' }] },
      ),
    });
    expect(two.observation).toMatchObject({ state: 'complete', value: [{ id: 'a' }, { id: 'b' }] });
    const broken = await collect({
      GetRestApis: [output({ items: [{ id: 'b', name: 'b' }] }), failure('TooManyRequestsException')],
    });
    expect(broken.observation).toMatchObject({
      state: 'partial',
      value: [{ id: 'b' }],
      gaps: [{ reason: 'truncated' }],
    });
  });
});
