import type { ServiceName } from '../../../../src/aws/operation.ts';
import { ownOperations } from '../../../../src/aws/read-only-guard.ts';
import type { AnyCollector } from '../../../../src/collect/define-collector.ts';
import { discoveryOperations } from '../../../../src/collect/organization-reads.ts';
import { eventHistory } from '../../../../src/collect/permissions.ts';
import type { LogLine } from '../../start.js';

/** The emulator names services as botocore does. */
const clientNames: Readonly<Record<string, ServiceName>> = {
  accessanalyzer: 'accessanalyzer',
  account: 'account',
  apigateway: 'api-gateway',
  apigatewayv2: 'apigatewayv2',
  cloudtrail: 'cloudtrail',
  cloudwatch: 'cloudwatch',
  events: 'eventbridge',
  iam: 'iam',
  identitystore: 'identitystore',
  lambda: 'lambda',
  logs: 'cloudwatch-logs',
  organizations: 'organizations',
  'sso-admin': 'sso-admin',
  sts: 'sts',
};

/** The IAM action of a request, as the declaration of its operation has it; `undeclared …` when there is none. */
export function actionOf(line: LogLine, collectors: readonly AnyCollector[]): string {
  const declared = [
    ...ownOperations,
    ...discoveryOperations,
    eventHistory,
    ...collectors.flatMap(({ operations }) => operations),
  ].find(({ service, command }) => service === clientNames[line.service] && command === line.operation);
  return declared?.permission ?? `undeclared ${line.service}:${line.operation}`;
}
