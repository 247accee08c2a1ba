import type { AuditResult } from '../../model/audit-result.ts';
import type { TraceResult } from '../../model/trace-result.ts';

/**
 * The coverage of all accounts and regions in one line: from when on everything was covered, until when, and every
 * hole. No event outside of it proves an absence.
 */
export function trailCoverageOf(trace: TraceResult | null): AuditResult['coverage']['trail'] {
  const [first, ...rest] = trace?.coverage ?? [];
  if (first === undefined) {
    return null;
  }
  const all = [first, ...rest];
  const from =
    all
      .map((one) => one.from)
      .sort()
      .at(-1) ?? first.from;
  const to = all.map((one) => one.to).sort()[0] ?? first.to;
  const holes = all.flatMap((one) =>
    one.holes.map((hole) => ({
      from: hole.from,
      to: hole.to,
      where: `${one.accountId}/${one.region}`,
      why: hole.why,
    })),
  );
  return {
    from,
    to,
    holes: holes.sort((left, right) => (left.from + left.where < right.from + right.where ? -1 : 1)),
  };
}
