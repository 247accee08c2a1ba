import {
  type CoverageState,
  coverageDrawing,
  coverageLabels,
  coverageStates,
} from '../graph/coverage-drawing.ts';
import { compareText, formatNumber } from '../text/phrases.ts';
import { clip, visible } from '../text/visible.ts';
import type { ReportContext } from './report-context.ts';
import { listed, mapListed } from './report-context.ts';
import type { CoverageView } from './report-view.ts';

/** Width of the drawing's bar in its own units. */
const barWidth = 200;

export function coverageView({ result, limits }: ReportContext): CoverageView {
  const { byAccount, byService } = result.coverage;
  const services = [...new Set(byAccount.flatMap((account) => Object.keys(account.keys)))].sort(compareText);
  const stateOf = (account: (typeof byAccount)[number], service: string): CoverageState =>
    Object.hasOwn(account.keys, service) ? (account.keys[service] ?? 'not-asked') : 'not-asked';
  const counts = new Map<CoverageState, number>();
  const holes = new Map<string, number>();
  for (const account of byAccount) {
    for (const service of services) {
      const state = stateOf(account, service);
      counts.set(state, (counts.get(state) ?? 0) + 1);
      if (state !== 'complete') {
        holes.set(account.accountId, (holes.get(account.accountId) ?? 0) + 1);
      }
    }
  }
  const cells = Math.max(1, byAccount.length * services.length);
  let x = 0;
  const summary = coverageStates
    .map((id) => ({ id, label: coverageLabels[id], count: counts.get(id) ?? 0 }))
    .filter(({ count }) => count > 0)
    .map((tally) => {
      const width = Math.round((tally.count / cells) * barWidth * 10) / 10;
      const segment = { ...tally, x: Math.round(x * 10) / 10, width };
      x += width;
      return segment;
    });
  const accounts = [...byAccount].sort(
    (left, right) =>
      Number(left.swept) - Number(right.swept) ||
      (holes.get(right.accountId) ?? 0) - (holes.get(left.accountId) ?? 0) ||
      compareText(left.accountId, right.accountId),
  );
  return {
    services: services.slice(0, limits.rows),
    drawing: coverageDrawing(
      services.slice(0, limits.rows).map((service) => visible(clip(service, 24))),
      accounts.slice(0, limits.rows).map((account) => ({
        accountId: visible(clip(account.accountId, 24)),
        name: account.name === null ? null : visible(clip(account.name, 64)),
        swept: account.swept,
        states: services.slice(0, limits.rows).map((service) => stateOf(account, service)),
      })),
    ),
    accounts: mapListed(accounts, limits.rows, (account) => ({
      accountId: account.accountId,
      name: account.name,
      swept: account.swept,
      cells: services.slice(0, limits.rows).map((service) => {
        const state = stateOf(account, service);
        return { state, label: coverageLabels[state] };
      }),
    })),
    summary,
    summaryText: summary.map(({ label, count }) => `${formatNumber(count)} ${label}`).join(', '),
    byService: listed(
      Object.entries(byService)
        .map(([service, counted]) => ({ service, ...counted }))
        .sort((left, right) => compareText(left.service, right.service)),
      limits.rows,
    ),
  };
}
