import type { ResultCheck, ResultFinding } from '../../model/audit-result.ts';
import { attributions } from '../../model/finding.ts';
import { compareText } from '../text/phrases.ts';
import { countBy } from './count-by.ts';
import type { ReportContext } from './report-context.ts';
import { listed } from './report-context.ts';
import type { CardTokensView, Listed, ReportView, Tally } from './report-view.ts';
import { subjectService } from './subject-service.ts';
import { attributionTexts } from './wording.ts';

function sortedSet(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(compareText);
}

export function cardTokens(
  findings: readonly ResultFinding[],
  checks: readonly ResultCheck[],
): CardTokensView {
  return {
    severities: sortedSet(findings.map(({ severity }) => severity)),
    accounts: sortedSet(findings.map(({ subject }) => subject.accountId ?? 'organization')),
    services: sortedSet(findings.map(({ subject }) => subjectService(subject.arn))),
    techniques: sortedSet(checks.flatMap(({ techniques }) => techniques)),
    attributions: sortedSet(findings.map(({ attribution }) => attribution)),
  };
}

function tallies(values: readonly string[]): readonly Tally[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .sort(([left], [right]) => compareText(left, right))
    .map(([id, count]) => ({ id, label: id, count }));
}

/** What can be chosen: only values that some finding has, with the number of findings. */
export function tokenFilters({
  result,
  checks,
  limits,
}: ReportContext): Pick<ReportView['filters'], 'services' | 'techniques' | 'attributions'> {
  const { findings } = result;
  const byAttribution = countBy(findings, ({ attribution }) => attribution);
  const some = (values: readonly string[]): Listed<Tally> => listed(tallies(values), limits.rows);
  return {
    services: some(findings.map(({ subject }) => subjectService(subject.arn))),
    techniques: some(findings.flatMap(({ check }) => checks.get(check)?.techniques ?? [])),
    attributions: attributions
      .map((id) => ({
        id,
        label: attributionTexts[id].label,
        count: byAttribution.get(id) ?? 0,
      }))
      .filter(({ count }) => count > 0),
  };
}
