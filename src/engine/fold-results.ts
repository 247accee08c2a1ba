import type { ResultRow } from '../model/audit-result.ts';

function byText<T>(key: (item: T) => string) {
  return (left: T, right: T): number => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0);
}

/** What must be equal for two rows to be one: everything but where and when it was seen and how much was looked at. */
function foldKey(row: ResultRow): string {
  const { units: _units, examined: _examined, evidenceAsOf: _evidenceAsOf, ...rest } = row;
  return JSON.stringify(rest);
}

/** A folded row is as old as its oldest part. */
function oldest(left: string | undefined, right: string | undefined): string | undefined {
  return left !== undefined && right !== undefined && left < right ? left : (right ?? left);
}

/** Folds equal outcomes into one row with a list of units, so that a thousand accounts stay readable. */
export function foldResults(rows: readonly ResultRow[]): readonly ResultRow[] {
  const folded = new Map<string, ResultRow>();
  for (const row of rows) {
    const key = foldKey(row);
    const known = folded.get(key);
    const examined =
      known?.examined === undefined && row.examined === undefined
        ? undefined
        : (known?.examined ?? 0) + (row.examined ?? 0);
    const evidenceAsOf = oldest(known?.evidenceAsOf, row.evidenceAsOf);
    folded.set(key, {
      ...row,
      units: [...(known?.units ?? []), ...row.units],
      ...(examined === undefined ? {} : { examined }),
      ...(evidenceAsOf === undefined ? {} : { evidenceAsOf }),
    });
  }
  return [...folded.values()].sort(
    byText((row) => `${row.check} ${row.outcome} ${JSON.stringify(row.units[0])}`),
  );
}
