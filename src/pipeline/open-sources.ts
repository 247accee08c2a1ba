import { availableParallelism } from 'node:os';
import { logFilesSource } from '../events/log-files-source.ts';
import { InputError } from '../input/input-error.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { EventSource } from '../model/event-source.ts';
import type { PipelineHost } from './host.ts';

export interface OpenedSources {
  readonly sources: readonly EventSource[];
  /** Accounts of the organization, where opening a source told them. */
  readonly organizationAccountIds: readonly string[] | null;
}

/** Sorts what `--trail` names: files, folders and globs together make one source. */
export async function openSources(options: RunOptions, host: PipelineHost): Promise<OpenedSources> {
  const wanted = options.trail;
  if (wanted.includes('none')) {
    if (wanted.length > 1) {
      throw new InputError('--trail none excludes other trails', 'Leave out one of them.');
    }
    return { sources: [], organizationAccountIds: null };
  }
  const unread = wanted.find((name) => name === 'lookup' || name.startsWith('s3://'));
  if (unread !== undefined) {
    throw new InputError(
      `--trail ${unread}: this version reads delivered log files only`,
      'Copy the logs (`aws s3 sync`) and give the folder.',
    );
  }
  const paths = wanted;
  const files =
    paths.length === 0
      ? []
      : [
          logFilesSource({
            paths,
            now: host.runtime.now(),
            signal: host.signal,
            cores: availableParallelism(),
          }),
        ];
  return { sources: files, organizationAccountIds: null };
}
