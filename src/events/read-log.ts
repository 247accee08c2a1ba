import type { EventCounts, EventSink } from '../model/event-source.ts';
import type { TrailEvent } from '../model/trail-event.ts';
import type { EventTest } from './event-filter.ts';
import { FileTally } from './file-tally.ts';
import { BatchFold, type Folded } from './fold-batches.ts';
import { groupJobs } from './group-jobs.ts';
import { KeptRecords } from './kept-records.ts';
import type { LaneBucket } from './lane-activity.ts';
import { LeftOut } from './left-out.ts';
import type { ScannedBatch, ScannedFile } from './scan-batch.ts';
import type { LogInput } from './scan-job.ts';
import type { LaneBatch, ScanPool } from './scan-pool.ts';
import { SeenEvents } from './seen-events.ts';
import { SeenPlaces } from './seen-places.ts';
import type { RecordPlace, UnusableRecord } from './whole-events.ts';

export interface ReadLogSettings {
  /** Closed when the log was read. */
  readonly pool: ScanPool;
  /** Also hash each file's plain content, to hold it against digests. */
  readonly hashes: boolean;
  readonly signal: AbortSignal;
  /** Shared by sources that may hold the same events. */
  readonly seen?: SeenEvents;
  /** Shared by sources that are read for one trace. */
  readonly kept?: KeptRecords;
  /** Which whole events the sink wants; the others are for the coverage. */
  readonly forSink: EventTest;
}

/** What a log came to. */
export interface LogReading {
  readonly counts: EventCounts;
  readonly files: FileTally;
  /** Stopping, starting and changing of trails. */
  readonly control: readonly TrailEvent[];
  readonly places: SeenPlaces;
  readonly otherContent: readonly RecordPlace[];
  /** The first of them. */
  readonly unusable: readonly UnusableRecord[];
  readonly unusableCount: number;
  readonly untold: number;
  /** Events that were read and not kept. */
  readonly leftOut: LeftOut;
  /** The run was stopped before the last file. */
  readonly aborted: boolean;
}

const jobsPerLane = 2;
/** So many records with something wrong are told one by one. */
const mostNamed = 1000;

class Reading {
  private readonly sink: EventSink;
  private readonly tally = new FileTally();
  private readonly control: TrailEvent[] = [];
  private readonly places = new SeenPlaces();
  private readonly otherContent: RecordPlace[] = [];
  private readonly unusable: UnusableRecord[] = [];
  private unusableCount = 0;
  private duplicates = 0;
  private untold = 0;
  private readonly leftOut = new LeftOut('events that the lineage may need');
  aborted = false;

  constructor(sink: EventSink) {
    this.sink = sink;
  }

  async take(folded: Folded, files: readonly ScannedFile[]): Promise<void> {
    this.duplicates += folded.duplicates;
    this.untold += folded.untold;
    for (const file of files) {
      this.tally.add(file);
    }
    this.otherContent.push(...folded.otherContent.slice(0, mostNamed - this.otherContent.length));
    const { whole } = folded;
    this.unusableCount += whole.unusable.length;
    this.unusable.push(...whole.unusable.slice(0, mostNamed - this.unusable.length));
    for (const calls of whole.leftOut) {
      this.leftOut.add(calls);
    }
    for (const event of whole.control) {
      this.control.push(event);
    }
    if (whole.events.length > 0) {
      await this.sink.events(whole.events);
    }
    await this.activity(folded.activity);
  }

  async activity(buckets: readonly LaneBucket[]): Promise<void> {
    for (const bucket of buckets) {
      this.places.add(bucket);
    }
    if (buckets.length > 0) {
      await this.sink.activity(buckets);
    }
  }

  result(): LogReading {
    const { tally, duplicates, unusable, unusableCount } = this;
    return {
      counts: tally.counts({ duplicates, unparsable: unusableCount }),
      files: tally,
      control: this.control,
      places: this.places,
      otherContent: this.otherContent,
      unusable,
      unusableCount,
      untold: this.untold,
      leftOut: this.leftOut,
      aborted: this.aborted,
    };
  }
}

interface Running {
  readonly scan: Promise<LaneBatch>;
  readonly job: readonly LogInput[];
}

/** Names that crossed from a thread are copies: events remember them for as long as they are kept. */
function withNamesOf(job: readonly LogInput[], batch: ScannedBatch): ScannedBatch {
  const names = new Map(job.map(({ name }) => [name, name]));
  return {
    ...batch,
    files: batch.files.map((file) => ({ ...file, name: names.get(file.name) ?? file.name })),
  };
}

/**
 * Reads the files of a log in their order: scanned in several threads, folded in one. At most two jobs per thread are
 * on their way, and a sink that takes its time stops the reading.
 */
export async function readLog(
  inputs: AsyncIterable<LogInput> | Iterable<LogInput>,
  sink: EventSink,
  settings: ReadLogSettings,
): Promise<LogReading> {
  const { pool, hashes } = settings;
  const kept = settings.kept ?? new KeptRecords();
  const seen = settings.seen ?? new SeenEvents(kept.limits.seenEvents);
  const fold = new BatchFold(seen, kept, pool.lanes, settings.forSink);
  if (pool.lanes > 1) {
    // Threads are beginning: there is nothing to fold for a while.
    seen.furnish();
  }
  const reading = new Reading(sink);
  const running: Running[] = [];
  const settle = async ({ scan, job }: Running): Promise<void> => {
    const { lane, batch } = await scan;
    const named = withNamesOf(job, batch);
    await reading.take(fold.fold(named, lane), named.files);
  };
  const start = (job: readonly LogInput[]): void => {
    const scan = pool.scan({ inputs: job, hashes });
    // It is awaited in its turn; until then a failure must not count as unhandled.
    scan.catch(() => undefined);
    running.push({ scan, job });
  };
  try {
    for await (const job of groupJobs(inputs)) {
      if (settings.signal.aborted) {
        reading.aborted = true;
        break;
      }
      start(job);
      const oldest = running.length >= pool.lanes * jobsPerLane ? running.shift() : undefined;
      if (oldest !== undefined) {
        await settle(oldest);
      }
    }
    for (const oldest of running) {
      await settle(oldest);
    }
    // Threads take their time to end.
    await Promise.all([pool.close(), reading.activity(fold.rest())]);
  } finally {
    await pool.close();
  }
  return reading.result();
}
