import { isInWindow } from './age.ts';
import type { CheckContext } from './check.ts';
import type { Incident } from './incident.ts';

/** Reasons for `not-applicable` that many checks share, and the incident's window. */
export function notManagementAccount({
  unit,
  managementAccountId,
}: Pick<CheckContext, 'unit' | 'managementAccountId'>): string | null {
  if (managementAccountId === null) {
    return 'The account is in no organization, or the organization is not in scope.';
  }
  return managementAccountId === unit.accountId ? null : 'Not the management account.';
}

export function noIncidentWindow({ incident }: Pick<CheckContext, 'incident'>): string | null {
  return incident?.window ? null : 'No incident window is given.';
}

/** A baseline that holds nothing of a type says nothing about it. */
export function notInAnyBaseline({ baseline }: Pick<CheckContext, 'baseline'>, type: string): string | null {
  if (baseline === null) {
    return 'No baseline is given.';
  }
  return baseline.ofType(type).length === 0 ? `The baseline holds no reviewed entry of type ${type}.` : null;
}

/**
 * True for a reason that is no property of the place: nobody gave a baseline, so nothing was held against one. The check
 * was not asked, which proves nothing.
 */
export function isForWantOfBaseline(reason: string): boolean {
  return /^(?:there is )?no baseline\b|^Neither (?:a|the) baseline\b|^The baseline holds no\b|^No entry of the baseline\b/i.test(
    reason,
  );
}

export function isInIncident(time: string | null, incident: Incident | null): boolean {
  return time !== null && incident?.window != null && isInWindow(time, incident.window);
}
