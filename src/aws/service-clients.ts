import type { ServiceName } from './operation.ts';
import { extend, type SdkClient, type SdkClientConfiguration, type SdkPlugin } from './sdk-client.ts';

type MakeClient = (configuration: SdkClientConfiguration, plugin: SdkPlugin) => Promise<SdkClient>;

/** One dynamic import per service: what a run does not read is not loaded. */
export const serviceClients = {
  accessanalyzer: async (configuration, plugin) => {
    const { AccessAnalyzerClient } = await import('@aws-sdk/client-accessanalyzer');
    return extend(new AccessAnalyzerClient(configuration), plugin);
  },
  account: async (configuration, plugin) => {
    const { AccountClient } = await import('@aws-sdk/client-account');
    return extend(new AccountClient(configuration), plugin);
  },
  'api-gateway': async (configuration, plugin) => {
    const { APIGatewayClient } = await import('@aws-sdk/client-api-gateway');
    return extend(new APIGatewayClient(configuration), plugin);
  },
  apigatewayv2: async (configuration, plugin) => {
    const { ApiGatewayV2Client } = await import('@aws-sdk/client-apigatewayv2');
    return extend(new ApiGatewayV2Client(configuration), plugin);
  },
  cloudtrail: async (configuration, plugin) => {
    const { CloudTrailClient } = await import('@aws-sdk/client-cloudtrail');
    return extend(new CloudTrailClient(configuration), plugin);
  },
  cloudwatch: async (configuration, plugin) => {
    const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
    return extend(new CloudWatchClient(configuration), plugin);
  },
  'cloudwatch-logs': async (configuration, plugin) => {
    const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
    return extend(new CloudWatchLogsClient(configuration), plugin);
  },
  eventbridge: async (configuration, plugin) => {
    const { EventBridgeClient } = await import('@aws-sdk/client-eventbridge');
    return extend(new EventBridgeClient(configuration), plugin);
  },
  guardduty: async (configuration, plugin) => {
    const { GuardDutyClient } = await import('@aws-sdk/client-guardduty');
    return extend(new GuardDutyClient(configuration), plugin);
  },
  iam: async (configuration, plugin) => {
    const { IAMClient } = await import('@aws-sdk/client-iam');
    return extend(new IAMClient(configuration), plugin);
  },
  identitystore: async (configuration, plugin) => {
    const { IdentitystoreClient } = await import('@aws-sdk/client-identitystore');
    return extend(new IdentitystoreClient(configuration), plugin);
  },
  lambda: async (configuration, plugin) => {
    const { LambdaClient } = await import('@aws-sdk/client-lambda');
    return extend(new LambdaClient(configuration), plugin);
  },
  organizations: async (configuration, plugin) => {
    const { OrganizationsClient } = await import('@aws-sdk/client-organizations');
    return extend(new OrganizationsClient(configuration), plugin);
  },
  s3: async (configuration, plugin) => {
    const { S3Client } = await import('@aws-sdk/client-s3');
    // A log bucket may lie in another region than the caller's; an endpoint of one's own knows no bucket hosts.
    const client = new S3Client({
      ...configuration,
      followRegionRedirects: true,
      forcePathStyle: configuration.endpoint !== undefined,
    });
    return extend(client, plugin);
  },
  'sso-admin': async (configuration, plugin) => {
    const { SSOAdminClient } = await import('@aws-sdk/client-sso-admin');
    return extend(new SSOAdminClient(configuration), plugin);
  },
  sts: async (configuration, plugin) => {
    const { STSClient } = await import('@aws-sdk/client-sts');
    return extend(new STSClient(configuration), plugin);
  },
} as const satisfies Record<ServiceName, MakeClient>;
