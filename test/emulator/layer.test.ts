import { AccessAnalyzerClient, ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer';
import { AccountClient, GetAlternateContactCommand, ListRegionsCommand } from '@aws-sdk/client-account';
import {
  APIGatewayClient,
  GetApiKeysCommand,
  GetAuthorizersCommand,
  GetDomainNamesCommand,
  GetExportCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client,
  ExportApiCommand,
  GetApisCommand,
  GetAuthorizersCommand as GetAuthorizersV2Command,
  GetDomainNamesCommand as GetDomainNamesV2Command,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand as GetStagesV2Command,
} from '@aws-sdk/client-apigatewayv2';
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListChannelsCommand,
  ListTrailsCommand,
  LookupEventsCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CreateUserCommand,
  GenerateCredentialReportCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListOpenIDConnectProvidersCommand,
  ListOrganizationsFeaturesCommand,
  ListRolesCommand,
  ListSAMLProvidersCommand,
  ListServiceSpecificCredentialsCommand,
  ListUsersCommand,
  ListVirtualMFADevicesCommand,
} from '@aws-sdk/client-iam';
import {
  IdentitystoreClient,
  ListUsersCommand as ListDirectoryUsersCommand,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
} from '@aws-sdk/client-identitystore';
import {
  GetLayerVersionPolicyCommand,
  GetPolicyCommand,
  LambdaClient,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListFunctionUrlConfigsCommand,
  ListLayersCommand,
} from '@aws-sdk/client-lambda';
import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  DescribeResourcePolicyCommand,
  ListAccountsCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
  ListHandshakesForAccountCommand,
  ListHandshakesForOrganizationCommand,
  ListOrganizationalUnitsForParentCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import {
  DescribeApplicationCommand,
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  DescribeInstanceCommand,
  DescribePermissionSetCommand,
  DescribeTrustedTokenIssuerCommand,
  GetApplicationAssignmentConfigurationCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListApplicationAccessScopesCommand,
  ListApplicationAuthenticationMethodsCommand,
  ListApplicationGrantsCommand,
  ListApplicationsCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListInstancesCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  ListTrustedTokenIssuersCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ExpectedArtefact } from './seeds/every-artefact.js';
import {
  DEPARTING_ACCOUNT,
  FOREIGN_ACCOUNT,
  INVITED_ACCOUNT,
  seedEveryArtefact,
} from './seeds/every-artefact.js';
import { type SeededIncident, seedIncident } from './seeds/incident.js';
import { type InnocentOrganization, seedInnocentOrganization } from './seeds/innocent-organization.js';
import {
  connectEmulator,
  DEVELOPMENT_ACCOUNT,
  type Emulator,
  MANAGEMENT_ACCOUNT,
  PRODUCTION_ACCOUNT,
  SECURITY_ACCOUNT,
  startEmulator,
} from './start.js';

const MEMBER_REGION = 'eu-west-1';

let emulator: Emulator;
let innocent: InnocentOrganization;
let incident: SeededIncident;
let expected: readonly ExpectedArtefact[];
let deployedOpenHttpApiId: string;
let sharedFunctionArn: string;

const options = (accountId: string = MANAGEMENT_ACCOUNT, region = 'us-east-1') =>
  emulator.clientOptions(accountId, region);
const iam = (accountId?: string) => new IAMClient(options(accountId));
const organizations = (accountId?: string) => new OrganizationsClient(options(accountId));
const sso = (accountId?: string, region?: string) => new SSOAdminClient(options(accountId, region));
const lambda = (accountId?: string, region?: string) => new LambdaClient(options(accountId, region));
const trails = (accountId?: string, region?: string) => new CloudTrailClient(options(accountId, region));
const restApis = () => new APIGatewayClient(options(PRODUCTION_ACCOUNT));
const httpApis = () => new ApiGatewayV2Client(options(PRODUCTION_ACCOUNT));
const sts = (accountId?: string) => new STSClient(options(accountId));
const directory = () => new IdentitystoreClient(options());
const artefact = (name: string) => expected.find((entry) => entry.artefact === name)?.arn ?? '';

/** What an SDK call throws, as far as a caller can tell. */
const refusal = async (call: Promise<unknown>) => {
  try {
    await call;
  } catch (error) {
    const details = error instanceof Error ? error : new Error(String(error));
    const metadata: unknown = Reflect.get(details, '$metadata');
    const status: unknown =
      typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
    return { name: details.name, message: details.message, status };
  }
  return { name: 'none', message: '', status: 200 };
};

beforeAll(async () => {
  emulator = await startEmulator();
  innocent = await seedInnocentOrganization(emulator, { leakableUser: true });
  incident = await seedIncident(emulator, innocent);
  ({ expected, deployedOpenHttpApiId, sharedFunctionArn } = await seedEveryArtefact(
    emulator,
    innocent,
    incident,
  ));
}, 180_000);

afterAll(async () => {
  const complaints = emulator.complaints();
  await emulator.stop();
  expect(complaints).toBe('');
});

beforeEach(async () => {
  await emulator.clearFaults();
  await emulator.setState({ pageSize: null });
});

describe('STS', () => {
  test('names the caller', async () => {
    const identity = await sts().send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe(MANAGEMENT_ACCOUNT);
    expect(identity.Arn).toBe(`arn:aws:sts::${MANAGEMENT_ACCOUNT}:assumed-role/IncidentResponder/emulator`);
    expect(identity.UserId).toMatch(/^AROA[A-Z0-9]{17}:emulator$/);
  });

  test('assumes a role that exists, in the present, and its session acts in that account', async () => {
    const RoleArn = `arn:aws:iam::${PRODUCTION_ACCOUNT}:role/SecurityAudit`;
    const { Credentials } = await sts().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sweep' }));
    expect(Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.now());
    const session = new STSClient(
      emulator.clientOptions(PRODUCTION_ACCOUNT, 'us-east-1', {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      }),
    );
    const identity = await session.send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:aws:sts::${PRODUCTION_ACCOUNT}:assumed-role/SecurityAudit/sweep`);
  });

  test('refuses a role that does not exist, and those that a test names', async () => {
    const assume = (name: string) =>
      refusal(
        sts().send(
          new AssumeRoleCommand({
            RoleArn: `arn:aws:iam::${PRODUCTION_ACCOUNT}:role/${name}`,
            RoleSessionName: 's',
          }),
        ),
      );
    expect(await assume('Absent')).toMatchObject({ name: 'AccessDenied', status: 403 });
    await emulator.setState({ assumeRoleRefused: [PRODUCTION_ACCOUNT] });
    expect(await assume('SecurityAudit')).toMatchObject({ name: 'AccessDenied', status: 403 });
    await emulator.setState({ assumeRoleRefused: [] });
    expect(await assume('SecurityAudit')).toMatchObject({ name: 'none' });
  });

  test('refuses a key that was switched off', async () => {
    const client = new STSClient(
      emulator.clientOptions(MANAGEMENT_ACCOUNT, 'us-east-1', {
        accessKeyId: incident.leakedAccessKeyId,
        secretAccessKey: innocent.deploy?.secretAccessKey ?? '',
      }),
    );
    expect(await refusal(client.send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'InvalidClientTokenId',
      status: 403,
    });
  });
});

describe('IAM', () => {
  test('pages the authorization details, with AWS ids and encoded documents', async () => {
    const users: string[] = [];
    const documents: string[] = [];
    let marker: string | undefined;
    let pages = 0;
    do {
      const answer = await iam().send(
        new GetAccountAuthorizationDetailsCommand({ MaxItems: 3, Marker: marker }),
      );
      pages += 1;
      for (const user of answer.UserDetailList ?? []) {
        users.push(user.UserId ?? '');
        documents.push(...(user.UserPolicyList ?? []).map((policy) => policy.PolicyDocument ?? ''));
      }
      documents.push(...(answer.RoleDetailList ?? []).map((role) => role.AssumeRolePolicyDocument ?? ''));
      for (const policy of answer.Policies ?? []) {
        expect(policy.PolicyName).not.toBe('');
        expect(policy.PolicyId).toMatch(/^ANPA[A-Z2-7]{17}$/);
        documents.push(...(policy.PolicyVersionList ?? []).map((version) => version.Document ?? ''));
      }
      marker = answer.IsTruncated === true ? answer.Marker : undefined;
    } while (marker !== undefined);
    expect(pages).toBeGreaterThan(3);
    expect(users).toHaveLength(4);
    expect(users.every((id) => /^AIDA[A-Z2-7]{17}$/.test(id))).toBe(true);
    expect(documents.length).toBeGreaterThan(10);
    for (const text of documents) {
      expect(text).toMatch(/^%7B/);
      expect(() => JSON.parse(decodeURIComponent(text))).not.toThrow();
    }
  });

  test('keeps the dates of the controlled clock', async () => {
    const { Users } = await iam().send(new ListUsersCommand({}));
    const made = new Map((Users ?? []).map((user) => [user.UserName, user.CreateDate?.toISOString()]));
    expect(made.get('deploy')).toBe('2025-02-03T10:00:00.000Z');
    expect(made.get('svc-backup')).toBe('2026-11-03T09:22:00.000Z');
    const { AccessKeyMetadata } = await iam().send(new ListAccessKeysCommand({ UserName: 'ops-sync' }));
    expect(AccessKeyMetadata?.[0]?.CreateDate?.toISOString()).toBe('2026-11-03T09:22:00.000Z');
  });

  test('records the last use of a key on real use', async () => {
    const { AccessKeyLastUsed } = await iam().send(
      new GetAccessKeyLastUsedCommand({ AccessKeyId: incident.leakedAccessKeyId }),
    );
    expect(AccessKeyLastUsed).toMatchObject({ ServiceName: 'cloudtrail', Region: 'us-east-1' });
    expect(AccessKeyLastUsed?.LastUsedDate?.toISOString()).toBe('2026-11-03T10:48:00.000Z');
  });

  test('reports credentials with the root user', async () => {
    const client = iam(DEVELOPMENT_ACCOUNT);
    let state: string | undefined;
    for (let attempt = 0; attempt < 3 && state !== 'COMPLETE'; attempt += 1) {
      state = (await client.send(new GenerateCredentialReportCommand({}))).State;
    }
    const { Content, GeneratedTime } = await client.send(new GetCredentialReportCommand({}));
    const lines = new TextDecoder().decode(Content).trim().split('\n');
    expect(lines[0]?.split(',')).toHaveLength(22);
    expect(lines[1]).toContain('<root_account>,arn:aws:iam::444455556666:root,');
    expect(lines[1]).toContain(
      ',false,true,2021-03-01T00:00:00+00:00,2026-10-30T12:00:00+00:00,us-east-1,s3,',
    );
    expect(Math.abs(Date.now() - (GeneratedTime?.getTime() ?? 0))).toBeLessThan(60_000);
  });

  test('knows the root user in summary and MFA devices', async () => {
    const own = await iam().send(new GetAccountSummaryCommand({}));
    expect(own.SummaryMap).toMatchObject({ AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, Users: 4 });
    const exposed = await iam(DEVELOPMENT_ACCOUNT).send(new GetAccountSummaryCommand({}));
    expect(exposed.SummaryMap).toMatchObject({
      AccountMFAEnabled: 0,
      AccountAccessKeysPresent: 1,
      AccountPasswordPresent: 1,
    });
    const { VirtualMFADevices } = await iam().send(new ListVirtualMFADevicesCommand({}));
    expect(VirtualMFADevices?.[0]?.SerialNumber).toBe(
      `arn:aws:iam::${MANAGEMENT_ACCOUNT}:mfa/root-account-mfa-device`,
    );
  });

  test('lists service-specific credentials of all users', async () => {
    const { ServiceSpecificCredentials } = await iam().send(
      new ListServiceSpecificCredentialsCommand({ AllUsers: true }),
    );
    expect(ServiceSpecificCredentials).toHaveLength(1);
    expect(ServiceSpecificCredentials?.[0]).toMatchObject({
      UserName: 'svc-backup',
      ServiceName: 'bedrock.amazonaws.com',
    });
  });

  test('answers the other account reads', async () => {
    const profile = await iam().send(new GetLoginProfileCommand({ UserName: 'aws-support' }));
    expect(profile.LoginProfile?.CreateDate?.toISOString()).toBe('2026-11-03T09:22:00.000Z');
    expect(await refusal(iam().send(new GetLoginProfileCommand({ UserName: 'deploy' })))).toMatchObject({
      name: 'NoSuchEntityException',
      status: 404,
    });
    const { PasswordPolicy } = await iam().send(new GetAccountPasswordPolicyCommand({}));
    expect(PasswordPolicy?.MinimumPasswordLength).toBe(16);
    expect(await refusal(iam(INVITED_ACCOUNT).send(new GetAccountPasswordPolicyCommand({})))).toMatchObject({
      name: 'NoSuchEntityException',
    });
    const { SAMLProviderList } = await iam(DEVELOPMENT_ACCOUNT).send(new ListSAMLProvidersCommand({}));
    expect(SAMLProviderList?.map((provider) => provider.Arn)).toContain(
      `arn:aws:iam::${DEVELOPMENT_ACCOUNT}:saml-provider/corporate-login`,
    );
    const { OpenIDConnectProviderList } = await iam(DEVELOPMENT_ACCOUNT).send(
      new ListOpenIDConnectProvidersCommand({}),
    );
    expect(OpenIDConnectProviderList?.map((provider) => provider.Arn)).toContain(
      `arn:aws:iam::${DEVELOPMENT_ACCOUNT}:oidc-provider/oidc.attacker.example`,
    );
    const { Roles } = await iam(PRODUCTION_ACCOUNT).send(
      new ListRolesCommand({ PathPrefix: '/aws-reserved/' }),
    );
    expect(Roles?.map((role) => role.RoleName?.replace(/_[^_]*$/, '')).sort()).toEqual([
      'AWSReservedSSO_AdministratorAccess',
      'AWSReservedSSO_ReadOnlyAccess',
    ]);
    expect(await refusal(iam().send(new ListOrganizationsFeaturesCommand({})))).toMatchObject({
      name: 'ServiceAccessNotEnabledException',
    });
  });
});

describe('Organizations', () => {
  test('lists accounts with state, path and how they joined', async () => {
    await emulator.setState({ pageSize: 2 });
    const accounts = [];
    let token: string | undefined;
    do {
      const answer = await organizations().send(new ListAccountsCommand({ NextToken: token }));
      accounts.push(...(answer.Accounts ?? []));
      token = answer.NextToken;
    } while (token !== undefined);
    const production = accounts.find((account) => account.Id === PRODUCTION_ACCOUNT);
    expect(production).toMatchObject({ State: 'ACTIVE', JoinedMethod: 'CREATED', Name: 'production' });
    expect(production?.Paths).toEqual([
      `${innocent.organizationId}/${innocent.rootId}/${innocent.units.Workloads}/${PRODUCTION_ACCOUNT}/`,
    ]);
    expect(accounts.find((account) => account.Id === INVITED_ACCOUNT)?.JoinedMethod).toBe('INVITED');
    expect(accounts.find((account) => account.Id === DEPARTING_ACCOUNT)?.State).toBe('SUSPENDED');
  });

  test('shows policies of every type, units and roots', async () => {
    const { Roots } = await organizations().send(new ListRootsCommand({}));
    expect(Roots).toMatchObject([{ Id: innocent.rootId, PolicyTypes: [] }]);
    const { OrganizationalUnits } = await organizations().send(
      new ListOrganizationalUnitsForParentCommand({ ParentId: innocent.rootId }),
    );
    expect(OrganizationalUnits?.map((unit) => unit.Name)).toEqual(['Security', 'Workloads']);
    const { Policies } = await organizations().send(
      new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' }),
    );
    expect(Policies?.map((policy) => policy.Name)).toEqual(['FullAWSAccess', 'guardrails']);
    const chat = await organizations().send(new ListPoliciesCommand({ Filter: 'CHATBOT_POLICY' }));
    expect(chat.Policies).toEqual([]);
    const { Policy } = await organizations().send(
      new DescribePolicyCommand({ PolicyId: innocent.guardrailsId }),
    );
    expect(Policy?.Content).toContain('organizations:LeaveOrganization');
    const { Targets } = await organizations().send(
      new ListTargetsForPolicyCommand({ PolicyId: innocent.guardrailsId }),
    );
    expect(Targets).toEqual([]);
  });

  test('shows trusted access, delegation and handshakes', async () => {
    const access = await organizations().send(new ListAWSServiceAccessForOrganizationCommand({}));
    const principals = access.EnabledServicePrincipals?.map((entry) => entry.ServicePrincipal) ?? [];
    expect(principals).toHaveLength(8);
    expect(principals.some((principal) => incident.disabledServices.includes(principal ?? ''))).toBe(false);
    expect(access.EnabledServicePrincipals?.[0]?.DateEnabled?.toISOString()).toBe('2025-01-14T09:00:00.000Z');
    const admins = await organizations().send(new ListDelegatedAdministratorsCommand({}));
    expect(admins.DelegatedAdministrators?.map((admin) => admin.Id)).toEqual([
      SECURITY_ACCOUNT,
      DEVELOPMENT_ACCOUNT,
    ]);
    const services = await organizations().send(
      new ListDelegatedServicesForAccountCommand({ AccountId: DEVELOPMENT_ACCOUNT }),
    );
    expect(services.DelegatedServices?.map((service) => service.ServicePrincipal)).toEqual([
      'sso.amazonaws.com',
    ]);
    const { ResourcePolicy } = await organizations().send(new DescribeResourcePolicyCommand({}));
    expect(ResourcePolicy?.ResourcePolicySummary?.Arn).toBe(artefact('organization/delegation-policy'));
    const handshakes = await organizations().send(new ListHandshakesForOrganizationCommand({}));
    expect(handshakes.Handshakes?.map((handshake) => handshake.State)).toEqual(['ACCEPTED', 'OPEN']);
    const invited = await organizations(FOREIGN_ACCOUNT).send(new ListHandshakesForAccountCommand({}));
    expect(invited.Handshakes?.map((handshake) => handshake.Arn)).toEqual([
      artefact('organization/open-handshake'),
    ]);
  });

  test('lets management and delegated administrators read, and members only what AWS lets them', async () => {
    expect(await refusal(organizations(PRODUCTION_ACCOUNT).send(new ListAccountsCommand({})))).toMatchObject({
      name: 'AccessDeniedException',
      status: 400,
    });
    expect(await refusal(organizations(FOREIGN_ACCOUNT).send(new ListRootsCommand({})))).toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    });
    const { Accounts } = await organizations(SECURITY_ACCOUNT).send(new ListAccountsCommand({}));
    expect(Accounts?.length).toBe(7);
    const { Organization } = await organizations(PRODUCTION_ACCOUNT).send(
      new DescribeOrganizationCommand({}),
    );
    expect(Organization?.MasterAccountId).toBe(MANAGEMENT_ACCOUNT);
  });
});

describe('Identity Center', () => {
  test('has one organization instance, in its home region, and account instances where they were made', async () => {
    const home = await sso().send(new ListInstancesCommand({}));
    expect(home.Instances).toMatchObject([
      { InstanceArn: innocent.instanceArn, OwnerAccountId: MANAGEMENT_ACCOUNT, Status: 'ACTIVE' },
    ]);
    expect(
      (await sso(MANAGEMENT_ACCOUNT, MEMBER_REGION).send(new ListInstancesCommand({}))).Instances,
    ).toEqual([]);
    expect((await sso(PRODUCTION_ACCOUNT).send(new ListInstancesCommand({}))).Instances).toEqual([]);
    const own = await sso(DEVELOPMENT_ACCOUNT, MEMBER_REGION).send(new ListInstancesCommand({}));
    expect(own.Instances).toMatchObject([
      { InstanceArn: artefact('identity-center/account-instance'), OwnerAccountId: DEVELOPMENT_ACCOUNT },
    ]);
    const described = await sso().send(new DescribeInstanceCommand({ InstanceArn: innocent.instanceArn }));
    expect(described.IdentityStoreId).toBe(innocent.identityStoreId);
  });

  test('describes permission sets and who holds them', async () => {
    const InstanceArn = innocent.instanceArn;
    const PermissionSetArn = incident.lengthenedPermissionSetArn;
    const input = { InstanceArn, PermissionSetArn };
    const { PermissionSets } = await sso().send(new ListPermissionSetsCommand({ InstanceArn }));
    expect(PermissionSets).toHaveLength(2);
    const { PermissionSet } = await sso().send(new DescribePermissionSetCommand(input));
    expect(PermissionSet).toMatchObject({
      Name: 'AdministratorAccess',
      SessionDuration: 'PT12H',
      Description: 'AdministratorAccess for the workforce',
    });
    const managed = await sso().send(new ListManagedPoliciesInPermissionSetCommand(input));
    expect(managed.AttachedManagedPolicies).toEqual([
      { Name: 'AdministratorAccess', Arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ]);
    const customer = await sso().send(new ListCustomerManagedPolicyReferencesInPermissionSetCommand(input));
    expect(customer.CustomerManagedPolicyReferences).toEqual([]);
    expect((await sso().send(new GetInlinePolicyForPermissionSetCommand(input))).InlinePolicy).toBe('');
    expect(await refusal(sso().send(new GetPermissionsBoundaryForPermissionSetCommand(input)))).toMatchObject(
      { name: 'ResourceNotFoundException' },
    );
    const { AccountIds } = await sso().send(new ListAccountsForProvisionedPermissionSetCommand(input));
    expect(AccountIds).toEqual([
      MANAGEMENT_ACCOUNT,
      SECURITY_ACCOUNT,
      PRODUCTION_ACCOUNT,
      DEVELOPMENT_ACCOUNT,
    ]);
    const { AccountAssignments } = await sso().send(
      new ListAccountAssignmentsCommand({ ...input, AccountId: MANAGEMENT_ACCOUNT }),
    );
    expect(AccountAssignments?.map((assignment) => assignment.PrincipalId)).toEqual([
      incident.intruderGroupId,
    ]);
  });

  test('describes applications, token issuers and attributes', async () => {
    const InstanceArn = innocent.instanceArn;
    const ApplicationArn = artefact('identity-center/unknown-application');
    const { Applications } = await sso().send(new ListApplicationsCommand({ InstanceArn }));
    expect(Applications?.map((application) => application.ApplicationArn)).toEqual([ApplicationArn]);
    expect(
      (await sso().send(new DescribeApplicationCommand({ ApplicationArn }))).CreatedDate?.toISOString(),
    ).toBe('2026-11-03T10:40:00.000Z');
    expect(
      (await sso().send(new GetApplicationAssignmentConfigurationCommand({ ApplicationArn })))
        .AssignmentRequired,
    ).toBe(false);
    expect(
      (await sso().send(new ListApplicationGrantsCommand({ ApplicationArn }))).Grants?.[0]?.GrantType,
    ).toBe('authorization_code');
    expect(
      (await sso().send(new ListApplicationAuthenticationMethodsCommand({ ApplicationArn })))
        .AuthenticationMethods,
    ).toEqual([]);
    expect(
      (await sso().send(new ListApplicationAccessScopesCommand({ ApplicationArn }))).Scopes?.[0]?.Scope,
    ).toBe('sso:account:access');
    const { TrustedTokenIssuers } = await sso().send(new ListTrustedTokenIssuersCommand({ InstanceArn }));
    const TrustedTokenIssuerArn = TrustedTokenIssuers?.[0]?.TrustedTokenIssuerArn;
    const issuer = await sso().send(new DescribeTrustedTokenIssuerCommand({ TrustedTokenIssuerArn }));
    expect(issuer.TrustedTokenIssuerConfiguration?.OidcJwtConfiguration?.IssuerUrl).toBe(
      'https://tokens.attacker.example',
    );
    const attributes = await sso().send(
      new DescribeInstanceAccessControlAttributeConfigurationCommand({ InstanceArn }),
    );
    expect(attributes.Status).toBe('ENABLED');
  });

  test('dates users, groups and memberships, and names who made them', async () => {
    const IdentityStoreId = innocent.identityStoreId;
    const { Users } = await directory().send(new ListDirectoryUsersCommand({ IdentityStoreId }));
    const intruder = Users?.find((user) => user.UserId === incident.intruderDirectoryUserId);
    expect(intruder?.CreatedAt?.toISOString()).toBe('2026-11-03T10:05:00.000Z');
    expect(intruder?.CreatedBy).toBe(incident.leakedPrincipalArn);
    const { Groups } = await directory().send(new ListGroupsCommand({ IdentityStoreId }));
    expect(Groups?.map((group) => group.DisplayName)).toEqual([
      'platform-admins',
      'engineers',
      'aws-operations',
    ]);
    const { GroupMemberships } = await directory().send(
      new ListGroupMembershipsCommand({ IdentityStoreId, GroupId: incident.intruderGroupId }),
    );
    expect(GroupMemberships?.[0]?.UpdatedAt?.toISOString()).toBe('2026-11-03T10:05:00.000Z');
  });
});

describe('Lambda', () => {
  test('pages functions and versions, with times as Lambda writes them', async () => {
    const found: string[] = [];
    let Marker: string | undefined;
    do {
      const answer = await lambda(PRODUCTION_ACCOUNT).send(
        new ListFunctionsCommand({ FunctionVersion: 'ALL', MaxItems: 2, Marker }),
      );
      for (const version of answer.Functions ?? []) {
        found.push(version.FunctionArn ?? '');
        expect(version.LastModified).toBe('2025-04-07T10:00:00.000+0000');
      }
      Marker = answer.NextMarker;
    } while (Marker !== undefined);
    expect(found).toEqual(
      [
        `${innocent.functions.nightly}:$LATEST`,
        `${innocent.functions.authorizer}:$LATEST`,
        `${innocent.functions.orders}:$LATEST`,
        `${innocent.functions.orders}:1`,
      ].sort(),
    );
    const layered = await lambda(DEVELOPMENT_ACCOUNT, MEMBER_REGION).send(new ListFunctionsCommand({}));
    const layers = layered.Functions?.find((entry) => entry.FunctionName === 'layered')?.Layers;
    expect(layers?.[0]?.Arn).toBe(`arn:aws:lambda:${MEMBER_REGION}:${FOREIGN_ACCOUNT}:layer:telemetry:1`);
  });

  test('writes resource policies as AWS does, one per qualifier', async () => {
    const read = async (client: LambdaClient, FunctionName: string, Qualifier?: string) => {
      const { Policy } = await client.send(
        new GetPolicyCommand({ FunctionName, ...(Qualifier === undefined ? {} : { Qualifier }) }),
      );
      const parsed: { readonly Statement: unknown } = JSON.parse(Policy ?? '{}');
      return parsed.Statement;
    };
    expect(await read(lambda(), 'health-check')).toMatchObject([
      { Principal: { Service: 'apigateway.amazonaws.com' } },
      {
        Principal: '*',
        Action: 'lambda:InvokeFunctionUrl',
        Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      },
      {
        Principal: '*',
        Action: 'lambda:InvokeFunction',
        Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
      },
    ]);
    const development = lambda(DEVELOPMENT_ACCOUNT, MEMBER_REGION);
    expect(await read(development, 'shared-outside', 'live')).toMatchObject([
      {
        Principal: { AWS: `arn:aws:iam::${FOREIGN_ACCOUNT}:root` },
        Resource: `${sharedFunctionArn}:live`,
      },
    ]);
    expect(await refusal(read(development, 'shared-outside'))).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
  });

  test('lists URLs, aliases, event sources and layers with their policies', async () => {
    const { FunctionUrlConfigs } = await lambda().send(
      new ListFunctionUrlConfigsCommand({ FunctionName: 'health-check' }),
    );
    expect(FunctionUrlConfigs).toMatchObject([{ AuthType: 'NONE', FunctionUrl: incident.functionUrl }]);
    const { Aliases } = await lambda(PRODUCTION_ACCOUNT).send(
      new ListAliasesCommand({ FunctionName: 'orders' }),
    );
    expect(Aliases).toMatchObject([{ Name: 'live', FunctionVersion: '1' }]);
    const { EventSourceMappings } = await lambda(PRODUCTION_ACCOUNT).send(
      new ListEventSourceMappingsCommand({}),
    );
    expect(EventSourceMappings).toEqual([]);
    const { Layers } = await lambda(DEVELOPMENT_ACCOUNT, MEMBER_REGION).send(new ListLayersCommand({}));
    expect(Layers?.[0]?.LatestMatchingVersion?.LayerVersionArn).toBe(
      `${artefact('endpoints/open-layer-policy')}:1`,
    );
    const policy = await lambda(DEVELOPMENT_ACCOUNT, MEMBER_REGION).send(
      new GetLayerVersionPolicyCommand({ LayerName: 'shared-tools', VersionNumber: 1 }),
    );
    expect(policy.Policy).toContain('"Principal": "*"');
  });
});

describe('API Gateway', () => {
  test('shows REST APIs, and by export what is deployed rather than drafted', async () => {
    const restApiId = innocent.restApiId;
    const { items } = await restApis().send(new GetRestApisCommand({}));
    expect(items).toMatchObject([{ id: restApiId, endpointConfiguration: { types: ['REGIONAL'] } }]);
    const resources = await restApis().send(new GetResourcesCommand({ restApiId, embed: ['methods'] }));
    const orders = resources.items?.find((resource) => resource.path === '/orders');
    expect(orders?.resourceMethods?.['GET']?.methodIntegration?.uri).toContain(
      `${innocent.functions.orders}:live`,
    );
    const { item } = await restApis().send(new GetStagesCommand({ restApiId }));
    expect(item?.[0]?.createdDate?.toISOString()).toBe('2025-04-07T10:00:00.000Z');
    expect((await restApis().send(new GetAuthorizersCommand({ restApiId }))).items?.[0]?.type).toBe('TOKEN');
    expect((await restApis().send(new GetDomainNamesCommand({}))).items).toEqual([]);
    expect((await restApis().send(new GetApiKeysCommand({}))).items).toEqual([]);

    await restApis().send(
      new PutMethodCommand({
        restApiId,
        resourceId: orders?.id,
        httpMethod: 'DELETE',
        authorizationType: 'NONE',
      }),
    );
    const exported = await restApis().send(
      new GetExportCommand({
        restApiId,
        stageName: 'prod',
        exportType: 'oas30',
        parameters: { extensions: 'apigateway' },
      }),
    );
    const document: { readonly paths: Record<string, Record<string, Record<string, unknown>>> } = JSON.parse(
      new TextDecoder().decode(exported.body),
    );
    expect(Object.keys(document.paths['/orders'] ?? {})).toEqual(['get']);
    expect(document.paths['/orders']?.['get']?.['security']).toEqual([{ 'orders-authorizer': [] }]);
    expect(document.paths['/orders']?.['get']?.['x-amazon-apigateway-integration']).toMatchObject({
      type: 'aws_proxy',
    });
  });

  test('shows HTTP APIs with routes, integrations and authorizers', async () => {
    const ApiId = innocent.httpApiId;
    expect((await httpApis().send(new GetApisCommand({}))).Items).toMatchObject([
      { ApiId, ProtocolType: 'HTTP' },
    ]);
    expect((await httpApis().send(new GetRoutesCommand({ ApiId }))).Items).toMatchObject([
      { RouteKey: 'GET /shop', AuthorizationType: 'JWT' },
    ]);
    expect((await httpApis().send(new GetIntegrationsCommand({ ApiId }))).Items).toMatchObject([
      { IntegrationUri: innocent.functions.orders },
    ]);
    expect((await httpApis().send(new GetAuthorizersV2Command({ ApiId }))).Items).toMatchObject([
      {
        AuthorizerType: 'JWT',
        JwtConfiguration: { Issuer: 'https://login.corp.example/', Audience: ['shop'] },
      },
    ]);
    expect((await httpApis().send(new GetStagesV2Command({ ApiId }))).Items).toMatchObject([
      { StageName: '$default', AutoDeploy: true },
    ]);
    expect((await httpApis().send(new GetDomainNamesV2Command({}))).Items).toEqual([]);
  });
});

describe('API Gateway deployments', () => {
  test('an HTTP API exports the routes of its deployment, not those of the draft', async () => {
    const client = new ApiGatewayV2Client(options(DEVELOPMENT_ACCOUNT, MEMBER_REGION));
    const ApiId = deployedOpenHttpApiId;
    const exported = await client.send(
      new ExportApiCommand({ ApiId, StageName: 'prod', Specification: 'OAS30', OutputType: 'JSON' }),
    );
    const document: { readonly paths: Record<string, Record<string, Record<string, unknown>>> } = JSON.parse(
      new TextDecoder().decode(exported.body),
    );
    const route = document.paths['/run']?.['post'];
    expect(route?.['x-amazon-apigateway-integration']).toMatchObject({ type: 'aws_proxy' });
    expect(route?.['x-amazon-apigateway-auth']).toBeUndefined();
    const draft = await client.send(new GetRoutesCommand({ ApiId }));
    expect(draft.Items).toMatchObject([{ AuthorizationType: 'AWS_IAM' }]);
    const stages = await client.send(new GetStagesV2Command({ ApiId }));
    expect(stages.Items?.[0]?.DeploymentId).toMatch(/^[a-z0-9]{6}$/);
  });
});

describe('CloudTrail, Account and Access Analyzer', () => {
  test('shows the organization trail in members, under its full ARN', async () => {
    const { Trails } = await trails(PRODUCTION_ACCOUNT, MEMBER_REGION).send(new ListTrailsCommand({}));
    expect(Trails).toMatchObject([{ TrailARN: innocent.trailArn, HomeRegion: 'us-east-1' }]);
    const { trailList } = await trails(PRODUCTION_ACCOUNT, MEMBER_REGION).send(new DescribeTrailsCommand({}));
    expect(trailList).toMatchObject([
      { IsOrganizationTrail: true, IsMultiRegionTrail: true, LogFileValidationEnabled: true },
    ]);
    const Name = innocent.trailArn;
    const status = await trails(PRODUCTION_ACCOUNT).send(new GetTrailStatusCommand({ Name }));
    expect(status.IsLogging).toBe(true);
    expect(
      await refusal(
        trails(PRODUCTION_ACCOUNT).send(new GetTrailStatusCommand({ Name: 'organization-trail' })),
      ),
    ).toMatchObject({
      name: 'TrailNotFoundException',
    });
    const { EventSelectors } = await trails().send(new GetEventSelectorsCommand({ TrailName: Name }));
    expect(EventSelectors).toMatchObject([{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }]);
    const development = trails(DEVELOPMENT_ACCOUNT, MEMBER_REGION);
    const stopped = await development.send(new GetTrailStatusCommand({ Name: 'stopped' }));
    expect(stopped.IsLogging).toBe(false);
    expect(stopped.StopLoggingTime?.toISOString()).toBe('2026-11-03T10:50:00.000Z');
    const usual = await development.send(new GetEventSelectorsCommand({ TrailName: 'stopped' }));
    expect(usual.EventSelectors).toMatchObject([{ ReadWriteType: 'All', IncludeManagementEvents: true }]);
  });

  test('keeps regions and contacts per account', async () => {
    const account = (id: string) => new AccountClient(options(id));
    const { Regions } = await account(DEVELOPMENT_ACCOUNT).send(new ListRegionsCommand({}));
    expect(Regions?.find((region) => region.RegionName === 'ap-east-1')?.RegionOptStatus).toBe('ENABLED');
    const other = await account(MANAGEMENT_ACCOUNT).send(
      new ListRegionsCommand({ AccountId: PRODUCTION_ACCOUNT }),
    );
    expect(other.Regions?.find((region) => region.RegionName === 'ap-east-1')?.RegionOptStatus).toBe(
      'DISABLED',
    );
    const contact = await account(PRODUCTION_ACCOUNT).send(
      new GetAlternateContactCommand({ AlternateContactType: 'SECURITY' }),
    );
    expect(contact.AlternateContact?.EmailAddress).toBe('security@corp.example');
    const none = account(PRODUCTION_ACCOUNT).send(
      new GetAlternateContactCommand({ AlternateContactType: 'BILLING' }),
    );
    expect(await refusal(none)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
  });

  test('disables organization analyzers with trusted access', async () => {
    const client = new AccessAnalyzerClient(options(SECURITY_ACCOUNT));
    const { analyzers } = await client.send(new ListAnalyzersCommand({}));
    expect(analyzers).toMatchObject([
      {
        arn: innocent.analyzerArn,
        status: 'DISABLED',
        statusReason: { code: 'AWS_SERVICE_ACCESS_DISABLED' },
      },
    ]);
  });
});

/** One read in each protocol: query, JSON 1.1, and REST with its two ways to throttle. */
const protocols: readonly (readonly [string, () => Promise<unknown>, string, number, string, number])[] = [
  ['iam:ListUsers', () => iam().send(new ListUsersCommand({})), 'AccessDenied', 403, 'Throttling', 400],
  [
    'sts:GetCallerIdentity',
    () => sts().send(new GetCallerIdentityCommand({})),
    'AccessDenied',
    403,
    'Throttling',
    400,
  ],
  [
    'organizations:ListRoots',
    () => organizations().send(new ListRootsCommand({})),
    'AccessDeniedException',
    400,
    'TooManyRequestsException',
    400,
  ],
  [
    'cloudtrail:ListTrails',
    () => trails().send(new ListTrailsCommand({})),
    'AccessDeniedException',
    400,
    'ThrottlingException',
    400,
  ],
  [
    'sso-admin:ListInstances',
    () => sso().send(new ListInstancesCommand({})),
    'AccessDeniedException',
    400,
    'ThrottlingException',
    400,
  ],
  [
    'identitystore:ListUsers',
    () => directory().send(new ListDirectoryUsersCommand({ IdentityStoreId: innocent.identityStoreId })),
    'AccessDeniedException',
    400,
    'ThrottlingException',
    400,
  ],
  [
    'lambda:ListFunctions',
    () => lambda().send(new ListFunctionsCommand({})),
    'AccessDeniedException',
    403,
    'TooManyRequestsException',
    429,
  ],
  [
    'apigateway:GetRestApis',
    () => restApis().send(new GetRestApisCommand({})),
    'AccessDeniedException',
    403,
    'TooManyRequestsException',
    429,
  ],
  [
    'apigatewayv2:GetApis',
    () => httpApis().send(new GetApisCommand({})),
    'AccessDeniedException',
    403,
    'TooManyRequestsException',
    429,
  ],
  [
    'account:ListRegions',
    () => new AccountClient(options()).send(new ListRegionsCommand({})),
    'AccessDeniedException',
    403,
    'TooManyRequestsException',
    429,
  ],
  [
    'accessanalyzer:ListAnalyzers',
    () => new AccessAnalyzerClient(options()).send(new ListAnalyzersCommand({})),
    'AccessDeniedException',
    403,
    'ThrottlingException',
    429,
  ],
];

describe('faults', () => {
  test.each(protocols)(
    '%s is denied, throttled and broken in its own protocol',
    async (name, call, denial, denialStatus, throttle, throttleStatus) => {
      const [service = '', operation = ''] = name.split(':');
      await emulator.setFaults([{ service, operation, kind: 'deny' }]);
      const denied = await refusal(call());
      expect(denied).toMatchObject({ name: denial, status: denialStatus });
      expect(denied.message).toContain(`is not authorized to perform: `);
      expect(denied.message).toContain(`:${operation} action`);
      await emulator.setFaults([{ service, operation, kind: 'throttle', times: 1 }]);
      expect(await refusal(call())).toMatchObject({ name: throttle, status: throttleStatus });
      expect(await refusal(call())).toMatchObject({ name: 'none' });
      await emulator.setFaults([{ service, operation, kind: 'error500' }]);
      expect(await refusal(call())).toMatchObject({ status: 500 });
      await emulator.setFaults([{ service, operation, account: FOREIGN_ACCOUNT, kind: 'deny' }]);
      expect(await refusal(call())).toMatchObject({ name: 'none' });
    },
  );

  test('a hanging request ends when the rule is taken away', async () => {
    await emulator.setFaults([{ service: 'lambda', region: 'eu-central-1', kind: 'hang' }]);
    const hanging = refusal(lambda(MANAGEMENT_ACCOUNT, 'eu-central-1').send(new ListFunctionsCommand({})));
    expect(await refusal(lambda().send(new ListFunctionsCommand({})))).toMatchObject({ name: 'none' });
    await emulator.clearFaults();
    expect((await hanging).name).not.toBe('none');
  });

  test('an operation that nobody implements is named, in a typed error', async () => {
    expect(await refusal(trails().send(new ListChannelsCommand({})))).toMatchObject({
      name: 'NotImplementedByEmulator',
      status: 501,
      message: 'neither moto nor the layer implements cloudtrail:ListChannels',
    });
  });
});

describe('what tests say has happened', () => {
  const record = (index: number, accountId: string = MANAGEMENT_ACCOUNT) => ({
    eventID: `event-${String(index).padStart(3, '0')}`,
    eventTime: new Date(Date.UTC(2026, 10, 3, 9, 0, index)).toISOString(),
    eventSource: 'iam.amazonaws.com',
    eventName: 'ListUsers',
    awsRegion: 'us-east-1',
    readOnly: true,
    recipientAccountId: accountId,
    userIdentity: { type: 'IAMUser', userName: 'deploy', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
  });

  test('Event history shows the events of the account and region, newest first, 50 a page', async () => {
    await emulator.setState({
      events: [...Array.from({ length: 60 }, (_, index) => record(index)), record(99, FOREIGN_ACCOUNT)],
    });
    const LookupAttributes = [
      { AttributeKey: 'AccessKeyId' as const, AttributeValue: 'AKIAIOSFODNN7EXAMPLE' },
    ];
    const first = await trails().send(new LookupEventsCommand({ LookupAttributes }));
    expect(first.Events?.map(({ EventId }) => EventId).slice(0, 2)).toEqual(['event-059', 'event-058']);
    expect(first.Events).toHaveLength(50);
    expect(first.Events?.[0]?.EventTime?.toISOString()).toBe('2026-11-03T09:00:59.000Z');
    const rest = await trails().send(
      new LookupEventsCommand({ LookupAttributes, NextToken: first.NextToken }),
    );
    expect(rest.Events).toHaveLength(10);
    expect(rest.NextToken).toBeUndefined();
    const elsewhere = await trails(MANAGEMENT_ACCOUNT, 'eu-west-1').send(new LookupEventsCommand({}));
    expect(elsewhere.Events).toEqual([]);
    const user = [{ AttributeKey: 'Username' as const, AttributeValue: 'nobody' }];
    expect((await trails().send(new LookupEventsCommand({ LookupAttributes: user }))).Events).toEqual([]);
  });
});

describe('control', () => {
  test('the emulator that the global set-up started is there for other tests', async () => {
    const shared = connectEmulator(process.env['AFTERLEAK_EMULATOR_URL'] ?? '');
    const { ready, answers } = await shared.ready();
    expect(ready).toBe(true);
    expect(answers).toContain('iam:GetAccountAuthorizationDetails');
    expect(shared.url).not.toBe(emulator.url);
  });

  test('logs each request and says which answers are ours', async () => {
    await emulator.clearLog();
    await iam().send(new ListUsersCommand({}));
    await iam().send(new GetUserCommand({ UserName: 'deploy' }));
    const log = await emulator.layerLog();
    expect(log.map((line) => [line.service, line.operation, line.account, line.status])).toEqual([
      ['iam', 'ListUsers', MANAGEMENT_ACCOUNT, 200],
      ['iam', 'GetUser', MANAGEMENT_ACCOUNT, 200],
    ]);
    expect(log.map((line) => line.layer !== '')).toEqual([true, false]);
  });

  test('names every expected artefact once per subject', () => {
    const keys = expected.map((entry) => `${entry.artefact} ${entry.arn}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(expected.every((entry) => entry.arn !== '')).toBe(true);
    expect(new Set(expected.map((entry) => entry.artefact)).size).toBeGreaterThan(45);
  });

  test('forgets everything on reset, sets the clock, and repeats ids', async () => {
    const once = async () => {
      await emulator.reset(7);
      await emulator.setClock('2026-03-02T02:10:00Z');
      const { User } = await iam().send(new CreateUserCommand({ UserName: 'someone' }));
      await emulator.setClock(null);
      return User;
    };
    const first = await once();
    const second = await once();
    expect(first?.CreateDate?.toISOString()).toBe('2026-03-02T02:10:00.000Z');
    expect(second?.UserId).toBe(first?.UserId);
    const { Users } = await iam().send(new ListUsersCommand({}));
    expect(Users?.map((user) => user.UserName)).toEqual(['someone']);
    expect(await refusal(organizations().send(new DescribeOrganizationCommand({})))).toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    });
  });

  test('seeds the same organization twice with the same ids', async () => {
    await emulator.reset();
    const again = await seedInnocentOrganization(emulator, { leakableUser: true });
    expect(again).toEqual(innocent);
    expect(await seedIncident(emulator, again)).toEqual(incident);
  }, 60_000);
});
