import type { Outcome, ResultRow } from '../../model/audit-result.ts';
import { severityRank } from '../../model/severity.ts';
import { compareText, linesOf } from '../text/phrases.ts';
import type { ReportContext } from './report-context.ts';
import { checkTitle, listed, unitText } from './report-context.ts';
import type { Listed, OutcomeRowView, OutcomesView, Tally } from './report-view.ts';

const outcomeLabels = {
  pass: 'Passed',
  fail: 'Failed',
  manual: 'By hand',
  unevaluated: 'Not evaluated',
  'not-applicable': 'Not applicable',
  error: 'Error in the check',
} as const satisfies Record<Outcome, string>;

const outcomeOrder = ['fail', 'unevaluated', 'error', 'manual', 'pass', 'not-applicable'] as const;

/** Rows of one check with the same text are one row over more units. */
function rowsOf(
  context: ReportContext,
  rows: readonly ResultRow[],
  noteOf: (row: ResultRow) => string | undefined,
): Listed<OutcomeRowView> {
  const merged = new Map<
    string,
    { check: string; note: string; units: Set<string>; examined: number | null }
  >();
  for (const row of rows) {
    const note = noteOf(row) ?? '';
    const key = JSON.stringify([row.check, note]);
    const known = merged.get(key) ?? { check: row.check, note, units: new Set<string>(), examined: null };
    merged.set(key, known);
    for (const unit of row.units) {
      known.units.add(unitText(unit));
    }
    if (row.examined !== undefined) {
      known.examined = (known.examined ?? 0) + row.examined;
    }
  }
  const rank = (id: string): number => severityRank(context.checks.get(id)?.severity ?? 'info');
  const sorted = [...merged.values()].sort(
    (left, right) =>
      rank(left.check) - rank(right.check) ||
      compareText(left.check, right.check) ||
      compareText(left.note, right.note),
  );
  const views = sorted.map(({ check, note, units, examined }) => ({
    id: check,
    title: checkTitle(context, check),
    population: context.checks.get(check)?.population ?? 'things',
    units: listed([...units].sort(compareText), context.limits.names),
    examined,
    note: linesOf(note),
  }));
  return listed(views, context.limits.rows);
}

export function outcomesView(context: ReportContext): OutcomesView {
  const { results } = context.result;
  const of = (outcome: Outcome): readonly ResultRow[] => results.filter((row) => row.outcome === outcome);
  const tallies = outcomeOrder.map(
    (id): Tally => ({
      id,
      label: outcomeLabels[id],
      count: of(id).reduce((sum, row) => sum + row.units.length, 0),
    }),
  );
  const manual = of('manual');
  const passed = of('pass');
  return {
    tallies,
    manualOpen: rowsOf(
      context,
      manual.filter((row) => row.satisfied !== true),
      (row) => row.instructions,
    ),
    manualAnswered: rowsOf(
      context,
      manual.filter((row) => row.satisfied === true),
      (row) => row.instructions,
    ),
    passed: rowsOf(context, passed, () => undefined),
    passedExamined: passed.reduce((sum, row) => sum + (row.examined ?? 0), 0),
    notApplicable: rowsOf(context, of('not-applicable'), (row) => row.reason),
    errors: rowsOf(context, of('error'), (row) => row.reason),
  };
}
