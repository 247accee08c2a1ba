import { apiKeyArn, domainNameArn } from '../../../model/resource-arn.ts';
import type { TrailEvent } from '../../../model/trail-event.ts';
import { functionKey, functionNameOf } from './lambda.ts';
import type { LineageRule, Link, NodeSeed, Relation, RuleTable } from './lineage-rule.ts';
import { accountOf, parseArn, partitionOf } from './place.ts';
import { findMember, text } from './read-member.ts';
import { sameRule } from './shape.ts';

/** REST APIs say restApiId, HTTP and WebSocket APIs apiId; only the creating answers put the id elsewhere. */
function apiSeed(event: TrailEvent): NodeSeed | null {
  const restId =
    text(event, 'request.restApiId') ??
    (/RestApi$/.test(event.name) ? text(event, 'response.id', 'response.restApiId') : null);
  const id = restId ?? text(event, 'request.apiId', 'response.apiId');
  if (id === null) {
    return null;
  }
  const accountId = accountOf(event);
  const protocol = text(event, 'response.protocolType', 'request.protocolType');
  const collection = restId === null ? 'apis' : 'restapis';
  const name = /^(?:Create|Update|Import)(?:Rest)?Api$/.test(event.name)
    ? findMember(event.request, 'name')
    : undefined;
  return {
    kind: 'resource',
    type: restId === null ? (protocol === 'WEBSOCKET' ? 'websocket-api' : 'http-api') : 'rest-api',
    key: `api ${accountId} ${event.region} ${id.toLowerCase()}`,
    label: typeof name === 'string' ? name : id,
    arn: `arn:${partitionOf(event.region)}:apigateway:${event.region}::/${collection}/${id}`,
    uniqueId: id,
    accountId: accountId === '' ? null : accountId,
    region: event.region,
  };
}

/** The function stands in the integration's URI, on its own or inside API Gateway's invocation path. */
function reachedFunctions(event: TrailEvent): readonly string[] {
  const { request } = event;
  const uri = findMember(request, 'integrationUri') ?? findMember(request, 'uri');
  const arn = typeof uri === 'string' ? /arn:[^:/]+:lambda:[^/]+:function:[^/]+/.exec(uri)?.[0] : undefined;
  const place = arn === undefined ? null : parseArn(arn);
  return arn === undefined || place === null
    ? []
    : [functionKey(place.accountId, place.region, functionNameOf(arn))];
}

function links(event: TrailEvent): readonly Link[] {
  const seed = apiSeed(event);
  return seed === null ? [] : reachedFunctions(event).map((from) => ({ from, to: seed.key }));
}

function onApi(relation: Relation): LineageRule {
  return {
    acts: (event) => {
      const seed = apiSeed(event);
      return seed === null ? [] : [{ relation, seed }];
    },
    links,
  };
}

type Named = 'domain-name' | 'api-key';

const namedArn = { 'domain-name': domainNameArn, 'api-key': apiKeyArn } as const;

function onNamed(relation: Relation, type: Named): LineageRule {
  return {
    acts: (event) => {
      const member =
        type === 'domain-name'
          ? (findMember(event.request, 'domainName') ?? text(event, 'response.domainName'))
          : (text(event, 'response.id', 'request.apiKey') ?? undefined);
      if (typeof member !== 'string') {
        return [];
      }
      const accountId = accountOf(event);
      const seed: NodeSeed = {
        kind: type === 'api-key' ? 'credential' : 'resource',
        type,
        key: `${type} ${accountId} ${event.region} ${member.toLowerCase()}`,
        label: member,
        arn: namedArn[type](partitionOf(event.region), event.region, member),
        uniqueId: type === 'api-key' ? member : null,
        accountId: accountId === '' ? null : accountId,
        region: event.region,
      };
      return [{ relation, seed }];
    },
  };
}

export const apiGatewayRules: RuleTable = {
  ...sameRule(['CreateApi', 'CreateRestApi', 'ImportApi', 'ImportRestApi'], onApi('created')),
  ...sameRule(['DeleteApi', 'DeleteRestApi'], onApi('deleted')),
  ...sameRule(
    [
      'UpdateApi',
      'UpdateRestApi',
      'PutRestApi',
      'ReimportApi',
      'CreateIntegration',
      'PutIntegration',
      'UpdateIntegration',
      'DeleteIntegration',
      'CreateRoute',
      'UpdateRoute',
      'DeleteRoute',
      'CreateResource',
      'DeleteResource',
      'PutMethod',
      'UpdateMethod',
      'DeleteMethod',
      'CreateStage',
      'UpdateStage',
      'DeleteStage',
      'CreateDeployment',
      'DeleteDeployment',
      'CreateAuthorizer',
      'UpdateAuthorizer',
      'DeleteAuthorizer',
    ],
    onApi('changed'),
  ),
  CreateDomainName: onNamed('created', 'domain-name'),
  UpdateDomainName: onNamed('changed', 'domain-name'),
  DeleteDomainName: onNamed('deleted', 'domain-name'),
  ...sameRule(['CreateApiMapping', 'CreateBasePathMapping'], onNamed('changed', 'domain-name')),
  CreateApiKey: onNamed('created', 'api-key'),
  UpdateApiKey: onNamed('changed', 'api-key'),
  DeleteApiKey: onNamed('deleted', 'api-key'),
};
