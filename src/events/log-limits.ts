import { usualTrailMemory } from '../model/trail-memory.ts';

/** How much of a log is held at once. */
export interface LogLimits {
  /** Records that are told apart; those beyond are kept without asking whether they are there twice. */
  readonly seenEvents: number;
  /** Events that the lineage may need; those beyond are left out, and told. */
  readonly events: number;
  /** Different callers, and different ways in which one call is made, that those events have between them. */
  readonly callers: number;
  /** Bytes of their records up to which all of them stay in memory; else they wait on disk. */
  readonly residentBytes: number;
  /** Buckets of counted activity; those beyond are left out, and told. */
  readonly buckets: number;
  /** Different texts in those buckets. */
  readonly texts: number;
}

/** MiB that the program takes without a log. */
const ownMemory = 256;

/** Limits at which a trace of a large log was measured to stay within `memory` MiB (`npm run bench:trail`). */
export function logLimits(memory = usualTrailMemory): LogLimits {
  const share = (memory - ownMemory) / (usualTrailMemory - ownMemory);
  return {
    seenEvents: Math.floor(12_000_000 * share),
    events: Math.floor(900_000 * share),
    callers: Math.floor(400_000 * share),
    residentBytes: Math.floor(128 * 1024 * 1024 * share),
    buckets: Math.floor(500_000 * share),
    texts: Math.floor(600_000 * share),
  };
}
