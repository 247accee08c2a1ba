import type { FunctionDependents } from '../../model/dependents.ts';
import type { DerivationContext } from '../../model/derivation.ts';
import type { FunctionPolicy, LambdaFunction } from '../../model/evidence/lambda.ts';
import type { EvidenceCatalog } from '../../model/evidence-catalog.ts';
import type { Gap } from '../../model/gap.ts';
import { parseFunctionArn } from '../endpoint/function-reference.ts';
import type { Place } from '../resource/lambda-facts.ts';
import { byText } from '../support/by-text.ts';
import { byName } from './by-name.ts';
import { wholeLists } from './whole-list.ts';

type LambdaKey =
  | 'lambda.aliases'
  | 'lambda.function-urls'
  | 'lambda.function-policies'
  | 'lambda.event-source-mappings';

export type FunctionEvidence = { readonly [Key in LambdaKey]: EvidenceCatalog[Key] | null };

type Permission = NonNullable<FunctionDependents['permissions']>[number];

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function statementsOf(document: unknown): readonly unknown[] | null {
  const statements = isRecord(document) ? document['Statement'] : undefined;
  if (statements === undefined) {
    return null;
  }
  return Array.isArray(statements) ? statements : [statements];
}

/** The statements of one qualifier's policy; null where the text is no policy. */
function permissionsOf({ qualifier, document }: FunctionPolicy): readonly Permission[] | null {
  let statements: readonly unknown[] | null;
  try {
    statements = statementsOf(JSON.parse(document));
  } catch {
    return null;
  }
  return (
    statements?.map((statement) => {
      const sid = isRecord(statement) ? statement['Sid'] : undefined;
      return {
        qualifier,
        sid: typeof sid === 'string' ? sid : '',
        statement: JSON.stringify(statement) ?? 'null',
      };
    }) ?? null
  );
}

/** One policy that cannot be read hides permissions: then the list is not known. */
function allPermissions(policies: readonly FunctionPolicy[]): readonly Permission[] | null {
  const lists = policies.map(permissionsOf);
  const known = lists.filter((list) => list !== null);
  return known.length < lists.length
    ? null
    : known.flat().sort(byText(({ qualifier, sid }) => `${qualifier ?? ''}\n${sid}`));
}

/** The functions are known one by one: what their own list lacks hides no alias or URL of theirs. */
function ofFunctionList({ operation }: Gap): boolean {
  return operation === 'lambda:ListFunctions' || operation === 'lambda.functions';
}

/** Versions have policies of their own, so a version that was not listed hides one; an unread environment does not. */
function ofEnvironment({ operation, reason }: Gap): boolean {
  return operation === 'lambda.functions' && reason === 'access-denied';
}

/** Each part is null where it was not seen in full. */
export function functionDependents(
  functions: readonly LambdaFunction[],
  evidence: FunctionEvidence,
  context: DerivationContext,
  place: Place,
): readonly FunctionDependents[] {
  const arns = new Set(functions.map(({ arn }) => arn));
  const whole = (key: LambdaKey, hidesNothing?: (gap: Gap) => boolean) => {
    const seen = wholeLists(key, context, arns, hidesNothing);
    return (arn: string): boolean => evidence[key] !== null && seen(arn);
  };
  const wholeAliases = whole('lambda.aliases', ofFunctionList);
  const wholeUrls = whole('lambda.function-urls', ofFunctionList);
  const wholePolicies = whole('lambda.function-policies', ofEnvironment);
  const wholeMappings = whole('lambda.event-source-mappings');
  const aliases = byName(evidence['lambda.aliases'] ?? [], ({ functionName }) => functionName);
  const urls = byName(evidence['lambda.function-urls'] ?? [], ({ functionName }) => functionName);
  const policies = byName(evidence['lambda.function-policies'] ?? [], ({ functionName }) => functionName);
  const mappings = byName(
    evidence['lambda.event-source-mappings'] ?? [],
    ({ functionArn }) => parseFunctionArn(functionArn)?.arn ?? functionArn,
  );
  return functions.map(({ arn, name, roleArn, codeSha256, layerArns, publishedVersions }) => ({
    type: 'lambda-function',
    arn,
    name,
    accountId: place.accountId,
    region: place.region,
    roleArn,
    codeSha256,
    // The order decides which layer's file wins: it is kept.
    layerArns,
    versions: publishedVersions.map((version) => ({
      version: version.version,
      codeSha256: version.codeSha256,
    })),
    aliases: wholeAliases(arn)
      ? aliases(name)
          .map((alias) => alias.name)
          .sort()
      : null,
    urlQualifiers: wholeUrls(arn)
      ? urls(name)
          .map(({ qualifier }) => qualifier)
          .sort(byText((qualifier) => qualifier ?? ''))
      : null,
    permissions: wholePolicies(arn) ? allPermissions(policies(name)) : null,
    eventSourceMappings: wholeMappings(arn)
      ? mappings(arn)
          .map(({ id, state }) => ({ id, state }))
          .sort(byText(({ id }) => id))
      : null,
  }));
}
