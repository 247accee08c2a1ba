import type { Endpoint, EndpointEntry } from '../../model/evidence/derived.ts';
import { exampleAccountId, exampleCreatedAt } from './account.ts';
import { apiArn, buildOpenRoute } from './api-gateway.ts';
import { functionArn } from './lambda.ts';
import { buildPower } from './principal.ts';

const harmlessFunction = {
  functionArn: functionArn('orders'),
  functionQualifier: null,
  functionName: 'orders',
  codeSha256: 'Y29kZSBvZiB0aGUgb3JkZXJzIGZ1bmN0aW9uIGV4YW0=',
  roleArn: `arn:aws:iam::${exampleAccountId}:role/application`,
  directAction: null,
  createdAt: exampleCreatedAt,
  modifiedAt: exampleCreatedAt,
} satisfies Partial<Endpoint>;

/** A function URL of the example function; authenticated unless said otherwise. */
export function buildFunctionUrlEndpoint(fields: Partial<Endpoint> = {}): Endpoint {
  const name = fields.functionName ?? 'orders';
  return {
    ...harmlessFunction,
    arn: functionArn(name),
    name,
    entry: { kind: 'function-url', url: `https://${name}example.lambda-url.us-east-1.on.aws/` },
    exposure: 'authenticated',
    exposureFacts: [],
    route: null,
    functionArn: functionArn(name),
    functionName: name,
    rolePower: buildPower(),
    ...fields,
  };
}

type ApiEntry = Exclude<EndpointEntry, { readonly kind: 'function-url' }>;

/** A route of an HTTP API that reaches the example function; public unless said otherwise. */
export function buildRouteEndpoint(
  fields: Omit<Partial<Endpoint>, 'entry'> & { readonly entry?: Partial<ApiEntry> } = {},
): Endpoint {
  const { entry = {}, ...rest } = fields;
  const route = rest.route === undefined ? buildOpenRoute() : rest.route;
  const kind = entry.kind ?? 'http-api';
  const apiId = entry.apiId ?? 'httpapi001';
  return {
    ...harmlessFunction,
    arn: apiArn(kind === 'rest-api' ? 'restapis' : 'apis', apiId),
    name: entry.apiName ?? 'orders-http',
    entry: {
      kind,
      apiId,
      apiName: 'orders-http',
      stage: '$default',
      route: route?.key ?? 'GET /orders',
      ...entry,
    },
    exposure: 'public',
    exposureFacts: ['authorization type NONE'],
    rolePower: buildPower(),
    ...rest,
    route,
  };
}
