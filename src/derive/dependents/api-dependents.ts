import type { ApiDependents } from '../../model/dependents.ts';
import type { DerivationContext } from '../../model/derivation.ts';
import type {
  ApiAuthorizer,
  ApiDomainName,
  ApiIntegration,
  ApiStage,
  HttpApi,
  RestApi,
} from '../../model/evidence/api-gateway.ts';
import { integrationTarget } from '../endpoint/integration-target.ts';
import type { Place } from '../resource/lambda-facts.ts';
import { byText } from '../support/by-text.ts';
import { byName } from './by-name.ts';
import { wholeLists } from './whole-list.ts';

type Api = RestApi | HttpApi;

function typeOf(api: Api): ApiDependents['type'] {
  if (!('protocol' in api)) {
    return 'rest-api';
  }
  return api.protocol === 'WEBSOCKET' ? 'websocket-api' : 'http-api';
}

/** An authorizer calls its function as an integration does. */
function asIntegration({ uri }: ApiAuthorizer): ApiIntegration {
  return {
    id: null,
    type: 'AWS_PROXY',
    uri,
    method: 'POST',
    credentials: null,
    subtype: null,
    connectionId: null,
  };
}

function calledBy(api: Api, stage: ApiStage | null): readonly string[] {
  const routes = [...api.routes, ...(stage?.deployedRoutes ?? [])];
  return [...routes.map(({ integration }) => integration), ...api.authorizers.map(asIntegration)].flatMap(
    (integration) => {
      const target = integrationTarget(integration, stage?.variables ?? {});
      return target.kind === 'function' ? [target.reference.arn] : [];
    },
  );
}

/** Of the draft and of every stage, each with its own variables. */
function functionArnsOf(api: Api): readonly string[] {
  const called = [null, ...api.stages].flatMap((stage) => calledBy(api, stage));
  return [...new Set(called)].sort();
}

function routesOf(api: Api): readonly string[] {
  const deployed = api.stages.flatMap(({ deployedRoutes }) => deployedRoutes ?? []);
  return [...new Set([...api.routes, ...deployed].map(({ key }) => key))].sort();
}

export function apiDependents(
  apis: readonly Api[],
  domainNames: readonly ApiDomainName[] | null,
  context: DerivationContext,
  place: Place,
): readonly ApiDependents[] {
  // Whatever was not seen of any domain name may lead to any of the APIs.
  const whole = domainNames !== null && wholeLists('api-gateway.domain-names', context, new Set())('');
  const mappings = byName(
    (domainNames ?? []).flatMap(({ name, mappings: ofDomain }) =>
      ofDomain.map((mapping) => ({ ...mapping, domainName: name })),
    ),
    ({ apiId }) => apiId,
  );
  return apis.map((api) => ({
    type: typeOf(api),
    arn: api.arn,
    name: api.name,
    accountId: place.accountId,
    region: place.region,
    apiId: api.id,
    stages: api.stages.map(({ name }) => name).sort(),
    routes: routesOf(api),
    functionArns: functionArnsOf(api),
    mappings: whole
      ? mappings(api.id)
          .map(({ domainName, path, stage }) => ({ domainName, path, stage }))
          .sort(byText(({ domainName, path, stage }) => `${domainName}\n${path}\n${stage}`))
      : null,
  }));
}
