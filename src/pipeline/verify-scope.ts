import { InputError } from '../input/input-error.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import type { PlanStep } from '../model/plan.ts';

/** The second, named phase of an audit: no checks of the catalogue, and nobody can select them. */
function isSelectable(check: string): boolean {
  return !check.startsWith('lineage/');
}

/** Accounts that the earlier run wanted and was refused: they are in scope again. */
function refusedAccounts(earlier: AuditResult): ReadonlySet<string> {
  const gaps = [...earlier.coverage.gaps, ...earlier.coverage.scopeGaps];
  return new Set(gaps.map(({ unit }) => unit));
}

function scopeOf(options: RunOptions, earlier: AuditResult): Partial<RunOptions> {
  const asked = options.org || options.accounts.length > 0 || options.ou !== undefined;
  const regions = [...(options.regions.includes('all') ? earlier.scope.regions : options.regions)];
  const { accounts, ofAccounts } = earlier.scope;
  const { notSwept } = earlier.coverage;
  if (asked || (accounts.length <= 1 && notSwept.length === 0)) {
    return { regions };
  }
  const refused = refusedAccounts(earlier);
  const wanted = notSwept.map(({ accountId }) => accountId).filter((accountId) => refused.has(accountId));
  const leftOut = notSwept.map(({ accountId }) => accountId).filter((accountId) => !refused.has(accountId));
  if (ofAccounts === null || accounts.length + notSwept.length < ofAccounts) {
    return { regions, accounts: [...new Set([...accounts, ...wanted])].sort() };
  }
  return {
    org: true,
    regions,
    excludeAccounts: [...new Set([...options.excludeAccounts, ...leftOut])].sort(),
  };
}

/** The earlier run's checks, as far as the catalogue still has them; all of it where the earlier run left nothing out. */
function checksOf(
  options: RunOptions,
  earlier: AuditResult,
  catalogue: readonly string[],
): readonly string[] {
  if (options.checks.length > 0) {
    return options.checks;
  }
  const had = new Set(earlier.checks.map(({ id }) => id));
  const kept = catalogue.filter((id) => had.has(id));
  if (kept.length === 0) {
    throw new InputError(
      'the earlier result ran no check that this afterleak has',
      'Audit its evidence again with this version, and verify against that.',
    );
  }
  return kept.length === catalogue.length ? [] : kept;
}

function touches({ stage }: PlanStep): boolean {
  return stage !== 'harden';
}

function quickOf(
  options: RunOptions,
  earlier: AuditResult,
  catalogue: readonly string[],
): Partial<RunOptions> {
  const { scope } = earlier;
  const { notSwept } = earlier.coverage;
  const steps = (earlier.plan?.steps ?? []).filter(touches);
  if (steps.length === 0) {
    throw new InputError(
      'the earlier result has no plan with a step to verify',
      'Leave out --quick: then everything is swept again.',
    );
  }
  const planned = new Set(steps.flatMap(({ findings }) => findings));
  const findings = earlier.findings.filter(({ fingerprint }) => planned.has(fingerprint));
  const checks = new Set([
    ...steps.flatMap(({ verifiedBy }) => verifiedBy.map(({ check }) => check)),
    ...findings.map(({ check }) => check),
  ]);
  const selected = catalogue.filter((id) => isSelectable(id) && checks.has(id));
  if (selected.length === 0) {
    throw new InputError(
      'no check of this afterleak verifies a step of the plan',
      'Leave out --quick: then everything is swept again.',
    );
  }
  const accounts = [
    ...steps.flatMap(({ accountId }) => accountId ?? []),
    ...findings.flatMap(({ subject }) => subject.accountId ?? []),
  ].filter((accountId) => scope.accounts.includes(accountId));
  const regions = [
    ...steps.flatMap(({ region }) => region ?? []),
    ...findings.flatMap(({ subject }) => subject.region ?? []),
  ].filter((region) => scope.regions.includes(region));
  const [first] = scope.regions;
  return {
    checks: selected,
    // A run over one account stays one.
    ...(scope.accounts.length + notSwept.length > 1 && accounts.length > 0
      ? { org: false, excludeAccounts: [], accounts: [...new Set(accounts)].sort() }
      : {}),
    regions: regions.length > 0 || first === undefined ? [...new Set(regions)].sort() : [first],
    trail: options.trail.length > 0 ? options.trail : ['none'],
  };
}

/**
 * The options of the run that is held against an earlier one: its scope and its checks, unless the options say otherwise;
 * `--quick` narrows both to what the plan touched. Accounts that were left out on purpose stay so; new ones are read.
 * @throws InputError where nothing is left to verify.
 */
export function verifyOptions(
  options: RunOptions,
  earlier: AuditResult,
  catalogue: readonly string[],
  quick: boolean,
): RunOptions {
  const narrowed = quick
    ? quickOf(options, earlier, catalogue)
    : { checks: [...checksOf(options, earlier, catalogue)] };
  const { ou, ...merged } = { ...options, ...scopeOf(options, earlier), ...narrowed };
  return ou === undefined || quick ? merged : { ...merged, ou };
}
