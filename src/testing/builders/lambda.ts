import type {
  EventSourceMapping,
  FunctionAlias,
  FunctionPolicy,
  FunctionUrl,
  LambdaFunction,
  LambdaLayer,
} from '../../model/evidence/lambda.ts';
import { exampleAccountId, exampleCreatedAt } from './account.ts';

const exampleRegion = 'us-east-1';

export function functionArn(name: string, accountId = exampleAccountId, region = exampleRegion): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${name}`;
}

export function layerArn(name: string, accountId = exampleAccountId, region = exampleRegion): string {
  return `arn:aws:lambda:${region}:${accountId}:layer:${name}`;
}

/** An active function of the example account, deployed long before the tests' incident. */
export function buildFunction(fields: Partial<LambdaFunction> = {}): LambdaFunction {
  const name = fields.name ?? 'orders';
  return {
    arn: functionArn(name),
    name,
    roleArn: `arn:aws:iam::${exampleAccountId}:role/application`,
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    packageType: 'Zip',
    state: 'Active',
    lastModifiedAt: exampleCreatedAt,
    codeSha256: 'Y29kZSBvZiB0aGUgb3JkZXJzIGZ1bmN0aW9uIGV4YW0=',
    layerArns: [],
    environmentNames: [],
    environmentCredentials: [],
    publishedVersions: [],
    ...fields,
  };
}

/** A function URL that asks for IAM authentication. */
export function buildFunctionUrl(fields: Partial<FunctionUrl> = {}): FunctionUrl {
  const functionName = fields.functionName ?? 'orders';
  const qualifier = fields.qualifier ?? null;
  return {
    functionArn: qualifier === null ? functionArn(functionName) : `${functionArn(functionName)}:${qualifier}`,
    functionName,
    qualifier,
    url: `https://${functionName}example.lambda-url.${exampleRegion}.on.aws/`,
    authType: 'AWS_IAM',
    invokeMode: 'BUFFERED',
    createdAt: exampleCreatedAt,
    modifiedAt: exampleCreatedAt,
    corsAllowOrigins: [],
    ...fields,
  };
}

export interface FunctionPermission {
  readonly sid?: string;
  readonly effect?: 'Allow' | 'Deny';
  readonly principal: string | Readonly<Record<string, string>>;
  readonly action: string;
  readonly condition?: object;
}

/** The policy of a function or qualifier, one statement per permission. */
export function buildFunctionPolicy(
  permissions: readonly FunctionPermission[],
  fields: Partial<FunctionPolicy> = {},
): FunctionPolicy {
  const functionName = fields.functionName ?? 'orders';
  const qualifier = fields.qualifier ?? null;
  const arn = qualifier === null ? functionArn(functionName) : `${functionArn(functionName)}:${qualifier}`;
  const statements = permissions.map(({ sid, effect = 'Allow', principal, action, condition }, index) => ({
    Sid: sid ?? `permission-${index}`,
    Effect: effect,
    Principal: principal,
    Action: action,
    Resource: arn,
    ...(condition === undefined ? {} : { Condition: condition }),
  }));
  return {
    functionArn: arn,
    functionName,
    qualifier,
    document: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }),
    ...fields,
  };
}

/** The two permissions that open a function URL to anyone. */
export const publicUrlPermissions: readonly FunctionPermission[] = [
  {
    principal: '*',
    action: 'lambda:InvokeFunctionUrl',
    condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
  },
  {
    principal: '*',
    action: 'lambda:InvokeFunction',
    condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
  },
];

export function buildFunctionAlias(fields: Partial<FunctionAlias> = {}): FunctionAlias {
  const functionName = fields.functionName ?? 'orders';
  const name = fields.name ?? 'live';
  return {
    arn: `${functionArn(functionName)}:${name}`,
    functionName,
    name,
    version: '1',
    routing: [],
    ...fields,
  };
}

export function buildEventSourceMapping(fields: Partial<EventSourceMapping> = {}): EventSourceMapping {
  const id = fields.id ?? '91eaeb7e-c976-1234-9451-8709db01f137';
  return {
    id,
    arn: `arn:aws:lambda:${exampleRegion}:${exampleAccountId}:event-source-mapping:${id}`,
    functionArn: functionArn('orders'),
    eventSourceArn: `arn:aws:sqs:${exampleRegion}:${exampleAccountId}:orders`,
    state: 'Enabled',
    lastModifiedAt: exampleCreatedAt,
    ...fields,
  };
}

export function buildLayer(fields: Partial<LambdaLayer> = {}): LambdaLayer {
  const name = fields.name ?? 'shared-libraries';
  return {
    arn: layerArn(name),
    name,
    latestVersionArn: `${layerArn(name)}:3`,
    createdAt: exampleCreatedAt,
    policy: null,
    ...fields,
  };
}
