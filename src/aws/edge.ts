import { type AnswerTimes, createAnswerTimes } from './answer-times.ts';
import { createCallGate } from './call-gate.ts';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';
import { type ClientFactory, createClients } from './clients.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { Operation } from './operation.ts';
import { createRateBudget, createUnlimitedBudget, type RateBudget } from './rate-budget.ts';
import { createReadOnlyGuard } from './read-only-guard.ts';
import type { AwsRuntime } from './runtime.ts';

/** Everything that all calls of one run share. */
export interface AwsEdge {
  readonly clients: ClientFactory;
  readonly ledger: Ledger;
  readonly breaker: CircuitBreaker;
  readonly rateBudget: RateBudget;
  readonly times: AnswerTimes;
  readonly runtime: AwsRuntime;
  readonly signal: AbortSignal;
  readonly version: string;
  readonly endpointUrl?: string;
}

export interface AwsEdgeSettings {
  readonly runtime: AwsRuntime;
  /** Stops the run. Every call in flight listens to it: lift Node's limit with `events.setMaxListeners(0, signal)`. */
  readonly signal: AbortSignal;
  /** Version of afterleak, for the user agent. */
  readonly version: string;
  /** What the guard lets through, besides the calls that make our own sessions. */
  readonly operations: readonly Operation[];
  /** One endpoint for every service. */
  readonly endpointUrl?: string;
  /** Share of the published limits, 0 to 1; null = no limits, for an endpoint that nobody shares. */
  readonly rateShare: number | null;
  /** Calls in flight. */
  readonly concurrency: number;
  readonly maxAttempts?: number;
  readonly timeoutSeconds?: number;
}

const defaultMaxAttempts = 8;
const defaultTimeoutSeconds = 30;

export function createEdge(settings: AwsEdgeSettings): AwsEdge {
  const { runtime, signal, version, concurrency, rateShare } = settings;
  const ledger = createLedger();
  const times = createAnswerTimes(runtime);
  const rateBudget =
    rateShare === null ? createUnlimitedBudget(signal) : createRateBudget({ runtime, signal, rateShare });
  const endpoint = settings.endpointUrl === undefined ? {} : { endpointUrl: settings.endpointUrl };
  const clients = createClients({
    runtime,
    signal,
    version,
    ...endpoint,
    maxAttempts: settings.maxAttempts ?? defaultMaxAttempts,
    timeoutSeconds: settings.timeoutSeconds ?? defaultTimeoutSeconds,
    concurrency,
    guard: createReadOnlyGuard(settings.operations),
    rateBudget,
    gate: createCallGate(concurrency, signal),
    ledger,
    times,
  });
  return {
    clients,
    ledger,
    breaker: createCircuitBreaker(runtime),
    rateBudget,
    times,
    runtime,
    signal,
    version,
    ...endpoint,
  };
}
