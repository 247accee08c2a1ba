import type { EventSource } from '../model/event-source.ts';
import { deliveredFile } from './delivery-name.ts';
import type { DigestKeys } from './digest.ts';
import { defaultWholeEvents, scanFilter, type WholeEvents, wantsEvent } from './event-filter.ts';
import { type FoundFile, findLogFiles } from './find-log-files.ts';
import { textSize } from './group-jobs.ts';
import type { KeptRecords } from './kept-records.ts';
import { digestTexts, logReadingResult } from './log-reading-result.ts';
import { readLog } from './read-log.ts';
import type { LogInput } from './scan-job.ts';
import { openScanPool } from './scan-pool.ts';
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
  /** Shared with the other sources of a trace. */
  readonly kept?: KeptRecords;
}

const mostThreads = 4;
/** Below this much text a thread costs more than it saves. */
const worthThreads = 16 * 1024 * 1024;
/** So many files are worth them, however small they are. */
const manyFiles = 1000;

/** Threads for a log that is worth them; looks at no more files than it takes to know that. */
function threadsFor(files: Iterable<FoundFile>, cores: number): number {
  const most = Math.max(0, Math.min(cores, mostThreads));
  let seen = 0;
  let text = 0;
  for (const { path, size } of files) {
    seen += 1;
    text += textSize({ name: path, size });
    if ((text >= worthThreads || seen >= manyFiles) && seen >= most) {
      return most;
    }
  }
  return text < worthThreads ? 0 : seen;
}

/** CloudTrail's files on disk: the strict reader. Every byte of every file is checked. */
export function logFilesSource(settings: LogFilesSettings): EventSource {
  const wholeEvents = settings.wholeEvents === undefined ? defaultWholeEvents() : settings.wholeEvents;
  const nameOf = settings.nameOf ?? ((path: string) => path);
  return {
    name: settings.paths.map(nameOf).join(' '),
    async read(query, sink) {
      const found = findLogFiles(settings.paths);
      const isDigest = (path: string): boolean => deliveredFile(path)?.digest === true;
      const digests: string[] = [];
      // Threads begin while the log is looked through.
      const threads = threadsFor(found.first(), settings.cores);
      const pool = openScanPool(scanFilter(query, wholeEvents), threads);
      // Before all files are asked for: what is found on the way is then not looked for again.
      const hashes = found.some(isDigest);
      // Their sizes are asked for while those before them are scanned.
      function* inputs(): Generator<LogInput> {
        for (const { path, size } of found.files()) {
          if (isDigest(path)) {
            digests.push(path);
          }
          yield { name: nameOf(path), size, content: { kind: 'path', path } };
        }
      }
      const reading = await readLog(inputs(), sink, {
        pool,
        hashes,
        signal: settings.signal,
        forSink: wantsEvent(wholeEvents),
        ...(settings.seen === undefined ? {} : { seen: settings.seen }),
        ...(settings.kept === undefined ? {} : { kept: settings.kept }),
      });
      const result = logReadingResult(reading, digestTexts(digests), {
        now: settings.now,
        digestKeys: settings.digestKeys ?? {},
        listedFrom: null,
      });
      return { ...result, gaps: [...found.gaps, ...result.gaps] };
    },
  };
}
