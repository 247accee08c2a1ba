import { DEVELOPMENT_ACCOUNT, MANAGEMENT_ACCOUNT, PRODUCTION_ACCOUNT, SECURITY_ACCOUNT } from '../start.js';
import {
  allow,
  awsIn,
  createFunction,
  createRole,
  document,
  invocationUri,
  MANAGED,
  trustAccount,
  trustService,
} from './aws.js';

export const HOME_REGION = 'us-east-1';
/** The vendor of the innocent organization: outside it, known, and with an external id. */
export const VENDOR_ACCOUNT = '777788889999';

const TRUSTED_SERVICES = [
  'access-analyzer.amazonaws.com',
  'account.amazonaws.com',
  'backup.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'config.amazonaws.com',
  'guardduty.amazonaws.com',
  'health.amazonaws.com',
  'iam.amazonaws.com',
  'inspector2.amazonaws.com',
  'member.org.stacksets.cloudformation.amazonaws.com',
  'ram.amazonaws.com',
  'securityhub.amazonaws.com',
  'sso.amazonaws.com',
  'tagpolicies.tag.amazonaws.com',
];

const MEMBERS = [
  [SECURITY_ACCOUNT, 'security'],
  [PRODUCTION_ACCOUNT, 'production'],
  [DEVELOPMENT_ACCOUNT, 'development'],
];

const guardrails = document(
  {
    Sid: 'KeepMembersInside',
    Effect: 'Deny',
    Action: ['organizations:LeaveOrganization', 'organizations:AcceptHandshake', 'account:CloseAccount'],
    Resource: '*',
  },
  {
    Sid: 'KeepTrails',
    Effect: 'Deny',
    Action: [
      'cloudtrail:StopLogging',
      'cloudtrail:DeleteTrail',
      'cloudtrail:UpdateTrail',
      'cloudtrail:PutEventSelectors',
    ],
    Resource: '*',
  },
);

/** The organization was not made by the session that will sweep it. */
const actAs = (emulator, name) =>
  emulator.setState({
    accounts: Object.fromEntries(
      [MANAGEMENT_ACCOUNT, ...MEMBERS.map(([id]) => id)].map((id) => [
        id,
        { callerArn: name === null ? null : `arn:aws:sts::${id}:assumed-role/${name}/${name}` },
      ]),
    ),
  });

const organize = async (emulator, management) => {
  await emulator.setClock('2025-01-14T09:00:00Z');
  const { Organization } = await management.organizations('CreateOrganization', { FeatureSet: 'ALL' });
  const { Roots } = await management.organizations('ListRoots');
  const rootId = Roots[0].Id;
  await management.organizations('EnablePolicyType', {
    RootId: rootId,
    PolicyType: 'SERVICE_CONTROL_POLICY',
  });
  const units = {};
  for (const name of ['Security', 'Workloads']) {
    const { OrganizationalUnit } = await management.organizations('CreateOrganizationalUnit', {
      ParentId: rootId,
      Name: name,
    });
    units[name] = OrganizationalUnit.Id;
  }
  await emulator.setState({ nextAccountIds: MEMBERS.map(([id]) => id) });
  for (const [id, name] of MEMBERS) {
    await management.organizations('CreateAccount', { AccountName: name, Email: `aws+${name}@corp.example` });
    await management.organizations('MoveAccount', {
      AccountId: id,
      SourceParentId: rootId,
      DestinationParentId: name === 'security' ? units.Security : units.Workloads,
    });
  }
  const { Policy } = await management.organizations('CreatePolicy', {
    Name: 'guardrails',
    Description: 'Keeps members inside and trails running',
    Type: 'SERVICE_CONTROL_POLICY',
    Content: guardrails,
  });
  const guardrailsId = Policy.PolicySummary.Id;
  for (const unit of Object.values(units)) {
    await management.organizations('AttachPolicy', { PolicyId: guardrailsId, TargetId: unit });
  }
  for (const principal of TRUSTED_SERVICES) {
    await management.organizations('EnableAWSServiceAccess', { ServicePrincipal: principal });
  }
  for (const principal of ['guardduty', 'securityhub', 'access-analyzer', 'config'].map(
    (n) => `${n}.amazonaws.com`,
  )) {
    await management.organizations('RegisterDelegatedAdministrator', {
      AccountId: SECURITY_ACCOUNT,
      ServicePrincipal: principal,
    });
  }
  await management.iam('EnableOrganizationsRootCredentialsManagement');
  await management.iam('EnableOrganizationsRootSessions');
  return { organizationId: Organization.Id, rootId, units, guardrailsId };
};

const watch = async (emulator, management, security) => {
  await emulator.setClock('2025-01-15T10:00:00Z');
  const { TrailARN } = await management.cloudTrail('CreateTrail', {
    Name: 'organization-trail',
    S3BucketName: 'corp-cloudtrail-logs',
    IsMultiRegionTrail: true,
    IsOrganizationTrail: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
  });
  await management.cloudTrail('StartLogging', { Name: 'organization-trail' });
  const { arn: analyzerArn } = await security.accessAnalyzer('CreateAnalyzer', {
    analyzerName: 'organization-external-access',
    type: 'ORGANIZATION',
  });
  return { trailArn: TrailARN, analyzerArn };
};

const workforce = async (emulator, management) => {
  await emulator.setClock('2025-01-20T10:00:00Z');
  await emulator.setState({ identityCenter: { account: MANAGEMENT_ACCOUNT, region: HOME_REGION } });
  const { Instances } = await management.ssoAdmin('ListInstances');
  const { InstanceArn, IdentityStoreId } = Instances[0];
  const sets = {};
  for (const [name, duration, managed] of [
    ['AdministratorAccess', 'PT1H', MANAGED.administrator],
    ['ReadOnlyAccess', 'PT8H', MANAGED.readOnly],
  ]) {
    const { PermissionSet } = await management.ssoAdmin('CreatePermissionSet', {
      InstanceArn,
      Name: name,
      Description: `${name} for the workforce`,
      SessionDuration: duration,
    });
    sets[name] = PermissionSet.PermissionSetArn;
    await management.ssoAdmin('AttachManagedPolicyToPermissionSet', {
      InstanceArn,
      PermissionSetArn: PermissionSet.PermissionSetArn,
      ManagedPolicyArn: managed,
    });
  }
  const groups = {};
  for (const name of ['platform-admins', 'engineers']) {
    const { GroupId } = await management.identityStore('CreateGroup', { IdentityStoreId, DisplayName: name });
    groups[name] = GroupId;
  }
  const users = {};
  for (const [name, given, family, group] of [
    ['alice', 'Alice', 'Adams', 'platform-admins'],
    ['bob', 'Bob', 'Brown', 'engineers'],
    ['carol', 'Carol', 'Clark', 'engineers'],
  ]) {
    const { UserId } = await management.identityStore('CreateUser', {
      IdentityStoreId,
      UserName: name,
      DisplayName: `${given} ${family}`,
      Name: { GivenName: given, FamilyName: family },
      Emails: [{ Value: `${name}@corp.example`, Type: 'work', Primary: true }],
    });
    users[name] = UserId;
    await management.identityStore('CreateGroupMembership', {
      IdentityStoreId,
      GroupId: groups[group],
      MemberId: { UserId },
    });
  }
  const assignments = [
    [SECURITY_ACCOUNT, 'AdministratorAccess', 'platform-admins'],
    [PRODUCTION_ACCOUNT, 'AdministratorAccess', 'platform-admins'],
    [DEVELOPMENT_ACCOUNT, 'AdministratorAccess', 'platform-admins'],
    [MANAGEMENT_ACCOUNT, 'ReadOnlyAccess', 'platform-admins'],
    [PRODUCTION_ACCOUNT, 'ReadOnlyAccess', 'engineers'],
    [DEVELOPMENT_ACCOUNT, 'ReadOnlyAccess', 'engineers'],
  ];
  for (const [target, set, group] of assignments) {
    await management.ssoAdmin('CreateAccountAssignment', {
      InstanceArn,
      TargetId: target,
      TargetType: 'AWS_ACCOUNT',
      PermissionSetArn: sets[set],
      PrincipalType: 'GROUP',
      PrincipalId: groups[group],
    });
  }
  return {
    instanceArn: InstanceArn,
    identityStoreId: IdentityStoreId,
    permissionSets: sets,
    groups,
    directoryUsers: users,
  };
};

/** What every account of a normal organization holds, the look-alikes of a back door among it. */
const accountBasics = async (aws, accountId) => {
  await aws.iam('UpdateAccountPasswordPolicy', {
    MinimumPasswordLength: 16,
    RequireSymbols: true,
    RequireNumbers: true,
    RequireUppercaseCharacters: true,
    RequireLowercaseCharacters: true,
    PasswordReusePrevention: 24,
    MaxPasswordAge: 90,
  });
  await aws.account('PutAlternateContact', {
    AlternateContactType: 'SECURITY',
    EmailAddress: 'security@corp.example',
    Name: 'Security team',
    PhoneNumber: '+15550100',
    Title: 'On call',
  });
  for (const service of ['guardduty', 'config', 'securityhub', 'access-analyzer', 'sso']) {
    await aws.iam('CreateServiceLinkedRole', { AWSServiceName: `${service}.amazonaws.com` });
  }
  await createRole(aws, 'SecurityAudit', trustAccount(MANAGEMENT_ACCOUNT), {
    managed: [MANAGED.securityAudit],
    Description: 'Read by the incident responders',
  });
  if (accountId !== MANAGEMENT_ACCOUNT) {
    await createRole(
      aws,
      'break-glass',
      trustAccount(MANAGEMENT_ACCOUNT, {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '900' },
      }),
      { managed: [MANAGED.administrator], Description: 'Emergencies only, alarmed' },
    );
  }
};

const developerPlatform = async (aws, accountId) => {
  const { OpenIDConnectProviderArn } = await aws.iam('CreateOpenIDConnectProvider', {
    Url: 'https://token.actions.githubusercontent.com',
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
  });
  const ciRoleArn = await createRole(
    aws,
    'github-actions-deploy',
    document({
      Effect: 'Allow',
      Principal: { Federated: OpenIDConnectProviderArn },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': 'repo:corp-example/platform:environment:production',
        },
      },
    }),
    { inline: document(allow('sts:AssumeRole', `arn:aws:iam::${accountId}:role/cdk-hnb659fds-*`)) },
  );
  for (const purpose of ['deploy', 'file-publishing', 'lookup']) {
    await createRole(aws, `cdk-hnb659fds-${purpose}-role-${accountId}-us-east-1`, trustAccount(accountId), {
      ...(purpose === 'lookup' ? { managed: [MANAGED.readOnly] } : {}),
      ...(purpose === 'deploy'
        ? {
            inline: document(
              allow([
                'cloudformation:CreateChangeSet',
                'cloudformation:ExecuteChangeSet',
                'cloudformation:DescribeStacks',
              ]),
              allow(
                'iam:PassRole',
                `arn:aws:iam::${accountId}:role/cdk-hnb659fds-cfn-exec-role-${accountId}-us-east-1`,
              ),
            ),
          }
        : {}),
      ...(purpose === 'file-publishing'
        ? { inline: document(allow(['s3:PutObject', 's3:GetObject'], 'arn:aws:s3:::cdk-*')) }
        : {}),
    });
  }
  await createRole(
    aws,
    `cdk-hnb659fds-cfn-exec-role-${accountId}-us-east-1`,
    trustService('cloudformation.amazonaws.com'),
    {
      managed: [MANAGED.administrator],
    },
  );
  return { ciRoleArn, githubProviderArn: OpenIDConnectProviderArn };
};

const workloads = async (aws, accountId) => {
  const readItems = document(
    allow(['dynamodb:GetItem', 'dynamodb:Query'], `arn:aws:dynamodb:us-east-1:${accountId}:table/orders`),
  );
  const ordersRole = await createRole(aws, 'orders-function', trustService('lambda.amazonaws.com'), {
    path: '/service-role/',
    managed: [MANAGED.lambdaBasic],
    inline: readItems,
  });
  const plainRole = await createRole(aws, 'plain-function', trustService('lambda.amazonaws.com'), {
    path: '/service-role/',
    managed: [MANAGED.lambdaBasic],
  });
  const orders = await createFunction(aws, 'orders', ordersRole);
  const authorizer = await createFunction(aws, 'orders-authorizer', plainRole);
  const nightly = await createFunction(aws, 'nightly-report', plainRole);
  await aws.lambda('AddPermission', {
    FunctionName: 'nightly-report',
    StatementId: 'nightly-schedule',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: `arn:aws:events:us-east-1:${accountId}:rule/nightly-report`,
  });
  await aws.lambda('PublishVersion', { FunctionName: 'orders' });
  await aws.lambda('CreateAlias', { FunctionName: 'orders', Name: 'live', FunctionVersion: '1' });

  const { id: restApiId, rootResourceId } = await aws.apiGateway('CreateRestApi', {
    name: 'orders',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  const { id: authorizerId } = await aws.apiGateway('CreateAuthorizer', {
    restApiId,
    name: 'orders-authorizer',
    type: 'TOKEN',
    authorizerUri: invocationUri(authorizer),
    identitySource: 'method.request.header.Authorization',
  });
  const { id: resourceId } = await aws.apiGateway('CreateResource', {
    restApiId,
    parentId: rootResourceId,
    pathPart: 'orders',
  });
  await aws.apiGateway('PutMethod', {
    restApiId,
    resourceId,
    httpMethod: 'GET',
    authorizationType: 'CUSTOM',
    authorizerId,
  });
  await aws.apiGateway('PutIntegration', {
    restApiId,
    resourceId,
    httpMethod: 'GET',
    type: 'AWS_PROXY',
    integrationHttpMethod: 'POST',
    uri: invocationUri(`${orders}:live`),
  });
  await aws.apiGateway('CreateDeployment', { restApiId, stageName: 'prod' });
  for (const [functionName, qualifier, source] of [
    ['orders', 'live', `${restApiId}/*/GET/orders`],
    ['orders-authorizer', undefined, `${restApiId}/authorizers/${authorizerId}`],
  ]) {
    await aws.lambda('AddPermission', {
      FunctionName: functionName,
      ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
      StatementId: 'api-gateway',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:us-east-1:${accountId}:${source}`,
    });
  }

  const { ApiId: httpApiId } = await aws.apiGatewayV2('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  const { AuthorizerId: jwtAuthorizerId } = await aws.apiGatewayV2('CreateAuthorizer', {
    ApiId: httpApiId,
    Name: 'workforce',
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'https://login.corp.example/', Audience: ['shop'] },
  });
  const { IntegrationId } = await aws.apiGatewayV2('CreateIntegration', {
    ApiId: httpApiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: orders,
    PayloadFormatVersion: '2.0',
  });
  await aws.apiGatewayV2('CreateRoute', {
    ApiId: httpApiId,
    RouteKey: 'GET /shop',
    AuthorizationType: 'JWT',
    AuthorizerId: jwtAuthorizerId,
    Target: `integrations/${IntegrationId}`,
  });
  await aws.apiGatewayV2('CreateStage', { ApiId: httpApiId, StageName: '$default', AutoDeploy: true });
  await aws.lambda('AddPermission', {
    FunctionName: 'orders',
    StatementId: 'http-api',
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: `arn:aws:execute-api:us-east-1:${accountId}:${httpApiId}/*/*/shop`,
  });
  return { functions: { orders, authorizer, nightly }, restApiId, httpApiId };
};

/** The user whose key leaks later: in daily use by a pipeline, with more power than it should have. */
const deployUser = async (emulator, management) => {
  await emulator.setClock('2025-02-03T10:00:00Z');
  await management.iam('CreateUser', { UserName: 'deploy', Tags: [{ Key: 'owner', Value: 'platform' }] });
  await management.iam('PutUserPolicy', {
    UserName: 'deploy',
    PolicyName: 'deploy',
    PolicyDocument: document(
      allow([
        'cloudformation:*',
        'iam:*',
        'lambda:*',
        'apigateway:*',
        'organizations:*',
        'sso:*',
        'identitystore:*',
        'cloudtrail:*',
        'sts:GetFederationToken',
      ]),
    ),
  });
  const { AccessKey } = await management.iam('CreateAccessKey', { UserName: 'deploy' });
  return {
    userName: 'deploy',
    accessKeyId: AccessKey.AccessKeyId,
    secretAccessKey: AccessKey.SecretAccessKey,
  };
};

/**
 * A normal organization, made months before the incident, with the innocent look-alikes of every artefact.
 * With `leakableUser: false` it holds no long-term key at all: the clean organization.
 */
export const seedInnocentOrganization = async (emulator, { leakableUser = false } = {}) => {
  const management = awsIn(emulator, MANAGEMENT_ACCOUNT);
  const security = awsIn(emulator, SECURITY_ACCOUNT);
  await actAs(emulator, 'infrastructure-pipeline');
  const organization = await organize(emulator, management);
  const eyes = await watch(emulator, management, security);
  await emulator.setClock('2025-01-17T10:00:00Z');
  const responderRole = await createRole(
    management,
    'IncidentResponder',
    trustAccount(MANAGEMENT_ACCOUNT, {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
    }),
    {
      managed: [MANAGED.securityAudit],
      inline: document(allow('sts:AssumeRole', 'arn:aws:iam::*:role/SecurityAudit')),
    },
  );
  for (const accountId of [MANAGEMENT_ACCOUNT, ...MEMBERS.map(([id]) => id)]) {
    await accountBasics(awsIn(emulator, accountId), accountId);
  }
  const people = await workforce(emulator, management);
  await emulator.setClock('2025-03-10T10:00:00Z');
  const production = awsIn(emulator, PRODUCTION_ACCOUNT);
  const platform = await developerPlatform(production, PRODUCTION_ACCOUNT);
  const vendorRoleArn = await createRole(
    production,
    'vendor-monitoring',
    trustAccount(VENDOR_ACCOUNT, {
      StringEquals: { 'sts:ExternalId': '4c1f9a52-6f6e-4a0e-9f07-3a5a9b7c2d10' },
    }),
    { managed: ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'] },
  );
  await emulator.setClock('2025-04-07T10:00:00Z');
  const services = await workloads(production, PRODUCTION_ACCOUNT);
  const deploy = leakableUser ? await deployUser(emulator, management) : undefined;
  await emulator.setClock(null);
  await actAs(emulator, null);
  return {
    accounts: {
      management: MANAGEMENT_ACCOUNT,
      security: SECURITY_ACCOUNT,
      production: PRODUCTION_ACCOUNT,
      development: DEVELOPMENT_ACCOUNT,
    },
    sweepRoleName: 'SecurityAudit',
    responderRoleArn: responderRole,
    trusted: {
      accounts: [VENDOR_ACCOUNT],
      identityProviders: [platform.githubProviderArn],
      roles: [vendorRoleArn],
    },
    vendorRoleArn,
    trustedServices: TRUSTED_SERVICES,
    ...organization,
    ...eyes,
    ...people,
    ...platform,
    ...services,
    ...(deploy === undefined ? {} : { deploy }),
  };
};
