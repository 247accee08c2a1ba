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
const NEW_ACCOUNT = '666677778888';
export const DEPARTING_ACCOUNT = '123412341234';
const SECOND_REGION = 'eu-west-1';
const SWITCHED_ON_REGION = 'ap-east-1';

const user = (accountId, name) => `arn:aws:iam::${accountId}:user/${name}`;
const role = (accountId, name) => `arn:aws:iam::${accountId}:role/${name}`;

const keyArn = (accountId, name, id) => `${user(accountId, name)}/access-key/${id}`;
const directoryArn = (kind, id) => `arn:aws:identitystore:::${kind}/${id}`;
const accountArn = (innocent, id) =>
  `arn:aws:organizations::${MANAGEMENT_ACCOUNT}:account/${innocent.organizationId}/${id}`;

/** Notes what a test must find: `note('root-access-key', arn, accountId, region?)`. */
const notebook = () => {
  const expected = [];
  const note = (artefact, arn, accountId, region, more = {}) =>
    expected.push({ artefact, arn, accountId, ...(region === undefined ? {} : { region }), ...more });
  return { expected, note };
};

const noteIncident = (note, incident) => {
  const home = MANAGEMENT_ACCOUNT;
  for (const arn of incident.madeUserArns) {
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    const key = keyArn(home, name, incident.keys[name]);
    note('leftover-admins/admin-user', arn, home);
    note('leftover-admins/window-principal', arn, home);
    note('long-term-keys/active-key', key, home);
    note('long-term-keys/window-key', key, home);
    note('long-term-keys/management-account-key', key, home);
  }
  note('leftover-admins/admin-user', incident.leakedPrincipalArn, home);
  note('long-term-keys/compromised-key', keyArn(home, 'deploy', incident.leakedAccessKeyId), home);
  note('leftover-admins/admin-group', incident.madeGroupArn, home);
  note('leftover-admins/console-password', `${user(home, 'aws-support')}/login-profile`, home);
  note('leftover-admins/user-without-mfa', user(home, 'aws-support'), home);
  note(
    'long-term-keys/service-specific-credential',
    `${user(home, 'svc-backup')}/service-specific-credential/${incident.bedrockCredentialId}`,
    home,
  );
  note('endpoints/credential-minting-function', incident.endpointFunctionArn, home, HOME_REGION);
  note('leftover-admins/escalating-principal', incident.endpointRoleArn, home);
  note('endpoints/disguised-function-role', incident.endpointRoleArn, home);
  note(
    'endpoints/credential-minting-endpoint',
    `arn:aws:apigateway:${HOME_REGION}::/apis/${incident.endpointApiId}`,
    home,
    HOME_REGION,
  );
  note('endpoints/public-function-url', `${incident.endpointFunctionArn}/url`, home, HOME_REGION);
  note(
    'endpoints/unauthenticated-route',
    `arn:aws:apigateway:${HOME_REGION}::/apis/${incident.endpointApiId}`,
    home,
    HOME_REGION,
  );
  for (const principal of incident.disabledServices) {
    note('organization/missing-trusted-service', principal, home, undefined, { needs: 'baseline' });
  }
  // Their service-linked roles are still in the accounts.
  for (const name of ['access-analyzer', 'config', 'guardduty', 'securityhub']) {
    note('organization/lost-trusted-service', `${name}.amazonaws.com`, home);
  }
  note('organization/root-management-off', 'iam.amazonaws.com', home);
  note(
    'identity-center/window-directory-group',
    directoryArn('group', incident.intruderGroupId),
    home,
    HOME_REGION,
  );
  note(
    'identity-center/window-directory-user',
    directoryArn('user', incident.intruderDirectoryUserId),
    home,
    HOME_REGION,
  );
  note(
    'identity-center/window-membership',
    directoryArn('membership', incident.intruderMembershipId),
    home,
    HOME_REGION,
  );
  for (const check of ['administrator-assignment', 'assignment-to-management-account']) {
    note(
      `identity-center/${check}`,
      `${incident.lengthenedPermissionSetArn}/assignment/${home}/GROUP/${incident.intruderGroupId}`,
      home,
      HOME_REGION,
    );
  }
  note('identity-center/long-session', incident.lengthenedPermissionSetArn, home, HOME_REGION);
  note(
    'eyes/disabled-analyzer',
    `arn:aws:access-analyzer:${HOME_REGION}:${SECURITY_ACCOUNT}:analyzer/organization-external-access`,
    SECURITY_ACCOUNT,
    HOME_REGION,
  );
  note(
    'eyes/narrowed-trail',
    `arn:aws:cloudtrail:${HOME_REGION}:${home}:trail/organization-trail`,
    home,
    HOME_REGION,
  );
};

const longTermKeys = async (emulator, note) => {
  const home = PRODUCTION_ACCOUNT;
  const production = awsIn(emulator, home);
  const makeKey = async (name) => {
    const { AccessKey } = await production.iam('CreateAccessKey', { UserName: name });
    return AccessKey.AccessKeyId;
  };
  await emulator.setClock('2023-05-02T08:00:00Z');
  for (const name of ['legacy-batch', 'dormant', 'quarantined', 'retired']) {
    await production.iam('CreateUser', { UserName: name });
  }
  const old = await makeKey('legacy-batch');
  const second = await makeKey('legacy-batch');
  note('long-term-keys/old-key', keyArn(home, 'legacy-batch', old), home);
  note('long-term-keys/unused-key', keyArn(home, 'legacy-batch', old), home);
  note('long-term-keys/second-key', keyArn(home, 'legacy-batch', second), home);
  note('long-term-keys/dormant-key', keyArn(home, 'dormant', await makeKey('dormant')), home);
  await makeKey('quarantined');
  await production.iam('AttachUserPolicy', {
    UserName: 'quarantined',
    PolicyArn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
  });
  note('long-term-keys/quarantined-user', user(home, 'quarantined'), home);
  const inactive = await makeKey('retired');
  await production.iam('UpdateAccessKey', { UserName: 'retired', AccessKeyId: inactive, Status: 'Inactive' });
  note('long-term-keys/inactive-key', keyArn(home, 'retired', inactive), home);
  const { SSHPublicKey } = await production.iam('UploadSSHPublicKey', {
    UserName: 'retired',
    SSHPublicKeyBody: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDExample retired@corp.example',
  });
  note(
    'long-term-keys/ssh-public-key',
    `${user(home, 'retired')}/ssh-public-key/${SSHPublicKey.SSHPublicKeyId}`,
    home,
  );
  const { VirtualMFADevice } = await production.iam('CreateVirtualMFADevice', {
    VirtualMFADeviceName: 'spare',
  });
  note('long-term-keys/unassigned-mfa-device', VirtualMFADevice.SerialNumber, home);
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
      [home]: {
        accessKeys: {
          [old]: { lastUsed: '2024-01-15T03:00:00Z', service: 's3' },
          [second]: { lastUsed: '2026-11-02T03:00:00Z', service: 's3' },
        },
      },
    },
  });
  note('long-term-keys/root-access-key', root, DEVELOPMENT_ACCOUNT);
  note('long-term-keys/root-without-mfa', root, DEVELOPMENT_ACCOUNT);
};

const samlTrust = (providerArn) =>
  document({
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action: 'sts:AssumeRoleWithSAML',
    Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  });

const samlMetadata = (issuer) =>
  `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${issuer}">${' '.repeat(1000)}</md:EntityDescriptor>`;

const doors = async (development, note) => {
  const home = DEVELOPMENT_ACCOUNT;
  const admin = { managed: [MANAGED.administrator] };
  const door = async (check, name, trust, more = admin) => {
    await createRole(development, name, trust, more);
    note(check, role(home, name), home);
  };
  await door('leftover-admins/external-trust', 'support-access', trustAccount(FOREIGN_ACCOUNT));
  note('leftover-admins/admin-role', role(home, 'support-access'), home);
  await door(
    'leftover-admins/anyone-trust',
    'open-door',
    document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
  );
  // Named like one of Identity Center's roles, but not at its path.
  await door(
    'leftover-admins/reserved-name',
    'AWSReservedSSO_Administrator_0123456789abcdef',
    trustAccount(home),
  );
  await door(
    'leftover-admins/orphaned-trust',
    'left-over',
    document({ Effect: 'Allow', Principal: { AWS: 'AIDAQ3EGUJYQ2EXAMPLE7' }, Action: 'sts:AssumeRole' }),
  );
  await door(
    'leftover-admins/dangling-federation-trust',
    'former-login',
    samlTrust(`arn:aws:iam::${home}:saml-provider/former-login`),
  );
  const { SAMLProviderArn } = await development.iam('CreateSAMLProvider', {
    Name: 'corporate-login',
    SAMLMetadataDocument: samlMetadata('https://login.attacker.example'),
  });
  note('leftover-admins/unknown-identity-provider', SAMLProviderArn, home);
  await createRole(development, 'federated-admin', samlTrust(SAMLProviderArn), admin);
  const { OpenIDConnectProviderArn } = await development.iam('CreateOpenIDConnectProvider', {
    Url: 'https://oidc.attacker.example',
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: ['9e99a48a9960b14926bb7f3b02e22da2b0ab7280'],
  });
  note('leftover-admins/unknown-identity-provider', OpenIDConnectProviderArn, home);
  const github = await development.iam('CreateOpenIDConnectProvider', {
    Url: 'https://token.actions.githubusercontent.com',
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
  });
  await door(
    'leftover-admins/loose-federation-trust',
    'github-actions-any',
    document({
      Effect: 'Allow',
      Principal: { Federated: github.OpenIDConnectProviderArn },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
    }),
  );
  const { SAMLProviderList } = await development.iam('ListSAMLProviders');
  const identityCenter = SAMLProviderList.find((provider) => provider.Arn.includes('saml-provider/AWSSSO_'));
  await development.iam('UpdateSAMLProvider', {
    SAMLProviderArn: identityCenter.Arn,
    SAMLMetadataDocument: samlMetadata('https://login.attacker.example'),
  });
  note('leftover-admins/swapped-identity-center-provider', identityCenter.Arn, home);
};

const leftoverAdmins = async (emulator, note) => {
  const home = DEVELOPMENT_ACCOUNT;
  const development = awsIn(emulator, home);
  await emulator.setClock('2026-11-03T10:12:00Z');
  await doors(development, note);
  const policy = async (name, text) => {
    const { Policy } = await development.iam('CreatePolicy', { PolicyName: name, PolicyDocument: text });
    return Policy.Arn;
  };
  const sleeping = await policy('build-tools', document(allow(['iam:*', 's3:*'])));
  await development.iam('CreatePolicyVersion', {
    PolicyArn: sleeping,
    PolicyDocument: document(allow('*')),
    SetAsDefault: false,
  });
  await createRole(development, 'build-tools', trustService('codebuild.amazonaws.com'), {
    managed: [sleeping],
  });
  note('leftover-admins/admin-role', role(home, 'build-tools'), home);
  const reading = await policy('reporting', document(allow('s3:GetObject')));
  await development.iam('CreatePolicyVersion', {
    PolicyArn: reading,
    PolicyDocument: document(allow('*')),
    SetAsDefault: false,
  });
  note('leftover-admins/sleeping-policy-version', reading, home);
  note('leftover-admins/window-policy-version', reading, home);
  note('leftover-admins/rolled-back-policy', reading, home);
  await createRole(development, 'reporting', trustService('lambda.amazonaws.com'), { managed: [reading] });
  note(
    'leftover-admins/unattached-admin-policy',
    await policy('spare-permissions', document(allow('*'))),
    home,
  );
  note('leftover-admins/look-alike-policy', await policy('AdministratorAccess', document(allow('*'))), home);
};

/** A route that mints credentials with no function at all. */
const directIntegration = async (development, note) => {
  const credentials = await createRole(
    development,
    'api-gateway-actions',
    trustService('apigateway.amazonaws.com'),
    {
      inline: document(allow(['iam:CreateUser', 'iam:CreateAccessKey'])),
    },
  );
  const { id: restApiId, rootResourceId } = await development.apiGateway('CreateRestApi', {
    name: 'actions',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  const method = { restApiId, resourceId: rootResourceId, httpMethod: 'POST' };
  await development.apiGateway('PutMethod', { ...method, authorizationType: 'NONE' });
  await development.apiGateway('PutIntegration', {
    ...method,
    type: 'AWS',
    integrationHttpMethod: 'POST',
    uri: `arn:aws:apigateway:${SECOND_REGION}:iam:action/CreateAccessKey`,
    credentials,
  });
  await development.apiGateway('CreateDeployment', { restApiId, stageName: 'prod' });
  note(
    'endpoints/direct-credential-integration',
    `arn:aws:apigateway:${SECOND_REGION}::/restapis/${restApiId}`,
    DEVELOPMENT_ACCOUNT,
    SECOND_REGION,
  );
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
  for (const check of ['endpoints/unauthenticated-route', 'endpoints/deployed-route-differs']) {
    note(
      check,
      `arn:aws:apigateway:${SECOND_REGION}::/restapis/${restApiId}`,
      DEVELOPMENT_ACCOUNT,
      SECOND_REGION,
    );
  }
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
  for (const check of ['endpoints/unauthenticated-route', 'endpoints/deployed-route-differs']) {
    note(check, `arn:aws:apigateway:${SECOND_REGION}::/apis/${ApiId}`, DEVELOPMENT_ACCOUNT, SECOND_REGION);
  }
  return ApiId;
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
  note('endpoints/foreign-layer', layered, DEVELOPMENT_ACCOUNT, SECOND_REGION);
  const open = await createFunction(development, 'open-to-anyone', plainRole);
  await development.lambda('AddPermission', {
    FunctionName: 'open-to-anyone',
    StatementId: 'anyone',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
  });
  note('endpoints/open-function-policy', open, DEVELOPMENT_ACCOUNT, SECOND_REGION);
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
  note('endpoints/open-function-policy', shared, DEVELOPMENT_ACCOUNT, SECOND_REGION);
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
  note('endpoints/open-layer-policy', layer.LayerArn, DEVELOPMENT_ACCOUNT, SECOND_REGION);
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
    'endpoints/unauthenticated-route',
    `arn:aws:apigateway:${SECOND_REGION}::/restapis/${restApiId}`,
    DEVELOPMENT_ACCOUNT,
    SECOND_REGION,
  );
  const internalHttpApi = await deployedOpen(development, note, open);
  await directIntegration(development, note);
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
  await development.apiGatewayV2('CreateRoute', {
    ApiId,
    RouteKey: '$connect',
    AuthorizationType: 'NONE',
    Target: `integrations/${IntegrationId}`,
  });
  await development.apiGatewayV2('CreateStage', { ApiId, StageName: 'live', AutoDeploy: true });
  note(
    'endpoints/unauthenticated-route',
    `arn:aws:apigateway:${SECOND_REGION}::/apis/${ApiId}`,
    DEVELOPMENT_ACCOUNT,
    SECOND_REGION,
  );
  return internalHttpApi;
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
  note('organization/new-account', accountArn(innocent, NEW_ACCOUNT), MANAGEMENT_ACCOUNT);
  await management.organizations('CloseAccount', { AccountId: DEPARTING_ACCOUNT });
  note('organization/departing-account', accountArn(innocent, DEPARTING_ACCOUNT), MANAGEMENT_ACCOUNT);
  const home = MANAGEMENT_ACCOUNT;
  await management.organizations('RegisterDelegatedAdministrator', {
    AccountId: DEVELOPMENT_ACCOUNT,
    ServicePrincipal: 'sso.amazonaws.com',
  });
  note(
    'organization/unknown-delegated-administrator',
    `${accountArn(innocent, DEVELOPMENT_ACCOUNT)}/delegated-administrator`,
    home,
  );
  await management.organizations('DetachPolicy', {
    PolicyId: innocent.guardrailsId,
    TargetId: innocent.units.Workloads,
  });
  await management.organizations('DetachPolicy', {
    PolicyId: innocent.guardrailsId,
    TargetId: innocent.units.Security,
  });
  note(
    'organization/detached-service-control-policy',
    `arn:aws:organizations::${home}:policy/${innocent.organizationId}/service_control_policy/${innocent.guardrailsId}`,
    home,
  );
  await management.organizations('DisablePolicyType', {
    RootId: innocent.rootId,
    PolicyType: 'SERVICE_CONTROL_POLICY',
  });
  note(
    'organization/disabled-policy-type',
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
  note('organization/delegation-policy', ResourcePolicy.ResourcePolicySummary.Arn, home);
  const { Handshake } = await management.organizations('InviteAccountToOrganization', {
    Target: { Id: INVITED_ACCOUNT, Type: 'ACCOUNT' },
  });
  await awsIn(emulator, INVITED_ACCOUNT).organizations('AcceptHandshake', { HandshakeId: Handshake.Id });
  note('organization/new-account', accountArn(innocent, INVITED_ACCOUNT), home);
  const pending = await management.organizations('InviteAccountToOrganization', {
    Target: { Id: FOREIGN_ACCOUNT, Type: 'ACCOUNT' },
  });
  note('organization/open-handshake', pending.Handshake.Arn, home);
};

const identityCenter = async (emulator, note, innocent) => {
  await emulator.setClock('2026-11-03T10:40:00Z');
  const management = awsIn(emulator, MANAGEMENT_ACCOUNT);
  const development = awsIn(emulator, DEVELOPMENT_ACCOUNT, { region: SECOND_REGION });
  const own = await development.ssoAdmin('CreateInstance', { Name: 'side-door' });
  note('identity-center/account-instance', own.InstanceArn, DEVELOPMENT_ACCOUNT, SECOND_REGION);
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
  for (const check of ['unknown-application', 'open-application']) {
    note(`identity-center/${check}`, ApplicationArn, MANAGEMENT_ACCOUNT, HOME_REGION);
  }
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
  note('identity-center/unknown-token-issuer', TrustedTokenIssuerArn, MANAGEMENT_ACCOUNT, HOME_REGION);
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
  note('eyes/limited-trail', arn('single-region'), DEVELOPMENT_ACCOUNT, SECOND_REGION);
  note('eyes/stopped-trail', arn('stopped'), DEVELOPMENT_ACCOUNT, SECOND_REGION);
  // Only a baseline, or CloudTrail's own events, can tell of a trail that is no longer there.
  note('eyes/deleted-trail', arn('deleted'), DEVELOPMENT_ACCOUNT, SECOND_REGION, { needs: 'baseline' });
  await development.account('EnableRegion', { RegionName: SWITCHED_ON_REGION });
  note(
    'eyes/changed-region',
    `arn:aws:account::${DEVELOPMENT_ACCOUNT}:region/${SWITCHED_ON_REGION}`,
    DEVELOPMENT_ACCOUNT,
    SWITCHED_ON_REGION,
  );
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
  const deployedOpenHttpApiId = await endpoints(emulator, note);
  await organization(emulator, note, innocent);
  await identityCenter(emulator, note, innocent);
  await eyes(emulator, note);
  await emulator.setClock(null);
  return {
    expected,
    deployedOpenHttpApiId,
    sharedFunctionArn: `arn:aws:lambda:${SECOND_REGION}:${DEVELOPMENT_ACCOUNT}:function:shared-outside`,
  };
};
