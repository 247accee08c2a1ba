import { functionUrlArn } from '../../../model/resource-arn.ts';
import type { TrailEvent } from '../../../model/trail-event.ts';
import type { Act, LineageRule, NodeSeed, Relation, RuleTable, SeedDraft } from './lineage-rule.ts';
import { accountOf, parseArn, partitionOf, roleKeyOf } from './place.ts';
import { text } from './read-member.ts';
import { act, rule, type Shape, sameRule } from './shape.ts';

/** `name`, `account:name`, ARN, each with or without a version: CloudTrail keeps what the caller wrote. */
export function functionNameOf(value: string): string {
  const parsed = parseArn(value);
  if (parsed !== null) {
    return parsed.resource.replace(/^function:/, '').split(':')[0] ?? value;
  }
  const words = value.split(':');
  return (words.includes('function') ? words[words.indexOf('function') + 1] : words[0]) ?? value;
}

export function functionKey(accountId: string, region: string, name: string): string {
  return `lambda-function ${accountId} ${region} ${name.toLowerCase()}`;
}

export function functionSeed(event: TrailEvent, meant?: string): NodeSeed | null {
  const isFunction = meant !== undefined && parseArn(meant)?.resource.startsWith('function:') === true;
  const named = text(event, 'response.functionArn', 'request.functionName') ?? (isFunction ? meant : null);
  if (named === null) {
    return null;
  }
  const place = parseArn(named);
  const accountId = place?.accountId || accountOf(event);
  const region = place?.region || event.region;
  const name = functionNameOf(named);
  const runsAs = text(event, 'response.role', 'request.role');
  const seed: SeedDraft = {
    kind: 'resource',
    type: 'lambda-function',
    key: functionKey(accountId, region, name),
    label: name,
    arn: `arn:${place?.partition ?? partitionOf(region)}:lambda:${region}:${accountId}:function:${name}`,
    uniqueId: null,
    accountId: accountId === '' ? null : accountId,
    region,
  };
  if (runsAs !== null) {
    seed.runsAs = runsAs;
  }
  return seed;
}

function onFunction(relation: Relation): LineageRule {
  return {
    acts: (event, meant): readonly Act[] => {
      const seed = functionSeed(event, meant);
      return seed === null ? [] : [{ relation, seed }];
    },
    links: (event) => {
      const seed = functionSeed(event);
      return seed?.runsAs === undefined ? [] : [{ from: roleKeyOf(seed.runsAs), to: seed.key }];
    },
  };
}

function urlSeed(event: TrailEvent): NodeSeed | null {
  const target = functionSeed(event);
  const qualifier = text(event, 'request.qualifier');
  return target === null
    ? null
    : {
        kind: 'resource',
        type: 'function-url',
        key: `function-url ${target.key} ${qualifier ?? ''}`,
        label: text(event, 'response.functionUrl') ?? `URL of ${target.label}`,
        arn: functionUrlArn(qualifier === null ? (target.arn ?? '') : `${target.arn}:${qualifier}`),
        uniqueId: null,
        accountId: target.accountId,
        region: target.region,
      };
}

function onUrl(relation: Relation): LineageRule {
  return {
    acts: (event): readonly Act[] => {
      const seed = urlSeed(event);
      return seed === null ? [] : [{ relation, seed }];
    },
    links: (event) => {
      const target = functionSeed(event);
      const seed = urlSeed(event);
      return target === null || seed === null ? [] : [{ from: target.key, to: seed.key }];
    },
  };
}

/** API Gateway's permission names the API in its source ARN. */
function permissionLinks(event: TrailEvent): readonly { readonly from: string; readonly to: string }[] {
  const target = functionSeed(event);
  const place = parseArn(text(event, 'request.sourceArn') ?? '');
  const apiId = place?.service === 'execute-api' ? place.resource.split('/')[0] : undefined;
  return target === null || place === null || apiId === undefined
    ? []
    : [{ from: target.key, to: `api ${place.accountId} ${place.region} ${apiId.toLowerCase()}` }];
}

const layer = {
  type: 'lambda-layer',
  scope: 'regional',
  id: ['response.layerArn', 'request.layerName'],
  arnTemplate: 'arn:{partition}:lambda:{region}:{account}:layer:{id}',
} as const satisfies Shape;

const eventSourceMapping = {
  type: 'event-source-mapping',
  scope: 'regional',
  id: ['response.uUID', 'request.uUID', 'response.uuid', 'request.uuid'],
  arnTemplate: 'arn:{partition}:lambda:{region}:{account}:event-source-mapping:{id}',
} as const satisfies Shape;

export const lambdaRules: RuleTable = {
  CreateFunction: onFunction('created'),
  DeleteFunction: onFunction('deleted'),
  ...sameRule(
    [
      'UpdateFunctionCode',
      'UpdateFunctionConfiguration',
      'PublishVersion',
      'UpdateAlias',
      'CreateAlias',
      'PutFunctionConcurrency',
      'DeleteFunctionConcurrency',
      'RemovePermission',
      'PutFunctionEventInvokeConfig',
    ],
    onFunction('changed'),
  ),
  AddPermission: { ...onFunction('changed'), links: permissionLinks },
  CreateFunctionUrlConfig: onUrl('created'),
  UpdateFunctionUrlConfig: onUrl('changed'),
  DeleteFunctionUrlConfig: onUrl('deleted'),
  PublishLayerVersion: rule(act('created', layer)),
  ...sameRule(['AddLayerVersionPermission', 'RemoveLayerVersionPermission'], rule(act('changed', layer))),
  DeleteLayerVersion: rule(act('changed', layer)),
  CreateEventSourceMapping: rule(act('created', eventSourceMapping)),
  UpdateEventSourceMapping: rule(act('changed', eventSourceMapping)),
  DeleteEventSourceMapping: rule(act('deleted', eventSourceMapping)),
};
