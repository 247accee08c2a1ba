import type { Operation, ServiceName } from './operation.ts';

/** A call that no collector declared. A bug of ours: nothing has left the machine. */
export class UndeclaredOperation extends Error {
  override readonly name = 'UndeclaredOperation';
}

/**
 * Calls that are not reads by the action data's access level and still belong to a sweep: making our own sessions,
 * and asking IAM to prepare its credential report.
 */
export const ownOperations: readonly Operation[] = [
  { service: 'sts', command: 'AssumeRole', permission: 'sts:AssumeRole' },
  { service: 'sts', command: 'GetCallerIdentity', permission: 'sts:GetCallerIdentity' },
  { service: 'iam', command: 'GenerateCredentialReport', permission: 'iam:GenerateCredentialReport' },
];

export interface ReadOnlyGuard {
  /** @throws UndeclaredOperation */
  check(service: ServiceName, command: string): void;
}

export function operationName(service: ServiceName, command: string): string {
  return `${service}:${command}`;
}

export function createReadOnlyGuard(declared: readonly Operation[]): ReadOnlyGuard {
  const allowed = new Set(
    [...ownOperations, ...declared].map((operation) => operationName(operation.service, operation.command)),
  );
  return {
    check(service, command) {
      const name = operationName(service, command);
      if (!allowed.has(name)) {
        throw new UndeclaredOperation(`${name} is declared by no collector and was not sent`);
      }
    },
  };
}
