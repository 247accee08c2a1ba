import type { ApiRoute, HttpApi, RestApi } from '../../model/evidence/api-gateway.ts';
import type { EndpointExposure } from '../../model/evidence/derived.ts';
import type { ApiEntry } from './api-entry.ts';
import type { EndpointInputs } from './endpoint-inputs.ts';
import { type PolicyAccess, policyAccess } from './policy-access.ts';

export interface RouteExposure {
  readonly exposure: EndpointExposure;
  readonly facts: readonly string[];
}

const authorizerTypes = new Set(['CUSTOM', 'COGNITO_USER_POOLS', 'JWT']);

function restAccess(
  api: RestApi,
  stage: string,
  route: ApiRoute,
  caller: 'anonymous' | 'any-aws-principal',
  inputs: EndpointInputs,
): PolicyAccess | 'no-policy' {
  if (api.policy === null) {
    return 'no-policy';
  }
  const prefix = `arn:${inputs.partition}:execute-api:${inputs.region}:${inputs.accountId}:${api.id}`;
  const path = route.path.replace(/\{[^}]*\}/g, '*');
  const method = route.method === 'ANY' ? '*' : route.method;
  const foreignNetwork = api.endpointTypes.includes('PRIVATE') ? 'a foreign network' : null;
  return policyAccess(api.policy, {
    caller,
    action: 'execute-api:Invoke',
    resource: `${prefix}/${stage}/${method}${path}`,
    keys: { 'aws:SourceVpc': foreignNetwork, 'aws:SourceVpce': foreignNetwork },
    expand: (pattern) => (pattern.startsWith('execute-api:/') ? `${prefix}${pattern.slice(12)}` : pattern),
  });
}

/** With authorization NONE and a resource policy an explicit Allow is needed; without a policy the method is open. */
function withoutAuthentication(access: PolicyAccess | 'no-policy'): RouteExposure {
  switch (access) {
    case 'no-policy':
      return { exposure: 'public', facts: ['no authorization, no resource policy'] };
    case 'open':
      return { exposure: 'public', facts: ['no authorization, the resource policy allows anyone'] };
    case 'network':
      return { exposure: 'restricted', facts: ['no authorization, narrowed by network'] };
    case 'undecided':
      return { exposure: 'unresolved', facts: ['no authorization, the resource policy cannot be told'] };
    case 'none':
      return { exposure: 'armed', facts: ['no authorization, refused only by the resource policy'] };
    default:
      return access satisfies never;
  }
}

/** Within the account the identity policy suffices; other accounts need the resource policy too. */
function withIam(access: PolicyAccess | 'no-policy'): RouteExposure {
  switch (access) {
    case 'open':
      return { exposure: 'any-aws-account', facts: ['the resource policy allows every AWS account'] };
    case 'network':
      return { exposure: 'restricted', facts: ['every AWS account, narrowed by network'] };
    case 'undecided':
      return { exposure: 'unresolved', facts: ['what the resource policy allows cannot be told'] };
    case 'no-policy':
    case 'none':
      return { exposure: 'authenticated', facts: [] };
    default:
      return access satisfies never;
  }
}

/** A private API needs a resource policy; one that names no network admits the VPC endpoints of every account. */
function privateExposure(authorizationType: string, access: PolicyAccess | 'no-policy'): RouteExposure {
  if (authorizerTypes.has(authorizationType) || access === 'no-policy') {
    return { exposure: 'private', facts: [] };
  }
  switch (access) {
    case 'open':
      return { exposure: 'any-aws-account', facts: ['the resource policy admits any VPC of any account'] };
    case 'undecided':
      return { exposure: 'unresolved', facts: ['what the resource policy allows cannot be told'] };
    case 'network':
    case 'none':
      return { exposure: 'private', facts: [] };
    default:
      return access satisfies never;
  }
}

function behindEntry(entry: ApiEntry, exposed: RouteExposure): RouteExposure {
  const facts = [...entry.facts, ...exposed.facts];
  switch (entry.reach) {
    case 'internet':
      return { exposure: exposed.exposure, facts };
    case 'mutual-tls':
      return { exposure: 'authenticated', facts };
    case 'private':
      return { exposure: 'private', facts };
    case 'unresolved':
      return { exposure: exposed.exposure === 'authenticated' ? 'authenticated' : 'unresolved', facts };
    default:
      return entry.reach satisfies never;
  }
}

function unknownAuthorization(type: string): RouteExposure {
  return { exposure: 'unresolved', facts: [`authorization type ${type} is not known`] };
}

function authorizationFact(route: ApiRoute): readonly string[] {
  return [
    `authorization type ${route.authorizationType}`,
    ...(route.apiKeyRequired ? ['an API key is asked for, which is metering and no authentication'] : []),
  ];
}

export function restRouteExposure(
  api: RestApi,
  stage: string,
  route: ApiRoute,
  entry: ApiEntry,
  inputs: EndpointInputs,
): RouteExposure {
  const { authorizationType } = route;
  const facts = authorizationFact(route);
  const anonymous = authorizationType === 'NONE';
  if (!anonymous && authorizationType !== 'AWS_IAM' && !authorizerTypes.has(authorizationType)) {
    return behindEntry(
      { ...entry, facts: [...facts, ...entry.facts] },
      unknownAuthorization(authorizationType),
    );
  }
  const caller = anonymous ? 'anonymous' : 'any-aws-principal';
  const access = restAccess(api, stage, route, caller, inputs);
  if (entry.reach === 'private' && api.endpointTypes.includes('PRIVATE')) {
    const exposed = privateExposure(authorizationType, access);
    return { exposure: exposed.exposure, facts: [...facts, ...entry.facts, ...exposed.facts] };
  }
  const guarded: RouteExposure = { exposure: 'authenticated', facts: [] };
  const exposed = anonymous
    ? withoutAuthentication(access)
    : authorizationType === 'AWS_IAM'
      ? withIam(access)
      : guarded;
  return behindEntry({ ...entry, facts: [...facts, ...entry.facts] }, exposed);
}

/** The route whose authorization decides: for WebSocket APIs `$connect` speaks for all of them. */
function decidingRoute(api: HttpApi, routes: readonly ApiRoute[], route: ApiRoute): ApiRoute | null {
  return api.protocol === 'WEBSOCKET'
    ? (routes.find((candidate) => candidate.key === '$connect') ?? null)
    : route;
}

export function httpRouteExposure(
  api: HttpApi,
  routes: readonly ApiRoute[],
  route: ApiRoute,
  entry: ApiEntry,
): RouteExposure {
  const deciding = decidingRoute(api, routes, route);
  if (deciding === null) {
    return behindEntry(entry, { exposure: 'public', facts: ['no $connect route asks for authentication'] });
  }
  const { authorizationType } = deciding;
  const facts = authorizationFact(deciding);
  if (authorizationType === 'NONE') {
    return behindEntry(entry, { exposure: 'public', facts });
  }
  return authorizationType === 'AWS_IAM' || authorizerTypes.has(authorizationType)
    ? behindEntry(entry, { exposure: 'authenticated', facts })
    : behindEntry(entry, {
        exposure: 'unresolved',
        facts: [`authorization type ${authorizationType} is not known`],
      });
}
