import type { AwsRuntime } from '../../src/aws/runtime.ts';

export interface ManualRuntime extends AwsRuntime {
  /** How long each sleep would have been. */
  readonly sleeps: readonly number[];
}

/** A clock that moves only by sleeping: every wait is over at once and is written down. */
export function manualRuntime(start = Date.now()): ManualRuntime {
  const sleeps: number[] = [];
  let time = start;
  return {
    sleeps,
    now: () => time,
    async sleep(milliseconds, signal) {
      if (signal.aborted) {
        throw new Error('aborted');
      }
      sleeps.push(milliseconds);
      const until = time + milliseconds;
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      time = Math.max(time, until);
    },
    random: () => 0.5,
  };
}
