import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type {
  AwsCredentialIdentityProvider,
  MiddlewareStack,
  Pluggable,
  RetryStrategyV2,
} from '@smithy/types';

/** A service client with its service's types erased: the command alone says what goes in and comes out. */
export interface SdkClient {
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<object>;
}

/** The part of the SDK's client configuration that we set, the same for every service. */
export interface SdkClientConfiguration {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly requestHandler: NodeHttpHandler;
  readonly retryStrategy: RetryStrategyV2;
  readonly maxAttempts: number;
  readonly customUserAgent: [string, string][];
  readonly disableHostPrefix: boolean;
  readonly endpoint?: string;
}

/** What is put into every client's middleware stack. */
export interface SdkPlugin {
  plug<Input extends object, Output extends object>(): Pluggable<Input, Output>;
}

interface Extensible<Input extends object, Output extends object> extends SdkClient {
  readonly middlewareStack: MiddlewareStack<Input, Output>;
}

export function extend<Input extends object, Output extends object>(
  client: Extensible<Input, Output>,
  plugin: SdkPlugin,
): SdkClient {
  client.middlewareStack.use(plugin.plug<Input, Output>());
  return client;
}
