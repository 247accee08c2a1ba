import type { AttachedPolicy } from './iam.ts';
import type { PolicyText } from './policy-text.ts';

export interface IdentityCenterInstance {
  readonly arn: string;
  readonly identityStoreId: string;
  readonly ownerAccountId: string;
  readonly name: string | null;
  readonly status: string;
  readonly createdAt: string | null;
  /** The region in which the instance lives. */
  readonly region: string;
}

export interface PermissionSet {
  readonly arn: string;
  readonly instanceArn: string;
  readonly name: string;
  readonly description: string | null;
  readonly createdAt: string | null;
  /** ISO-8601 duration as stored (`PT12H`); absent means the default of one hour. */
  readonly sessionDuration: string;
  readonly relayState: string | null;
  readonly managedPolicies: readonly AttachedPolicy[];
  readonly customerManagedPolicies: readonly { readonly name: string; readonly path: string }[];
  readonly inlinePolicy: PolicyText | null;
  readonly permissionsBoundary:
    | { readonly kind: 'none' }
    | { readonly kind: 'aws-managed'; readonly arn: string }
    | { readonly kind: 'customer-managed'; readonly name: string; readonly path: string };
  readonly provisionedAccounts: readonly string[];
}

export interface AccountAssignment {
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly principalType: 'USER' | 'GROUP';
  readonly principalId: string;
}

export interface IdentityCenterApplication {
  readonly arn: string;
  readonly instanceArn: string;
  readonly providerArn: string;
  readonly name: string;
  readonly status: string;
  readonly ownerAccountId: string;
  readonly createdAt: string | null;
  /** Null where the setting could not be read (then a gap says so). False = everyone in the directory may use it. */
  readonly assignmentRequired: boolean | null;
  readonly grants: readonly string[];
}

export interface TrustedTokenIssuer {
  readonly arn: string;
  readonly instanceArn: string;
  readonly name: string;
  readonly type: string;
  readonly issuerUrl: string | null;
}

/** Attributes for access control (ABAC). `present: false` = not set up. */
export interface AccessControlAttributes {
  readonly instanceArn: string;
  readonly present: boolean;
  readonly status: string | null;
  readonly attributes: readonly { readonly key: string; readonly sources: readonly string[] }[];
}

/** Personal data (names, addresses, phones) is dropped; the user name is the sign-in name. */
export interface DirectoryUser {
  readonly id: string;
  readonly identityStoreId: string;
  readonly userName: string;
  readonly status: string | null;
  readonly externalIssuers: readonly string[];
  readonly createdAt: string | null;
  readonly createdBy: string | null;
  readonly updatedAt: string | null;
  readonly updatedBy: string | null;
}

export interface DirectoryGroup {
  readonly id: string;
  readonly identityStoreId: string;
  readonly displayName: string;
  readonly createdAt: string | null;
  readonly createdBy: string | null;
  readonly updatedAt: string | null;
  readonly updatedBy: string | null;
}

export interface GroupMembership {
  readonly id: string;
  readonly groupId: string;
  readonly userId: string;
  readonly createdAt: string | null;
  readonly createdBy: string | null;
}

export interface IdentityCenterEvidence {
  /** Per account and region: also shows account instances that members made for themselves. */
  'identity-center.instances': readonly IdentityCenterInstance[];
  /** The organization's own instances, found from the management account or a delegated administrator. */
  'identity-center.organization-instances': readonly IdentityCenterInstance[];
  'identity-center.permission-sets': readonly PermissionSet[];
  'identity-center.assignments': readonly AccountAssignment[];
  'identity-center.applications': readonly IdentityCenterApplication[];
  'identity-center.trusted-token-issuers': readonly TrustedTokenIssuer[];
  'identity-center.access-control-attributes': readonly AccessControlAttributes[];
  'identity-store.users': readonly DirectoryUser[];
  'identity-store.groups': readonly DirectoryGroup[];
  'identity-store.memberships': readonly GroupMembership[];
}
