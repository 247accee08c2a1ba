import type { AwsCommand } from './reader.ts';
import type { SdkClient } from './sdk-client.ts';

/**
 * The one place where a command meets a client of unknown service. The SDK ties a command's input to its output in
 * the command's own type; the overload carries that over.
 */
export function sendTyped<Input extends object, Output extends object>(
  client: SdkClient,
  command: AwsCommand<Input, Output>,
  signal: AbortSignal,
): Promise<Output>;
export function sendTyped(client: SdkClient, command: object, signal: AbortSignal): Promise<object> {
  return client.send(command, { abortSignal: signal });
}
