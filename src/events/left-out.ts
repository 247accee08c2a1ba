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

/** So many accounts and regions are told one by one: more than an organization has, fewer than a forged log can name. */
const mostPlaces = 20_000;

const advice = 'give --trail-memory more, or fewer files';

/** Of a place; a record may name an account `null` or a region with a space. */
function keyOf(accountId: string | null, region: string): string {
  return JSON.stringify([accountId, region]);
}

const nowhere = keyOf(null, '');

/** What was read and not kept, because the memory that the run may use was full: it proves nothing. */
export class LeftOut {
  private readonly spans = new Map<string, LeftOutCalls>();
  private readonly what: string;
  private readonly most: number;

  /**
   * @param what as in `12 <what> were not kept`
   * @param most places beyond these are told as one, which leaves its hole everywhere
   */
  constructor(what: string, most = mostPlaces) {
    this.what = what;
    this.most = most;
  }

  add({ accountId, region, calls, first, last }: LeftOutCalls): void {
    const own = keyOf(accountId, region);
    const isNamed = this.spans.has(own) || this.spans.size < this.most;
    const key = isNamed ? own : nowhere;
    const known = this.spans.get(key);
    this.spans.set(key, {
      accountId: isNamed ? accountId : null,
      region: isNamed ? region : '',
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
    const byAccount = new Map<string | null, LeftOutCalls[]>();
    for (const span of this.sorted()) {
      const own = byAccount.get(span.accountId) ?? [];
      own.push(span);
      byAccount.set(span.accountId, own);
    }
    return byAccount.size === 0
      ? coverage
      : coverage.map((one) => {
          const own = (byAccount.get(one.accountId) ?? []).filter(
            ({ region }) => region === '' || region === one.region,
          );
          return {
            ...one,
            holes: [...one.holes, ...this.holesIn(one, [...own, ...(byAccount.get(null) ?? [])])],
          };
        });
  }

  private holesIn({ from, to }: EventCoverage, spans: readonly LeftOutCalls[]): EventCoverage['holes'] {
    const why = `${this.what} of this time were not kept: ${advice}`;
    return spans
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
