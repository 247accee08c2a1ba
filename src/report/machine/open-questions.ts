import type { AuditResult, ResultGap, ResultRow } from '../../model/audit-result.ts';

/** unevaluated, error, manual as the outcomes; partial: findings or a pass beside evidence that could not be seen. */
export type OpenState = 'unevaluated' | 'error' | 'manual' | 'partial';

/** A result that says less than "looked at everything": what no format may leave out. */
export interface OpenQuestion {
  readonly check: string;
  readonly state: OpenState;
  /** Where it stands in `results`. */
  readonly index: number;
  readonly units: ResultRow['units'];
  /** Why it could not be answered, or what a person must look at; one sentence each. */
  readonly reasons: readonly string[];
  readonly gaps: readonly ResultGap[];
  /** An exception accepts every gap. */
  readonly accepted: boolean;
  /** Makes the run incomplete. */
  readonly counted: boolean;
}

/** Where a gap lies and what it says, in one sentence. */
export function gapSentence(gap: ResultGap): string {
  const denied = gap.deniedBy === undefined ? '' : `, denied by ${gap.deniedBy}`;
  const resource = gap.resource === undefined ? '' : `, ${gap.resource}`;
  const accepted = gap.accepted ? ' (accepted by an exception)' : '';
  return `${gap.operation} in ${gap.unit}${resource}: ${gap.reason}${denied}: ${gap.detail}${accepted}`;
}

function stateOf(row: ResultRow): OpenState | null {
  if (row.outcome === 'error' || row.outcome === 'unevaluated') {
    return row.outcome;
  }
  if (row.outcome === 'manual' && row.satisfied !== true) {
    return 'manual';
  }
  return (row.gaps ?? []).length > 0 ? 'partial' : null;
}

function reasonsOf(row: ResultRow, state: OpenState): readonly string[] {
  const own = [
    ...(state === 'manual' && row.instructions !== undefined ? [row.instructions] : []),
    ...(row.reason === undefined ? [] : [row.reason]),
  ];
  const reasons = [...own, ...(row.gaps ?? []).map(gapSentence)];
  return reasons.length > 0 ? reasons : ['no reason was recorded'];
}

/** Every result that is no full answer, in the order of the results. */
export function openQuestions({ results, incident }: AuditResult): readonly OpenQuestion[] {
  return results.flatMap((row, index) => {
    const state = stateOf(row);
    if (state === null) {
      return [];
    }
    const gaps = row.gaps ?? [];
    const refused = gaps.some((gap) => !gap.accepted);
    const accepted = gaps.length > 0 && !refused && (state === 'unevaluated' || state === 'partial');
    const counted = refused || (state === 'manual' ? incident !== null : !accepted);
    const reasons = reasonsOf(row, state);
    return [{ check: row.check, state, index, units: row.units, reasons, gaps, accepted, counted }];
  });
}

function gapKey({ operation, unit, reason, resource, detail }: ResultGap): string {
  return JSON.stringify([operation, unit, reason, resource ?? '', detail]);
}

/** Gaps that no result carries: of the scope, and of evidence that only the inventory shows. Each once. */
export function looseGaps({ results, coverage }: AuditResult): readonly ResultGap[] {
  const carried = new Set(results.flatMap(({ gaps = [] }) => gaps.map(gapKey)));
  const seen = new Set<string>();
  return [...coverage.scopeGaps, ...coverage.gaps].filter((gap) => {
    const key = gapKey(gap);
    const once = `${key} ${gap.accepted}`;
    const isNew = !(carried.has(key) || seen.has(once));
    seen.add(once);
    return isNew;
  });
}

/** The same number that makes a run end with exit code 2. */
export function incompleteCount(result: AuditResult): number {
  const loose = looseGaps(result).filter((gap) => !gap.accepted);
  return openQuestions(result).filter(({ counted }) => counted).length + loose.length;
}
