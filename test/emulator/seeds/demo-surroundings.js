import { MANAGEMENT_ACCOUNT, PRODUCTION_ACCOUNT } from '../start.js';
import {
  allow,
  awsIn,
  createFunction,
  createRole,
  document,
  emptyZip,
  MANAGED,
  trustService,
} from './aws.js';

/**
 * More innocent things for the recorded organization, so that every operation of the collectors has something to
 * read: a layer shared with the organization, custom domain names, an API that is deployed by hand, an application and a
 * trusted token issuer; the function that the pipeline deploys with the key that leaks, and a nightly scan.
 */
export const seedDemoSurroundings = async (emulator, innocent) => {
  const production = awsIn(emulator, PRODUCTION_ACCOUNT);
  const management = awsIn(emulator, MANAGEMENT_ACCOUNT);
  await emulator.setClock('2025-05-12T10:00:00Z');
  const { Version } = await production.lambda('PublishLayerVersion', {
    LayerName: 'observability',
    Content: { ZipFile: emptyZip() },
  });
  await production.lambda('AddLayerVersionPermission', {
    LayerName: 'observability',
    VersionNumber: Version,
    StatementId: 'organization',
    Action: 'lambda:GetLayerVersion',
    Principal: '*',
    OrganizationId: innocent.organizationId,
  });
  await production.apiGateway('CreateDomainName', {
    domainName: 'orders.corp.example',
    endpointConfiguration: { types: ['EDGE'] },
  });
  await production.apiGateway('CreateBasePathMapping', {
    domainName: 'orders.corp.example',
    restApiId: innocent.restApiId,
    stage: 'prod',
  });
  const shop = 'shop.corp.example';
  // The emulator keeps the two versions' domain names apart; AWS shows one under both.
  await production.apiGateway('CreateDomainName', {
    domainName: shop,
    endpointConfiguration: { types: ['REGIONAL'] },
    routingMode: 'ROUTING_RULE_THEN_API_MAPPING',
  });
  await production.apiGatewayV2('CreateDomainName', { DomainName: shop });
  await production.apiGatewayV2('CreateApiMapping', {
    DomainName: shop,
    ApiId: innocent.httpApiId,
    Stage: '$default',
  });
  const { ApiId } = await production.apiGatewayV2('CreateApi', { Name: 'stock', ProtocolType: 'HTTP' });
  const { IntegrationId } = await production.apiGatewayV2('CreateIntegration', {
    ApiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: innocent.functions.orders,
    PayloadFormatVersion: '2.0',
  });
  await production.apiGatewayV2('CreateRoute', {
    ApiId,
    RouteKey: 'GET /stock',
    AuthorizationType: 'AWS_IAM',
    Target: `integrations/${IntegrationId}`,
  });
  // Deployed by hand: what is served can differ from the draft, so the sweep reads an export.
  await production.apiGatewayV2('CreateStage', { ApiId, StageName: 'prod' });
  await production.apiGatewayV2('CreateDeployment', { ApiId, StageName: 'prod' });
  const publisherRole = await createRole(management, 'site-publisher', trustService('lambda.amazonaws.com'), {
    managed: [MANAGED.lambdaBasic],
  });
  await createFunction(management, 'site-publisher', publisherRole);
  await createRole(management, 'posture-scanner', trustService('ecs-tasks.amazonaws.com'), {
    inline: document(allow('sts:AssumeRole', 'arn:aws:iam::*:role/SecurityAudit')),
  });
  const { ApplicationArn } = await management.ssoAdmin('CreateApplication', {
    InstanceArn: innocent.instanceArn,
    ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom',
    Name: 'dashboards',
  });
  await management.ssoAdmin('PutApplicationAssignmentConfiguration', {
    ApplicationArn,
    AssignmentRequired: true,
  });
  await management.ssoAdmin('PutApplicationGrant', {
    ApplicationArn,
    GrantType: 'authorization_code',
    Grant: { AuthorizationCode: { RedirectUris: ['https://dashboards.corp.example/callback'] } },
  });
  await management.ssoAdmin('CreateTrustedTokenIssuer', {
    InstanceArn: innocent.instanceArn,
    Name: 'workforce-login',
    TrustedTokenIssuerType: 'OIDC_JWT',
    TrustedTokenIssuerConfiguration: {
      OidcJwtConfiguration: {
        IssuerUrl: 'https://login.corp.example',
        ClaimAttributePath: 'email',
        IdentityStoreAttributePath: 'emails.value',
        JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
      },
    },
  });
  // One telling event has an alarm; the others do not.
  await management.eventBridge('PutRule', {
    Name: 'trail-changes',
    EventPattern: JSON.stringify({
      source: ['aws.cloudtrail'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: { eventName: ['DeleteTrail', 'StopLogging', 'UpdateTrail'] },
    }),
  });
  await management.eventBridge('PutTargets', {
    Rule: 'trail-changes',
    Targets: [{ Id: 'on-call', Arn: `arn:aws:sns:us-east-1:${MANAGEMENT_ACCOUNT}:security-alarms` }],
  });
  await emulator.setClock(null);
};
