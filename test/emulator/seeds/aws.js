import * as accessAnalyzer from '@aws-sdk/client-accessanalyzer';
import * as account from '@aws-sdk/client-account';
import * as apiGateway from '@aws-sdk/client-api-gateway';
import * as apiGatewayV2 from '@aws-sdk/client-apigatewayv2';
import * as cloudTrail from '@aws-sdk/client-cloudtrail';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as identityStore from '@aws-sdk/client-identitystore';
import * as lambda from '@aws-sdk/client-lambda';
import * as organizations from '@aws-sdk/client-organizations';
import * as ssoAdmin from '@aws-sdk/client-sso-admin';
import * as sts from '@aws-sdk/client-sts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const services = {
  accessAnalyzer: [accessAnalyzer, accessAnalyzer.AccessAnalyzerClient],
  account: [account, account.AccountClient],
  apiGateway: [apiGateway, apiGateway.APIGatewayClient],
  apiGatewayV2: [apiGatewayV2, apiGatewayV2.ApiGatewayV2Client],
  cloudTrail: [cloudTrail, cloudTrail.CloudTrailClient],
  eventBridge: [eventBridge, eventBridge.EventBridgeClient],
  iam: [iam, iam.IAMClient],
  identityStore: [identityStore, identityStore.IdentitystoreClient],
  lambda: [lambda, lambda.LambdaClient],
  organizations: [organizations, organizations.OrganizationsClient],
  ssoAdmin: [ssoAdmin, ssoAdmin.SSOAdminClient],
  sts: [sts, sts.STSClient],
};

/** What the emulator's CloudTrail records say of a caller, as headers that it alone reads. */
const headersOf = ({ sourceIp, userAgent, accessKeyId, sessionCreatedAt, fromConsole, invokedBy }) =>
  Object.fromEntries(
    Object.entries({
      'x-emulator-source-ip': sourceIp,
      'x-emulator-user-agent': userAgent,
      'x-emulator-access-key': accessKeyId,
      'x-emulator-session-created': sessionCreatedAt,
      'x-emulator-console': fromConsole === true ? 'true' : undefined,
      'x-emulator-invoked-by': invokedBy,
    }).filter(([, value]) => value !== undefined),
  );

/**
 * Calls in one account: `aws.iam('CreateUser', {...})`. Each goes over the wire through the SDK. `caller` is what the
 * trail says of it; `before` is awaited before each call, to move the clock.
 * @param {{clientOptions: Function}} emulator
 */
export const awsIn = (
  emulator,
  accountId,
  { region = 'us-east-1', credentials, caller = {}, before = () => {} } = {},
) =>
  Object.fromEntries(
    Object.entries(services).map(([name, [module, Client]]) => {
      let client;
      const connect = () => {
        const made = new Client(emulator.clientOptions(accountId, region, credentials));
        const headers = headersOf(caller);
        made.middlewareStack.add(
          (next) => (args) => {
            Object.assign(args.request.headers, headers);
            return next(args);
          },
          { step: 'build' },
        );
        return made;
      };
      const call = async (operation, input = {}) => {
        client ??= connect();
        await before();
        return client.send(new module[`${operation}Command`](input));
      };
      return [name, call];
    }),
  );

export const document = (...statements) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const allow = (action, resource = '*', more = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});

/** A trust policy for a service, or for AWS principals, with conditions. */
export const trustService = (...names) =>
  document({ Effect: 'Allow', Principal: { Service: names }, Action: 'sts:AssumeRole' });

export const trustAccount = (accountId, condition) =>
  document({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: 'sts:AssumeRole',
    ...(condition === undefined ? {} : { Condition: condition }),
  });

/** The smallest zip archive with one stored, empty file. */
export const emptyZip = (file = 'index.mjs') => {
  const name = Buffer.from(file);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(10, 4);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(10, 4);
  central.writeUInt16LE(10, 6);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length, 16);
  return Buffer.concat([local, name, central, name, end]);
};

export const createRole = async (aws, name, trust, { path = '/', managed = [], inline, ...more } = {}) => {
  const { Role } = await aws.iam('CreateRole', {
    RoleName: name,
    Path: path,
    AssumeRolePolicyDocument: trust,
    ...more,
  });
  for (const arn of managed) {
    await aws.iam('AttachRolePolicy', { RoleName: name, PolicyArn: arn });
  }
  if (inline !== undefined) {
    await aws.iam('PutRolePolicy', { RoleName: name, PolicyName: 'inline', PolicyDocument: inline });
  }
  return Role.Arn;
};

export const createFunction = async (aws, name, role, more = {}) => {
  const { FunctionArn } = await aws.lambda('CreateFunction', {
    FunctionName: name,
    Role: role,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: emptyZip() },
    ...more,
  });
  return FunctionArn;
};

export const MANAGED = {
  administrator: 'arn:aws:iam::aws:policy/AdministratorAccess',
  readOnly: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  securityAudit: 'arn:aws:iam::aws:policy/SecurityAudit',
  lambdaBasic: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  billing: 'arn:aws:iam::aws:policy/job-function/Billing',
};

/** The invocation URI of a function in an API Gateway integration. */
export const invocationUri = (functionArn, region = 'us-east-1') =>
  `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
