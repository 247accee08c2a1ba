import type { ActivityBucket } from './activity.ts';
import type { EventList } from './event-list.ts';
import type { Gap } from './gap.ts';
import type { TimeWindow } from './incident.ts';

/** What an event source is asked; every part is pushed down to where the events lie. */
export interface EventQuery {
  /** Null = everything there is. Sources pad it for late delivery. */
  readonly window: TimeWindow | null;
  /** Null = every account found. */
  readonly accountIds: readonly string[] | null;
  /** Where a source cannot read everything (LookupEvents): what to look for first. */
  readonly seeds: {
    readonly accessKeyIds: readonly string[];
    readonly userNames: readonly string[];
    readonly resourceNames: readonly string[];
  };
}

/**
 * For one account and region: the time over which an event that happened would be here. No event inside a hole, or
 * outside [from, to), proves nothing.
 */
export interface EventCoverage {
  readonly accountId: string;
  readonly region: string;
  readonly from: string;
  readonly to: string;
  /** What proves it: a chain of digests, delivered files, or answered lookups. */
  readonly basis: 'digest' | 'delivery' | 'lookup';
  readonly holes: readonly (TimeWindow & { readonly why: string })[];
}

export interface EventCounts {
  readonly files: number;
  readonly bytes: number;
  readonly records: number;
  readonly outsideWindow: number;
  readonly duplicates: number;
  readonly unparsable: number;
}

/** What reading a source came to, besides the events themselves. */
export interface EventReading {
  readonly coverage: readonly EventCoverage[];
  /** Files and lookups that could not be used, by name, with what was skipped. */
  readonly gaps: readonly Gap[];
  readonly counts: EventCounts;
}

/** Takes what a source streams. Events reach it in any order; only those that matter to the lineage are passed. */
export interface EventSink {
  /** Events named in `lineageEvents` (src/model/lineage-events.ts), whatever their outcome. */
  events(batch: EventList): Promise<void>;
  /** Counted activity of every credential; buckets of one key may come several times and are to be added up. */
  activity(batch: readonly ActivityBucket[]): Promise<void>;
}

/** Log files, S3 prefixes, LookupEvents, later Athena: one contract. */
export interface EventSource {
  /** As people wrote it: a path, `s3://…`, `lookup`. */
  readonly name: string;
  read(query: EventQuery, sink: EventSink): Promise<EventReading>;
}
