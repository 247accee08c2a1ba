import type {
  ApiAuthorizer,
  ApiDomainName,
  ApiIntegration,
  ApiKey,
  ApiRoute,
  ApiStage,
  HttpApi,
  RestApi,
} from '../../model/evidence/api-gateway.ts';
import { exampleAccountId, exampleCreatedAt } from './account.ts';
import { functionArn } from './lambda.ts';

const exampleRegion = 'us-east-1';

export function apiArn(kind: 'restapis' | 'apis', id: string): string {
  return `arn:aws:apigateway:${exampleRegion}::/${kind}/${id}`;
}

/** The `uri` that makes a REST or WebSocket API call a function. */
export function invocationUri(arn: string): string {
  return `arn:aws:apigateway:${exampleRegion}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/** A proxy integration with the example function. */
export function buildIntegration(fields: Partial<ApiIntegration> = {}): ApiIntegration {
  return {
    id: null,
    type: 'AWS_PROXY',
    uri: invocationUri(functionArn('orders')),
    method: 'POST',
    credentials: null,
    subtype: null,
    connectionId: null,
    ...fields,
  };
}

/** A route that is guarded by a custom authorizer. `key` follows from method and path. */
export function buildRoute(fields: Partial<ApiRoute> = {}): ApiRoute {
  const method = fields.method ?? 'GET';
  const path = fields.path ?? '/orders';
  return {
    key: `${method} ${path}`,
    method,
    path,
    authorizationType: 'CUSTOM',
    authorizerId: 'authorizer1',
    apiKeyRequired: false,
    integration: buildIntegration(),
    ...fields,
  };
}

/** A route that asks for nothing. */
export function buildOpenRoute(fields: Partial<ApiRoute> = {}): ApiRoute {
  return buildRoute({ authorizationType: 'NONE', authorizerId: null, ...fields });
}

export function buildStage(fields: Partial<ApiStage> = {}): ApiStage {
  return {
    name: 'production',
    deploymentId: 'deployment1',
    createdAt: exampleCreatedAt,
    modifiedAt: exampleCreatedAt,
    autoDeploy: false,
    variables: {},
    deployedRoutes: null,
    ...fields,
  };
}

export function buildAuthorizer(fields: Partial<ApiAuthorizer> = {}): ApiAuthorizer {
  return {
    id: 'authorizer1',
    name: 'token-authorizer',
    type: 'TOKEN',
    uri: invocationUri(functionArn('authorizer')),
    providerArns: [],
    issuer: null,
    audience: [],
    ...fields,
  };
}

/** A regional REST API with one guarded route and one stage. */
export function buildRestApi(fields: Partial<RestApi> = {}): RestApi {
  const id = fields.id ?? 'restapi001';
  return {
    id,
    arn: apiArn('restapis', id),
    name: 'orders-api',
    createdAt: exampleCreatedAt,
    endpointTypes: ['REGIONAL'],
    policy: null,
    executeApiEndpointDisabled: false,
    stages: [buildStage()],
    routes: [buildRoute()],
    authorizers: [buildAuthorizer()],
    ...fields,
  };
}

/** An HTTP API (or, with `protocol`, a WebSocket API) with one guarded route and one stage that deploys by itself. */
export function buildHttpApi(fields: Partial<HttpApi> = {}): HttpApi {
  const id = fields.id ?? 'httpapi001';
  return {
    id,
    arn: apiArn('apis', id),
    name: 'orders-http',
    protocol: 'HTTP',
    createdAt: exampleCreatedAt,
    endpoint: `https://${id}.execute-api.${exampleRegion}.amazonaws.com`,
    executeApiEndpointDisabled: false,
    stages: [buildStage({ name: '$default', autoDeploy: true })],
    routes: [buildRoute({ authorizationType: 'JWT' })],
    authorizers: [buildAuthorizer({ type: 'JWT', uri: null, issuer: 'https://idp.example.com/' })],
    ...fields,
  };
}

export function buildDomainName(fields: Partial<ApiDomainName> = {}): ApiDomainName {
  const name = fields.name ?? 'api.example.com';
  return {
    name,
    arn: `arn:aws:apigateway:${exampleRegion}::/domainnames/${name}`,
    createdAt: exampleCreatedAt,
    mutualTls: false,
    endpointTypes: ['REGIONAL'],
    mappings: [{ apiId: 'restapi001', stage: 'production', path: '' }],
    ...fields,
  };
}

export function buildApiKey(fields: Partial<ApiKey> = {}): ApiKey {
  return {
    id: 'apikey0001',
    name: 'partner',
    enabled: true,
    createdAt: exampleCreatedAt,
    modifiedAt: exampleCreatedAt,
    ...fields,
  };
}

/** A resource policy of a REST API with these statements. */
export function apiPolicy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** ARN under which a REST API is invoked. */
export function executeApiArn(apiId: string, route = '*'): string {
  return `arn:aws:execute-api:${exampleRegion}:${exampleAccountId}:${apiId}/${route}`;
}
