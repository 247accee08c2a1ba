import type { CanonicalValue } from '../../model/canonical-json.ts';
import type {
  ApiAuthorizer,
  ApiRoute,
  ApiStage,
  HttpApi,
  RestApi,
} from '../../model/evidence/api-gateway.ts';
import type { ResourceFact } from '../../model/evidence/derived.ts';
import type { EvidenceCatalog } from '../../model/evidence-catalog.ts';
import { apiKeyArn, domainNameArn } from '../../model/resource-arn.ts';
import { byText } from '../support/by-text.ts';
import type { Place } from './lambda-facts.ts';
import { contentDigest, latest, resourceFact, sortedTexts } from './resource-fact.ts';

type ApiKeyName =
  | 'api-gateway.rest-apis'
  | 'api-gateway.http-apis'
  | 'api-gateway.domain-names'
  | 'api-gateway.api-keys';

export type ApiEvidenceParts = { readonly [Key in ApiKeyName]: EvidenceCatalog[Key] | null };

/** Ids of integrations and authorizers change when an API is deployed anew from code; what they point at matters. */
function routesContent(routes: readonly ApiRoute[]): CanonicalValue {
  return [...routes].sort(byText(({ key }) => key)).map((route) => ({
    key: route.key,
    authorizationType: route.authorizationType,
    apiKeyRequired: route.apiKeyRequired,
    type: route.integration?.type,
    uri: route.integration?.uri,
    credentials: route.integration?.credentials,
    subtype: route.integration?.subtype,
  }));
}

function stagesContent(stages: readonly ApiStage[]): CanonicalValue {
  return Object.fromEntries(
    stages.map(({ name, variables, deployedRoutes }) => [
      name,
      { variables: { ...variables }, routes: deployedRoutes === null ? null : routesContent(deployedRoutes) },
    ]),
  );
}

function authorizersContent(authorizers: readonly ApiAuthorizer[]): CanonicalValue {
  return [...authorizers].sort(byText(({ name }) => name)).map((authorizer) => ({
    name: authorizer.name,
    type: authorizer.type,
    uri: authorizer.uri,
    issuer: authorizer.issuer,
    audience: sortedTexts(authorizer.audience),
    providers: sortedTexts(authorizer.providerArns),
  }));
}

/** Stages are dated, drafts are not: the newest stage date shows deployments only. */
function apiFact(api: RestApi | HttpApi, type: string, more: CanonicalValue, place: Place): ResourceFact {
  return resourceFact({
    arn: api.arn,
    uniqueId: api.id,
    type,
    name: api.name,
    accountId: place.accountId,
    region: place.region,
    createdAt: api.createdAt,
    modifiedAt: latest(...api.stages.flatMap((stage) => [stage.createdAt, stage.modifiedAt])),
    changeCoverage: api.createdAt === null ? 'none' : 'created-only',
    contentSha256: contentDigest({
      executeApiEndpointDisabled: api.executeApiEndpointDisabled,
      routes: routesContent(api.routes),
      stages: stagesContent(api.stages),
      authorizers: authorizersContent(api.authorizers),
      more,
    }),
  });
}

export function apiFacts(evidence: ApiEvidenceParts, place: Place): readonly ResourceFact[] {
  const { accountId, region, partition } = place;
  return [
    ...(evidence['api-gateway.rest-apis'] ?? []).map((api) =>
      apiFact(api, 'rest-api', { endpointTypes: sortedTexts(api.endpointTypes), policy: api.policy }, place),
    ),
    ...(evidence['api-gateway.http-apis'] ?? []).map((api) =>
      apiFact(api, api.protocol === 'WEBSOCKET' ? 'websocket-api' : 'http-api', api.protocol, place),
    ),
    ...(evidence['api-gateway.domain-names'] ?? []).map((domain) =>
      resourceFact({
        arn: domain.arn ?? domainNameArn(partition, region, domain.name),
        type: 'domain-name',
        name: domain.name,
        accountId,
        region,
        createdAt: domain.createdAt,
        changeCoverage: domain.createdAt === null ? 'none' : 'created-only',
        contentSha256: contentDigest({
          mutualTls: domain.mutualTls,
          endpointTypes: sortedTexts(domain.endpointTypes),
          mappings: [...domain.mappings]
            .sort(byText(({ path, apiId, stage }) => `${path}\n${apiId}\n${stage}`))
            .map((mapping) => ({ ...mapping })),
        }),
      }),
    ),
    ...(evidence['api-gateway.api-keys'] ?? []).map((key) =>
      resourceFact({
        arn: apiKeyArn(partition, region, key.id),
        uniqueId: key.id,
        type: 'api-key',
        name: key.name ?? key.id,
        accountId,
        region,
        createdAt: key.createdAt,
        modifiedAt: key.modifiedAt,
        changeCoverage: key.modifiedAt === null ? 'none' : 'complete',
        contentSha256: contentDigest({ enabled: key.enabled }),
      }),
    ),
  ];
}
