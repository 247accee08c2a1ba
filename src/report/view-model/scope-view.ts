import { countOf, formatNumber, formatTime } from '../text/phrases.ts';
import { clip } from '../text/visible.ts';
import type { BoardFactView } from './board-view.ts';
import type { ReportContext } from './report-context.ts';
import type { ReportView } from './report-view.ts';

export interface ScopeFacts {
  /** Accounts that were really swept. */
  readonly swept: number;
  readonly total: number | null;
  readonly wholeOrganization: boolean;
}

export function scopeFacts({ result }: ReportContext): ScopeFacts {
  const notSwept = new Set([
    ...result.coverage.notSwept.map((account) => account.accountId),
    ...result.coverage.byAccount.filter((account) => !account.swept).map((account) => account.accountId),
  ]);
  const swept = new Set(result.scope.accounts.filter((account) => !notSwept.has(account))).size;
  const total = result.scope.ofAccounts;
  return {
    swept,
    total,
    wholeOrganization:
      total !== null &&
      swept >= total &&
      notSwept.size === 0 &&
      result.scope.organizationInScope &&
      result.scope.managementAccountSwept,
  };
}

function accountsFact(context: ReportContext): BoardFactView {
  const { swept, total } = scopeFacts(context);
  const unreached = context.result.coverage.notSwept.length;
  const value =
    total === null
      ? `${countOf(swept, 'account', 'accounts')}, of an unknown number`
      : `${formatNumber(swept)} of ${countOf(total, 'account', 'accounts')}`;
  return {
    label: 'Accounts',
    value,
    detail: unreached === 0 ? null : `${formatNumber(unreached)} in scope could not be swept`,
    warning: total === null || swept < total || unreached > 0,
    href: '#coverage',
  };
}

const regionsShown = 6;

function regionsFact({ result }: ReportContext): BoardFactView {
  const { regions } = result.scope;
  const shown = regions.slice(0, regionsShown).map((region) => clip(region, 40));
  const more = regions.length > shown.length ? ` and ${regions.length - shown.length} more` : '';
  return {
    label: 'Regions',
    value: countOf(regions.length, 'region', 'regions'),
    detail: regions.length === 0 ? null : shown.join(', ') + more,
    warning: regions.length === 0,
    href: '#coverage',
  };
}

function organizationFact({ result }: ReportContext): BoardFactView {
  const inScope = result.scope.organizationInScope;
  return {
    label: 'Organization level',
    value: inScope ? 'In scope' : 'Not in scope',
    detail: result.organizationId ?? 'organization unknown, or none',
    warning: !inScope,
    href: '#coverage',
  };
}

function managementFact({ result }: ReportContext): BoardFactView {
  const swept = result.scope.managementAccountSwept;
  return {
    label: 'Management account',
    value: swept ? 'Swept' : 'Not swept',
    detail: result.managementAccountId,
    warning: !swept,
    href: '#coverage',
  };
}

function eventsFact({ result }: ReportContext): BoardFactView {
  const { trail } = result.coverage;
  if (trail === null) {
    return {
      label: 'CloudTrail events',
      value: 'Not read',
      detail: 'who made what is not proved',
      warning: true,
      href: '#method',
    };
  }
  return {
    label: 'CloudTrail events',
    value: trail.holes.length === 0 ? 'Without holes' : countOf(trail.holes.length, 'hole', 'holes'),
    detail: `read from ${formatTime(trail.from)} to ${formatTime(trail.to)}`,
    warning: trail.holes.length > 0,
    href: '#method',
  };
}

export function scopeView(context: ReportContext): ReportView['scope'] {
  const { result } = context;
  const loud: string[] = [];
  if (!result.scope.managementAccountSwept) {
    loud.push(
      'The management account was not swept. No organization policy limits it, and whoever holds it holds every account: nothing below says anything about it.',
    );
  }
  return {
    accounts: accountsFact(context),
    facts: [managementFact(context), organizationFact(context), regionsFact(context), eventsFact(context)],
    loud,
  };
}
