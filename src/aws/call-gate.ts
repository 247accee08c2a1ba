import { RunAborted } from './runtime.ts';

/** Bounds the calls in flight over the whole run, whatever collectors start at once. */
export interface CallGate {
  run<T>(call: () => Promise<T>): Promise<T>;
}

export function createCallGate(concurrency: number, signal: AbortSignal): CallGate {
  const waiting: { readonly start: () => void; readonly refuse: (reason: Error) => void }[] = [];
  let free = concurrency;

  signal.addEventListener(
    'abort',
    () => {
      for (const entry of waiting.splice(0)) {
        entry.refuse(new RunAborted('the run was stopped'));
      }
    },
    { once: true },
  );

  const enter = (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((start, refuse) => {
      waiting.push({ start, refuse });
    });
  };

  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) {
      free += 1;
    } else {
      next.start();
    }
  };

  return {
    async run(call) {
      await enter();
      try {
        return await call();
      } finally {
        leave();
      }
    },
  };
}
