import type { Gap } from '../model/gap.ts';
import { type AwsCall, awsCall, type ReaderScope } from './aws-call.ts';
import type { Failure } from './classify-error.ts';
import type { AwsEdge } from './edge.ts';
import { outcomeOf } from './ledger.ts';
import { nextPage, withToken } from './page-tokens.ts';
import type { Answer, AwsCommandConstructor, AwsReader, Pages, ReadOptions } from './reader.ts';

/** More pages than any account has: a service that never ends its list must not keep us for ever. */
const mostPages = 20_000;

function failureFields(failure: Failure): { requestId: string | null; error: string } {
  return { requestId: failure.requestId, error: failure.errorName };
}

/** Why a list ends here: null = go on with the token. */
function brokenToken(token: string | null, seen: ReadonlySet<string>): string | null {
  if (token === null) {
    return 'the service says that there is more and gave no page token';
  }
  if (seen.has(token)) {
    return 'the service repeated a page token';
  }
  return seen.size >= mostPages ? `more than ${mostPages} pages` : null;
}

/** What a list has given so far, and how it becomes the answer. */
class PageCollector<Item> {
  readonly items: Item[] = [];
  pages = 0;
  private asOf: string | null = null;
  private requestId: string | null = null;
  private readonly call: AwsCall;

  constructor(call: AwsCall) {
    this.call = call;
  }

  add(items: readonly Item[] | undefined, asOf: string, requestId: string | null): void {
    this.pages += 1;
    // The first page's time: whatever was read later was true then at the earliest.
    this.asOf ??= asOf;
    this.requestId = requestId;
    for (const item of items ?? []) {
      this.items.push(item);
    }
  }

  truncated(cause: string, failure: Failure | null): Gap {
    return {
      ...(failure === null ? this.call.subject : failure.gap),
      reason: 'truncated',
      detail: `the list broke off after ${this.pages} pages with ${this.items.length} items: ${cause}`,
      retryable: failure?.gap.retryable ?? false,
    };
  }

  end(gaps: readonly Gap[], absent: boolean, failure: Failure | null, now: string): Pages<Item> {
    const [gap] = gaps;
    const ok = absent ? 'absent' : 'ok';
    this.call.record({
      pages: this.pages,
      items: this.items.length,
      outcome: gap === undefined ? ok : outcomeOf(gap.reason),
      ...(failure === null ? {} : failureFields(failure)),
    });
    const provenance = {
      operation: this.call.name,
      requestId: failure?.requestId ?? this.requestId,
      calls: this.pages + (failure === null ? 0 : 1),
    };
    return {
      items: this.items,
      gaps,
      absent,
      asOf: this.asOf ?? now,
      provenance: [provenance],
    };
  }
}

/** The reader of one collector in one unit: see `AwsReader`. */
export function createReader(edge: AwsEdge, scope: ReaderScope): AwsReader {
  const now = (): string => edge.times.asOf(undefined);
  return {
    async read<Input extends object, Output extends object>(
      commandClass: AwsCommandConstructor<Input, Output>,
      input: Input,
      options: ReadOptions = {},
    ): Promise<Answer<Output>> {
      const command = new commandClass(input);
      const call = awsCall(edge, scope, command, options);
      const result = await call.attempt(command);
      if (result.kind === 'value') {
        call.record({ pages: 1, items: 1, outcome: 'ok' });
        const provenance = { operation: call.name, requestId: result.requestId, calls: 1 };
        return { kind: 'value', value: result.value, asOf: edge.times.asOf(result.value), provenance };
      }
      const { failure } = result;
      const fields = failureFields(failure);
      if (result.kind === 'absent') {
        call.record({ pages: 1, items: 0, outcome: 'absent', ...fields });
        const provenance = { operation: call.name, requestId: failure.requestId, calls: 1 };
        return { kind: 'absent', asOf: now(), provenance };
      }
      call.record({ pages: 0, items: 0, outcome: outcomeOf(failure.gap.reason), ...fields });
      return { kind: 'gap', gap: failure.gap };
    },

    async readAll<Input extends object, Output extends object, Item>(
      commandClass: AwsCommandConstructor<Input, Output>,
      input: Input,
      items: (output: Output) => readonly Item[] | undefined,
      options: ReadOptions = {},
    ): Promise<Pages<Item>> {
      let command = new commandClass(input);
      const call = awsCall(edge, scope, command, options);
      const collected = new PageCollector<Item>(call);
      const seen = new Set<string>();
      for (;;) {
        const result = await call.attempt(command);
        if (result.kind !== 'value') {
          const { failure } = result;
          if (collected.pages > 0) {
            const cause = `${failure.gap.reason}, ${failure.gap.detail}`;
            return collected.end([collected.truncated(cause, failure)], false, failure, now());
          }
          return result.kind === 'absent'
            ? collected.end([], true, failure, now())
            : collected.end([failure.gap], false, failure, now());
        }
        collected.add(items(result.value), edge.times.asOf(result.value), result.requestId);
        const next = nextPage(call.operation.service, result.value);
        if (next.kind === 'last') {
          return collected.end([], false, null, now());
        }
        const token = next.kind === 'token' ? next.token : null;
        const broken = brokenToken(token, seen);
        if (token === null || broken !== null) {
          return collected.end([collected.truncated(broken ?? '', null)], false, null, now());
        }
        seen.add(token);
        command = new commandClass(withToken(call.operation.service, input, token));
      }
    },

    pause: (milliseconds) => edge.runtime.sleep(milliseconds, edge.signal),
  };
}
