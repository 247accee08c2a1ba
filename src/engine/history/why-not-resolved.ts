import type { AuditResult, ResultRow } from '../../model/audit-result.ts';
import type { EarlierFinding } from './earlier-finding.ts';

type Unit = ResultRow['units'][number];

function unitText({ accountId, region }: Unit): string {
  if (accountId === undefined) {
    return 'the organization';
  }
  return region === undefined ? accountId : `${accountId}/${region}`;
}

/** Why a row proves no absence; null for `pass`, and for `fail` that saw everything. */
function whyOpen({ outcome, gaps, reason }: ResultRow, where: string): string | null {
  const missing = gaps?.length ?? 0;
  switch (outcome) {
    case 'pass':
      return null;
    case 'fail':
      return missing === 0 ? null : `the check saw ${where} only in part (${missing} gap(s))`;
    case 'not-applicable':
      return `the check does not apply to ${where} this time: ${reason ?? 'no reason given'}`;
    case 'manual':
      return `the check leaves ${where} to a person`;
    case 'unevaluated':
      return `the check could not be evaluated in ${where} (${missing} gap(s))`;
    case 'error':
      return `the check failed in ${where}: ${reason ?? 'no reason given'}`;
    default:
      return outcome satisfies never;
  }
}

/** What only events show is absent only where the events were read as widely as before and without holes. */
function whyTrailIsOpen(now: AuditResult, before: AuditResult): string | null {
  const { trail, scopeGaps } = now.coverage;
  if (trail === null) {
    return 'only events show it, and no trail was read';
  }
  const earlier = before.coverage.trail;
  if (earlier !== null && (trail.from > earlier.from || trail.to < earlier.to)) {
    return `only events show it, and those read now (${trail.from} to ${trail.to}) do not cover those read before`;
  }
  const open = trail.holes.length + scopeGaps.length;
  return open === 0 ? null : `only events show it, and the trail or the scope has ${open} hole(s) or gap(s)`;
}

/** Answers of one result, check by check; built for the checks that are asked for and no others. */
export class Answers {
  readonly #result: AuditResult;
  readonly #byCheck = new Map<string, ReadonlyMap<string, ResultRow>>();
  readonly #checks: ReadonlySet<string>;

  constructor(result: AuditResult) {
    this.#result = result;
    this.#checks = new Set(result.checks.map(({ id }) => id));
  }

  ran(check: string): boolean {
    return this.#checks.has(check);
  }

  rowOf(check: string, unit: Unit): ResultRow | undefined {
    const known = this.#byCheck.get(check);
    const rows =
      known ??
      new Map(
        this.#result.results
          .filter((row) => row.check === check)
          .flatMap((row) => row.units.map((one) => [unitText(one), row] as const)),
      );
    this.#byCheck.set(check, rows);
    return rows.get(unitText(unit));
  }
}

function whyUnitIsOpen(
  finding: EarlierFinding,
  unit: Unit,
  now: AuditResult,
  answers: Answers,
  sameEvidence: boolean,
): string | null {
  const row = answers.rowOf(finding.check, unit);
  if (row === undefined) {
    return `${unitText(unit)} was not swept this time`;
  }
  const asOf = row.evidenceAsOf ?? now.asOf;
  const late = !sameEvidence && asOf < finding.asOf;
  return (
    whyOpen(row, unitText(unit)) ??
    (late ? `the evidence of ${asOf} is older than the finding (${finding.asOf})` : null)
  );
}

/** Null when it is proved that the finding is gone; else why that cannot be told. */
export function whyNotResolved(
  finding: EarlierFinding,
  now: AuditResult,
  before: AuditResult,
  answers: Answers,
): string | null {
  const { check, subject, units } = finding;
  if (!answers.ran(check)) {
    // People's own entries are known in full: without any there is nothing left to expire.
    return check.startsWith('judgement/') ? null : 'the check was not part of this run';
  }
  const own = now.coverage.ownTraces.excludedFindings.some(
    (excluded) => excluded.check === check && excluded.arn === subject.arn,
  );
  if (own) {
    return 'it is about the role that this sweep ran as, which is left out of the findings';
  }
  const trail = check.startsWith('lineage/') ? whyTrailIsOpen(now, before) : null;
  if (trail !== null) {
    return trail;
  }
  const sameEvidence = now.evidenceDigest === before.evidenceDigest;
  for (const unit of units) {
    const why = whyUnitIsOpen(finding, unit, now, answers, sameEvidence);
    if (why !== null) {
      return why;
    }
  }
  return null;
}
