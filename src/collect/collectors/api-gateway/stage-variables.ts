import type { CollectContext } from '../../define-collector.ts';
import { environmentCredentials } from '../lambda/environment-credentials.ts';

/** Integrations are written with stage variables, so their values are needed; but not those that are credentials. */
export function stageVariables(
  context: CollectContext,
  variables: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const secret = new Set(environmentCredentials(variables).map((credential) => credential.name));
  if (secret.size > 0) {
    context.redacted('ApiGateway.Stage.Variables', secret.size);
  }
  return Object.fromEntries(
    Object.keys(variables)
      .sort()
      .map((name) => [name, secret.has(name) ? '(redacted)' : (variables[name] ?? '')]),
  );
}
