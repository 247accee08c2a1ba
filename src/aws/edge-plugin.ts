import type { FinalizeRequestMiddleware, Pluggable } from '@smithy/types';
import type { AnswerTimes } from './answer-times.ts';
import type { CallGate } from './call-gate.ts';
import { property, textProperty } from './error-shape.ts';
import type { Ledger } from './ledger.ts';
import { NotAnAwsAnswer } from './not-an-aws-answer.ts';
import type { ServiceName } from './operation.ts';
import type { RateBudget } from './rate-budget.ts';
import type { ReadOnlyGuard } from './read-only-guard.ts';
import type { SdkPlugin } from './sdk-client.ts';

export interface EdgePluginSettings {
  readonly accountId: string;
  readonly region: string;
  readonly service: ServiceName;
  readonly guard: ReadOnlyGuard;
  readonly rateBudget: RateBudget;
  readonly gate: CallGate;
  readonly ledger: Ledger;
  readonly times: AnswerTimes;
}

function commandOf(context: object): string {
  return (textProperty(context, 'commandName') ?? '').replace(/Command$/, '');
}

/** A page of HTML with a good or a client-error status: some proxy or web server, and no AWS service. */
function refuseHtml(response: unknown): void {
  const type = textProperty(property(response, 'headers'), 'content-type') ?? '';
  const status = property(response, 'statusCode');
  if (/^text\/html\b/i.test(type) && typeof status === 'number' && status < 500) {
    throw new NotAnAwsAnswer(`status ${status} with a page of HTML`);
  }
}

/**
 * What stands between every command and the network, outside in: the read-only guard before anything is built, the
 * rate budget and the call gate around each attempt (before it is signed, so that waiting does not age a
 * signature), and the service's clock read from each answer.
 */
export function edgePlugin(settings: EdgePluginSettings): SdkPlugin {
  const { accountId, region, service } = settings;
  return {
    plug<Input extends object, Output extends object>(): Pluggable<Input, Output> {
      const politely: FinalizeRequestMiddleware<Input, Output> = (next, context) => async (args) => {
        const place = { accountId, region, service, command: commandOf(context) };
        const release = await settings.rateBudget.acquire(place);
        try {
          return await settings.gate.run(() => {
            settings.ledger.attempt(place);
            return next(args);
          });
        } finally {
          release();
        }
      };
      return {
        applyToStack(stack) {
          stack.add(
            (next, context) => async (args) => {
              settings.guard.check(service, commandOf(context));
              return next(args);
            },
            { step: 'initialize', priority: 'high', name: 'afterleakReadOnlyGuard' },
          );
          stack.addRelativeTo(politely, {
            relation: 'after',
            toMiddleware: 'retryMiddleware',
            name: 'afterleakRateBudget',
          });
          stack.add(
            (next) => async (args) => {
              const result = await next(args);
              settings.times.answered(result.output, result.response);
              return result;
            },
            { step: 'deserialize', priority: 'high', name: 'afterleakAnswerTime' },
          );
          stack.add(
            (next) => async (args) => {
              const result = await next(args);
              refuseHtml(result.response);
              return result;
            },
            { step: 'deserialize', priority: 'low', name: 'afterleakAnswerType' },
          );
        },
      };
    },
  };
}
