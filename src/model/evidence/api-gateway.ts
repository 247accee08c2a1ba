import type { PolicyText } from './policy-text.ts';

/** What a route calls. `uri` is kept as written; `credentials` is the role that API Gateway uses, if any. */
export interface ApiIntegration {
  readonly id: string | null;
  readonly type: string;
  readonly uri: string | null;
  readonly method: string | null;
  readonly credentials: string | null;
  readonly subtype: string | null;
  readonly connectionId: string | null;
}

/** A REST method, an HTTP route or a WebSocket route. */
export interface ApiRoute {
  /** `GET /path` for REST and HTTP APIs, the route key (`$connect`) for WebSocket APIs. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS, JWT. */
  readonly authorizationType: string;
  readonly authorizerId: string | null;
  /** Metering, not authentication. */
  readonly apiKeyRequired: boolean;
  readonly integration: ApiIntegration | null;
}

export interface ApiAuthorizer {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly uri: string | null;
  readonly providerArns: readonly string[];
  readonly issuer: string | null;
  readonly audience: readonly string[];
}

export interface ApiStage {
  readonly name: string;
  readonly deploymentId: string | null;
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  readonly autoDeploy: boolean;
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Routes as deployed (REST: from the stage's export). Null where the draft is what is served or no export exists;
   * an export that could not be read is a gap of the observation.
   */
  readonly deployedRoutes: readonly ApiRoute[] | null;
}

export interface RestApi {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly createdAt: string | null;
  /** EDGE, REGIONAL, PRIVATE. */
  readonly endpointTypes: readonly string[];
  readonly policy: PolicyText | null;
  readonly executeApiEndpointDisabled: boolean;
  readonly stages: readonly ApiStage[];
  /** The draft. */
  readonly routes: readonly ApiRoute[];
  readonly authorizers: readonly ApiAuthorizer[];
}

export interface HttpApi {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly protocol: 'HTTP' | 'WEBSOCKET';
  readonly createdAt: string | null;
  readonly endpoint: string | null;
  readonly executeApiEndpointDisabled: boolean;
  readonly stages: readonly ApiStage[];
  readonly routes: readonly ApiRoute[];
  readonly authorizers: readonly ApiAuthorizer[];
}

export interface ApiDomainName {
  readonly name: string;
  readonly arn: string | null;
  readonly createdAt: string | null;
  readonly mutualTls: boolean;
  readonly endpointTypes: readonly string[];
  readonly mappings: readonly { readonly apiId: string; readonly stage: string; readonly path: string }[];
}

/** The key's value is never asked for. */
export interface ApiKey {
  readonly id: string;
  readonly name: string | null;
  readonly enabled: boolean;
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
}

export interface ApiGatewayEvidence {
  'api-gateway.rest-apis': readonly RestApi[];
  'api-gateway.http-apis': readonly HttpApi[];
  'api-gateway.domain-names': readonly ApiDomainName[];
  'api-gateway.api-keys': readonly ApiKey[];
}
