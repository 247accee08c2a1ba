import type { EventCoverage } from '../../model/event-source.ts';
import type { NodeDraft } from './node-draft.ts';

/** Delivery lags: coverage that ends this long before the evidence's time still counts as reaching it. */
const lag = 60 * 60_000;

function spans(coverage: EventCoverage, from: number, until: number): boolean {
  return (
    Date.parse(coverage.from) <= from &&
    Date.parse(coverage.to) >= until &&
    coverage.holes.every((hole) => Date.parse(hole.to) <= from || Date.parse(hole.from) >= until)
  );
}

/**
 * Was it ever used? "No" only where every region of the account is covered without a hole from its making to its end;
 * lookups answer for the credentials asked for and cannot prove an absence.
 */
export function usageOf(
  draft: NodeDraft,
  expiresAt: string | null,
  coverage: readonly EventCoverage[] | undefined,
  asOf: string,
): boolean | null {
  if (draft.kind !== 'credential' && draft.kind !== 'session') {
    return null;
  }
  if (draft.used) {
    return true;
  }
  const own = (coverage ?? []).filter(({ accountId }) => accountId === draft.accountId);
  const end = Math.min(
    expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt),
    Date.parse(asOf) - lag,
  );
  const from = draft.firstAt;
  // Activity shows access keys and sessions by their id; passwords, SSH keys and certificates act under other names.
  const shows = draft.key.startsWith('key ');
  return shows &&
    from !== null &&
    own.length > 0 &&
    own.every((part) => part.basis !== 'lookup' && spans(part, from, end))
    ? false
    : null;
}
