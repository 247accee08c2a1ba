import { throwIfAborted } from './runtime.ts';

/** Bounds the calls in flight over the whole run, whatever collectors start at once. */
export interface CallGate {
  run<T>(call: () => Promise<T>): Promise<T>;
}

export function createCallGate(concurrency: number, signal: AbortSignal): CallGate {
  const waiting: (() => void)[] = [];
  let free = concurrency;

  const enter = (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((start) => {
      waiting.push(start);
    });
  };

  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) {
      free += 1;
    } else {
      next();
    }
  };

  return {
    async run(call) {
      await enter();
      try {
        throwIfAborted(signal);
        return await call();
      } finally {
        leave();
      }
    },
  };
}
