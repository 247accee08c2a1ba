import type { AuditResult } from './audit-result.ts';

/** Two results that say nothing about each other. Printed as InputError is. */
export class ComparisonError extends Error {
  override readonly name = 'ComparisonError';
  readonly next: string;

  constructor(message: string, next: string) {
    super(message);
    this.next = next;
  }
}

/** What of a result says whether it can be compared. */
export type ComparedResult = Pick<AuditResult, 'organizationId' | 'partition' | 'scope'> & {
  readonly schemaVersion: number;
};

function scopeText({ accounts }: ComparedResult['scope']): string {
  return accounts.length === 0 ? 'no account' : accounts.slice(0, 3).join(', ');
}

/**
 * Holds two results against each other before they are compared. Where one of them does not know its organization, one
 * account that both have swept must do.
 * @throws ComparisonError for results of another schema version, partition or organization.
 */
export function assertComparable(now: ComparedResult, earlier: ComparedResult): void {
  const next = 'Give the result.json of an earlier run over the same organization.';
  if (now.schemaVersion !== earlier.schemaVersion) {
    throw new ComparisonError(
      `the earlier result has schema version ${earlier.schemaVersion}, this one ${now.schemaVersion}`,
      'Audit the earlier evidence again with this version: `afterleak audit --evidence DIR`.',
    );
  }
  if (now.partition !== earlier.partition) {
    throw new ComparisonError(
      `the earlier result is of the partition ${earlier.partition}, this one of ${now.partition}`,
      next,
    );
  }
  if (now.organizationId !== null && earlier.organizationId !== null) {
    if (now.organizationId !== earlier.organizationId) {
      throw new ComparisonError(
        `the earlier result is of the organization ${earlier.organizationId}, this one of ${now.organizationId}`,
        next,
      );
    }
    return;
  }
  if (!now.scope.accounts.some((account) => earlier.scope.accounts.includes(account))) {
    throw new ComparisonError(
      `the results have no account in common: ${scopeText(earlier.scope)} earlier, ${scopeText(now.scope)} now`,
      next,
    );
  }
}
