import type { Endpoint } from './evidence/derived.ts';
import type { LambdaFunction } from './evidence/lambda.ts';
import type { Subject } from './finding.ts';
import { functionUrlArn } from './resource-arn.ts';

/** The way in: the function URL or the API, as the `resources` derivation names them. */
export function endpointSubject({ arn, name, entry }: Endpoint): Subject {
  return entry.kind === 'function-url'
    ? { arn: functionUrlArn(arn), type: 'function-url', name }
    : { arn, uniqueId: entry.apiId, type: entry.kind, name };
}

/** Where in the API or at which address, for messages and to tell two findings on one API apart. */
export function endpointWay({ entry }: Endpoint): string {
  return entry.kind === 'function-url' ? entry.url : `${entry.route} (stage ${entry.stage || 'none'})`;
}

/** What is called in the end: the function with its qualifier, the AWS action, or nothing known. */
export function endpointTarget({ functionName, functionQualifier, directAction }: Endpoint): string {
  if (functionName !== null) {
    return functionQualifier === null ? functionName : `${functionName}:${functionQualifier}`;
  }
  return directAction ?? 'an unknown target';
}

export function functionSubject({ arn, name }: Pick<LambdaFunction, 'arn' | 'name'>): Subject {
  return { arn, type: 'lambda-function', name };
}
