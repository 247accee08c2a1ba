import { type ActivityBucket, activityKey } from '../model/activity.ts';
import type { EventCounts, EventCoverage, EventQuery, EventSource } from '../model/event-source.ts';
import type { Gap } from '../model/gap.ts';
import type { TrailEvent } from '../model/trail-event.ts';

export interface CollectedEvents {
  readonly events: readonly TrailEvent[];
  readonly activity: readonly ActivityBucket[];
  readonly coverage: readonly EventCoverage[];
  readonly counts: EventCounts;
  readonly gaps: readonly Gap[];
}

const noCounts: EventCounts = {
  files: 0,
  bytes: 0,
  records: 0,
  outsideWindow: 0,
  duplicates: 0,
  unparsable: 0,
};

function sum(left: EventCounts, right: EventCounts): EventCounts {
  return {
    files: left.files + right.files,
    bytes: left.bytes + right.bytes,
    records: left.records + right.records,
    outsideWindow: left.outsideWindow + right.outsideWindow,
    duplicates: left.duplicates + right.duplicates,
    unparsable: left.unparsable + right.unparsable,
  };
}

/** UTC ISO-8601 times compare as text. */
function earlier(left: string, right: string): string {
  return left.localeCompare(right, 'en') <= 0 ? left : right;
}

function later(left: string, right: string): string {
  return left.localeCompare(right, 'en') >= 0 ? left : right;
}

function merged(known: ActivityBucket | undefined, more: ActivityBucket): ActivityBucket {
  if (known === undefined) {
    return more;
  }
  return {
    ...known,
    calls: known.calls + more.calls,
    firstAt: earlier(known.firstAt, more.firstAt),
    lastAt: later(known.lastAt, more.lastAt),
  };
}

/** What was not asked for is not covered, however far the source reaches. */
function within(found: readonly EventCoverage[], { window }: EventQuery): readonly EventCoverage[] {
  if (window === null) {
    return found;
  }
  const clip = <Span extends { readonly from: string; readonly to: string }>(span: Span): Span => ({
    ...span,
    from: Date.parse(span.from) < Date.parse(window.from) ? window.from : span.from,
    to: Date.parse(span.to) > Date.parse(window.to) ? window.to : span.to,
  });
  const isTime = ({ from, to }: { readonly from: string; readonly to: string }): boolean =>
    Date.parse(from) < Date.parse(to);
  return found.map((one) => ({ ...clip(one), holes: one.holes.map(clip).filter(isTime) })).filter(isTime);
}

/** Reads every source, one after the other, into what the lineage is told from. */
export async function collectEvents(
  sources: readonly EventSource[],
  query: EventQuery,
): Promise<CollectedEvents> {
  const events: TrailEvent[] = [];
  const activity = new Map<string, ActivityBucket>();
  const coverage: EventCoverage[] = [];
  const gaps: Gap[] = [];
  let counts = noCounts;
  for (const source of sources) {
    const reading = await source.read(query, {
      events: async (batch) => {
        for (const event of batch) {
          events.push(event);
        }
      },
      activity: async (batch) => {
        for (const bucket of batch) {
          const key = activityKey(bucket);
          activity.set(key, merged(activity.get(key), bucket));
        }
      },
    });
    coverage.push(...within(reading.coverage, query));
    gaps.push(...reading.gaps);
    counts = sum(counts, reading.counts);
  }
  return { events, activity: [...activity.values()], coverage, gaps, counts };
}
