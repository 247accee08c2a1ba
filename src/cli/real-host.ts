import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { PipelineHost } from '../pipeline/host.ts';
import { askPassphrase } from './ask-passphrase.ts';

/** Real time and chance; Ctrl-C stops politely, a second Ctrl-C at once. */
export function realHost(onInterrupt: () => void): PipelineHost & { readonly dispose: () => void } {
  const controller = new AbortController();
  // Every call in flight listens to it; Node's default warning limit of ten is meant for leaks.
  setMaxListeners(0, controller.signal);
  const interrupt = (): void => {
    if (controller.signal.aborted) {
      process.exit(130);
    }
    controller.abort();
    onInterrupt();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    askPassphrase,
    runtime: {
      now: () => Date.now(),
      sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
      random: () => Math.random(),
    },
    dispose: () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}
