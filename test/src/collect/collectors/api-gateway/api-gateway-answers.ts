import { regionUnit } from '../../../../../src/model/scope.ts';
import { output, type Script } from '../../../../support/fake-reader.ts';

export const unit = regionUnit('aws', '111122223333', 'eu-west-1');

export const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

export const functionUri =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:orders/invocations';

/** A stage as it is exported: the draft requires IAM on GET, the deployment does not. */
export const exportedStage = {
  openapi: '3.0.1',
  paths: {
    '/orders': {
      get: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: functionUri, httpMethod: 'POST' } },
      put: { security: [{ sigv4: [] }], 'x-amazon-apigateway-integration': { type: 'mock' } },
      'x-amazon-apigateway-any-method': { security: [{ gate: [] }, { api_key: [] }] },
    },
    '/me': { get: { security: [{ people: [] }] }, post: { security: [{ api_key: [] }] } },
  },
  components: {
    securitySchemes: {
      api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
      sigv4: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
      gate: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: functionUri },
      },
      people: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'cognito_user_pools',
        'x-amazon-apigateway-authorizer': {
          type: 'cognito_user_pools',
          providerARNs: ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_a'],
        },
      },
    },
  },
};

export const restAnswers: Script = {
  GetRestApis: output({
    items: [
      {
        id: 'a1b2c3',
        name: 'orders',
        createdDate: new Date('2026-11-03T10:00:00Z'),
        endpointConfiguration: { types: ['REGIONAL'] },
        policy: String.raw`{\"Version\":\"2012-10-17\",\"Statement\":[{\"Resource\":\"a\/b\"}]}`,
      },
    ],
  }),
  GetAuthorizers: output({
    items: [{ id: 'auth1', name: 'gate', type: 'TOKEN', authorizerUri: functionUri }],
  }),
  GetResources: output({
    items: [
      {
        id: 'r1',
        path: '/orders',
        resourceMethods: {
          GET: {
            authorizationType: 'AWS_IAM',
            apiKeyRequired: false,
            methodIntegration: { type: 'AWS_PROXY', uri: functionUri, httpMethod: 'POST' },
          },
        },
      },
      { id: 'r0', path: '/' },
    ],
  }),
  GetStages: output({
    item: [
      {
        stageName: 'prod',
        deploymentId: 'd1',
        createdDate: new Date('2026-11-03T10:00:00Z'),
        variables: { target: 'orders', leaked: 'AKIAIOSFODNN7EXAMPLE' },
      },
    ],
  }),
  GetExport: output({ body: bytes(exportedStage) }),
};

export const httpAnswers: Script = {
  GetApis: output({
    Items: [
      {
        ApiId: 'h1',
        Name: 'http',
        ProtocolType: 'HTTP',
        ApiEndpoint: 'https://h1.execute-api.eu-west-1.amazonaws.com',
        CreatedDate: new Date('2026-11-03T10:00:00Z'),
      },
    ],
  }),
  GetAuthorizers: output({
    Items: [
      {
        AuthorizerId: 'jwt1',
        Name: 'people',
        AuthorizerType: 'JWT',
        JwtConfiguration: { Issuer: 'https://issuer.example', Audience: ['web'] },
      },
    ],
  }),
  GetIntegrations: output({
    Items: [
      {
        IntegrationId: 'i1',
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: 'arn:aws:lambda:eu-west-1:111122223333:function:orders',
      },
    ],
  }),
  GetRoutes: output({
    Items: [
      { RouteId: 'r1', RouteKey: 'POST /keys', AuthorizationType: 'NONE', Target: 'integrations/i1' },
      { RouteId: 'r2', RouteKey: '$default', AuthorizationType: 'JWT', AuthorizerId: 'jwt1' },
    ],
  }),
  GetStages: output({
    Items: [{ StageName: '$default', AutoDeploy: true }, { StageName: 'fixed' }],
  }),
  ExportApi: output({
    body: bytes({
      paths: {
        '/$default': {
          'x-amazon-apigateway-any-method': { isDefaultRoute: true, security: [{ people: ['read'] }] },
        },
        '/keys': {
          post: {
            'x-amazon-apigateway-integration': {
              $ref: '#/components/x-amazon-apigateway-integrations/keys',
            },
          },
        },
      },
      components: {
        securitySchemes: {
          people: {
            type: 'oauth2',
            'x-amazon-apigateway-authorizer': {
              type: 'jwt',
              jwtConfiguration: { issuer: 'https://issuer.example', audience: ['web'] },
            },
          },
        },
        'x-amazon-apigateway-integrations': { keys: { type: 'aws_proxy', uri: functionUri } },
      },
    }),
  }),
};

export const domainAnswers: Script = {
  GetDomainNames: output({
    items: [
      {
        domainName: 'regional.example.com',
        endpointConfiguration: { types: ['REGIONAL'] },
        mutualTlsAuthentication: { truststoreUri: 's3://trust/store.pem' },
      },
      { domainName: 'edge.example.com', endpointConfiguration: { types: ['EDGE'] } },
      {
        domainName: 'ruled.example.com',
        endpointConfiguration: { types: ['REGIONAL'] },
        routingMode: 'ROUTING_RULE_ONLY',
      },
    ],
  }),
  GetApiMappings: output({ Items: [{ ApiId: 'h1', Stage: '$default', ApiMappingKey: 'v1/orders' }] }),
  GetBasePathMappings: output({ items: [{ restApiId: 'a1b2c3', stage: 'prod', basePath: '(none)' }] }),
  ListRoutingRules: output({
    RoutingRules: [
      {
        Conditions: [{ MatchBasePaths: { AnyOf: ['hidden'] } }],
        Actions: [{ InvokeApi: { ApiId: 'a1b2c3', Stage: 'prod' } }],
      },
    ],
  }),
};

export const keyAnswers: Script = {
  GetApiKeys: output({
    items: [{ id: 'k1', name: 'partner', enabled: true, value: 'never-asked-for', createdDate: new Date(0) }],
  }),
};
