import type { ServiceName } from './operation.ts';
import type { AwsRuntime } from './runtime.ts';

interface Endpoint {
  readonly accountId: string;
  readonly region: string;
  readonly service: ServiceName;
}

/** Stops asking a place that does not answer, so that a dead region costs a few time-outs and not thousands. */
export interface CircuitBreaker {
  /** Null, or one line that says why the place is not asked any more. */
  refusal(endpoint: Endpoint): string | null;
  answered(endpoint: Endpoint): void;
  noAnswer(endpoint: Endpoint): void;
}

const failuresInAccount = 2;
/** The endpoint is the same for all accounts: after this many failures in a row others need not find out again. */
const failuresAnywhere = 6;
const probeAfter = 60_000;

export function createCircuitBreaker(runtime: AwsRuntime): CircuitBreaker {
  const perAccount = new Map<string, number>();
  const shared = new Map<string, { failures: number; probedAt: number }>();
  const accountKey = (endpoint: Endpoint): string =>
    `${endpoint.accountId} ${endpoint.region} ${endpoint.service}`;
  const sharedKey = (endpoint: Endpoint): string => `${endpoint.region} ${endpoint.service}`;

  return {
    refusal(endpoint) {
      const { service, region } = endpoint;
      if ((perAccount.get(accountKey(endpoint)) ?? 0) >= failuresInAccount) {
        return `not asked again: ${service} in ${region} did not answer ${failuresInAccount} times in a row`;
      }
      const known = shared.get(sharedKey(endpoint));
      if (known === undefined || known.failures < failuresAnywhere) {
        return null;
      }
      if (runtime.now() - known.probedAt >= probeAfter) {
        known.probedAt = runtime.now();
        return null;
      }
      return `not asked again: ${service} in ${region} did not answer ${known.failures} times in a row, in other accounts too`;
    },
    answered(endpoint) {
      perAccount.delete(accountKey(endpoint));
      shared.delete(sharedKey(endpoint));
    },
    noAnswer(endpoint) {
      const key = accountKey(endpoint);
      perAccount.set(key, (perAccount.get(key) ?? 0) + 1);
      const known = shared.get(sharedKey(endpoint));
      shared.set(sharedKey(endpoint), { failures: (known?.failures ?? 0) + 1, probedAt: runtime.now() });
    },
  };
}
