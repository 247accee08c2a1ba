import type { Answer, AwsCommandConstructor, AwsReader, Pages, ReadOptions } from '../../src/aws/reader.ts';
import type { Gap, GapReason } from '../../src/model/gap.ts';
import type { Provenance } from '../../src/model/observation.ts';
import { accountUnit, type ScopeUnit } from '../../src/model/scope.ts';

/** What the fake service says to one call, or to the call for one page. */
export type Reply =
  | { readonly kind: 'output'; readonly output: object }
  | { readonly kind: 'failure'; readonly name: string };

type Input = Readonly<Record<string, unknown>>;

/**
 * Command name without suffix → what the service says. A single reply: always the same. A list: for `read` the
 * first call gets the first reply and so on, the last one repeats; for `readAll` they are the pages. A function:
 * one of these by the command's input.
 */
export type Script = Readonly<
  Record<string, Reply | readonly Reply[] | ((input: Input) => Reply | readonly Reply[])>
>;

export interface RecordedCall {
  readonly command: string;
  readonly input: Input;
  readonly options: ReadOptions;
}

export interface FakeReader extends AwsReader {
  readonly calls: readonly RecordedCall[];
  /** Command names in the order of the calls. */
  readonly commands: readonly string[];
  readonly pauses: readonly number[];
}

export const fakeAsOf = '2026-11-03T12:00:00.000Z';

export const output = (value: object): Reply => ({ kind: 'output', output: value });

export const failure = (name: string): Reply => ({ kind: 'failure', name });

export const denied = (): Reply => failure('AccessDeniedException');

/** The pages of a list, each an output. */
export const pages = (...outputs: readonly object[]): readonly Reply[] => outputs.map(output);

const reasonOf = (name: string): GapReason => {
  if (/AccessDenied/u.test(name)) {
    return 'access-denied';
  }
  return /Throttl|TooManyRequests/u.test(name) ? 'throttled' : 'error';
};

const isList = (replies: Reply | readonly Reply[]): replies is readonly Reply[] => Array.isArray(replies);

/** The script's author vouches for the shape: the outputs of a script carry no types. */
const vouched = <In extends object, Out extends object>(
  _command: AwsCommandConstructor<In, Out>,
  value: object,
): value is Out => typeof value === 'object';

/** A reader that answers from a script and makes no calls. An unscripted command is a bug of the test: it throws. */
export function fakeReader(
  script: Script,
  unit: ScopeUnit = accountUnit('aws', '111122223333'),
  asOf: string = fakeAsOf,
): FakeReader {
  const calls: RecordedCall[] = [];
  const pauses: number[] = [];

  const repliesTo = (name: string, input: object, options: ReadOptions): Reply | readonly Reply[] => {
    const entry = script[name];
    if (entry === undefined) {
      throw new Error(`the script holds no answer for ${name}`);
    }
    const plain: Input = { ...input };
    calls.push({ command: name, input: plain, options });
    return typeof entry === 'function' ? entry(plain) : entry;
  };

  const nameOf = (command: { readonly name: string }): string => command.name.replace(/Command$/u, '');
  const provenanceOf = (name: string, count: number): Provenance => ({
    operation: `fake:${name}`,
    requestId: `request-${calls.length}`,
    calls: count,
  });
  const gapOf = (name: string, error: string, options: ReadOptions, truncated: boolean): Gap => ({
    reason: truncated ? 'truncated' : reasonOf(error),
    operation: `fake:${name}`,
    unit,
    ...(options.resource === undefined ? {} : { resource: options.resource }),
    detail: error,
    retryable: reasonOf(error) === 'throttled',
  });

  return {
    calls,
    get commands() {
      return calls.map((call) => call.command);
    },
    pauses,
    pause(milliseconds) {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
    read<In extends object, Out extends object>(
      command: AwsCommandConstructor<In, Out>,
      input: In,
      options: ReadOptions = {},
    ): Promise<Answer<Out>> {
      const name = nameOf(command);
      const earlier = calls.filter((call) => call.command === name).length;
      const replies = repliesTo(name, input, options);
      const reply = isList(replies) ? (replies[earlier] ?? replies.at(-1)) : replies;
      if (reply === undefined) {
        throw new Error(`the script holds no answer for ${name}`);
      }
      const provenance = provenanceOf(name, 1);
      if (reply.kind === 'failure') {
        return Promise.resolve(
          (options.absentOn ?? []).includes(reply.name)
            ? { kind: 'absent', asOf, provenance }
            : { kind: 'gap', gap: gapOf(name, reply.name, options, false) },
        );
      }
      if (!vouched(command, reply.output)) {
        throw new Error(`the answer for ${name} is no object`);
      }
      return Promise.resolve({ kind: 'value', value: reply.output, asOf, provenance });
    },
    readAll<In extends object, Out extends object, Item>(
      command: AwsCommandConstructor<In, Out>,
      input: In,
      items: (value: Out) => readonly Item[] | undefined,
      options: ReadOptions = {},
    ): Promise<Pages<Item>> {
      const name = nameOf(command);
      const replies = repliesTo(name, input, options);
      const list = isList(replies) ? replies : [replies];
      const found: Item[] = [];
      const provenance = [provenanceOf(name, list.length)];
      for (const [index, reply] of list.entries()) {
        if (reply.kind === 'failure') {
          const absent = index === 0 && (options.absentOn ?? []).includes(reply.name);
          const gaps = absent ? [] : [gapOf(name, reply.name, options, index > 0)];
          return Promise.resolve({ items: found, gaps, absent, asOf, provenance });
        }
        if (!vouched(command, reply.output)) {
          throw new Error(`the answer for ${name} is no object`);
        }
        found.push(...(items(reply.output) ?? []));
      }
      return Promise.resolve({ items: found, gaps: [], absent: false, asOf, provenance });
    },
  };
}
