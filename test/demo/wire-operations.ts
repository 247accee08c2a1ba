import type { Operation, ServiceName } from '../../src/aws/operation.ts';
import type { RequestKey } from '../../src/demo/request-key.ts';

/** Of the services that collectors read; others are only asked for events. */
const modules: Readonly<Partial<Record<ServiceName, () => Promise<object>>>> = {
  accessanalyzer: () => import('@aws-sdk/client-accessanalyzer'),
  account: () => import('@aws-sdk/client-account'),
  'api-gateway': () => import('@aws-sdk/client-api-gateway'),
  apigatewayv2: () => import('@aws-sdk/client-apigatewayv2'),
  cloudtrail: () => import('@aws-sdk/client-cloudtrail'),
  cloudwatch: () => import('@aws-sdk/client-cloudwatch'),
  'cloudwatch-logs': () => import('@aws-sdk/client-cloudwatch-logs'),
  eventbridge: () => import('@aws-sdk/client-eventbridge'),
  guardduty: () => import('@aws-sdk/client-guardduty'),
  iam: () => import('@aws-sdk/client-iam'),
  identitystore: () => import('@aws-sdk/client-identitystore'),
  lambda: () => import('@aws-sdk/client-lambda'),
  organizations: () => import('@aws-sdk/client-organizations'),
  'sso-admin': () => import('@aws-sdk/client-sso-admin'),
  sts: () => import('@aws-sdk/client-sts'),
};

/** Where the signing name is not the package's name. */
const signingNames: Readonly<Partial<Record<ServiceName, string>>> = {
  accessanalyzer: 'access-analyzer',
  'api-gateway': 'apigateway',
  apigatewayv2: 'apigateway',
  cloudwatch: 'monitoring',
  'cloudwatch-logs': 'logs',
  eventbridge: 'events',
  'sso-admin': 'sso',
};

export function operationName({ service, command }: Operation): string {
  return `${service}:${command}`;
}

/** Method and path template of a REST operation, from the schema in the SDK's command; null for other protocols. */
async function httpBinding(operation: Operation): Promise<readonly [string, string] | null> {
  const module = await modules[operation.service]?.();
  const command: unknown = Reflect.get(module ?? {}, `${operation.command}Command`);
  if (typeof command !== 'function') {
    throw new Error(`the SDK has no ${operationName(operation)}`);
  }
  const instance: unknown = Reflect.construct(command, [{}]);
  const schema: unknown =
    typeof instance === 'object' && instance !== null ? Reflect.get(instance, 'schema') : null;
  const traits: unknown = Array.isArray(schema) ? schema[3] : null;
  const binding: unknown = typeof traits === 'object' && traits !== null ? Reflect.get(traits, 'http') : null;
  const [method, path]: readonly unknown[] = Array.isArray(binding) ? binding : [];
  return typeof method === 'string' && typeof path === 'string' ? [method, path] : null;
}

/** Recognises the calls of an operation on the wire. */
export async function wireMatcher(operation: Operation): Promise<(key: RequestKey) => boolean> {
  const service = signingNames[operation.service] ?? operation.service;
  const binding = [
    'iam',
    'sts',
    'organizations',
    'sso-admin',
    'identitystore',
    'cloudtrail',
    'cloudwatch',
    'cloudwatch-logs',
    'eventbridge',
  ].includes(operation.service)
    ? null
    : await httpBinding(operation);
  if (binding === null) {
    return (key) => key.service === service && key.operation === operation.command;
  }
  const [method, template] = binding;
  const path = (template.split('?')[0] ?? '')
    .replace(/\/$/, '')
    .split(/\{[^}]+\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  const pattern = new RegExp(`^${method} ${path}/?$`);
  return (key) => key.service === service && pattern.test(key.operation);
}
