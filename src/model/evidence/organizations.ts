import type { PolicyText } from './policy-text.ts';

export interface Organization {
  readonly id: string;
  readonly arn: string;
  readonly featureSet: string;
  readonly managementAccountId: string;
}

export interface OrganizationAccount {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** PENDING_ACTIVATION, ACTIVE, SUSPENDED, PENDING_CLOSURE, CLOSED; open enum. */
  readonly state: string;
  readonly joinedMethod: string | null;
  readonly joinedAt: string | null;
  /** Full path from the root: `o-…/r-…/ou-…/…/`. Null when the service gave none. */
  readonly path: string | null;
}

export interface OrganizationRoot {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly policyTypes: readonly { readonly type: string; readonly status: string }[];
}

export interface OrganizationalUnit {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly parentId: string;
}

export interface OrganizationPolicy {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY, …; open enum. */
  readonly type: string;
  readonly awsManaged: boolean;
  readonly document: PolicyText;
  readonly targets: readonly {
    readonly id: string;
    readonly arn: string;
    readonly name: string;
    readonly type: string;
  }[];
}

export interface TrustedService {
  readonly servicePrincipal: string;
  readonly enabledAt: string | null;
}

export interface DelegatedAdministrator {
  readonly accountId: string;
  readonly arn: string;
  readonly name: string;
  readonly enabledAt: string | null;
  readonly services: readonly { readonly servicePrincipal: string; readonly delegatedAt: string | null }[];
}

export type OrganizationResourcePolicy =
  | { readonly present: false }
  | { readonly present: true; readonly arn: string; readonly document: PolicyText };

export interface Handshake {
  readonly id: string;
  readonly arn: string;
  readonly action: string;
  readonly state: string;
  /** Account or organization ids of the parties; e-mail addresses are dropped. */
  readonly parties: readonly { readonly id: string; readonly type: string }[];
  readonly requestedAt: string | null;
  readonly expiresAt: string | null;
}

export interface OrganizationsEvidence {
  /** Null = the account belongs to no organization: a known absence. */
  'organizations.organization': Organization | null;
  'organizations.accounts': readonly OrganizationAccount[];
  'organizations.roots': readonly OrganizationRoot[];
  'organizations.organizational-units': readonly OrganizationalUnit[];
  'organizations.policies': readonly OrganizationPolicy[];
  'organizations.trusted-services': readonly TrustedService[];
  'organizations.delegated-administrators': readonly DelegatedAdministrator[];
  'organizations.resource-policy': OrganizationResourcePolicy;
  'organizations.handshakes': readonly Handshake[];
  /** Invitations that a single account received or sent (ListHandshakesForAccount). */
  'organizations.account-handshakes': readonly Handshake[];
}
