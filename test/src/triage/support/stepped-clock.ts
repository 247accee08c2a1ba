import { createEdge } from '../../../../src/aws/edge.ts';
import type { AwsRuntime } from '../../../../src/aws/runtime.ts';
import type { Probe } from '../../../../src/triage/probe.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until the test moves it. */
export function steppedClock(): {
  readonly runtime: AwsRuntime;
  advance(milliseconds: number): Promise<void>;
} {
  const sleepers = new Set<Sleeper>();
  let time = Date.parse('2026-11-21T12:00:00Z');
  return {
    runtime: {
      now: () => time,
      random: () => 0.5,
      sleep: (milliseconds, signal) =>
        new Promise((resolve, reject) => {
          const sleeper: Sleeper = { until: time + milliseconds, wake: () => resolve() };
          sleepers.add(sleeper);
          signal.addEventListener('abort', () => {
            sleepers.delete(sleeper);
            reject(new Error('aborted'));
          });
        }),
    },
    async advance(milliseconds) {
      time += milliseconds;
      for (const sleeper of [...sleepers].filter(({ until }) => until <= time)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    },
  };
}

/** A probe without a network behind it. */
export function fakeProbe(budget: { readonly exhausted: boolean }): Probe {
  const { runtime } = steppedClock();
  const { signal } = new AbortController();
  const edge = createEdge({
    runtime,
    signal,
    version: '0.0.0',
    operations: [],
    endpointUrl: 'http://127.0.0.1:9',
    rateShare: null,
    concurrency: 1,
  });
  return {
    edge,
    partition: 'aws',
    gaps: [],
    note: () => undefined,
    budget: {
      signal,
      milliseconds: 110_000,
      startedAt: runtime.now(),
      exhausted: () => budget.exhausted,
      elapsed: () => 0,
      end: () => undefined,
    },
  };
}
