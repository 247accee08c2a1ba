import { setMaxListeners } from 'node:events';
import type { AwsRuntime } from '../aws/runtime.ts';

/** A wall in time: what is not answered by then is told as not reached. */
export interface TimeBudget {
  /** Aborts at the wall, or when the program is stopped. */
  readonly signal: AbortSignal;
  readonly milliseconds: number;
  readonly startedAt: number;
  /** True when it was the wall, and not the user, that ended the calls. */
  exhausted(): boolean;
  elapsed(): number;
  /** Takes the wall away; without it the clock would keep the process alive. */
  end(): void;
}

export function startTimeBudget(runtime: AwsRuntime, stop: AbortSignal, milliseconds: number): TimeBudget {
  const wall = new AbortController();
  const clock = new AbortController();
  const startedAt = runtime.now();
  const signal = AbortSignal.any([stop, wall.signal]);
  // Every call in flight listens to it; Node's default warning limit of ten is meant for leaks.
  setMaxListeners(0, signal);
  runtime.sleep(milliseconds, clock.signal).then(
    () => wall.abort(),
    () => undefined,
  );
  return {
    signal,
    milliseconds,
    startedAt,
    exhausted: () => wall.signal.aborted && !stop.aborted,
    elapsed: () => runtime.now() - startedAt,
    end: () => clock.abort(),
  };
}
