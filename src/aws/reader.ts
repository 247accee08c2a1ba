import type { Gap } from '../model/gap.ts';
import type { Provenance } from '../model/observation.ts';

/** The part of an SDK command that tells its input and output types. */
export interface AwsCommand<Input extends object, Output extends object> {
  readonly input: Input;
  resolveMiddleware(
    stack: never,
    configuration: never,
    options: never,
  ): (args: { input: Input }) => Promise<{ output: Output }>;
}

export type AwsCommandConstructor<Input extends object, Output extends object> = new (
  input: Input,
) => AwsCommand<Input, Output>;

export interface ReadOptions {
  /** Error names that mean "this optional thing does not exist": the answer is then `absent`, not a gap. */
  readonly absentOn?: readonly string[];
  /** ARN or name of the one thing that is read, for the gap's text. */
  readonly resource?: string;
  /** Other region than the unit's (CloudTrail home regions, Identity Center's primary region). */
  readonly region?: string;
}

export type Answer<Output> =
  | { readonly kind: 'value'; readonly value: Output; readonly asOf: string; readonly provenance: Provenance }
  | { readonly kind: 'absent'; readonly asOf: string; readonly provenance: Provenance }
  | { readonly kind: 'gap'; readonly gap: Gap };

/** All pages of a list. With gaps, `items` holds what came before the failure. `absent` = the first page said so. */
export interface Pages<Item> {
  readonly items: readonly Item[];
  readonly gaps: readonly Gap[];
  readonly absent: boolean;
  readonly asOf: string;
  readonly provenance: readonly Provenance[];
}

/**
 * The only way to AWS for a collector. It refuses undeclared operations, keeps to the rate budget, retries, records
 * every call in the coverage ledger and turns trouble into gaps: it throws only for bugs and when the run is aborted.
 */
export interface AwsReader {
  read<Input extends object, Output extends object>(
    command: AwsCommandConstructor<Input, Output>,
    input: Input,
    options?: ReadOptions,
  ): Promise<Answer<Output>>;
  /** Follows the service's page token (with a guard against a repeated token), whatever it is called there. */
  readAll<Input extends object, Output extends object, Item>(
    command: AwsCommandConstructor<Input, Output>,
    input: Input,
    items: (output: Output) => readonly Item[] | undefined,
    options?: ReadOptions,
  ): Promise<Pages<Item>>;
  /** Waits politely between polls (credential report); injected so that tests need no time. */
  pause(milliseconds: number): Promise<void>;
}
