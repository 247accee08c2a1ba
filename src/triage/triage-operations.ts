import type { Operation, ServiceName } from '../aws/operation.ts';

function operation(service: ServiceName, command: string): Operation {
  return { service, command, permission: `${service}:${command}` };
}

/** Asked with the caller's own session. */
export const triageCallerOperations: readonly Operation[] = [operation('sts', 'GetAccessKeyInfo')];

/** Asked in the account that owns the key. */
export const triageAccountOperations: readonly Operation[] = [
  operation('account', 'ListRegions'),
  operation('cloudtrail', 'LookupEvents'),
  operation('guardduty', 'GetFindings'),
  operation('guardduty', 'ListDetectors'),
  operation('guardduty', 'ListFindings'),
  operation('iam', 'GetAccessKeyLastUsed'),
  operation('iam', 'GetAccountAuthorizationDetails'),
  operation('iam', 'GetLoginProfile'),
  operation('iam', 'ListAccessKeys'),
  operation('iam', 'ListMFADevices'),
];

/** All that triage may send, besides finding out who calls and what the organization is. */
export const triageOperations: readonly Operation[] = [...triageCallerOperations, ...triageAccountOperations];
