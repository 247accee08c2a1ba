import type { EventCoverage } from '../model/event-source.ts';
import type { Gap } from '../model/gap.ts';
import { accountUnit, organizationUnit, regionUnit, type ScopeUnit } from '../model/scope.ts';
import { isoOf } from './event-time.ts';

/** A call, or calls that were counted together. */
export interface LeftOutCalls {
  readonly accountId: string | null;
  /** '' = the record does not tell. */
  readonly region: string;
  readonly calls: number;
  /** In milliseconds; both are inside the hole that they leave. */
  readonly first: number;
  readonly last: number;
}

const advice = 'give --trail-memory more, or fewer files';

/** What was read and not kept, because the memory that the run may use was full: it proves nothing. */
export class LeftOut {
  private readonly spans = new Map<string, LeftOutCalls>();
  private readonly what: string;

  /**
   * @param what as in `12 <what> were not kept`
   */
  constructor(what: string) {
    this.what = what;
  }

  add({ accountId, region, calls, first, last }: LeftOutCalls): void {
    const key = `${accountId} ${region}`;
    const known = this.spans.get(key);
    this.spans.set(key, {
      accountId,
      region,
      calls: (known?.calls ?? 0) + calls,
      first: Math.min(known?.first ?? first, first),
      last: Math.max(known?.last ?? last, last),
    });
  }

  gaps(): readonly Gap[] {
    return this.sorted().map(({ accountId, region, calls, first, last }) => ({
      reason: 'truncated',
      operation: 'events.memory',
      unit: unitOf(accountId, region),
      detail: `${calls} ${this.what} from ${isoOf(first)} to ${isoOf(last)} were not kept: the log is larger than the memory that this run may use; ${advice}`,
      retryable: false,
    }));
  }

  /** The coverage with holes where something was left out; what names no account leaves one everywhere. */
  without(coverage: readonly EventCoverage[]): readonly EventCoverage[] {
    const spans = this.sorted();
    return spans.length === 0
      ? coverage
      : coverage.map((one) => ({ ...one, holes: [...one.holes, ...this.holesIn(one, spans)] }));
  }

  private holesIn(
    { accountId, region, from, to }: EventCoverage,
    spans: readonly LeftOutCalls[],
  ): EventCoverage['holes'] {
    const why = `${this.what} of this time were not kept: ${advice}`;
    return spans
      .filter(
        (span) =>
          span.accountId === null ||
          (span.accountId === accountId && (span.region === '' || span.region === region)),
      )
      .map(({ first, last }) => ({
        from: isoOf(Math.max(first, Date.parse(from))),
        // The end of a hole lies outside of it.
        to: isoOf(Math.min(last + 1, Date.parse(to))),
        why,
      }))
      .filter((hole) => Date.parse(hole.from) < Date.parse(hole.to));
  }

  private sorted(): readonly LeftOutCalls[] {
    return [...this.spans].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, span]) => span);
  }
}

function unitOf(accountId: string | null, region: string): ScopeUnit {
  if (accountId === null) {
    return organizationUnit('aws');
  }
  return region === '' ? accountUnit('aws', accountId) : regionUnit('aws', accountId, region);
}
