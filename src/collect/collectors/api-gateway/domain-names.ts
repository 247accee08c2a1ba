import {
  type DomainName,
  GetBasePathMappingsCommand,
  GetDomainNamesCommand,
} from '@aws-sdk/client-api-gateway';
import {
  GetApiMappingsCommand,
  ListRoutingRulesCommand,
  type RoutingRule,
} from '@aws-sdk/client-apigatewayv2';
import type { ApiDomainName } from '../../../model/evidence/api-gateway.ts';
import { type CollectContext, defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

type Mapping = ApiDomainName['mappings'][number];

interface Domain {
  readonly reading: Reading;
  readonly name: string;
  /** Private domain names can share a name: only the id tells them apart. */
  readonly id: string | undefined;
  readonly arn: string;
}

const limit = 500;
/** How version 1 writes the empty base path. */
const noBasePath = '(none)';

/** Version 2 shows the mappings of REST and HTTP APIs alike, but only knows regional domain names. */
async function apiMappings({ reading, name, arn }: Domain): Promise<readonly Mapping[]> {
  const { items } = await reading.all(GetApiMappingsCommand, { DomainName: name }, (output) => output.Items, {
    resource: arn,
  });
  return items.flatMap((item) => {
    const fields = reading.required({ apiId: item.ApiId, stage: item.Stage }, arn);
    return fields === null ? [] : [{ ...fields, path: item.ApiMappingKey ?? '' }];
  });
}

/** Edge-optimised and private domain names, which REST APIs alone can have. Without a stage the path names it. */
async function basePathMappings({ reading, name, id, arn }: Domain): Promise<readonly Mapping[]> {
  const { items } = await reading.all(
    GetBasePathMappingsCommand,
    { domainName: name, ...(id === undefined ? {} : { domainNameId: id }), limit },
    (output) => output.items,
    { resource: arn },
  );
  return items.flatMap((item) => {
    const fields = reading.required({ apiId: item.restApiId }, arn);
    const path = item.basePath === noBasePath ? '' : (item.basePath ?? '');
    return fields === null ? [] : [{ apiId: fields.apiId, stage: item.stage ?? '', path }];
  });
}

function ruleMappings({ reading, arn }: Domain, rule: RoutingRule): readonly Mapping[] {
  const paths = (rule.Conditions ?? []).flatMap((condition) => condition.MatchBasePaths?.AnyOf ?? []);
  return (rule.Actions ?? []).flatMap((action) => {
    const fields = reading.required(
      { apiId: action.InvokeApi?.ApiId, stage: action.InvokeApi?.Stage },
      rule.RoutingRuleArn ?? arn,
    );
    return fields === null ? [] : (paths.length > 0 ? paths : ['']).map((path) => ({ ...fields, path }));
  });
}

async function routingRules(domain: Domain): Promise<readonly Mapping[]> {
  const { reading, name, id, arn } = domain;
  const { items } = await reading.all(
    ListRoutingRulesCommand,
    { DomainName: name, ...(id === undefined ? {} : { DomainNameId: id }) },
    (output) => output.RoutingRules,
    { resource: arn },
  );
  return items.flatMap((rule) => ruleMappings(domain, rule));
}

async function mappingsOf(domain: Domain, found: DomainName): Promise<readonly Mapping[]> {
  const mode = found.routingMode ?? 'BASE_PATH_MAPPING_ONLY';
  const regional = found.endpointConfiguration?.types?.includes('REGIONAL') ?? false;
  const mapped = regional ? apiMappings : basePathMappings;
  return [
    ...(mode === 'ROUTING_RULE_ONLY' ? [] : await mapped(domain)),
    ...(mode === 'BASE_PATH_MAPPING_ONLY' ? [] : await routingRules(domain)),
  ];
}

async function domainName(
  context: CollectContext,
  reading: Reading,
  found: DomainName,
): Promise<readonly ApiDomainName[]> {
  const fields = reading.required({ name: found.domainName }, 'apigateway:GetDomainNames');
  if (fields === null) {
    return [];
  }
  const { name } = fields;
  const path = `arn:${context.partition}:apigateway:${context.region}::/domainnames/${name}`;
  const arn = found.domainNameArn ?? path;
  const mappings = await mappingsOf({ reading, name, id: found.domainNameId, arn }, found);
  return [
    {
      name,
      arn,
      // API Gateway tells when the certificate was uploaded, but not when the domain name was made.
      createdAt: null,
      mutualTls: found.mutualTlsAuthentication?.truststoreUri !== undefined,
      endpointTypes: [...(found.endpointConfiguration?.types ?? [])].sort(),
      mappings: sortedBy(mappings, (mapping) => `${mapping.path}\n${mapping.apiId}\n${mapping.stage}`),
    },
  ];
}

const permission = 'apigateway:GET';
const domainNames = 'arn:{partition}:apigateway:*::/domainnames';
/** Private domain names carry the account and `{name}+{id}` in their ARN. */
const privateDomainNames = 'arn:{partition}:apigateway:*:*:/domainnames';

export default defineCollector({
  key: 'api-gateway.domain-names',
  vantage: 'account',
  operations: [
    { service: 'api-gateway', command: 'GetDomainNames', permission, resources: [domainNames] },
    {
      service: 'api-gateway',
      command: 'GetBasePathMappings',
      permission,
      resources: [`${domainNames}/*/basepathmappings`, `${privateDomainNames}/*`],
    },
    {
      service: 'apigatewayv2',
      command: 'GetApiMappings',
      permission,
      resources: [`${domainNames}/*/apimappings`],
    },
    {
      service: 'apigatewayv2',
      command: 'ListRoutingRules',
      permission: 'apigateway:ListRoutingRules',
      resources: [`${privateDomainNames}/*`],
    },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(GetDomainNamesCommand, { limit }, (output) => output.items);
    const domains = await forEachResource(items, (found) => domainName(context, reading, found));
    return reading.finish(sortedBy(domains.flat(), (domain) => domain.arn ?? domain.name));
  },
});
