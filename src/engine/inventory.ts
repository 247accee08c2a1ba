import type { InventoryRow } from '../model/audit-result.ts';
import type { BaselineView } from '../model/check.ts';
import type { Incident } from '../model/incident.ts';
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

/** Too many to be listed whole: those made or changed lately, so that a later run can tell whether they still exist. */
const listedIfRecent: ReadonlySet<string> = new Set([
  'access-key',
  'directory-group',
  'directory-user',
  'event-source-mapping',
  'handshake',
  'iam-policy',
  'iam-role',
  'login-profile',
  'mfa-device',
  'service-specific-credential',
  'signing-certificate',
  'ssh-public-key',
]);

const thirtyDays = 30 * 24 * 3_600_000;

/** Start of the incident window; without one thirty days before the time of judgement. */
export function recentSince(incident: Incident | null, asOf: string): string {
  return incident?.window?.from ?? new Date(Date.parse(asOf) - thirtyDays).toISOString();
}

export function inventoryOf(
  index: ObservationIndex,
  unit: ScopeUnit,
  baseline: BaselineView | null,
  since: string,
): readonly InventoryRow[] {
  const recent = (time: string | null): boolean => time !== null && time >= since;
  return ownResourceFacts(index, unit)
    .filter(
      ({ type, createdAt, modifiedAt }) =>
        listed.has(type) || (listedIfRecent.has(type) && (recent(createdAt) || recent(modifiedAt))),
    )
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
