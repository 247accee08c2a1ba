import type { AuditResult, ResultFinding, ResultRow } from '../model/audit-result.ts';
import { earliest, instant } from './times.ts';

export type ResultUnit = ResultRow['units'][number];

/**
 * complete: the check gave its full answer in every unit asked for (it passed, or failed without a gap), over facts none
 * of which is older than `asOf` · incomplete: it did not, for the reason given.
 */
export type Answer =
  | { readonly state: 'complete'; readonly asOf: number | null }
  | { readonly state: 'incomplete'; readonly why: string; readonly asOf: number | null };

export function unitText({ accountId, region }: ResultUnit): string {
  if (accountId === undefined) {
    return 'organization';
  }
  return region === undefined ? accountId : `${accountId}/${region}`;
}

function whyIncomplete(row: ResultRow, unit: ResultUnit): string | null {
  const where = unitText(unit);
  const [gap] = row.gaps ?? [];
  const gapText =
    gap === undefined
      ? null
      : `${gap.operation} in ${gap.unit}: ${gap.reason}${gap.accepted ? ' (an accepted gap is still a gap)' : ''}`;
  switch (row.outcome) {
    case 'pass':
      return null;
    case 'fail':
      return gapText === null ? null : `the check could not see everything in ${where} (${gapText})`;
    case 'unevaluated':
      return `the check has no answer in ${where}${gapText === null ? '' : ` (${gapText})`}`;
    case 'error':
      return `the check broke in ${where}: ${row.reason ?? 'no reason given'}`;
    case 'manual':
      return row.satisfied === true ? null : `a person has to look in ${where} and to attest to it`;
    case 'not-applicable':
      return `the check did not apply in ${where} this time: ${row.reason ?? 'no reason given'}`;
    default:
      return row.outcome satisfies never;
  }
}

/** Answers of one result by check and unit; indexed per check when first asked for. */
export class Answers {
  readonly #byCheck = new Map<string, ResultRow[]>();
  readonly #byFinding = new Map<string, ResultRow[]>();
  readonly #byUnit = new Map<string, ReadonlyMap<string, readonly ResultRow[]>>();
  readonly #checks: ReadonlyMap<string, AuditResult['checks'][number]>;

  constructor(result: AuditResult) {
    this.#checks = new Map(result.checks.map((check) => [check.id, check]));
    for (const row of result.results) {
      const rows = this.#byCheck.get(row.check) ?? [];
      rows.push(row);
      this.#byCheck.set(row.check, rows);
      for (const fingerprint of row.findings) {
        const carrying = this.#byFinding.get(fingerprint) ?? [];
        carrying.push(row);
        this.#byFinding.set(fingerprint, carrying);
      }
    }
  }

  #rowsWith(finding: ResultFinding): readonly ResultRow[] {
    return (this.#byFinding.get(finding.fingerprint) ?? []).filter(({ check }) => check === finding.check);
  }

  ran(check: string): boolean {
    return this.#byCheck.has(check);
  }

  rowsOf(check: string): readonly ResultRow[] {
    return this.#byCheck.get(check) ?? [];
  }

  #unitsOf(check: string): ReadonlyMap<string, readonly ResultRow[]> {
    const known = this.#byUnit.get(check);
    if (known !== undefined) {
      return known;
    }
    const built = new Map<string, ResultRow[]>();
    for (const row of this.rowsOf(check)) {
      for (const unit of row.units) {
        const name = unitText(unit);
        const rows = built.get(name) ?? [];
        rows.push(row);
        built.set(name, rows);
      }
    }
    this.#byUnit.set(check, built);
    return built;
  }

  of(check: string, units: readonly ResultUnit[]): Answer {
    if (!this.ran(check)) {
      return { state: 'incomplete', why: 'the check was not run this time', asOf: null };
    }
    const byUnit = this.#unitsOf(check);
    const found = units.map((unit) => ({ unit, rows: byUnit.get(unitText(unit)) ?? [] }));
    const asOf = earliest(found.flatMap(({ rows }) => rows.map((row) => instant(row.evidenceAsOf))));
    const unseen = found.find(({ rows }) => rows.length === 0);
    if (unseen !== undefined) {
      return { state: 'incomplete', why: `${unitText(unseen.unit)} was not read this time`, asOf };
    }
    const why = found
      .flatMap(({ unit, rows }) => rows.map((row) => whyIncomplete(row, unit)))
      .find((text) => text !== null);
    return why === undefined || why === null
      ? { state: 'complete', asOf }
      : { state: 'incomplete', why, asOf };
  }

  /**
   * Where a finding of this result was seen. What several units see (an organization trail) is told by the unit that
   * owns it, where that is among them.
   */
  unitsOf(finding: ResultFinding): readonly ResultUnit[] {
    const { check, subject } = finding;
    const seen = this.#rowsWith(finding).flatMap(({ units }) => units);
    const own = seen.filter(({ accountId }) => accountId === subject.accountId);
    if (own.length > 0 || seen.length > 0) {
      return own.length > 0 ? own : seen;
    }
    const scope = this.#checks.get(check)?.scope ?? 'organization';
    const { accountId, region } = subject;
    if (scope === 'organization' || accountId === null) {
      return [{}];
    }
    return [scope === 'region' && region !== null ? { accountId, region } : { accountId }];
  }

  /** When a finding of this result was seen, at the oldest; null where nothing tells. */
  seenAt(finding: ResultFinding): number | null {
    const own = earliest(finding.evidence.map(({ asOf }) => instant(asOf)));
    return own ?? earliest(this.#rowsWith(finding).map((row) => instant(row.evidenceAsOf)));
  }
}

/** The newest time of which the result holds evidence: `asOf` alone may have been set by hand. */
export function newestEvidence(result: AuditResult): number {
  const times = result.results.flatMap((row) => instant(row.evidenceAsOf) ?? []);
  const judged = instant(result.asOf) ?? 0;
  return times.length === 0 ? judged : times.reduce((left, right) => Math.max(left, right));
}
