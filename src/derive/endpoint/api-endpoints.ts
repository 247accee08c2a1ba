import type { ApiRoute, ApiStage, HttpApi, RestApi } from '../../model/evidence/api-gateway.ts';
import type { Endpoint, EndpointEntry } from '../../model/evidence/derived.ts';
import { apiEntry } from './api-entry.ts';
import type { EndpointInputs } from './endpoint-inputs.ts';
import { type FunctionChain, functionChains, noFunction, powerOfRole } from './function-chain.ts';
import { type IntegrationTarget, integrationTarget, passesCallerCredentials } from './integration-target.ts';
import { httpRouteExposure, type RouteExposure, restRouteExposure } from './route-exposure.ts';

type Api = RestApi | HttpApi;

/** A route as some stage serves it, or as the draft holds it. */
interface ServedRoute {
  readonly route: ApiRoute;
  /** All routes of the same state: `$connect` speaks for its neighbours. */
  readonly neighbours: readonly ApiRoute[];
  readonly deployed: boolean;
}

/** Deployed routes and those that exist in the draft alone: an intruder may open, deploy and revert, or prepare. */
function servedRoutes(api: Api, stage: ApiStage): readonly ServedRoute[] {
  const deployed = stage.deployedRoutes ?? api.routes;
  const keys = new Set(deployed.map((route) => route.key));
  return [
    ...deployed.map((route) => ({ route, neighbours: deployed, deployed: true })),
    ...api.routes
      .filter((route) => !keys.has(route.key))
      .map((route) => ({ route, neighbours: api.routes, deployed: false })),
  ];
}

/** The answer to a browser's preflight request; nobody needs to sign that. */
function isPreflight(route: ApiRoute): boolean {
  return route.method === 'OPTIONS' && route.integration?.type === 'MOCK';
}

function isHttpApi(api: Api): api is HttpApi {
  return 'protocol' in api;
}

function exposureOf(
  api: Api,
  stage: ApiStage | null,
  served: ServedRoute,
  inputs: EndpointInputs,
): RouteExposure {
  const stageName = stage?.name ?? '*';
  const endpointTypes = isHttpApi(api) ? [] : api.endpointTypes;
  const entry = apiEntry({ ...api, endpointTypes }, stageName, inputs.domainNames);
  const exposed = isHttpApi(api)
    ? httpRouteExposure(api, served.neighbours, served.route, entry)
    : restRouteExposure(api, stageName, served.route, entry, inputs);
  if (served.deployed) {
    return exposed;
  }
  // Not served today: one deployment away from what the draft says.
  const open = exposed.exposure === 'public' || exposed.exposure === 'any-aws-account';
  return {
    exposure: open ? 'armed' : exposed.exposure,
    facts: [stage === null ? 'no stage serves the API' : 'the route is not deployed', ...exposed.facts],
  };
}

function directChain(route: ApiRoute, inputs: EndpointInputs): FunctionChain {
  const credentials = route.integration?.credentials ?? null;
  if (passesCallerCredentials(route.integration)) {
    return {
      ...noFunction,
      roleArn: credentials,
      facts: ["the integration uses the caller's own credentials"],
    };
  }
  return { ...noFunction, roleArn: credentials, rolePower: powerOfRole(inputs, credentials) };
}

function chainsOf(
  target: IntegrationTarget,
  route: ApiRoute,
  inputs: EndpointInputs,
): readonly FunctionChain[] {
  switch (target.kind) {
    case 'function':
      return functionChains(inputs, target.reference);
    case 'action':
      return [directChain(route, inputs)];
    case 'unresolved':
      return [{ ...noFunction, facts: [target.why] }];
    case 'other':
      return [noFunction];
    default:
      return target satisfies never;
  }
}

function entryKind(api: Api): Exclude<EndpointEntry['kind'], 'function-url'> {
  if (!isHttpApi(api)) {
    return 'rest-api';
  }
  return api.protocol === 'WEBSOCKET' ? 'websocket-api' : 'http-api';
}

function endpointsOf(
  api: Api,
  stage: ApiStage | null,
  served: ServedRoute,
  inputs: EndpointInputs,
): readonly Endpoint[] {
  const { route } = served;
  const { exposure, facts } = exposureOf(api, stage, served, inputs);
  const target = integrationTarget(route.integration, stage?.variables ?? {});
  return chainsOf(target, route, inputs).map(({ facts: chainFacts, ...chain }) => ({
    arn: api.arn,
    name: api.name,
    entry: {
      kind: entryKind(api),
      apiId: api.id,
      apiName: api.name,
      stage: stage?.name ?? '',
      route: route.key,
    },
    exposure,
    exposureFacts: [...facts, ...chainFacts],
    route,
    ...chain,
    directAction: target.kind === 'action' ? target.action : null,
    createdAt: api.createdAt,
    modifiedAt: stage?.modifiedAt ?? stage?.createdAt ?? null,
  }));
}

/** One endpoint per API, stage, route and version of the function; a draft without any stage is told, too. */
export function apiEndpoints(inputs: EndpointInputs): readonly Endpoint[] {
  const apis: readonly Api[] = [...(inputs.restApis ?? []), ...(inputs.httpApis ?? [])];
  return apis.flatMap((api) => {
    const drafts = api.routes.map((route) => ({ route, neighbours: api.routes, deployed: false }));
    const served =
      api.stages.length === 0
        ? drafts.map((draft) => ({ stage: null, draft }))
        : api.stages.flatMap((stage) => servedRoutes(api, stage).map((draft) => ({ stage, draft })));
    return served
      .filter(({ draft }) => !isPreflight(draft.route))
      .flatMap(({ stage, draft }) => endpointsOf(api, stage, draft, inputs));
  });
}
