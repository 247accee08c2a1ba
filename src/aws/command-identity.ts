import { property } from './error-shape.ts';
import type { Operation, ServiceName } from './operation.ts';
import { UndeclaredOperation } from './read-only-guard.ts';

/** Namespaces of the SDK's operation schemas: the same command name exists in several services (ListUsers, GetApis …). */
const services: Readonly<Record<string, ServiceName>> = {
  'com.amazonaws.accessanalyzer': 'accessanalyzer',
  'com.amazonaws.account': 'account',
  'com.amazonaws.apigateway': 'api-gateway',
  'com.amazonaws.apigatewayv2': 'apigatewayv2',
  'com.amazonaws.cloudtrail': 'cloudtrail',
  'com.amazonaws.cloudwatch': 'cloudwatch',
  'com.amazonaws.cloudwatchlogs': 'cloudwatch-logs',
  'com.amazonaws.eventbridge': 'eventbridge',
  'com.amazonaws.guardduty': 'guardduty',
  'com.amazonaws.iam': 'iam',
  'com.amazonaws.identitystore': 'identitystore',
  'com.amazonaws.lambda': 'lambda',
  'com.amazonaws.organizations': 'organizations',
  'com.amazonaws.s3': 's3',
  'com.amazonaws.ssoadmin': 'sso-admin',
  'com.amazonaws.sts': 'sts',
};

/** Which operation a command is, read from the schema that the SDK puts into it. */
export function commandIdentity(
  command: object,
  declared: readonly Operation[],
): { readonly service: ServiceName; readonly command: string } {
  const schema = property(command, 'schema');
  const namespace: unknown = Array.isArray(schema) ? schema[1] : undefined;
  const operation: unknown = Array.isArray(schema) ? schema[2] : undefined;
  const service = typeof namespace === 'string' ? services[namespace] : undefined;
  if (service !== undefined && typeof operation === 'string') {
    return { service, command: operation };
  }
  const name = command.constructor.name.replace(/Command$/, '');
  const matching = declared.filter((candidate) => candidate.command === name);
  const only = matching[0];
  if (only === undefined || matching.length > 1) {
    throw new UndeclaredOperation(`cannot tell which operation ${name} is; it was not sent`);
  }
  return { service: only.service, command: only.command };
}
