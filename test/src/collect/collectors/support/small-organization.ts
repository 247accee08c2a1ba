import type { AuthorizationDetails, CredentialReport } from '../../../../../src/model/evidence/iam.ts';
import type { OrganizationRoot } from '../../../../../src/model/evidence/organizations.ts';
import type { Dependencies } from '../../../../support/fake-collect-context.ts';
import { failure, fakeAsOf, output, type Script } from '../../../../support/fake-reader.ts';

/** Answers of a small organization, entries deliberately out of order, two of everything where two are possible. */

const made = new Date('2025-01-02T03:04:05Z');
const account = '111122223333';
const user = (name: string): string => `arn:aws:iam::${account}:user/${name}`;
const organization = `arn:aws:organizations::${account}:`;

export const policyDocument =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const encoded = encodeURIComponent(policyDocument);

export const reportHeader =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,' +
  'access_key_1_last_used_service,access_key_2_active,cert_1_active,cert_2_active';

export const reportText = [
  reportHeader,
  `<root_account>,arn:aws:iam::${account}:root,2020-01-01T00:00:00+00:00,not_supported,no_information,not_supported,true,false,N/A,N/A,N/A,N/A,false,false,false`,
  `zoe,${user('zoe')},2025-01-02T03:04:05+00:00,true,2026-10-01T00:00:00+00:00,2025-01-02T03:04:05+00:00,true,true,2025-01-02T03:04:05+00:00,2026-11-01T10:00:00+00:00,us-east-1,sts,false,false,false`,
  `ada,${user('ada')},2025-01-02T03:04:05+00:00,false,N/A,N/A,false,false,N/A,N/A,N/A,N/A,false,true,false`,
].join('\n');

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const details: AuthorizationDetails = {
  users: ['ada', 'zoe'].map((name) => ({
    arn: user(name),
    name,
    path: '/',
    userId: `AIDA${name.toUpperCase()}`,
    createdAt: made.toISOString(),
    groups: [],
    inlinePolicies: [],
    attachedPolicies: [],
    permissionsBoundaryArn: null,
    tags: [],
  })),
  groups: [],
  roles: [],
  policies: [],
};

export const report: CredentialReport = {
  generatedAt: '2026-11-03T11:55:00.000Z',
  rows: ['ada', 'zoe'].map((name) => ({
    user: name,
    arn: user(name),
    createdAt: made.toISOString(),
    passwordEnabled: name === 'zoe',
    passwordLastUsedAt: null,
    passwordLastChangedAt: null,
    mfaActive: false,
    accessKeys: [],
    signingCertificatesActive: 0,
  })),
};

const roots: readonly OrganizationRoot[] = [
  {
    id: 'r-abcd',
    arn: `${organization}root/o-exampleorg/r-abcd`,
    name: 'Root',
    policyTypes: [
      { type: 'SERVICE_CONTROL_POLICY', status: 'ENABLED' },
      { type: 'TAG_POLICY', status: 'ENABLED' },
    ],
  },
];

const complete = <Value>(value: Value, asOf: string = fakeAsOf) =>
  ({ state: 'complete', value, asOf, provenance: [] }) as const;

export const smallDependencies = {
  'iam.authorization-details': complete(details),
  'iam.credential-report': complete(report, report.generatedAt),
  'organizations.roots': complete(roots),
} as const satisfies Dependencies;

const ofUser =
  (name: string, answer: (userName: string) => object) => (input: Readonly<Record<string, unknown>>) =>
    output({ [name]: ['zoe', 'ada'].filter((userName) => userName === input['UserName']).map(answer) });

const policyId = (type: unknown, number: number): string =>
  `p-${String(type).toLowerCase().slice(0, 3)}${number}`;

const handshake = (id: string, state: string): object => ({
  Id: id,
  Arn: `${organization}handshake/o-exampleorg/invite/${id}`,
  Action: 'INVITE',
  State: state,
  Parties: [
    { Id: 'o-exampleorg', Type: 'ORGANIZATION' },
    { Id: 'someone@example.com', Type: 'EMAIL' },
    { Id: '444455556666', Type: 'ACCOUNT' },
  ],
  Resources: [{ Type: 'EMAIL', Value: 'someone@example.com' }],
  RequestedTimestamp: made,
  ExpirationTimestamp: made,
});

const handshakes = output({ Handshakes: [handshake('h-2', 'OPEN'), handshake('h-1', 'CANCELED')] });

export const smallScript = {
  GetAccountAuthorizationDetails: [
    output({
      UserDetailList: ['zoe', 'ada'].map((name) => ({
        Arn: user(name),
        UserName: name,
        Path: '/',
        UserId: `AIDA${name.toUpperCase()}`,
        CreateDate: made,
        GroupList: ['readers', 'admins'],
        UserPolicyList: [
          { PolicyName: 'second', PolicyDocument: encoded },
          { PolicyName: 'first', PolicyDocument: policyDocument },
        ],
        AttachedManagedPolicies: [
          { PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', PolicyName: 'ReadOnlyAccess' },
        ],
        Tags: [
          { Key: 'team', Value: 'b' },
          { Key: 'owner', Value: 'a' },
        ],
      })),
      GroupDetailList: [
        {
          Arn: `arn:aws:iam::${account}:group/admins`,
          GroupName: 'admins',
          Path: '/',
          GroupId: 'AGPAEXAMPLE',
          CreateDate: made,
          AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
        },
      ],
    }),
    output({
      RoleDetailList: [
        {
          Arn: `arn:aws:iam::${account}:role/deploy`,
          RoleName: 'deploy',
          Path: '/',
          RoleId: 'AROAEXAMPLE',
          CreateDate: made,
          AssumeRolePolicyDocument: encoded,
          InstanceProfileList: [{ Arn: `arn:aws:iam::${account}:instance-profile/deploy` }],
          PermissionsBoundary: { PermissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary` },
          RoleLastUsed: { LastUsedDate: made, Region: 'eu-west-1' },
        },
      ],
      Policies: [
        {
          Arn: `arn:aws:iam::${account}:policy/boundary`,
          PolicyName: 'boundary',
          Path: '/',
          PolicyId: 'ANPAEXAMPLE',
          CreateDate: made,
          UpdateDate: made,
          AttachmentCount: 0,
          PermissionsBoundaryUsageCount: 1,
          PolicyVersionList: [
            { VersionId: 'v10', IsDefaultVersion: false, CreateDate: made, Document: encoded },
            { VersionId: 'v9', IsDefaultVersion: true, CreateDate: made, Document: encoded },
          ],
        },
        {
          Arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
          PolicyName: 'AdministratorAccess',
          Path: '/',
          PolicyId: 'ANPAAWS',
          CreateDate: made,
          UpdateDate: made,
          AttachmentCount: 1,
          PolicyVersionList: [
            { VersionId: 'v1', IsDefaultVersion: true, CreateDate: made, Document: encoded },
          ],
        },
      ],
    }),
  ],
  ListRoles: [
    output({
      Roles: [
        {
          Arn: `arn:aws:iam::${account}:role/deploy`,
          RoleId: 'AROAEXAMPLE',
          MaxSessionDuration: 43200,
          Description: 'Deploys',
        },
      ],
    }),
    output({
      Roles: [
        { Arn: `arn:aws:iam::${account}:role/break-glass`, RoleId: 'AROAOTHER', MaxSessionDuration: 3600 },
      ],
    }),
  ],
  GenerateCredentialReport: [
    output({ State: 'STARTED' }),
    output({ State: 'INPROGRESS' }),
    output({ State: 'COMPLETE' }),
  ],
  GetCredentialReport: output({
    Content: bytes(reportText),
    GeneratedTime: new Date('2026-11-03T11:55:00Z'),
  }),
  GetAccountSummary: output({
    SummaryMap: {
      AccountMFAEnabled: 1,
      AccountAccessKeysPresent: 0,
      AccountPasswordPresent: 1,
      AccountSigningCertificatesPresent: 0,
      Users: 2,
      Roles: 2,
      Groups: 1,
      Policies: 1,
      Providers: 2,
    },
  }),
  GetAccountPasswordPolicy: output({
    PasswordPolicy: {
      MinimumPasswordLength: 14,
      RequireSymbols: true,
      RequireNumbers: true,
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: true,
      ExpirePasswords: true,
      MaxPasswordAge: 90,
    },
  }),
  ListAccessKeys: ofUser('AccessKeyMetadata', (name) => ({
    UserName: name,
    AccessKeyId: name === 'ada' ? 'AKIAIOSFODNN7EXAMPL2' : 'AKIAIOSFODNN7EXAMPLE',
    Status: name === 'ada' ? 'Inactive' : 'Active',
    CreateDate: made,
  })),
  GetAccessKeyLastUsed: (input) =>
    output({
      AccessKeyLastUsed:
        input['AccessKeyId'] === 'AKIAIOSFODNN7EXAMPLE'
          ? { LastUsedDate: made, Region: 'us-east-1', ServiceName: 'sts' }
          : { Region: 'N/A', ServiceName: 'N/A' },
    }),
  GetLoginProfile: output({
    LoginProfile: { UserName: 'zoe', CreateDate: made, PasswordResetRequired: true },
  }),
  ListVirtualMFADevices: output({
    VirtualMFADevices: [
      { SerialNumber: `arn:aws:iam::${account}:mfa/leftover` },
      {
        SerialNumber: `arn:aws:iam::${account}:mfa/zoe`,
        User: { UserName: 'zoe', Arn: user('zoe') },
        EnableDate: made,
      },
      {
        SerialNumber: `arn:aws:iam::${account}:mfa/root`,
        User: { Arn: `arn:aws:iam::${account}:root` },
        EnableDate: made,
      },
    ],
  }),
  ListMFADevices: (input) =>
    output({
      MFADevices:
        input['UserName'] === 'zoe'
          ? [
              {
                UserName: 'zoe',
                SerialNumber: `arn:aws:iam::${account}:u2f/user/zoe/passkey`,
                EnableDate: made,
              },
              { UserName: 'zoe', SerialNumber: `arn:aws:iam::${account}:mfa/zoe`, EnableDate: made },
            ]
          : [{ UserName: 'ada', SerialNumber: 'GAHT12345678', EnableDate: made }],
    }),
  ListServiceSpecificCredentials: output({
    ServiceSpecificCredentials: [
      {
        UserName: 'zoe',
        ServiceName: 'bedrock.amazonaws.com',
        ServiceSpecificCredentialId: 'ACCAEXAMPLE2',
        ServiceCredentialAlias: 'BedrockAPIKey-1',
        Status: 'Active',
        CreateDate: made,
      },
      {
        UserName: 'ada',
        ServiceName: 'codecommit.amazonaws.com',
        ServiceSpecificCredentialId: 'ACCAEXAMPLE1',
        Status: 'Expired',
        CreateDate: made,
        ExpirationDate: made,
      },
    ],
  }),
  ListSSHPublicKeys: ofUser('SSHPublicKeys', (name) => ({
    UserName: name,
    SSHPublicKeyId: name === 'ada' ? 'APKAEXAMPLE2' : 'APKAEXAMPLE1',
    Status: 'Active',
    UploadDate: made,
  })),
  ListSigningCertificates: ofUser('Certificates', (name) => ({
    UserName: name,
    CertificateId: name === 'ada' ? 'CERTIFICATE2' : 'CERTIFICATE1',
    CertificateBody: 'dropped',
    Status: 'Inactive',
    UploadDate: made,
  })),
  ListSAMLProviders: output({
    SAMLProviderList: [
      { Arn: `arn:aws:iam::${account}:saml-provider/second`, CreateDate: made, ValidUntil: made },
      { Arn: `arn:aws:iam::${account}:saml-provider/first`, CreateDate: made, ValidUntil: made },
    ],
  }),
  GetSAMLProvider: output({
    SAMLMetadataDocument: '<md:EntityDescriptor entityID="https://idp.example.com/?a=1&amp;b=2"/>',
  }),
  ListOpenIDConnectProviders: output({
    OpenIDConnectProviderList: [
      { Arn: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
      { Arn: `arn:aws:iam::${account}:oidc-provider/gitlab.example.com/path` },
    ],
  }),
  GetOpenIDConnectProvider: (input) =>
    output({
      Url: String(input['OpenIDConnectProviderArn']).replace(/^.*oidc-provider\//u, ''),
      ClientIDList: ['sts.amazonaws.com', 'another'],
      ThumbprintList: ['ffff', '0000'],
      CreateDate: made,
    }),
  ListOrganizationsFeatures: output({
    OrganizationId: 'o-exampleorg',
    EnabledFeatures: ['RootSessions', 'RootCredentialsManagement'],
  }),
  DescribeOrganization: output({
    Organization: {
      Id: 'o-exampleorg',
      Arn: `${organization}organization/o-exampleorg`,
      FeatureSet: 'ALL',
      MasterAccountId: account,
      MasterAccountEmail: 'owner@example.com',
    },
  }),
  ListAccounts: [
    output({
      Accounts: [
        {
          Id: '444455556666',
          Arn: `${organization}account/o-exampleorg/444455556666`,
          Name: 'workload',
          Email: 'workload@example.com',
          State: 'SUSPENDED',
          Status: 'ACTIVE',
          JoinedMethod: 'CREATED',
          JoinedTimestamp: made,
          Paths: ['o-exampleorg/r-abcd/ou-abcd-11111111/444455556666/'],
        },
      ],
    }),
    output({}),
    output({
      Accounts: [
        {
          Id: account,
          Arn: `${organization}account/o-exampleorg/${account}`,
          Name: 'management',
          Email: 'owner@example.com',
          State: 'ACTIVE',
          Paths: [`o-exampleorg/r-abcd/${account}/`],
        },
      ],
    }),
  ],
  ListRoots: output({
    Roots: [
      {
        Id: 'r-abcd',
        Arn: `${organization}root/o-exampleorg/r-abcd`,
        Name: 'Root',
        PolicyTypes: [
          { Type: 'TAG_POLICY', Status: 'ENABLED' },
          { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
        ],
      },
    ],
  }),
  ListOrganizationalUnitsForParent: (input) => {
    const children: Readonly<Record<string, readonly string[]>> = {
      'r-abcd': ['ou-abcd-22222222', 'ou-abcd-11111111'],
      'ou-abcd-11111111': ['ou-abcd-33333333'],
    };
    return output({
      OrganizationalUnits: (children[String(input['ParentId'])] ?? []).map((id) => ({
        Id: id,
        Arn: `${organization}ou/o-exampleorg/${id}`,
        Name: `unit ${id}`,
      })),
    });
  },
  ListPolicies: (input) =>
    input['Filter'] === 'RESOURCE_CONTROL_POLICY'
      ? failure('PolicyTypeNotEnabledException')
      : output({
          Policies: [2, 1].map((number) => ({
            Id: policyId(input['Filter'], number),
            Arn: `${organization}policy/${policyId(input['Filter'], number)}`,
            Name: `policy ${number}`,
            Type: input['Filter'],
            AwsManaged: number === 1,
          })),
        }),
  DescribePolicy: output({ Policy: { Content: policyDocument } }),
  ListTargetsForPolicy: output({
    Targets: [
      { TargetId: 'r-abcd', Arn: `${organization}root/r-abcd`, Name: 'Root', Type: 'ROOT' },
      {
        TargetId: '444455556666',
        Arn: `${organization}account/444455556666`,
        Name: 'workload',
        Type: 'ACCOUNT',
      },
    ],
  }),
  ListAWSServiceAccessForOrganization: output({
    EnabledServicePrincipals: [
      { ServicePrincipal: 'sso.amazonaws.com', DateEnabled: made },
      { ServicePrincipal: 'config.amazonaws.com' },
    ],
  }),
  ListDelegatedAdministrators: output({
    DelegatedAdministrators: ['777788889999', '444455556666'].map((id) => ({
      Id: id,
      Arn: `${organization}account/o-exampleorg/${id}`,
      Name: `account ${id}`,
      Email: 'someone@example.com',
      DelegationEnabledDate: made,
    })),
  }),
  ListDelegatedServicesForAccount: output({
    DelegatedServices: [
      { ServicePrincipal: 'guardduty.amazonaws.com', DelegationEnabledDate: made },
      { ServicePrincipal: 'access-analyzer.amazonaws.com' },
    ],
  }),
  DescribeResourcePolicy: output({
    ResourcePolicy: {
      ResourcePolicySummary: { Id: 'rp-1', Arn: `${organization}resourcepolicy/o-exampleorg/rp-1` },
      Content: policyDocument,
    },
  }),
  ListHandshakesForOrganization: handshakes,
  ListHandshakesForAccount: handshakes,
  ListRegions: output({
    Regions: [
      { RegionName: 'us-east-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
      { RegionName: 'ap-east-1', RegionOptStatus: 'DISABLED' },
    ],
  }),
  GetAlternateContact: (input) =>
    input['AlternateContactType'] === 'BILLING'
      ? failure('ResourceNotFoundException')
      : output({
          AlternateContact: {
            EmailAddress: 'Security@Example.com',
            Name: 'Zoe',
            PhoneNumber: '+1',
            Title: 'CISO',
          },
        }),
  GetCallerIdentity: output({
    Account: account,
    Arn: `arn:aws:sts::${account}:assumed-role/afterleak/sweep`,
    UserId: 'AROAEXAMPLE:sweep',
  }),
} satisfies Script;
