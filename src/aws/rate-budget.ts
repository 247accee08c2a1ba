import type { ServiceName } from './operation.ts';
import { type PublishedLimit, publishedLimits } from './published-limits.ts';
import { type AwsRuntime, RunAborted } from './runtime.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** Where and what a call is: limits count per account, region and group of operations. */
export interface CallPlace {
  readonly accountId: string;
  readonly region: string;
  readonly service: ServiceName;
  readonly command: string;
}

export interface RateBudget {
  /** Waits for its turn; first come, first served. Resolves to the function that ends the call. */
  acquire(place: CallPlace): Promise<() => void>;
  /** Calls that had to wait so far. */
  waits(): number;
}

export interface RateBudgetSettings {
  readonly runtime: AwsRuntime;
  readonly signal: AbortSignal;
  /** Our share of the published limits, 0 to 1. */
  readonly rateShare: number;
  readonly limits?: readonly PublishedLimit[];
}

function limitsFor(limits: readonly PublishedLimit[], place: CallPlace): readonly PublishedLimit[] {
  const named = limits.filter(
    (limit) => limit.services.includes(place.service) && limit.commands?.includes(place.command) === true,
  );
  const general = limits.filter(
    (limit) => limit.services.includes(place.service) && limit.commands === undefined,
  );
  return named.length === 0 || named.every((limit) => limit.inAddition === true)
    ? [...named, ...general]
    : named;
}

export function createRateBudget(settings: RateBudgetSettings): RateBudget {
  const limits = settings.limits ?? publishedLimits;
  const buckets = new Map<string, TokenBucket>();
  let waits = 0;

  const bucketOf = (limit: PublishedLimit, place: CallPlace): TokenBucket => {
    const group = limit.counts === 'each' ? `${place.service}:${place.command}` : limit.services.join('+');
    const key = `${place.accountId} ${place.region} ${limits.indexOf(limit)} ${group}`;
    const known = buckets.get(key);
    if (known !== undefined) {
      return known;
    }
    const bucket = createTokenBucket({
      runtime: settings.runtime,
      signal: settings.signal,
      perSecond: limit.perSecond * settings.rateShare,
      burst: Math.max(1, Math.floor(limit.burst * settings.rateShare)),
      concurrency: limit.concurrency ?? Number.POSITIVE_INFINITY,
    });
    buckets.set(key, bucket);
    return bucket;
  };

  return {
    async acquire(place) {
      const releases: (() => void)[] = [];
      const releaseAll = (): void => {
        for (const release of releases) {
          release();
        }
      };
      let waited = false;
      try {
        // Always the narrow bucket before the wide one: two calls can never wait for each other.
        for (const limit of limitsFor(limits, place)) {
          const turn = await bucketOf(limit, place).take();
          releases.push(turn.release);
          waited ||= turn.waited;
        }
      } catch (error) {
        releaseAll();
        throw error;
      }
      waits += waited ? 1 : 0;
      return releaseAll;
    },
    waits: () => waits,
  };
}

/** No limits, for endpoints that nobody shares (recordings, emulators). */
export function createUnlimitedBudget(signal: AbortSignal): RateBudget {
  return {
    async acquire() {
      if (signal.aborted) {
        throw new RunAborted('the run was stopped');
      }
      return () => undefined;
    },
    waits: () => 0,
  };
}
