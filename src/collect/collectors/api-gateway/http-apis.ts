import {
  type Api as ApiAnswer,
  type Authorizer,
  ExportApiCommand,
  GetApisCommand,
  GetAuthorizersCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
  type Integration,
  type Route,
  type Stage,
} from '@aws-sdk/client-apigatewayv2';
import type {
  ApiAuthorizer,
  ApiIntegration,
  ApiRoute,
  ApiStage,
  HttpApi,
} from '../../../model/evidence/api-gateway.ts';
import { type CollectContext, defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';
import { type DeployedApi, deployedApi, routeOrder } from './deployed-api.ts';
import { parseExport } from './open-api-routes.ts';
import { stageVariables } from './stage-variables.ts';

/** One API under way: where it is, and where its trouble goes. */
interface Api {
  readonly context: CollectContext;
  readonly reading: Reading;
  readonly id: string;
  readonly arn: string;
  readonly protocol: HttpApi['protocol'];
}

interface ReadStage {
  readonly stage: ApiStage;
  readonly authorizers: readonly ApiAuthorizer[];
}

function integration({ reading, arn }: Api, found: Integration): readonly ApiIntegration[] {
  const fields = reading.required(
    { id: found.IntegrationId, type: found.IntegrationType },
    `${arn}/integrations/${found.IntegrationId ?? ''}`,
  );
  return fields === null
    ? []
    : [
        {
          id: fields.id,
          type: fields.type,
          uri: found.IntegrationUri ?? null,
          method: found.IntegrationMethod ?? null,
          credentials: found.CredentialsArn ?? null,
          subtype: found.IntegrationSubtype ?? null,
          connectionId: found.ConnectionId ?? null,
        },
      ];
}

/** `GET /path` of HTTP APIs; `$default` and the keys of WebSocket APIs stand for any method. */
function methodAndPath(key: string, protocol: HttpApi['protocol']): Pick<ApiRoute, 'method' | 'path'> {
  const space = protocol === 'HTTP' ? key.indexOf(' ') : -1;
  return space < 0
    ? { method: 'ANY', path: key }
    : { method: key.slice(0, space), path: key.slice(space + 1) };
}

interface Integrations {
  readonly byId: ReadonlyMap<string, ApiIntegration>;
  /** False where the list was not read to its end, which is a gap already. */
  readonly complete: boolean;
}

const targetPrefix = 'integrations/';

function draftRoute(api: Api, found: Route, integrations: Integrations): readonly ApiRoute[] {
  const resource = `${api.arn}/routes/${found.RouteId ?? ''}`;
  const fields = api.reading.required(
    { key: found.RouteKey, authorizationType: found.AuthorizationType },
    resource,
  );
  if (fields === null) {
    return [];
  }
  const integrationId = found.Target?.replace(targetPrefix, '');
  const target = integrationId === undefined ? null : integrations.byId.get(integrationId);
  if (target === undefined && integrations.complete) {
    api.reading.gap('malformed', 'the route calls an integration that was not listed', resource);
  }
  return [
    {
      key: fields.key,
      ...methodAndPath(fields.key, api.protocol),
      authorizationType: fields.authorizationType,
      authorizerId: found.AuthorizerId ?? null,
      apiKeyRequired: found.ApiKeyRequired ?? false,
      integration: target ?? null,
    },
  ];
}

function draftAuthorizer({ reading, arn }: Api, found: Authorizer): readonly ApiAuthorizer[] {
  const fields = reading.required(
    { id: found.AuthorizerId, name: found.Name, type: found.AuthorizerType },
    `${arn}/authorizers/${found.AuthorizerId ?? ''}`,
  );
  return fields === null
    ? []
    : [
        {
          id: fields.id,
          name: fields.name,
          type: fields.type,
          uri: found.AuthorizerUri ?? null,
          providerArns: [],
          issuer: found.JwtConfiguration?.Issuer ?? null,
          audience: [...(found.JwtConfiguration?.Audience ?? [])].sort(),
        },
      ];
}

async function exportedStage(
  { reading, id, arn }: Api,
  stageName: string,
  draft: readonly ApiAuthorizer[],
): Promise<DeployedApi | null> {
  const resource = `${arn}/stages/${stageName}`;
  const answer = await reading.one(
    ExportApiCommand,
    { ApiId: id, StageName: stageName, Specification: 'OAS30', OutputType: 'JSON', IncludeExtensions: true },
    { resource },
  );
  if (answer.kind !== 'value') {
    return null;
  }
  const parsed = parseExport(answer.value.body);
  if (!parsed.ok) {
    reading.gap('malformed', parsed.problem, resource);
    return null;
  }
  return deployedApi(stageName, parsed.api, draft);
}

async function readStage(
  api: Api,
  found: Stage,
  draft: readonly ApiAuthorizer[],
): Promise<readonly ReadStage[]> {
  const fields = api.reading.required({ name: found.StageName }, `${api.arn}/stages`);
  if (fields === null) {
    return [];
  }
  const { name } = fields;
  const autoDeploy = found.AutoDeploy ?? false;
  // With automatic deployment the draft is what is served; WebSocket APIs cannot be exported at all.
  const exportable = !autoDeploy && api.protocol === 'HTTP';
  const deployed = exportable ? await exportedStage(api, name, draft) : null;
  const stage: ApiStage = {
    name,
    deploymentId: found.DeploymentId ?? null,
    createdAt: isoTime(found.CreatedDate),
    modifiedAt: isoTime(found.LastUpdatedDate),
    autoDeploy,
    variables: stageVariables(api.context, found.StageVariables),
    deployedRoutes: deployed?.routes ?? null,
  };
  return [{ stage, authorizers: deployed?.authorizers ?? [] }];
}

async function readApi(
  context: CollectContext,
  reading: Reading,
  found: ApiAnswer,
): Promise<readonly HttpApi[]> {
  const fields = reading.required(
    { id: found.ApiId, name: found.Name, protocol: found.ProtocolType },
    found.ApiId ?? 'apigateway:GetApis',
  );
  if (fields === null) {
    return [];
  }
  const { id, name, protocol } = fields;
  const arn = `arn:${context.partition}:apigateway:${context.region}::/apis/${id}`;
  const api: Api = { context, reading, id, arn, protocol };
  const input = { ApiId: id };
  const options = { resource: arn };
  const authorizers = await reading.all(GetAuthorizersCommand, input, (output) => output.Items, options);
  const integrations = await reading.all(GetIntegrationsCommand, input, (output) => output.Items, options);
  const routes = await reading.all(GetRoutesCommand, input, (output) => output.Items, options);
  const stages = await reading.all(GetStagesCommand, input, (output) => output.Items, options);
  const draft = authorizers.items.flatMap((authorizer) => draftAuthorizer(api, authorizer));
  const byId = new Map(
    integrations.items
      .flatMap((item) => integration(api, item))
      .map((item) => [item.id ?? '', item] as const),
  );
  const listed: Integrations = { byId, complete: integrations.gaps.length === 0 };
  const readStages = (await forEachResource(stages.items, (stage) => readStage(api, stage, draft))).flat();
  return [
    {
      id,
      arn,
      name,
      protocol,
      createdAt: isoTime(found.CreatedDate),
      endpoint: found.ApiEndpoint ?? null,
      executeApiEndpointDisabled: found.DisableExecuteApiEndpoint ?? false,
      stages: sortedBy(
        readStages.map(({ stage }) => stage),
        (stage) => stage.name,
      ),
      routes: sortedBy(
        routes.items.flatMap((route) => draftRoute(api, route, listed)),
        routeOrder,
      ),
      authorizers: sortedBy(
        [...draft, ...readStages.flatMap((stage) => stage.authorizers)],
        (authorizer) => authorizer.id,
      ),
    },
  ];
}

const permission = 'apigateway:GET';
const apisArn = 'arn:{partition}:apigateway:*::/apis';

export default defineCollector({
  key: 'api-gateway.http-apis',
  vantage: 'account',
  operations: [
    { service: 'apigatewayv2', command: 'GetApis', permission, resources: [apisArn] },
    { service: 'apigatewayv2', command: 'GetRoutes', permission, resources: [`${apisArn}/*/routes`] },
    {
      service: 'apigatewayv2',
      command: 'GetIntegrations',
      permission,
      resources: [`${apisArn}/*/integrations`],
    },
    {
      service: 'apigatewayv2',
      command: 'GetAuthorizers',
      permission,
      resources: [`${apisArn}/*/authorizers`],
    },
    { service: 'apigatewayv2', command: 'GetStages', permission, resources: [`${apisArn}/*/stages`] },
    { service: 'apigatewayv2', command: 'ExportApi', permission, resources: [`${apisArn}/*/exports/*`] },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(GetApisCommand, {}, (output) => output.Items);
    const apis = await forEachResource(items, (api) => readApi(context, reading, api));
    return reading.finish(sortedBy(apis.flat(), (api) => api.arn));
  },
});
