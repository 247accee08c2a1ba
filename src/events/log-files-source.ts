import type { EventSource } from '../model/event-source.ts';
import { deliveredFile } from './delivery-name.ts';
import type { DigestKeys } from './digest.ts';
import { defaultWholeEvents, scanFilter, type WholeEvents, wantsEvent } from './event-filter.ts';
import { type FoundFile, findLogFiles } from './find-log-files.ts';
import { textSize } from './group-jobs.ts';
import { digestTexts, logReadingResult } from './log-reading-result.ts';
import { readLog } from './read-log.ts';
import type { ScanFilter } from './scan-batch.ts';
import type { LogInput } from './scan-job.ts';
import { openScanPool, type ScanPool } from './scan-pool.ts';
import type { SeenEvents } from './seen-events.ts';

export interface LogFilesSettings {
  /** As people wrote them: files, folders, globs. */
  readonly paths: readonly string[];
  /** How a file is called in what people read; without it by its path. */
  readonly nameOf?: (path: string) => string;
  /** Milliseconds: coverage ends at least 15 minutes before. */
  readonly now: number;
  readonly signal: AbortSignal;
  /** Cores that may be used; at most four threads are started, none for a small log. */
  readonly cores: number;
  /** Which events reach the sink whole; without it those of the lineage. */
  readonly wholeEvents?: WholeEvents;
  readonly digestKeys?: DigestKeys;
  /** Shared with other sources that may hold the same events. */
  readonly seen?: SeenEvents;
}

const mostThreads = 4;
/** Below this much text a thread costs more than it saves. */
const worthThreads = 16 * 1024 * 1024;

/** Threads get ready while files are still looked for, as soon as there is enough for them. */
class EarlyPool {
  private readonly filter: ScanFilter;
  private readonly most: number;
  private files = 0;
  private text = 0;
  private pool: ScanPool | null = null;

  constructor(filter: ScanFilter, cores: number) {
    this.filter = filter;
    this.most = Math.max(0, Math.min(cores, mostThreads));
  }

  found({ path, size }: FoundFile): void {
    this.files += 1;
    this.text += textSize({ name: path, size });
    if (this.pool === null && this.text >= worthThreads && this.files >= this.most) {
      this.pool = openScanPool(this.filter, this.most);
    }
  }

  opened(): ScanPool {
    const threads = this.text < worthThreads ? 0 : Math.min(this.most, this.files);
    return this.pool ?? openScanPool(this.filter, threads);
  }
}

/** CloudTrail's files on disk: the strict reader. Every byte of every file is checked. */
export function logFilesSource(settings: LogFilesSettings): EventSource {
  const wholeEvents = settings.wholeEvents === undefined ? defaultWholeEvents() : settings.wholeEvents;
  const nameOf = settings.nameOf ?? ((path: string) => path);
  return {
    name: settings.paths.map(nameOf).join(' '),
    async read(query, sink) {
      const early = new EarlyPool(scanFilter(query, wholeEvents), settings.cores);
      const found = findLogFiles(settings.paths, (file) => early.found(file));
      const digests = found.files.filter(({ path }) => deliveredFile(path)?.digest === true);
      const inputs = found.files.map(
        ({ path, size }): LogInput => ({ name: nameOf(path), size, content: { kind: 'path', path } }),
      );
      const reading = await readLog(inputs, sink, {
        pool: early.opened(),
        hashes: digests.length > 0,
        signal: settings.signal,
        forSink: wantsEvent(wholeEvents),
        ...(settings.seen === undefined ? {} : { seen: settings.seen }),
      });
      const result = logReadingResult(reading, digestTexts(digests.map(({ path }) => path)), {
        now: settings.now,
        digestKeys: settings.digestKeys ?? {},
        listedFrom: null,
      });
      return { ...result, gaps: [...found.gaps, ...result.gaps] };
    },
  };
}
