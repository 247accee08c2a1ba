import type {
  AccessKey,
  AccountSummary,
  AuthorizationDetails,
  CredentialReport,
  CredentialReportRow,
  IamGroup,
  IamRole,
  IamUser,
  LoginProfile,
  ManagedPolicy,
  MfaDevice,
  OidcProvider,
  PasswordPolicy,
  PolicyVersion,
  RoleSettings,
  SamlProvider,
  ServiceSpecificCredential,
  SigningCertificate,
  SshPublicKey,
} from '../../model/evidence/iam.ts';
import { buildUniqueId, exampleAccountId, exampleCreatedAt } from './account.ts';

/** Builders fill what a test does not name; ARNs follow from the names. */
type Fields<T> = Partial<T> & { readonly accountId?: string };

export const adminDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

export const readOnlyDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' }],
});

/** A trust policy that lets one principal in. */
export function buildTrustPolicy(
  principal: Readonly<Record<string, string>> = { Service: 'ec2.amazonaws.com' },
  condition?: object,
): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 'sts:AssumeRole',
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    ],
  });
}

export function userArn(name: string, accountId = exampleAccountId): string {
  return `arn:aws:iam::${accountId}:user/${name}`;
}

export function roleArn(name: string, accountId = exampleAccountId): string {
  return `arn:aws:iam::${accountId}:role/${name}`;
}

export function buildIamUser({ accountId = exampleAccountId, ...fields }: Fields<IamUser> = {}): IamUser {
  const name = fields.name ?? 'alice';
  const path = fields.path ?? '/';
  return {
    arn: `arn:aws:iam::${accountId}:user${path}${name}`,
    name,
    path,
    userId: buildUniqueId('AIDA', name),
    createdAt: exampleCreatedAt,
    groups: [],
    inlinePolicies: [],
    attachedPolicies: [],
    permissionsBoundaryArn: null,
    tags: [],
    ...fields,
  };
}

export function buildIamGroup({ accountId = exampleAccountId, ...fields }: Fields<IamGroup> = {}): IamGroup {
  const name = fields.name ?? 'developers';
  const path = fields.path ?? '/';
  return {
    arn: `arn:aws:iam::${accountId}:group${path}${name}`,
    name,
    path,
    groupId: buildUniqueId('AGPA', name),
    createdAt: exampleCreatedAt,
    inlinePolicies: [],
    attachedPolicies: [],
    ...fields,
  };
}

export function buildRole({ accountId = exampleAccountId, ...fields }: Fields<IamRole> = {}): IamRole {
  const name = fields.name ?? 'application';
  const path = fields.path ?? '/';
  return {
    arn: `arn:aws:iam::${accountId}:role${path}${name}`,
    name,
    path,
    roleId: buildUniqueId('AROA', name),
    createdAt: exampleCreatedAt,
    trustPolicy: buildTrustPolicy(),
    inlinePolicies: [],
    attachedPolicies: [],
    permissionsBoundaryArn: null,
    instanceProfileArns: [],
    lastUsed: null,
    tags: [],
    ...fields,
  };
}

export function buildPolicyVersion(fields: Partial<PolicyVersion> = {}): PolicyVersion {
  return {
    versionId: 'v1',
    isDefault: true,
    createdAt: exampleCreatedAt,
    document: readOnlyDocument,
    ...fields,
  };
}

export function buildManagedPolicy({
  accountId = exampleAccountId,
  ...fields
}: Fields<ManagedPolicy> = {}): ManagedPolicy {
  const name = fields.name ?? 'application-access';
  const path = fields.path ?? '/';
  const awsManaged = fields.awsManaged ?? false;
  return {
    arn: `arn:aws:iam::${awsManaged ? 'aws' : accountId}:policy${path}${name}`,
    name,
    path,
    policyId: buildUniqueId('ANPA', name),
    awsManaged,
    createdAt: exampleCreatedAt,
    updatedAt: exampleCreatedAt,
    attachmentCount: 1,
    boundaryUsageCount: 0,
    versions: [buildPolicyVersion()],
    ...fields,
  };
}

export function buildAuthorizationDetails(fields: Partial<AuthorizationDetails> = {}): AuthorizationDetails {
  return { users: [], groups: [], roles: [], policies: [], ...fields };
}

export function buildRoleSettings(fields: Partial<RoleSettings> = {}): RoleSettings {
  return {
    arn: roleArn('application'),
    roleId: buildUniqueId('AROA', 'application'),
    description: null,
    maxSessionDuration: 3600,
    ...fields,
  };
}

export function buildCredentialReportRow(fields: Partial<CredentialReportRow> = {}): CredentialReportRow {
  const user = fields.user ?? 'alice';
  return {
    user,
    arn: user === '<root_account>' ? `arn:aws:iam::${exampleAccountId}:root` : userArn(user),
    createdAt: exampleCreatedAt,
    passwordEnabled: false,
    passwordLastUsedAt: null,
    passwordLastChangedAt: null,
    mfaActive: false,
    accessKeys: [buildReportKey(1), buildReportKey(2)],
    signingCertificatesActive: 0,
    ...fields,
  };
}

/** One key slot of a credential report row; inactive unless said otherwise. */
export function buildReportKey(
  slot: 1 | 2,
  fields: Partial<CredentialReportRow['accessKeys'][number]> = {},
): CredentialReportRow['accessKeys'][number] {
  return {
    slot,
    active: false,
    lastRotatedAt: null,
    lastUsedAt: null,
    lastUsedRegion: null,
    lastUsedService: null,
    ...fields,
  };
}

/** The root user's row: MFA on, no keys. */
export function buildRootRow(fields: Partial<CredentialReportRow> = {}): CredentialReportRow {
  return buildCredentialReportRow({
    user: '<root_account>',
    passwordEnabled: null,
    mfaActive: true,
    ...fields,
  });
}

export function buildCredentialReport(fields: Partial<CredentialReport> = {}): CredentialReport {
  return { generatedAt: '2026-11-03T22:00:00.000Z', rows: [buildRootRow()], ...fields };
}

export function buildAccountSummary(fields: Partial<AccountSummary> = {}): AccountSummary {
  return {
    rootMfaEnabled: true,
    rootAccessKeysPresent: false,
    rootPasswordPresent: true,
    rootSigningCertificatesPresent: false,
    users: 0,
    roles: 0,
    groups: 0,
    policies: 0,
    providers: 0,
    ...fields,
  };
}

export function buildPasswordPolicy(
  fields: Partial<Extract<PasswordPolicy, { present: true }>> = {},
): PasswordPolicy {
  return {
    present: true,
    minimumLength: 14,
    requireSymbols: true,
    requireNumbers: true,
    requireUppercase: true,
    requireLowercase: true,
    allowUsersToChange: true,
    maxAgeDays: null,
    reusePrevention: 24,
    hardExpiry: false,
    ...fields,
  };
}

/** An active key, a month old and used the day before the tests' `asOf`. */
export function buildAccessKey(fields: Partial<AccessKey> = {}): AccessKey {
  const userName = fields.userName ?? 'alice';
  return {
    userName,
    userArn: userArn(userName),
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    status: 'Active',
    createdAt: '2026-10-01T08:00:00.000Z',
    lastUsed: { at: '2026-11-02T08:00:00.000Z', region: 'us-east-1', service: 's3' },
    ...fields,
  };
}

export function accessKeyArn(accessKeyId: string, userName = 'alice'): string {
  return `${userArn(userName)}/access-key/${accessKeyId}`;
}

export function buildLoginProfile(fields: Partial<LoginProfile> = {}): LoginProfile {
  const userName = fields.userName ?? 'alice';
  return {
    userName,
    userArn: userArn(userName),
    createdAt: exampleCreatedAt,
    passwordResetRequired: false,
    ...fields,
  };
}

export function buildMfaDevice(fields: Partial<MfaDevice> = {}): MfaDevice {
  const userName = fields.userName === undefined ? 'alice' : fields.userName;
  return {
    userName,
    userArn: userName === null ? null : userArn(userName),
    serialNumber: `arn:aws:iam::${exampleAccountId}:mfa/${userName ?? 'unassigned'}`,
    enabledAt: userName === null ? null : exampleCreatedAt,
    virtual: true,
    ...fields,
  };
}

export function buildServiceSpecificCredential(
  fields: Partial<ServiceSpecificCredential> = {},
): ServiceSpecificCredential {
  const userName = fields.userName ?? 'alice';
  return {
    userName,
    userArn: userArn(userName),
    serviceName: 'codecommit.amazonaws.com',
    credentialId: 'ACCAEXAMPLE1EXAMPLE2E',
    alias: null,
    status: 'Active',
    createdAt: exampleCreatedAt,
    expiresAt: null,
    ...fields,
  };
}

export function buildSshPublicKey(fields: Partial<SshPublicKey> = {}): SshPublicKey {
  const userName = fields.userName ?? 'alice';
  return {
    userName,
    userArn: userArn(userName),
    keyId: 'APKAEXAMPLE1EXAMPLE2E',
    status: 'Active',
    uploadedAt: exampleCreatedAt,
    ...fields,
  };
}

export function buildSigningCertificate(fields: Partial<SigningCertificate> = {}): SigningCertificate {
  const userName = fields.userName ?? 'alice';
  return {
    userName,
    userArn: userArn(userName),
    certificateId: 'EXAMPLECERTIFICATEID0000',
    status: 'Active',
    uploadedAt: exampleCreatedAt,
    ...fields,
  };
}

export function buildSamlProvider(fields: Partial<SamlProvider> = {}): SamlProvider {
  const name = fields.name ?? 'corporate';
  return {
    arn: `arn:aws:iam::${exampleAccountId}:saml-provider/${name}`,
    name,
    createdAt: exampleCreatedAt,
    validUntil: '2035-01-15T08:00:00.000Z',
    issuer: 'https://idp.example.com/saml',
    metadataSha256: '0'.repeat(64),
    ...fields,
  };
}

export function buildOidcProvider(fields: Partial<OidcProvider> = {}): OidcProvider {
  const url = fields.url ?? 'token.actions.githubusercontent.com';
  return {
    arn: `arn:aws:iam::${exampleAccountId}:oidc-provider/${url}`,
    url,
    clientIds: ['sts.amazonaws.com'],
    thumbprints: [],
    createdAt: exampleCreatedAt,
    ...fields,
  };
}
