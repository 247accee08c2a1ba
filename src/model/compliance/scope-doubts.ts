import type { AuditResult } from '../audit-result.ts';

/** What was in view of a run. */
export interface RunScope {
  readonly swept: number;
  /** Null where the number of accounts is not known. */
  readonly ofAccounts: number | null;
  readonly regions: number;
  /** Why something lies out of view; empty only where every account and the organization were read. */
  readonly doubts: readonly string[];
}

/** Operations whose gaps are of the event trail: states are read without it. */
function isOfTrail(operation: string): boolean {
  return /^(?:cloudtrail:|events\.|s3:)/.test(operation);
}

function organizationDoubts({ organizationId, scope }: AuditResult, swept: number): readonly string[] {
  if (organizationId === null) {
    // An account of its own: whether that could be seen is a gap of the scope or none.
    return [];
  }
  return [
    ...(scope.organizationInScope ? [] : ['the organization itself was not read']),
    ...(scope.managementAccountSwept ? [] : ['the management account was not swept']),
    ...(scope.ofAccounts === null ? ['how many accounts there are is not known'] : []),
    ...(scope.ofAccounts !== null && swept < scope.ofAccounts
      ? [`only ${swept} of ${scope.ofAccounts} accounts were swept`]
      : []),
  ];
}

/** Nothing may be concluded of what lies out of view, and a control is about the whole. */
export function scopeOf(result: AuditResult): RunScope {
  const { scope, coverage } = result;
  const away = new Set([
    ...coverage.notSwept.map(({ accountId }) => accountId),
    ...coverage.byAccount.filter(({ swept }) => !swept).map(({ accountId }) => accountId),
  ]);
  const swept = scope.accounts.filter((account) => !away.has(account)).length;
  const gaps = coverage.scopeGaps.filter(({ accepted, operation }) => !accepted && !isOfTrail(operation));
  return {
    swept,
    ofAccounts: scope.ofAccounts,
    regions: scope.regions.length,
    doubts: [
      ...(swept === 0 ? ['no account was swept'] : []),
      ...(scope.regions.length === 0 ? ['no region was swept'] : []),
      ...organizationDoubts(result, swept),
      ...(away.size === 0
        ? []
        : [`${away.size === 1 ? '1 account' : `${away.size} accounts`} could not be swept`]),
      ...[...new Set(gaps.map(({ operation, unit }) => `${operation} was not answered in ${unit}`))].sort(),
    ],
  };
}
