import type { AccountEvidence } from './evidence/account.ts';
import type { ApiGatewayEvidence } from './evidence/api-gateway.ts';
import type { DerivedEvidence } from './evidence/derived.ts';
import type { DetectionEvidence } from './evidence/detection.ts';
import type { IamEvidence } from './evidence/iam.ts';
import type { IdentityCenterEvidence } from './evidence/identity-center.ts';
import type { LambdaEvidence } from './evidence/lambda.ts';
import type { OrganizationsEvidence } from './evidence/organizations.ts';
import type { ScopeKind } from './scope.ts';

/** What collectors read from AWS. */
export interface CollectedEvidence
  extends AccountEvidence,
    IamEvidence,
    OrganizationsEvidence,
    IdentityCenterEvidence,
    LambdaEvidence,
    ApiGatewayEvidence,
    DetectionEvidence {}

/** Every fact a check can ask for: key to value type. */
export interface EvidenceCatalog extends CollectedEvidence, DerivedEvidence {}

export type CollectedKey = keyof CollectedEvidence;
export type DerivedKey = keyof DerivedEvidence;
export type EvidenceKey = keyof EvidenceCatalog;

/** How wide each fact is: one observation per unit of that kind. */
export const evidenceScopes = {
  'sts.caller-identity': 'account',
  'account.regions': 'account',
  'account.alternate-contacts': 'account',
  'iam.authorization-details': 'account',
  'iam.role-settings': 'account',
  'iam.credential-report': 'account',
  'iam.account-summary': 'account',
  'iam.password-policy': 'account',
  'iam.access-keys': 'account',
  'iam.login-profiles': 'account',
  'iam.mfa-devices': 'account',
  'iam.service-specific-credentials': 'account',
  'iam.ssh-public-keys': 'account',
  'iam.signing-certificates': 'account',
  'iam.saml-providers': 'account',
  'iam.oidc-providers': 'account',
  'iam.closing-authorization-details': 'account',
  'iam.organizations-features': 'organization',
  'organizations.organization': 'organization',
  'organizations.accounts': 'organization',
  'organizations.roots': 'organization',
  'organizations.organizational-units': 'organization',
  'organizations.policies': 'organization',
  'organizations.trusted-services': 'organization',
  'organizations.delegated-administrators': 'organization',
  'organizations.resource-policy': 'organization',
  'organizations.handshakes': 'organization',
  'organizations.account-handshakes': 'account',
  'identity-center.instances': 'region',
  'identity-center.organization-instances': 'organization',
  'identity-center.permission-sets': 'organization',
  'identity-center.assignments': 'organization',
  'identity-center.applications': 'organization',
  'identity-center.trusted-token-issuers': 'organization',
  'identity-center.access-control-attributes': 'organization',
  'identity-store.users': 'organization',
  'identity-store.groups': 'organization',
  'identity-store.memberships': 'organization',
  'lambda.functions': 'region',
  'lambda.function-urls': 'region',
  'lambda.function-policies': 'region',
  'lambda.aliases': 'region',
  'lambda.event-source-mappings': 'region',
  'lambda.layers': 'region',
  'api-gateway.rest-apis': 'region',
  'api-gateway.http-apis': 'region',
  'api-gateway.domain-names': 'region',
  'api-gateway.api-keys': 'region',
  'cloudtrail.trails': 'account',
  'access-analyzer.analyzers': 'region',
  'event-bridge.rules': 'organization',
  'cloud-watch.metric-filters': 'organization',
  'cloud-watch.alarms': 'organization',
  principals: 'account',
  endpoints: 'region',
  'changes-during-sweep': 'account',
  'identity-center.administrators': 'organization',
  'dependents.account': 'account',
  'dependents.region': 'region',
  'dependents.organization': 'organization',
  'resources.organization': 'organization',
  'resources.account': 'account',
  'resources.region': 'region',
} as const satisfies Record<EvidenceKey, ScopeKind>;

/** Bumped when the shape of a collected value changes; stored in the manifest per key. */
export const evidenceVersion = 1;

const derivedKeys = [
  'principals',
  'endpoints',
  'changes-during-sweep',
  'identity-center.administrators',
  'dependents.account',
  'dependents.region',
  'dependents.organization',
  'resources.organization',
  'resources.account',
  'resources.region',
] as const satisfies readonly DerivedKey[];

export function isEvidenceKey(key: string): key is EvidenceKey {
  return Object.hasOwn(evidenceScopes, key);
}

export function isDerivedKey(key: string): key is DerivedKey {
  return derivedKeys.some((derived) => derived === key);
}

export function isCollectedKey(key: string): key is CollectedKey {
  return isEvidenceKey(key) && !isDerivedKey(key);
}

/** Every key that a collector can fill, sorted. */
export const collectedKeys: readonly CollectedKey[] = Object.keys(evidenceScopes)
  .filter(isCollectedKey)
  .sort();
