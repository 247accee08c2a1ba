import type { PolicyText } from './policy-text.ts';

/** One inline policy, or one stored version of a managed policy. */
export interface NamedPolicyText {
  readonly name: string;
  readonly document: PolicyText;
}

export interface AttachedPolicy {
  readonly arn: string;
  readonly name: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface IamUser {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** AIDA…: tells a re-created namesake from the original. */
  readonly userId: string;
  readonly createdAt: string;
  readonly groups: readonly string[];
  readonly inlinePolicies: readonly NamedPolicyText[];
  readonly attachedPolicies: readonly AttachedPolicy[];
  readonly permissionsBoundaryArn: string | null;
  readonly tags: readonly Tag[];
}

export interface IamGroup {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly groupId: string;
  readonly createdAt: string;
  readonly inlinePolicies: readonly NamedPolicyText[];
  readonly attachedPolicies: readonly AttachedPolicy[];
}

export interface IamRole {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly roleId: string;
  readonly createdAt: string;
  readonly trustPolicy: PolicyText;
  readonly inlinePolicies: readonly NamedPolicyText[];
  readonly attachedPolicies: readonly AttachedPolicy[];
  readonly permissionsBoundaryArn: string | null;
  readonly instanceProfileArns: readonly string[];
  /** Null = never used in the tracking period (400 days). */
  readonly lastUsed: { readonly at: string; readonly region: string } | null;
  readonly tags: readonly Tag[];
}

export interface PolicyVersion {
  readonly versionId: string;
  readonly isDefault: boolean;
  readonly createdAt: string;
  readonly document: PolicyText;
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly policyId: string;
  readonly awsManaged: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly attachmentCount: number;
  readonly boundaryUsageCount: number;
  readonly versions: readonly PolicyVersion[];
}

/** GetAccountAuthorizationDetails, decoded. Everything in it is sorted by ARN. */
export interface AuthorizationDetails {
  readonly users: readonly IamUser[];
  readonly groups: readonly IamGroup[];
  readonly roles: readonly IamRole[];
  readonly policies: readonly ManagedPolicy[];
}

/** What ListRoles knows and the authorization details lack. */
export interface RoleSettings {
  readonly arn: string;
  readonly roleId: string;
  readonly description: string | null;
  /** Seconds. */
  readonly maxSessionDuration: number;
}

export interface CredentialReportRow {
  /** `<root_account>` for the root user. */
  readonly user: string;
  readonly arn: string;
  readonly createdAt: string | null;
  readonly passwordEnabled: boolean | null;
  readonly passwordLastUsedAt: string | null;
  readonly passwordLastChangedAt: string | null;
  readonly mfaActive: boolean;
  readonly accessKeys: readonly {
    readonly slot: 1 | 2;
    readonly active: boolean;
    readonly lastRotatedAt: string | null;
    readonly lastUsedAt: string | null;
    readonly lastUsedRegion: string | null;
    readonly lastUsedService: string | null;
  }[];
  readonly signingCertificatesActive: number;
}

export interface CredentialReport {
  /** The report can be up to four hours old. */
  readonly generatedAt: string;
  readonly rows: readonly CredentialReportRow[];
}

/** The parts of GetAccountSummary that tell of the root user and of providers; numbers as the service gives them. */
export interface AccountSummary {
  readonly rootMfaEnabled: boolean;
  readonly rootAccessKeysPresent: boolean;
  readonly rootPasswordPresent: boolean | null;
  readonly rootSigningCertificatesPresent: boolean;
  readonly users: number;
  readonly roles: number;
  readonly groups: number;
  readonly policies: number;
  readonly providers: number;
}

export type PasswordPolicy =
  | { readonly present: false }
  | {
      readonly present: true;
      readonly minimumLength: number;
      readonly requireSymbols: boolean;
      readonly requireNumbers: boolean;
      readonly requireUppercase: boolean;
      readonly requireLowercase: boolean;
      readonly allowUsersToChange: boolean;
      readonly maxAgeDays: number | null;
      readonly reusePrevention: number | null;
      readonly hardExpiry: boolean;
    };

export interface AccessKey {
  readonly userName: string;
  readonly userArn: string;
  readonly accessKeyId: string;
  readonly status: 'Active' | 'Inactive' | 'Expired';
  readonly createdAt: string;
  /** Null = never used since tracking began. */
  readonly lastUsed: { readonly at: string; readonly region: string; readonly service: string } | null;
}

export interface LoginProfile {
  readonly userName: string;
  readonly userArn: string;
  readonly createdAt: string;
  readonly passwordResetRequired: boolean;
}

export interface MfaDevice {
  /** Null for the root user's device and for unassigned devices. */
  readonly userName: string | null;
  readonly userArn: string | null;
  readonly serialNumber: string;
  readonly enabledAt: string | null;
  readonly virtual: boolean;
}

export interface ServiceSpecificCredential {
  readonly userName: string;
  readonly userArn: string;
  readonly serviceName: string;
  readonly credentialId: string;
  readonly alias: string | null;
  readonly status: string;
  readonly createdAt: string;
  /** Null = never expires. */
  readonly expiresAt: string | null;
}

export interface SshPublicKey {
  readonly userName: string;
  readonly userArn: string;
  readonly keyId: string;
  readonly status: string;
  readonly uploadedAt: string | null;
}

export interface SigningCertificate {
  readonly userName: string;
  readonly userArn: string;
  readonly certificateId: string;
  readonly status: string;
  readonly uploadedAt: string | null;
}

export interface SamlProvider {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: string | null;
  readonly validUntil: string | null;
  /** Entity id inside the metadata, when it could be read. */
  readonly issuer: string | null;
  /** Null when the metadata could not be read: there is then a gap. */
  readonly metadataSha256: string | null;
}

export interface OidcProvider {
  readonly arn: string;
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly createdAt: string | null;
}

/** Centralized root access. `trustedAccess: false` = the service answered that trusted access for IAM is off. */
export interface OrganizationsFeatures {
  readonly trustedAccess: boolean;
  readonly enabled: readonly string[];
}

export interface IamEvidence {
  'iam.authorization-details': AuthorizationDetails;
  'iam.role-settings': readonly RoleSettings[];
  'iam.credential-report': CredentialReport;
  'iam.account-summary': AccountSummary;
  'iam.password-policy': PasswordPolicy;
  'iam.access-keys': readonly AccessKey[];
  'iam.login-profiles': readonly LoginProfile[];
  'iam.mfa-devices': readonly MfaDevice[];
  'iam.service-specific-credentials': readonly ServiceSpecificCredential[];
  'iam.ssh-public-keys': readonly SshPublicKey[];
  'iam.signing-certificates': readonly SigningCertificate[];
  'iam.saml-providers': readonly SamlProvider[];
  'iam.oidc-providers': readonly OidcProvider[];
  'iam.organizations-features': OrganizationsFeatures;
  /** The closing pass: the same details read again when the sweep ends. */
  'iam.closing-authorization-details': AuthorizationDetails;
}
