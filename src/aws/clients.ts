import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { AnswerTimes } from './answer-times.ts';
import type { CallGate } from './call-gate.ts';
import { edgePlugin } from './edge-plugin.ts';
import type { Ledger } from './ledger.ts';
import type { ServiceName } from './operation.ts';
import type { RateBudget } from './rate-budget.ts';
import type { ReadOnlyGuard } from './read-only-guard.ts';
import { createRetryStrategy } from './retry-strategy.ts';
import type { AwsRuntime } from './runtime.ts';
import type { SdkClient } from './sdk-client.ts';
import { serviceClients } from './service-clients.ts';

/** Whose session signs: an account's name in keys and ledger, and where its credentials come from. */
export interface AwsSession {
  readonly accountId: string;
  readonly credentials: AwsCredentialIdentityProvider;
}

export interface ClientFactory {
  /** The one client of (account, region, service); made on first use. */
  client(session: AwsSession, region: string, service: ServiceName): Promise<SdkClient>;
  /** Forgets the clients of an account that has been read: a thousand accounts would keep some ten thousand of them. */
  release(accountId: string): void;
}

export interface ClientSettings {
  readonly runtime: AwsRuntime;
  readonly signal: AbortSignal;
  readonly version: string;
  readonly endpointUrl?: string;
  readonly maxAttempts: number;
  readonly timeoutSeconds: number;
  readonly concurrency: number;
  readonly guard: ReadOnlyGuard;
  readonly rateBudget: RateBudget;
  readonly gate: CallGate;
  readonly ledger: Ledger;
  readonly times: AnswerTimes;
}

const connectionTimeout = 3000;

/** The SDK sets no time-outs of its own, and without the last flag one of them only logs (aws-apis §0.2). */
function createHandler(settings: ClientSettings): NodeHttpHandler {
  const timeout = Math.round(settings.timeoutSeconds * 1000);
  const agent = { maxSockets: settings.concurrency };
  return new NodeHttpHandler({
    connectionTimeout: Math.min(connectionTimeout, timeout),
    requestTimeout: timeout,
    socketTimeout: timeout,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  });
}

export function userAgentOf(version: string): string {
  return `afterleak/${version}`;
}

/**
 * Clients for one run. They share one connection pool per service, so none of them may ever be destroyed alone; idle
 * sockets do not keep the process alive.
 */
export function createClients(settings: ClientSettings): ClientFactory {
  const clients = new Map<string, Promise<SdkClient>>();
  const handlers = new Map<ServiceName, NodeHttpHandler>();

  const handlerOf = (service: ServiceName): NodeHttpHandler => {
    const handler = handlers.get(service) ?? createHandler(settings);
    handlers.set(service, handler);
    return handler;
  };

  const make = (session: AwsSession, region: string, service: ServiceName): Promise<SdkClient> =>
    serviceClients[service](
      {
        region,
        credentials: session.credentials,
        requestHandler: handlerOf(service),
        retryStrategy: createRetryStrategy(settings),
        maxAttempts: settings.maxAttempts,
        customUserAgent: [['afterleak', settings.version]],
        disableHostPrefix: settings.endpointUrl !== undefined,
        ...(settings.endpointUrl === undefined ? {} : { endpoint: settings.endpointUrl }),
      },
      edgePlugin({ ...settings, accountId: session.accountId, region, service }),
    );

  return {
    client(session, region, service) {
      const key = `${session.accountId} ${region} ${service}`;
      const known = clients.get(key);
      if (known !== undefined) {
        return known;
      }
      const made = make(session, region, service);
      clients.set(key, made);
      return made;
    },
    release(accountId) {
      for (const key of [...clients.keys()].filter((known) => known.startsWith(`${accountId} `))) {
        clients.delete(key);
      }
    },
  };
}
