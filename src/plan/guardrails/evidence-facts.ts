import type { InventoryRow } from '../../model/audit-result.ts';
import type { PlanInput } from '../planner.ts';

const mostNamed = 10;

/** At most ten of them by name, the rest counted. */
export function named(names: readonly string[], what: string): readonly string[] {
  const sorted = [...new Set(names)].sort();
  const shown = sorted.slice(0, mostNamed);
  return sorted.length > mostNamed ? [...shown, `and ${sorted.length - mostNamed} more ${what}`] : shown;
}

function place({ accountId }: { readonly accountId: string | null }): string {
  return accountId === null ? '' : ` in account ${accountId}`;
}

export function inMembers({ result }: PlanInput): (row: { readonly accountId: string | null }) => boolean {
  return ({ accountId }) => accountId !== null && accountId !== result.managementAccountId;
}

export function inManagementAccount({
  result,
}: PlanInput): (row: { readonly accountId: string | null }) => boolean {
  return ({ accountId }) => accountId !== null && accountId === result.managementAccountId;
}

/** Things of the evidence that were not made by the incident. */
export function ownThings(input: PlanInput, type: string): readonly InventoryRow[] {
  const hostile = new Set(
    input.result.findings
      .filter(({ decision }) => decision === 'eradicate')
      .map(({ subject }) => subject.arn),
  );
  return input.result.inventory.filter((row) => row.type === type && !hostile.has(row.arn));
}

export function subjectsOf(input: PlanInput, checks: readonly string[]): readonly string[] {
  return input.result.findings
    .filter(({ check, decision }) => checks.includes(check) && decision !== 'eradicate')
    .map(({ subject }) => `${subject.type} ${subject.name}${place(subject)}`);
}

export function thingName(row: InventoryRow): string {
  return `${row.type} ${row.name}${place(row)}`;
}

/** Users are listed whole wherever an account was swept; their keys are not. */
export function newCredentialsOf(
  input: PlanInput,
  where: (row: { readonly accountId: string | null }) => boolean,
): readonly string[] {
  return named(
    ownThings(input, 'iam-user')
      .filter(where)
      .map((row) => `new keys and passwords of ${thingName(row)}`),
    'users',
  );
}
