import type { EvidenceKey } from './evidence-catalog.ts';
import type { Severity } from './severity.ts';

/** What a baseline can hold of one kind of thing, and what it means when such a thing is gone. */
export interface BaselineType {
  /** The fact that lists such things in full where it is complete: only then absence can be said. */
  readonly listedIn: EvidenceKey;
  /** Further facts that the content digest is made of. */
  readonly contentFrom?: readonly EvidenceKey[];
  /** How bad it is that one is gone. */
  readonly gone: Severity;
  /**
   * credential: its end takes access away, nothing is to be put back · lapses: ends by itself, or absence cannot be
   * told · else it was part of how the organization works or is guarded.
   */
  readonly ends?: 'credential' | 'lapses';
}

/** Every type of the `resources` derivations. */
export const baselineTypes = {
  'access-control-attributes': { listedIn: 'identity-center.access-control-attributes', gone: 'medium' },
  'access-key': { listedIn: 'iam.access-keys', gone: 'info', ends: 'credential' },
  analyzer: { listedIn: 'access-analyzer.analyzers', gone: 'high' },
  'api-key': { listedIn: 'api-gateway.api-keys', gone: 'info', ends: 'credential' },
  application: { listedIn: 'identity-center.applications', gone: 'medium' },
  assignment: { listedIn: 'identity-center.assignments', gone: 'medium' },
  'delegated-administrator': { listedIn: 'organizations.delegated-administrators', gone: 'high' },
  'directory-group': { listedIn: 'identity-store.groups', gone: 'medium' },
  'directory-membership': { listedIn: 'identity-store.memberships', gone: 'low' },
  'directory-user': { listedIn: 'identity-store.users', gone: 'medium' },
  'domain-name': { listedIn: 'api-gateway.domain-names', gone: 'low' },
  'event-source-mapping': { listedIn: 'lambda.event-source-mappings', gone: 'low' },
  'function-url': {
    listedIn: 'lambda.function-urls',
    contentFrom: ['lambda.function-policies'],
    gone: 'low',
  },
  handshake: { listedIn: 'organizations.handshakes', gone: 'info', ends: 'lapses' },
  'http-api': { listedIn: 'api-gateway.http-apis', gone: 'medium' },
  'iam-group': { listedIn: 'iam.authorization-details', gone: 'medium' },
  'iam-policy': { listedIn: 'iam.authorization-details', gone: 'medium' },
  'iam-role': { listedIn: 'iam.authorization-details', gone: 'medium' },
  'iam-user': { listedIn: 'iam.authorization-details', gone: 'medium' },
  // Seen region by region, while its ARN names none.
  'identity-center-instance': { listedIn: 'identity-center.instances', gone: 'high', ends: 'lapses' },
  'lambda-function': {
    listedIn: 'lambda.functions',
    contentFrom: ['lambda.function-policies', 'lambda.aliases'],
    gone: 'medium',
  },
  'lambda-layer': { listedIn: 'lambda.layers', gone: 'low' },
  'login-profile': { listedIn: 'iam.login-profiles', gone: 'info', ends: 'credential' },
  'mfa-device': { listedIn: 'iam.mfa-devices', gone: 'high' },
  'oidc-provider': { listedIn: 'iam.oidc-providers', gone: 'medium' },
  'organization-account': { listedIn: 'organizations.accounts', gone: 'high' },
  'organization-policy': { listedIn: 'organizations.policies', gone: 'critical' },
  'organization-resource-policy': { listedIn: 'organizations.resource-policy', gone: 'high' },
  'organization-root': { listedIn: 'organizations.roots', gone: 'high' },
  'organizational-unit': { listedIn: 'organizations.organizational-units', gone: 'medium' },
  'permission-set': { listedIn: 'identity-center.permission-sets', gone: 'medium' },
  region: { listedIn: 'account.regions', gone: 'medium' },
  'rest-api': { listedIn: 'api-gateway.rest-apis', gone: 'medium' },
  'saml-provider': { listedIn: 'iam.saml-providers', gone: 'high' },
  'service-specific-credential': {
    listedIn: 'iam.service-specific-credentials',
    gone: 'info',
    ends: 'credential',
  },
  'signing-certificate': { listedIn: 'iam.signing-certificates', gone: 'info', ends: 'credential' },
  'ssh-public-key': { listedIn: 'iam.ssh-public-keys', gone: 'info', ends: 'credential' },
  trail: { listedIn: 'cloudtrail.trails', gone: 'critical' },
  'trusted-service': { listedIn: 'organizations.trusted-services', gone: 'high' },
  'trusted-token-issuer': { listedIn: 'identity-center.trusted-token-issuers', gone: 'medium' },
  'websocket-api': { listedIn: 'api-gateway.http-apis', gone: 'medium' },
} as const satisfies Readonly<Record<string, BaselineType>>;

export const baselineTypeNames: readonly string[] = Object.keys(baselineTypes).sort();

/** Null for a type that no derivation knows. */
export function baselineType(name: string): BaselineType | null {
  const types: Readonly<Record<string, BaselineType>> = baselineTypes;
  return Object.hasOwn(types, name) ? (types[name] ?? null) : null;
}

/** Where the thing lives as far as its id tells; null = the id does not name it. */
export function placeOfId(id: string): {
  readonly accountId: string | null;
  readonly region: string | null;
} {
  const [head, , , region = '', account = ''] = id.split(':');
  const isArn = head === 'arn';
  return {
    accountId: isArn && /^\d{12}$/.test(account) ? account : null,
    region: isArn && region !== '' ? region : null,
  };
}
