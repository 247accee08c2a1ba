import { type AwsRuntime, RunAborted } from './runtime.ts';

interface Turn {
  readonly waited: boolean;
  /** Ends the call, so that the next one may start where calls in flight are bounded. */
  release(): void;
}

export interface TokenBucket {
  take(): Promise<Turn>;
}

export interface TokenBucketSettings {
  readonly runtime: AwsRuntime;
  readonly signal: AbortSignal;
  readonly perSecond: number;
  readonly burst: number;
  readonly concurrency: number;
}

interface Waiting {
  waited: boolean;
  readonly grant: (turn: Turn) => void;
  readonly refuse: (reason: Error) => void;
}

/**
 * Hands out turns in the order in which they were asked for, never more than `burst + perSecond × t` in any time t.
 * Once the run is stopped, whoever waits is refused as soon as a sleep or a call in flight ends.
 */
export function createTokenBucket(settings: TokenBucketSettings): TokenBucket {
  const { runtime, signal, perSecond, burst, concurrency } = settings;
  const queue: Waiting[] = [];
  let tokens = burst;
  let filledAt = runtime.now();
  let inFlight = 0;
  let serving = false;

  const refill = (at: number): void => {
    if (at > filledAt) {
      tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
      filledAt = at;
    }
  };

  const refuseAll = (): void => {
    for (const waiting of queue.splice(0)) {
      waiting.refuse(new RunAborted('the run was stopped'));
    }
  };

  const waitForToken = async (first: Waiting): Promise<void> => {
    first.waited = true;
    const milliseconds = Math.ceil(((1 - tokens) / perSecond) * 1000);
    const until = Math.max(filledAt, runtime.now()) + milliseconds;
    await runtime.sleep(milliseconds, signal);
    // A timer may fire a little early, and a test's clock may stand still: the wait itself is what counts.
    refill(Math.max(runtime.now(), until));
  };

  const serve = async (): Promise<void> => {
    if (serving) {
      return;
    }
    serving = true;
    try {
      for (let first = queue[0]; first !== undefined && inFlight < concurrency; first = queue[0]) {
        if (signal.aborted) {
          refuseAll();
          break;
        }
        refill(runtime.now());
        if (tokens < 1) {
          await waitForToken(first);
          continue;
        }
        tokens -= 1;
        inFlight += 1;
        queue.shift();
        first.grant({ waited: first.waited, release: once(finish) });
      }
    } catch {
      // The only thing that fails here is the sleep, and only because the run was stopped.
      refuseAll();
    } finally {
      serving = false;
    }
  };

  const finish = (): void => {
    inFlight -= 1;
    void serve();
  };

  return {
    take: () =>
      new Promise((grant, refuse) => {
        if (signal.aborted) {
          refuse(new RunAborted('the run was stopped'));
          return;
        }
        queue.push({ waited: inFlight >= concurrency || queue.length > 0, grant, refuse });
        void serve();
      }),
  };
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) {
      done = true;
      action();
    }
  };
}
