import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import { errorShape } from './error-shape.ts';
import type { AwsRuntime } from './runtime.ts';

/** A dead place is not asked as often as a busy one: each attempt there costs a whole time-out. */
const attemptsAfterTimeout = 2;
const attemptsAfterNoConnection = 3;
/**
 * With a local clock that is four minutes off, the SDK corrects it and then calls every error transient, denials and
 * absences too: once more with the corrected clock is enough.
 */
const attemptsAfterClientError = 2;
const longestDelay = 20_000;

export interface RetrySettings {
  readonly runtime: AwsRuntime;
  readonly signal: AbortSignal;
  readonly maxAttempts: number;
}

function token(retries: number): RetryToken {
  // The strategy itself has slept: the SDK must not do it again.
  return { getRetryCount: () => retries, getRetryDelay: () => 0 };
}

function attemptsAllowed(info: RetryErrorInfo, maximum: number): number {
  if (info.errorType === 'THROTTLING') {
    return maximum;
  }
  if (info.errorType !== 'TRANSIENT') {
    return 1;
  }
  const shape = errorShape(info.error);
  if (shape.httpStatus !== null) {
    const isClientError = shape.httpStatus >= 400 && shape.httpStatus < 500;
    return isClientError ? Math.min(maximum, attemptsAfterClientError) : maximum;
  }
  const timedOut = shape.code === 'ETIMEDOUT' || (shape.name === 'TimeoutError' && shape.code === null);
  return Math.min(maximum, timedOut ? attemptsAfterTimeout : attemptsAfterNoConnection);
}

/**
 * The SDK's standard mode (full jitter; base 1 s when throttled, 50 ms when a connection failed) with our clock, an
 * abort that really ends the wait, and fewer attempts where nobody answers. Without the SDK's shared retry quota:
 * the rate budget keeps us below the limits, and a client that gives up early would turn a busy moment into gaps.
 */
export function createRetryStrategy(settings: RetrySettings): RetryStrategyV2 {
  return {
    async acquireInitialRetryToken() {
      return token(0);
    },
    async refreshRetryTokenForRetry(previous, info) {
      const retries = previous.getRetryCount() + 1;
      if (retries >= attemptsAllowed(info, settings.maxAttempts)) {
        throw new Error('no attempts left');
      }
      const base = info.errorType === 'THROTTLING' ? 1000 : 50;
      const jittered = settings.runtime.random() * Math.min(longestDelay, base * 2 ** (retries - 1));
      const asked =
        info.retryAfterHint === undefined ? 0 : info.retryAfterHint.getTime() - settings.runtime.now();
      await settings.runtime.sleep(Math.max(jittered, Math.min(asked, jittered + 5000)), settings.signal);
      return token(retries);
    },
    recordSuccess() {
      // Nothing is counted: there is no quota.
    },
  };
}
