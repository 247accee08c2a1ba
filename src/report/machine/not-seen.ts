import type { AuditResult } from '../../model/audit-result.ts';
import { countOf, listOf } from '../text/phrases.ts';

export type NotSeenCode = 'account-not-swept' | 'scope-limited' | 'trail-hole' | 'trail-missing';

/** Something outside of the questions asked that was not looked at. */
export interface NotSeen {
  readonly code: NotSeenCode;
  readonly text: string;
  readonly accountId: string | null;
}

const shownPlaces = 5;

function scopeFacts({ scope }: AuditResult): readonly NotSeen[] {
  const facts: string[] = [];
  if (scope.ofAccounts !== null && scope.accounts.length < scope.ofAccounts) {
    facts.push(
      `Only ${scope.accounts.length} of ${countOf(scope.ofAccounts, 'account', 'accounts')} in scope.`,
    );
  } else if (scope.ofAccounts === null) {
    facts.push('How many accounts the organization has is not known.');
  }
  if (!scope.managementAccountSwept) {
    facts.push('The management account was not swept.');
  }
  return facts.map((text) => ({ code: 'scope-limited', text, accountId: null }));
}

function trailFacts({ coverage, incident }: AuditResult): readonly NotSeen[] {
  if (coverage.trail === null) {
    const text = 'No CloudTrail events were read: nothing tells who made or changed what.';
    return incident === null ? [] : [{ code: 'trail-missing', text, accountId: null }];
  }
  const places = new Map<string, string[]>();
  for (const { from, to, where, why } of coverage.trail.holes) {
    const key = `${from} to ${to}: ${why}`;
    const known = places.get(key);
    if (known === undefined) {
      places.set(key, [where]);
    } else {
      known.push(where);
    }
  }
  return [...places].map(([key, where]) => {
    const rest = where.length - shownPlaces;
    const names = [...where.slice(0, shownPlaces), ...(rest > 0 ? [`${rest} more`] : [])];
    return {
      code: 'trail-hole',
      text: `CloudTrail events are missing from ${key} (${listOf(names)})`,
      accountId: null,
    };
  });
}

/** What the sweep did not look at, beside the questions that stayed open. */
export function notSeen(result: AuditResult): readonly NotSeen[] {
  return [
    ...scopeFacts(result),
    ...result.coverage.notSwept.map(({ accountId, reason }) => ({
      code: 'account-not-swept' as const,
      text: `Account ${accountId} was not swept: ${reason}`,
      accountId,
    })),
    ...trailFacts(result),
  ];
}
