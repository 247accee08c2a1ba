import { ActivityCounter } from '../derive/lineage/activity-counter.ts';
import { JoinedEvents } from '../events/joined-events.ts';
import { LeftOut } from '../events/left-out.ts';
import { type LogLimits, logLimits } from '../events/log-limits.ts';
import type { ActivityBucket } from '../model/activity.ts';
import type { ActivityList } from '../model/activity-list.ts';
import type { EventList } from '../model/event-list.ts';
import type { EventCounts, EventCoverage, EventQuery, EventSource } from '../model/event-source.ts';
import type { Gap } from '../model/gap.ts';

export interface CollectedEvents {
  readonly events: EventList;
  /** Added up over all sources. */
  readonly activity: ActivityList;
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

function leaveOut(buckets: readonly ActivityBucket[], leftOut: LeftOut): void {
  for (const { accountId, region, calls, firstAt, lastAt } of buckets) {
    leftOut.add({ accountId, region, calls, first: Date.parse(firstAt), last: Date.parse(lastAt) });
  }
}

/** Reads every source, one after the other, into what the lineage is told from. */
export async function collectEvents(
  sources: readonly EventSource[],
  query: EventQuery,
  limits: LogLimits = logLimits(),
): Promise<CollectedEvents> {
  const events = new JoinedEvents();
  const activity = new ActivityCounter();
  const leftOut = new LeftOut('counted calls');
  let coverage: readonly EventCoverage[] = [];
  let gaps: readonly Gap[] = [];
  let counts = noCounts;
  for (const source of sources) {
    const reading = await source.read(query, {
      events: async (batch) => {
        events.add(batch);
      },
      activity: async (batch) => {
        if (activity.size < limits.buckets && activity.texts < limits.texts) {
          activity.add(batch);
        } else {
          leaveOut(batch, leftOut);
        }
      },
    });
    coverage = [...coverage, ...within(reading.coverage, query)];
    gaps = [...gaps, ...reading.gaps];
    counts = sum(counts, reading.counts);
  }
  return {
    events,
    activity: activity.table(),
    coverage: leftOut.without(coverage),
    gaps: [...gaps, ...leftOut.gaps()],
    counts,
  };
}
