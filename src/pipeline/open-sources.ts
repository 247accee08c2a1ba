import { availableParallelism } from 'node:os';
import { dirname, isAbsolute } from 'node:path';
import { createReader } from '../aws/aws-reader.ts';
import { FatalAwsError } from '../aws/fatal-aws-error.ts';
import { loadCollectors } from '../collect/load-collectors.ts';
import { selectCollectors } from '../collect/order-collectors.ts';
import { runCollectors } from '../collect/run-collectors.ts';
import { KeptRecords } from '../events/kept-records.ts';
import { logFilesSource } from '../events/log-files-source.ts';
import { type LogLimits, logLimits } from '../events/log-limits.ts';
import { type LookupAccount, lookupOperations, lookupSource } from '../events/lookup-source.ts';
import { s3Source, s3TrailOperations } from '../events/s3-source.ts';
import { InputError } from '../input/input-error.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { EventSource } from '../model/event-source.ts';
import type { Gap } from '../model/gap.ts';
import { accountUnit, organizationUnit } from '../model/scope.ts';
import { enterAccounts, openRole } from './account-sessions.ts';
import type { PipelineHost } from './host.ts';
import { moreSeeds } from './more-seeds.ts';
import { type Prepared, prepare } from './prepare.ts';

export interface OpenedSources {
  readonly sources: readonly EventSource[];
  /** Of what a trace may keep of them. */
  readonly limits: LogLimits;
  /** Accounts that could not be asked. */
  readonly gaps: readonly Gap[];
  /** Accounts of the organization, where opening a source told them. */
  readonly organizationAccountIds: readonly string[] | null;
}

interface Asked {
  readonly options: RunOptions;
  readonly host: PipelineHost;
  readonly prepared: Prepared;
  readonly kept: KeptRecords;
}

async function openBucket(uri: string, { options, host, prepared, kept }: Asked): Promise<EventSource> {
  const { edge, plan, region } = prepared;
  const role = options.trailRoleArn;
  const opened =
    role === undefined
      ? { session: plan.callerSession }
      : await openRole(edge, plan, role, role.split(':')[4] ?? plan.caller.accountId);
  if ('gap' in opened) {
    throw new FatalAwsError(
      `--trail-role-arn could not be assumed: ${opened.gap.detail}`,
      'Check the role and its trust policy.',
    );
  }
  const unit = organizationUnit(plan.partition);
  const reader = createReader(edge, {
    unit,
    partition: plan.partition,
    region,
    session: opened.session,
    operations: s3TrailOperations,
  });
  return s3Source({
    uri,
    reader,
    kept,
    now: host.runtime.now(),
    signal: host.signal,
    cores: availableParallelism(),
  });
}

/** Event history is asked in every account and region in scope: the management account does not show its members'. */
async function openLookup({
  options,
  host,
  prepared,
}: Asked): Promise<{ source: EventSource; gaps: readonly Gap[] }> {
  const { edge, plan } = prepared;
  const collectors = selectCollectors(await loadCollectors(), []);
  const outcome = await runCollectors({
    edge,
    plan,
    collectors,
    sink: { put: async () => undefined, closeAccount: async () => undefined },
    regions: options.regions.includes('all') ? 'all' : options.regions,
    concurrency: options.concurrency,
  });
  const entered = await enterAccounts(edge, plan);
  const accounts = outcome.accounts.flatMap(({ accountId, regions }): readonly LookupAccount[] => {
    const session = entered.sessions.get(accountId);
    if (session === undefined) {
      return [];
    }
    const reader = createReader(edge, {
      unit: accountUnit(plan.partition, accountId),
      partition: plan.partition,
      region: plan.region,
      session,
      operations: lookupOperations,
    });
    return [{ partition: plan.partition, accountId, regions, reader }];
  });
  const source = lookupSource({
    accounts,
    now: host.runtime.now(),
    moreSeeds,
    concurrency: options.concurrency,
  });
  return { source, gaps: entered.gaps };
}

/** Absolute paths are shown from the named folder on: where it lies on this machine is nobody's business. */
function shortName(paths: readonly string[]): (path: string) => string {
  const parents = paths.filter(isAbsolute).map((path) => `${dirname(path)}/`);
  return (path) => {
    const parent = parents.find((one) => path.startsWith(one));
    return parent === undefined ? path : path.slice(parent.length);
  };
}

/**
 * Files that were named are read whole in any case: what happened before the window tells the owner's habits and how
 * things were before the incident changed them.
 */
function fromTheBeginning(source: EventSource): EventSource {
  return {
    name: source.name,
    read: ({ window, ...query }, sink) =>
      source.read(
        { ...query, window: window === null ? null : { from: new Date(0).toISOString(), to: window.to } },
        sink,
      ),
  };
}

/**
 * Opens what `--trail` names: log files, buckets, event history. `fallback` is used where nothing is named; what log files cover
 * ends `now`.
 * @throws InputError, FatalAwsError
 */
export async function openSources(
  options: RunOptions,
  host: PipelineHost,
  fallback: readonly string[] = [],
  now: number = host.runtime.now(),
): Promise<OpenedSources> {
  const limits = logLimits(options.trailMemory);
  const kept = new KeptRecords(limits);
  const wanted = options.trail.length === 0 ? fallback : options.trail;
  if (wanted.includes('none')) {
    if (wanted.length > 1) {
      throw new InputError('--trail none excludes other trails', 'Leave out one of them.');
    }
    return { sources: [], limits, gaps: [], organizationAccountIds: null };
  }
  const buckets = wanted.filter((name) => name.startsWith('s3://'));
  const paths = wanted.filter((name) => name !== 'lookup' && !name.startsWith('s3://'));
  const files =
    paths.length === 0
      ? []
      : [
          fromTheBeginning(
            logFilesSource({
              paths,
              kept,
              nameOf: shortName(paths),
              now,
              signal: host.signal,
              cores: availableParallelism(),
            }),
          ),
        ];
  if (buckets.length === 0 && !wanted.includes('lookup')) {
    return { sources: files, limits, gaps: [], organizationAccountIds: null };
  }
  const collectors = selectCollectors(await loadCollectors(), []);
  const prepared = await prepare(options, collectors, host, [...lookupOperations, ...s3TrailOperations]);
  const asked: Asked = { options, host, prepared, kept };
  const opened: EventSource[] = [...files];
  for (const uri of buckets) {
    opened.push(await openBucket(uri, asked));
  }
  const lookup = wanted.includes('lookup') ? await openLookup(asked) : null;
  const { plan } = prepared;
  return {
    sources: lookup === null ? opened : [...opened, lookup.source],
    limits,
    gaps: lookup?.gaps ?? [],
    organizationAccountIds: plan.ofAccounts === null ? null : plan.accounts.map(({ accountId }) => accountId),
  };
}
