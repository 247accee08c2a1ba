import {
  type Authorizer,
  GetAuthorizersCommand,
  GetExportCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  type Method,
  type Resource,
  type RestApi as RestApiAnswer,
  type Stage,
} from '@aws-sdk/client-api-gateway';
import type {
  ApiAuthorizer,
  ApiIntegration,
  ApiRoute,
  ApiStage,
  RestApi,
} from '../../../model/evidence/api-gateway.ts';
import { type CollectContext, defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';
import { type DeployedApi, deployedApi, routeOrder } from './deployed-api.ts';
import { parseExport } from './open-api-routes.ts';
import { resourcePolicy } from './resource-policy.ts';
import { stageVariables } from './stage-variables.ts';

/** One API under way: where it is, and where its trouble goes. */
interface Api {
  readonly context: CollectContext;
  readonly reading: Reading;
  readonly id: string;
  readonly arn: string;
}

interface ReadStage {
  readonly stage: ApiStage;
  readonly authorizers: readonly ApiAuthorizer[];
}

/** The largest page; the default is 25. */
const limit = 500;

function integration({ methodIntegration: found }: Method): ApiIntegration | null {
  return found?.type === undefined
    ? null
    : {
        id: null,
        type: found.type,
        uri: found.uri ?? null,
        method: found.httpMethod ?? null,
        credentials: found.credentials ?? null,
        subtype: null,
        connectionId: found.connectionId ?? null,
      };
}

function draftRoutes({ reading, arn }: Api, resource: Resource): readonly ApiRoute[] {
  return Object.entries(resource.resourceMethods ?? {}).flatMap(([method, found]): readonly ApiRoute[] => {
    const fields = reading.required(
      { path: resource.path, authorizationType: found.authorizationType },
      `${arn}/resources/${resource.id ?? ''}/methods/${method}`,
    );
    return fields === null
      ? []
      : [
          {
            key: `${method} ${fields.path}`,
            method,
            path: fields.path,
            authorizationType: fields.authorizationType,
            authorizerId: found.authorizerId ?? null,
            apiKeyRequired: found.apiKeyRequired ?? false,
            integration: integration(found),
          },
        ];
  });
}

function draftAuthorizer({ reading, arn }: Api, found: Authorizer): readonly ApiAuthorizer[] {
  const fields = reading.required(
    { id: found.id, name: found.name, type: found.type },
    `${arn}/authorizers/${found.id ?? ''}`,
  );
  return fields === null
    ? []
    : [
        {
          id: fields.id,
          name: fields.name,
          type: fields.type,
          uri: found.authorizerUri ?? null,
          providerArns: [...(found.providerARNs ?? [])].sort(),
          issuer: null,
          audience: [],
        },
      ];
}

/** The draft can be put back after a deployment: only the export tells what a stage really serves. */
async function exportedStage(
  { reading, id, arn }: Api,
  stageName: string,
  draft: readonly ApiAuthorizer[],
): Promise<DeployedApi | null> {
  const resource = `${arn}/stages/${stageName}`;
  const answer = await reading.one(
    GetExportCommand,
    {
      restApiId: id,
      stageName,
      exportType: 'oas30',
      accepts: 'application/json',
      parameters: { extensions: 'integrations,authorizers' },
    },
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
  const { context, reading, arn } = api;
  const fields = reading.required({ name: found.stageName }, `${arn}/stages`);
  if (fields === null) {
    return [];
  }
  const { name } = fields;
  const canary = found.canarySettings;
  if (canary?.deploymentId !== undefined && canary.deploymentId !== found.deploymentId) {
    reading.gap(
      'unsupported',
      'an export does not show what the canary deployment serves',
      `${arn}/stages/${name}`,
    );
  }
  const deployed = await exportedStage(api, name, draft);
  const stage: ApiStage = {
    name,
    deploymentId: found.deploymentId ?? null,
    createdAt: isoTime(found.createdDate),
    modifiedAt: isoTime(found.lastUpdatedDate),
    autoDeploy: false,
    variables: stageVariables(context, found.variables),
    deployedRoutes: deployed?.routes ?? null,
  };
  return [{ stage, authorizers: deployed?.authorizers ?? [] }];
}

async function readApi(
  context: CollectContext,
  reading: Reading,
  found: RestApiAnswer,
): Promise<readonly RestApi[]> {
  const fields = reading.required({ id: found.id, name: found.name }, found.id ?? 'apigateway:GetRestApis');
  if (fields === null) {
    return [];
  }
  const { id, name } = fields;
  const arn = `arn:${context.partition}:apigateway:${context.region}::/restapis/${id}`;
  const api: Api = { context, reading, id, arn };
  const authorizers = await reading.all(
    GetAuthorizersCommand,
    { restApiId: id, limit },
    (output) => output.items,
    {
      resource: arn,
    },
  );
  const draft = authorizers.items.flatMap((authorizer) => draftAuthorizer(api, authorizer));
  const resources = await reading.all(
    GetResourcesCommand,
    { restApiId: id, limit, embed: ['methods'] },
    (output) => output.items,
    { resource: arn },
  );
  const answer = await reading.one(GetStagesCommand, { restApiId: id }, { resource: arn });
  const stages = await forEachResource(answer.kind === 'value' ? (answer.value.item ?? []) : [], (stage) =>
    readStage(api, stage, draft),
  );
  return [
    {
      id,
      arn,
      name,
      createdAt: isoTime(found.createdDate),
      // The documented default of an API that was made without a configuration.
      endpointTypes: [...(found.endpointConfiguration?.types ?? ['EDGE'])].sort(),
      policy: resourcePolicy(reading, found.policy, arn),
      executeApiEndpointDisabled: found.disableExecuteApiEndpoint ?? false,
      stages: sortedBy(
        stages.flat().map(({ stage }) => stage),
        (stage) => stage.name,
      ),
      routes: sortedBy(
        resources.items.flatMap((resource) => draftRoutes(api, resource)),
        routeOrder,
      ),
      authorizers: sortedBy(
        [...draft, ...stages.flat().flatMap((stage) => stage.authorizers)],
        (authorizer) => authorizer.id,
      ),
    },
  ];
}

/** All reads of API Gateway are the one action `apigateway:GET`, told apart by the path of the request. */
const permission = 'apigateway:GET';
const restApis = 'arn:{partition}:apigateway:*::/restapis';

export default defineCollector({
  key: 'api-gateway.rest-apis',
  vantage: 'account',
  operations: [
    { service: 'api-gateway', command: 'GetRestApis', permission, resources: [restApis] },
    { service: 'api-gateway', command: 'GetStages', permission, resources: [`${restApis}/*/stages`] },
    { service: 'api-gateway', command: 'GetResources', permission, resources: [`${restApis}/*/resources`] },
    {
      service: 'api-gateway',
      command: 'GetAuthorizers',
      permission,
      resources: [`${restApis}/*/authorizers`],
    },
    {
      service: 'api-gateway',
      command: 'GetExport',
      permission,
      resources: [`${restApis}/*/stages/*/exports/*`],
    },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(GetRestApisCommand, { limit }, (output) => output.items);
    const apis = await forEachResource(items, (api) => readApi(context, reading, api));
    return reading.finish(sortedBy(apis.flat(), (api) => api.arn));
  },
});
