import type { InventoryRow } from '../model/audit-result.ts';
import type { BaselineView } from '../model/check.ts';
import type { ScopeUnit } from '../model/scope.ts';
import type { ObservationIndex } from './observation-index.ts';
import { ownResourceFacts } from './resource-facts.ts';

/** Kinds of things through which access is kept or given; what else exists is in the evidence. */
const listed: ReadonlySet<string> = new Set([
  'api-key',
  'application',
  'delegated-administrator',
  'domain-name',
  'function-url',
  'http-api',
  'iam-group',
  'iam-user',
  'lambda-function',
  'lambda-layer',
  'oidc-provider',
  'permission-set',
  'rest-api',
  'saml-provider',
  'trail',
  'trusted-service',
  'trusted-token-issuer',
  'websocket-api',
]);

export function inventoryOf(
  index: ObservationIndex,
  unit: ScopeUnit,
  baseline: BaselineView | null,
): readonly InventoryRow[] {
  return ownResourceFacts(index, unit)
    .filter(({ type }) => listed.has(type))
    .map((fact) => ({
      arn: fact.arn,
      uniqueId: fact.uniqueId,
      type: fact.type,
      name: fact.name,
      accountId: fact.accountId,
      region: fact.region,
      createdAt: fact.createdAt,
      modifiedAt: fact.modifiedAt,
      inBaseline: baseline === null ? null : baseline.find(fact.type, fact.arn) !== null,
    }));
}
