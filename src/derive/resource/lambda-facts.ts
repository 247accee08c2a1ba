import type { CanonicalValue } from '../../model/canonical-json.ts';
import type { ResourceFact } from '../../model/evidence/derived.ts';
import type { FunctionPolicy, FunctionUrl, LambdaFunction } from '../../model/evidence/lambda.ts';
import type { EvidenceCatalog } from '../../model/evidence-catalog.ts';
import { eventSourceMappingArn, functionUrlArn } from '../../model/resource-arn.ts';
import { contentDigest, resourceFact, sortedTexts } from './resource-fact.ts';

type LambdaKey =
  | 'lambda.functions'
  | 'lambda.function-urls'
  | 'lambda.function-policies'
  | 'lambda.aliases'
  | 'lambda.event-source-mappings'
  | 'lambda.layers';

export type LambdaEvidenceParts = { readonly [Key in LambdaKey]: EvidenceCatalog[Key] | null };

export interface Place {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/**
 * Resource policies are not dated. A modification date therefore shows every change only where it is known that there is
 * no policy.
 */
function coverageWithout(policies: readonly FunctionPolicy[] | null): ResourceFact['changeCoverage'] {
  return policies !== null && policies.length === 0 ? 'complete' : 'created-only';
}

function documents(policies: readonly FunctionPolicy[] | null): CanonicalValue {
  return policies === null
    ? null
    : Object.fromEntries(policies.map(({ qualifier, document }) => [qualifier ?? '', document]));
}

/** Lambda tells no creation time; `LastModified` covers code and configuration of the unpublished version. */
function functionFact(target: LambdaFunction, evidence: LambdaEvidenceParts, place: Place): ResourceFact {
  const policies =
    evidence['lambda.function-policies']?.filter((policy) => policy.functionName === target.name) ?? null;
  const aliases = evidence['lambda.aliases']?.filter((alias) => alias.functionName === target.name) ?? [];
  return resourceFact({
    arn: target.arn,
    type: 'lambda-function',
    name: target.name,
    accountId: place.accountId,
    region: place.region,
    modifiedAt: target.lastModifiedAt,
    changeCoverage: coverageWithout(policies),
    contentSha256: contentDigest({
      code: target.codeSha256,
      role: target.roleArn,
      runtime: target.runtime,
      handler: target.handler,
      layers: [...target.layerArns],
      environment: sortedTexts(target.environmentNames),
      versions: Object.fromEntries(
        target.publishedVersions.map(({ version, codeSha256, roleArn }) => [
          version,
          { codeSha256, roleArn },
        ]),
      ),
      aliases: Object.fromEntries(
        aliases.map(({ name, version, routing }) => [
          name,
          { version, routing: routing.map((part) => ({ ...part })) },
        ]),
      ),
      policies: documents(policies),
    }),
  });
}

function functionUrlFact(url: FunctionUrl, evidence: LambdaEvidenceParts, place: Place): ResourceFact {
  const policies =
    evidence['lambda.function-policies']?.filter(
      (policy) => policy.functionName === url.functionName && policy.qualifier === url.qualifier,
    ) ?? null;
  return resourceFact({
    arn: functionUrlArn(url.functionArn),
    type: 'function-url',
    name: url.qualifier === null ? url.functionName : `${url.functionName}:${url.qualifier}`,
    accountId: place.accountId,
    region: place.region,
    createdAt: url.createdAt,
    modifiedAt: url.modifiedAt,
    changeCoverage: coverageWithout(policies),
    contentSha256: contentDigest({
      url: url.url,
      authType: url.authType,
      invokeMode: url.invokeMode,
      cors: sortedTexts(url.corsAllowOrigins),
      policies: documents(policies),
    }),
  });
}

/** Layer versions cannot be changed; who may use them can, without a date. */
function layerFacts(evidence: LambdaEvidenceParts, place: Place): readonly ResourceFact[] {
  return (evidence['lambda.layers'] ?? []).map((layer) =>
    resourceFact({
      arn: layer.arn,
      type: 'lambda-layer',
      name: layer.name,
      accountId: place.accountId,
      region: place.region,
      createdAt: layer.createdAt,
      changeCoverage: layer.policy === null ? 'complete' : 'created-only',
      contentSha256: contentDigest({ latest: layer.latestVersionArn, policy: layer.policy }),
    }),
  );
}

function mappingFacts(evidence: LambdaEvidenceParts, place: Place): readonly ResourceFact[] {
  return (evidence['lambda.event-source-mappings'] ?? []).map((mapping) =>
    resourceFact({
      arn: mapping.arn ?? eventSourceMappingArn(place.partition, place.region, place.accountId, mapping.id),
      uniqueId: mapping.id,
      type: 'event-source-mapping',
      name: mapping.id,
      accountId: place.accountId,
      region: place.region,
      modifiedAt: mapping.lastModifiedAt,
      changeCoverage: mapping.lastModifiedAt === null ? 'none' : 'complete',
      contentSha256: contentDigest({
        function: mapping.functionArn,
        source: mapping.eventSourceArn,
        state: mapping.state,
      }),
    }),
  );
}

export function lambdaFacts(evidence: LambdaEvidenceParts, place: Place): readonly ResourceFact[] {
  return [
    ...(evidence['lambda.functions'] ?? []).map((target) => functionFact(target, evidence, place)),
    ...(evidence['lambda.function-urls'] ?? []).map((url) => functionUrlFact(url, evidence, place)),
    ...layerFacts(evidence, place),
    ...mappingFacts(evidence, place),
  ];
}
