import type { ResultGap } from '../../model/audit-result.ts';
import { compareText, countOf } from '../text/phrases.ts';
import type { ReportContext } from './report-context.ts';
import { accountName, checkTitle, listed, mapListed, unitText } from './report-context.ts';
import type { BlindSpotsView, GapGroupView, Tally } from './report-view.ts';
import { deniedByLabel, gapReasonLabels, gapRemedy } from './wording.ts';

interface GapGroup {
  readonly first: ResultGap;
  readonly units: Set<string>;
  readonly resources: Set<string>;
  readonly checks: Set<string>;
}

function groupKey(gap: ResultGap): string {
  return JSON.stringify([gap.accepted, gap.reason, gap.operation, gap.permission, gap.deniedBy]);
}

/** The coverage ledger's gaps and those of every check, so that neither list can hide what the other knows. */
function groupGaps({ result }: ReportContext): readonly GapGroup[] {
  const groups = new Map<string, GapGroup>();
  const add = (gap: ResultGap, check: string | null): void => {
    const key = groupKey(gap);
    const group = groups.get(key) ?? {
      first: gap,
      units: new Set(),
      resources: new Set(),
      checks: new Set(),
    };
    groups.set(key, group);
    group.units.add(gap.unit);
    if (gap.resource !== undefined) {
      group.resources.add(gap.resource);
    }
    if (check !== null) {
      group.checks.add(check);
    }
  };
  for (const gap of result.coverage.gaps) {
    add(gap, null);
  }
  for (const row of result.results) {
    for (const gap of row.gaps ?? []) {
      add(gap, row.outcome === 'unevaluated' ? row.check : null);
    }
  }
  return [...groups.values()].sort(
    (left, right) =>
      Number(left.first.accepted) - Number(right.first.accepted) ||
      right.checks.size - left.checks.size ||
      right.units.size - left.units.size ||
      compareText(left.first.operation, right.first.operation) ||
      compareText(groupKey(left.first), groupKey(right.first)),
  );
}

function gapGroupView(context: ReportContext, group: GapGroup): GapGroupView {
  const { first } = group;
  const { names } = context.limits;
  return {
    reason: first.reason,
    reasonLabel: gapReasonLabels[first.reason],
    operation: first.operation,
    permission: first.permission ?? null,
    deniedBy: first.deniedBy === undefined ? null : deniedByLabel(first.deniedBy),
    units: listed([...group.units].sort(compareText), names),
    resources: listed([...group.resources].sort(compareText), names),
    checks: mapListed([...group.checks].sort(compareText), names, (id) => ({
      id,
      title: checkTitle(context, id),
    })),
    detail: first.detail,
    retryable: first.retryable,
    accepted: first.accepted,
    remedy: gapRemedy(first),
  };
}

function talliesByReason(groups: readonly GapGroup[]): readonly Tally[] {
  const counts = new Map<ResultGap['reason'], number>();
  for (const { first, units } of groups) {
    counts.set(first.reason, (counts.get(first.reason) ?? 0) + units.size);
  }
  return [...counts]
    .map(([id, count]) => ({ id, label: gapReasonLabels[id], count }))
    .sort((left, right) => right.count - left.count || compareText(left.id, right.id));
}

function unevaluatedUnits({ result }: ReportContext): ReadonlyMap<string, readonly string[]> {
  const units = new Map<string, string[]>();
  for (const row of result.results) {
    if (row.outcome === 'unevaluated') {
      const known = units.get(row.check) ?? [];
      units.set(row.check, known);
      for (const unit of row.units) {
        known.push(unitText(unit));
      }
    }
  }
  return units;
}

function placesOf(groups: readonly GapGroup[]): number {
  return groups.reduce((sum, group) => sum + group.units.size, 0);
}

const firstScreenGroups = 4;

export function blindSpotsView(context: ReportContext): BlindSpotsView {
  const { result, limits } = context;
  const groups = groupGaps(context);
  const openGroups = groups.filter((group) => !group.first.accepted);
  const open = placesOf(openGroups);
  const unevaluated = [...unevaluatedUnits(context)].sort(
    ([left, leftUnits], [right, rightUnits]) =>
      rightUnits.length - leftUnits.length || compareText(left, right),
  );
  const blind = countOf(unevaluated.length, 'check', 'checks');
  return {
    headline:
      open === 0 && unevaluated.length === 0
        ? 'Everything that was asked for was seen'
        : `${countOf(open, 'gap', 'gaps')}; ${blind} left without an answer somewhere`,
    open,
    accepted: placesOf(groups) - open,
    byReason: talliesByReason(openGroups),
    first: openGroups.slice(0, firstScreenGroups).map((group) => gapGroupView(context, group)),
    groups: mapListed(groups, limits.rows, (group) => gapGroupView(context, group)),
    notSwept: mapListed(
      [...result.coverage.notSwept].sort((left, right) => compareText(left.accountId, right.accountId)),
      limits.rows,
      (account) => ({ ...account, name: accountName(context, account.accountId) }),
    ),
    unevaluated: mapListed(unevaluated, limits.rows, ([id, units]) => ({
      id,
      title: checkTitle(context, id),
      units: listed([...new Set(units)].sort(compareText), limits.names),
    })),
  };
}
