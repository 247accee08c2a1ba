import { DEVELOPMENT_ACCOUNT, MANAGEMENT_ACCOUNT, PRODUCTION_ACCOUNT, SECURITY_ACCOUNT } from '../start.js';
import {
  allow,
  awsIn,
  createFunction,
  createRole,
  document,
  emptyZip,
  invocationUri,
  MANAGED,
  trustAccount,
  trustService,
} from './aws.js';
import { HOME_REGION } from './innocent-organization.js';

/** An account outside the organization that nobody knows. */
export const FOREIGN_ACCOUNT = '999988887777';
export const INVITED_ACCOUNT = '555566667777';
export const NEW_ACCOUNT = '666677778888';
export const DEPARTING_ACCOUNT = '123412341234';
const SECOND_REGION = 'eu-west-1';
const SWITCHED_ON_REGION = 'ap-east-1';

const user = (accountId, name) => `arn:aws:iam::${accountId}:user/${name}`;
const role = (accountId, name) => `arn:aws:iam::${accountId}:role/${name}`;

/** Notes what a test must find: `note('root-access-key', arn, accountId, region?)`. */
const notebook = () => {
  const expected = [];
  const note = (artefact, arn, accountId, region) =>
    expected.push({ artefact, arn, accountId, ...(region === undefined ? {} : { region }) });
  return { expected, note };
};

const noteIncident = (note, incident) => {
  const home = MANAGEMENT_ACCOUNT;
  for (const arn of incident.madeUserArns) {
    note('admin-user', arn, home);
    note('active-access-key', arn, home);
    note('key-in-management-account', arn, home);
    note('user-without-mfa', arn, home);
  }
  note('admin-user', incident.leakedPrincipalArn, home);
  note('admin-group', incident.madeGroupArn, home);
  note('login-profile', user(home, 'aws-support'), home);
  note('service-specific-credential', user(home, 'svc-backup'), home);
  note('credential-vending-function', incident.endpointFunctionArn, home, HOME_REGION);
  note('escalating-role', incident.endpointRoleArn, home);
  note('public-function-url', incident.endpointFunctionArn, home, HOME_REGION);
  note(
    'open-http-api-route',
    `arn:aws:apigateway:${HOME_REGION}::/apis/${incident.endpointApiId}/routes/${incident.endpointRouteId}`,
    home,
    HOME_REGION,
  );
  for (const principal of incident.disabledServices) {
    note('trusted-service-missing', principal, home);
  }
  note('root-management-off', 'iam.amazonaws.com', home);
  note('identity-center-group', incident.intruderGroupId, home, HOME_REGION);
  note('identity-center-user', incident.intruderDirectoryUserId, home, HOME_REGION);
  note('identity-center-membership', incident.intruderMembershipId, home, HOME_REGION);
  note('admin-assignment', incident.intruderGroupId, home, HOME_REGION);
  note('session-duration', incident.lengthenedPermissionSetArn, home, HOME_REGION);
  note(
    'access-analyzer-service-access-disabled',
    `arn:aws:access-analyzer:${HOME_REGION}:${SECURITY_ACCOUNT}:analyzer/organization-external-access`,
    SECURITY_ACCOUNT,
    HOME_REGION,
  );
  note(
    'trail-narrowed',
    `arn:aws:cloudtrail:${HOME_REGION}:${home}:trail/organization-trail`,
    home,
    HOME_REGION,
  );
};

const longTermKeys = async (emulator, note) => {
  const production = awsIn(emulator, PRODUCTION_ACCOUNT);
  await emulator.setClock('2023-05-02T08:00:00Z');
  await production.iam('CreateUser', { UserName: 'legacy-batch' });
  const old = await production.iam('CreateAccessKey', { UserName: 'legacy-batch' });
  note('old-access-key', user(PRODUCTION_ACCOUNT, 'legacy-batch'), PRODUCTION_ACCOUNT);
  note('unused-access-key', user(PRODUCTION_ACCOUNT, 'legacy-batch'), PRODUCTION_ACCOUNT);
  await production.iam('CreateUser', { UserName: 'dormant' });
  await production.iam('CreateAccessKey', { UserName: 'dormant' });
  note('dormant-access-key', user(PRODUCTION_ACCOUNT, 'dormant'), PRODUCTION_ACCOUNT);
  await production.iam('CreateAccessKey', { UserName: 'legacy-batch' });
  note('second-access-key', user(PRODUCTION_ACCOUNT, 'legacy-batch'), PRODUCTION_ACCOUNT);
  await production.iam('CreateUser', { UserName: 'quarantined' });
  await production.iam('CreateAccessKey', { UserName: 'quarantined' });
  await production.iam('AttachUserPolicy', {
    UserName: 'quarantined',
    PolicyArn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
  });
  note('quarantined-user', user(PRODUCTION_ACCOUNT, 'quarantined'), PRODUCTION_ACCOUNT);
  const root = `arn:aws:iam::${DEVELOPMENT_ACCOUNT}:root`;
  await emulator.setState({
    accounts: {
      [DEVELOPMENT_ACCOUNT]: {
        root: {
          passwordPresent: true,
          mfa: false,
          accessKeys: [
            { createdAt: '2021-03-01T00:00:00Z', lastUsed: '2026-10-30T12:00:00Z', service: 's3' },
          ],
        },
      },
      [PRODUCTION_ACCOUNT]: {
        accessKeys: { [old.AccessKey.AccessKeyId]: { lastUsed: '2024-01-15T03:00:00Z', service: 's3' } },
      },
    },
  });
  note('root-access-key', root, DEVELOPMENT_ACCOUNT);
  note('root-without-mfa', root, DEVELOPMENT_ACCOUNT);
};

const leftoverAdmins = async (emulator, note) => {
  const development = awsIn(emulator, DEVELOPMENT_ACCOUNT);
  await emulator.setClock('2026-11-03T10:12:00Z');
  const admin = { managed: [MANAGED.administrator] };
  await createRole(development, 'support-access', trustAccount(FOREIGN_ACCOUNT), admin);
  note('role-trusting-foreign-account', role(DEVELOPMENT_ACCOUNT, 'support-access'), DEVELOPMENT_ACCOUNT);
  note('admin-role', role(DEVELOPMENT_ACCOUNT, 'support-access'), DEVELOPMENT_ACCOUNT);
  await createRole(
    development,
    'open-door',
    document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
    admin,
  );
  note('role-trusting-anyone', role(DEVELOPMENT_ACCOUNT, 'open-door'), DEVELOPMENT_ACCOUNT);
  // Named like one of Identity Center's roles, but not at its path.
  await createRole(
    development,
    'AWSReservedSSO_Administrator_0123456789abcdef',
    trustAccount(DEVELOPMENT_ACCOUNT),
    admin,
  );
  note(
    'look-alike-role',
    role(DEVELOPMENT_ACCOUNT, 'AWSReservedSSO_Administrator_0123456789abcdef'),
    DEVELOPMENT_ACCOUNT,
  );
  const { Policy } = await development.iam('CreatePolicy', {
    PolicyName: 'build-tools',
    PolicyDocument: document(allow(['iam:*', 's3:*'])),
  });
  await development.iam('CreatePolicyVersion', {
    PolicyArn: Policy.Arn,
    PolicyDocument: document(allow('*')),
    SetAsDefault: false,
  });
  await createRole(development, 'build-tools', trustService('codebuild.amazonaws.com'), {
    managed: [Policy.Arn],
  });
  note('admin-through-customer-policy', role(DEVELOPMENT_ACCOUNT, 'build-tools'), DEVELOPMENT_ACCOUNT);
  note('stored-policy-version', Policy.Arn, DEVELOPMENT_ACCOUNT);
  const { SAMLProviderArn } = await development.iam('CreateSAMLProvider', {
    Name: 'corporate-login',
    SAMLMetadataDocument: `<EntityDescriptor entityID="https://login.attacker.example">${'x'.repeat(1000)}</EntityDescriptor>`,
  });
  note('unknown-saml-provider', SAMLProviderArn, DEVELOPMENT_ACCOUNT);
  await createRole(
    development,
    'federated-admin',
    document({
      Effect: 'Allow',
      Principal: { Federated: SAMLProviderArn },
      Action: 'sts:AssumeRoleWithSAML',
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    }),
    admin,
  );
  const { OpenIDConnectProviderArn } = await development.iam('CreateOpenIDConnectProvider', {
    Url: 'https://oidc.attacker.example',
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: ['9e99a48a9960b14926bb7f3b02e22da2b0ab7280'],
  });
  note('unknown-oidc-provider', OpenIDConnectProviderArn, DEVELOPMENT_ACCOUNT);
};

/** Opened, deployed, and closed again in the draft: only an export of the stage shows what is served. */
const deployedOpen = async (development, note, functionArn) => {
  const { id: restApiId, rootResourceId } = await development.apiGateway('CreateRestApi', {
    name: 'internal',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  const method = { restApiId, resourceId: rootResourceId, httpMethod: 'POST' };
  const integration = {
    ...method,
    type: 'AWS_PROXY',
    integrationHttpMethod: 'POST',
    uri: invocationUri(functionArn, SECOND_REGION),
  };
  await development.apiGateway('PutMethod', { ...method, authorizationType: 'NONE' });
  await development.apiGateway('PutIntegration', integration);
  await development.apiGateway('CreateDeployment', { restApiId, stageName: 'prod' });
  await development.apiGateway('DeleteMethod', method);
  await development.apiGateway('PutMethod', { ...method, authorizationType: 'AWS_IAM' });
  await development.apiGateway('PutIntegration', integration);
  note(
    'open-rest-api-deployment',
    `arn:aws:apigateway:${SECOND_REGION}::/restapis/${restApiId}/stages/prod`,
    DEVELOPMENT_ACCOUNT,
    SECOND_REGION,
  );
  const { ApiId } = await development.apiGatewayV2('CreateApi', {
    Name: 'internal-http',
    ProtocolType: 'HTTP',
  });
  const { IntegrationId } = await development.apiGatewayV2('CreateIntegration', {
    ApiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: functionArn,
    PayloadFormatVersion: '2.0',
  });
  const { RouteId } = await development.apiGatewayV2('CreateRoute', {
    ApiId,
    RouteKey: 'POST /run',
    AuthorizationType: 'NONE',
    Target: `integrations/${IntegrationId}`,
  });
  await development.apiGatewayV2('CreateStage', { ApiId, StageName: 'prod' });
  await development.apiGatewayV2('CreateDeployment', { ApiId, StageName: 'prod' });
  await development.apiGatewayV2('UpdateRoute', { ApiId, RouteId, AuthorizationType: 'AWS_IAM' });
  note(
    'open-http-api-deployment',
    `arn:aws:apigateway:${SECOND_REGION}::/apis/${ApiId}/stages/prod`,
    DEVELOPMENT_ACCOUNT,
    SECOND_REGION,
  );
};

const endpoints = async (emulator, note) => {
  await emulator.setClock('2026-11-03T10:20:00Z');
  const foreign = awsIn(emulator, FOREIGN_ACCOUNT, { region: SECOND_REGION });
  const { LayerVersionArn } = await foreign.lambda('PublishLayerVersion', {
    LayerName: 'telemetry',
    Content: { ZipFile: emptyZip() },
  });
  const development = awsIn(emulator, DEVELOPMENT_ACCOUNT, { region: SECOND_REGION });
  const plainRole = await createRole(development, 'worker', trustService('lambda.amazonaws.com'), {
    managed: [MANAGED.lambdaBasic],
  });
  const layered = await createFunction(development, 'layered', plainRole, { Layers: [LayerVersionArn] });
  note('foreign-layer', layered, DEVELOPMENT_ACCOUNT, SECOND_REGION);
  const open = await createFunction(development, 'open-to-anyone', plainRole);
  await development.lambda('AddPermission', {
    FunctionName: 'open-to-anyone',
    StatementId: 'anyone',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
  });
  note('function-policy-open', open, DEVELOPMENT_ACCOUNT, SECOND_REGION);
  const shared = await createFunction(development, 'shared-outside', plainRole);
  await development.lambda('PublishVersion', { FunctionName: 'shared-outside' });
  await development.lambda('CreateAlias', {
    FunctionName: 'shared-outside',
    Name: 'live',
    FunctionVersion: '1',
  });
  await development.lambda('AddPermission', {
    FunctionName: 'shared-outside',
    Qualifier: 'live',
    StatementId: 'partner',
    Action: 'lambda:InvokeFunction',
    Principal: FOREIGN_ACCOUNT,
  });
  note('function-policy-foreign', `${shared}:live`, DEVELOPMENT_ACCOUNT, SECOND_REGION);
  const layer = await development.lambda('PublishLayerVersion', {
    LayerName: 'shared-tools',
    Content: { ZipFile: emptyZip() },
  });
  await development.lambda('AddLayerVersionPermission', {
    LayerName: 'shared-tools',
    VersionNumber: layer.Version,
    StatementId: 'public',
    Action: 'lambda:GetLayerVersion',
    Principal: '*',
  });
  note('layer-policy-open', layer.LayerVersionArn, DEVELOPMENT_ACCOUNT, SECOND_REGION);
  const { id: restApiId, rootResourceId } = await development.apiGateway('CreateRestApi', {
    name: 'status',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  await development.apiGateway('PutMethod', {
    restApiId,
    resourceId: rootResourceId,
    httpMethod: 'ANY',
    authorizationType: 'NONE',
  });
  await development.apiGateway('PutIntegration', {
    restApiId,
    resourceId: rootResourceId,
    httpMethod: 'ANY',
    type: 'AWS_PROXY',
    integrationHttpMethod: 'POST',
    uri: invocationUri(open, SECOND_REGION),
  });
  await development.apiGateway('CreateDeployment', { restApiId, stageName: 'prod' });
  note(
    'open-rest-api-method',
    `arn:aws:apigateway:${SECOND_REGION}::/restapis/${restApiId}/resources/${rootResourceId}/methods/ANY`,
    DEVELOPMENT_ACCOUNT,
    SECOND_REGION,
  );
  await deployedOpen(development, note, open);
  const { ApiId } = await development.apiGatewayV2('CreateApi', {
    Name: 'chat',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  const { IntegrationId } = await development.apiGatewayV2('CreateIntegration', {
    ApiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: invocationUri(open, SECOND_REGION),
  });
  const { RouteId } = await development.apiGatewayV2('CreateRoute', {
    ApiId,
    RouteKey: '$connect',
    AuthorizationType: 'NONE',
    Target: `integrations/${IntegrationId}`,
  });
  await development.apiGatewayV2('CreateStage', { ApiId, StageName: 'live', AutoDeploy: true });
  note(
    'open-websocket-route',
    `arn:aws:apigateway:${SECOND_REGION}::/apis/${ApiId}/routes/${RouteId}`,
    DEVELOPMENT_ACCOUNT,
    SECOND_REGION,
  );
};

const organization = async (emulator, note, innocent) => {
  const management = awsIn(emulator, MANAGEMENT_ACCOUNT);
  await emulator.setState({ nextAccountIds: [DEPARTING_ACCOUNT, NEW_ACCOUNT] });
  await emulator.setClock('2025-06-02T10:00:00Z');
  await management.organizations('CreateAccount', {
    AccountName: 'experiments',
    Email: 'aws+experiments@corp.example',
  });
  await emulator.setClock('2026-11-03T10:36:00Z');
  await management.organizations('CreateAccount', { AccountName: 'batch', Email: 'batch@mail.example' });
  note('new-account', NEW_ACCOUNT, MANAGEMENT_ACCOUNT);
  await management.organizations('CloseAccount', { AccountId: DEPARTING_ACCOUNT });
  note('departing-account', DEPARTING_ACCOUNT, MANAGEMENT_ACCOUNT);
  const home = MANAGEMENT_ACCOUNT;
  await management.organizations('RegisterDelegatedAdministrator', {
    AccountId: DEVELOPMENT_ACCOUNT,
    ServicePrincipal: 'sso.amazonaws.com',
  });
  note('unknown-delegated-administrator', DEVELOPMENT_ACCOUNT, home);
  await management.organizations('DetachPolicy', {
    PolicyId: innocent.guardrailsId,
    TargetId: innocent.units.Workloads,
  });
  await management.organizations('DetachPolicy', {
    PolicyId: innocent.guardrailsId,
    TargetId: innocent.units.Security,
  });
  note(
    'service-control-policy-detached',
    `arn:aws:organizations::${home}:policy/${innocent.organizationId}/service_control_policy/${innocent.guardrailsId}`,
    home,
  );
  await management.organizations('DisablePolicyType', {
    RootId: innocent.rootId,
    PolicyType: 'SERVICE_CONTROL_POLICY',
  });
  note(
    'policy-type-off',
    `arn:aws:organizations::${home}:root/${innocent.organizationId}/${innocent.rootId}`,
    home,
  );
  const { ResourcePolicy } = await management.organizations('PutResourcePolicy', {
    Content: document({
      Sid: 'Delegate',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${DEVELOPMENT_ACCOUNT}:root` },
      Action: ['organizations:AttachPolicy', 'organizations:DetachPolicy', 'organizations:UpdatePolicy'],
      Resource: '*',
    }),
  });
  note('delegation-policy', ResourcePolicy.ResourcePolicySummary.Arn, home);
  const { Handshake } = await management.organizations('InviteAccountToOrganization', {
    Target: { Id: INVITED_ACCOUNT, Type: 'ACCOUNT' },
  });
  await awsIn(emulator, INVITED_ACCOUNT).organizations('AcceptHandshake', { HandshakeId: Handshake.Id });
  note('invited-account', INVITED_ACCOUNT, home);
  const pending = await management.organizations('InviteAccountToOrganization', {
    Target: { Id: FOREIGN_ACCOUNT, Type: 'ACCOUNT' },
  });
  note('open-handshake', pending.Handshake.Arn, home);
};

const identityCenter = async (emulator, note, innocent) => {
  await emulator.setClock('2026-11-03T10:40:00Z');
  const management = awsIn(emulator, MANAGEMENT_ACCOUNT);
  const development = awsIn(emulator, DEVELOPMENT_ACCOUNT, { region: SECOND_REGION });
  const own = await development.ssoAdmin('CreateInstance', { Name: 'side-door' });
  note('identity-center-account-instance', own.InstanceArn, DEVELOPMENT_ACCOUNT, SECOND_REGION);
  const { ApplicationArn } = await management.ssoAdmin('CreateApplication', {
    InstanceArn: innocent.instanceArn,
    ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom',
    Name: 'reporting',
  });
  await management.ssoAdmin('PutApplicationAssignmentConfiguration', {
    ApplicationArn,
    AssignmentRequired: false,
  });
  await management.ssoAdmin('PutApplicationGrant', {
    ApplicationArn,
    GrantType: 'authorization_code',
    Grant: { AuthorizationCode: { RedirectUris: ['https://app.attacker.example/callback'] } },
  });
  await management.ssoAdmin('PutApplicationAccessScope', { ApplicationArn, Scope: 'sso:account:access' });
  note('identity-center-application', ApplicationArn, MANAGEMENT_ACCOUNT, HOME_REGION);
  const { TrustedTokenIssuerArn } = await management.ssoAdmin('CreateTrustedTokenIssuer', {
    InstanceArn: innocent.instanceArn,
    Name: 'external-tokens',
    TrustedTokenIssuerType: 'OIDC_JWT',
    TrustedTokenIssuerConfiguration: {
      OidcJwtConfiguration: {
        IssuerUrl: 'https://tokens.attacker.example',
        ClaimAttributePath: 'email',
        IdentityStoreAttributePath: 'emails.value',
        JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
      },
    },
  });
  note('trusted-token-issuer', TrustedTokenIssuerArn, MANAGEMENT_ACCOUNT, HOME_REGION);
  await management.ssoAdmin('CreateInstanceAccessControlAttributeConfiguration', {
    InstanceArn: innocent.instanceArn,
    InstanceAccessControlAttributeConfiguration: {
      AccessControlAttributes: [{ Key: 'team', Value: { Source: [`\${path:enterprise.department}`] } }],
    },
  });
};

const eyes = async (emulator, note) => {
  await emulator.setClock('2025-01-16T10:00:00Z');
  const development = awsIn(emulator, DEVELOPMENT_ACCOUNT, { region: SECOND_REGION });
  const trail = { S3BucketName: 'development-logs', IncludeGlobalServiceEvents: true };
  for (const [name, multi] of [
    ['single-region', false],
    ['stopped', true],
    ['deleted', true],
  ]) {
    await development.cloudTrail('CreateTrail', { ...trail, Name: name, IsMultiRegionTrail: multi });
    await development.cloudTrail('StartLogging', { Name: name });
  }
  await emulator.setClock('2026-11-03T10:50:00Z');
  await development.cloudTrail('StopLogging', { Name: 'stopped' });
  await development.cloudTrail('DeleteTrail', { Name: 'deleted' });
  const arn = (name) => `arn:aws:cloudtrail:${SECOND_REGION}:${DEVELOPMENT_ACCOUNT}:trail/${name}`;
  note('trail-not-multi-region', arn('single-region'), DEVELOPMENT_ACCOUNT, SECOND_REGION);
  note('trail-not-organization-wide', arn('single-region'), DEVELOPMENT_ACCOUNT, SECOND_REGION);
  note('trail-stopped', arn('stopped'), DEVELOPMENT_ACCOUNT, SECOND_REGION);
  // Only a baseline, or CloudTrail's own events, can tell of a trail that is no longer there.
  note('trail-deleted', arn('deleted'), DEVELOPMENT_ACCOUNT, SECOND_REGION);
  await development.account('EnableRegion', { RegionName: SWITCHED_ON_REGION });
  note('region-switched-on', SWITCHED_ON_REGION, DEVELOPMENT_ACCOUNT, SWITCHED_ON_REGION);
};

/**
 * Adds what the incident does not show, so that every artefact of the catalogue exists at least once.
 * Returns what a sweep must find: `expected: [{artefact, arn, accountId, region?}]`.
 */
export const seedEveryArtefact = async (emulator, innocent, incident) => {
  const { expected, note } = notebook();
  noteIncident(note, incident);
  await longTermKeys(emulator, note);
  await leftoverAdmins(emulator, note);
  await endpoints(emulator, note);
  await organization(emulator, note, innocent);
  await identityCenter(emulator, note, innocent);
  await eyes(emulator, note);
  await emulator.setClock(null);
  return { expected };
};
