/** The values of one key in a request; null: the key is known to be absent. */
export type ContextValue = readonly string[] | null;

/**
 * What is known about a request, by lower-case condition key. A key that is missing is *unknown*; a key with several
 * possibilities has one of them, nobody knows which.
 */
export type ConditionContext = ReadonlyMap<string, readonly ContextValue[]>;

export type KnownValues = Readonly<Record<string, string | readonly string[] | null>>;

export const unknownContext: ConditionContext = new Map();

const toContextValue = (value: string | readonly string[] | null): ContextValue =>
  typeof value === 'string' ? [value] : value;

export const conditionContext = (
  known: KnownValues,
  base: ConditionContext = unknownContext,
): ConditionContext => {
  const context = new Map(base);
  for (const [key, value] of Object.entries(known)) {
    context.set(key.toLowerCase(), [toContextValue(value)]);
  }
  return context;
};

/** The key has one of these values: a long-term key carries no `aws:TokenIssueTime`, a session does. */
export const withPossibilities = (
  context: ConditionContext,
  key: string,
  possibilities: readonly (string | readonly string[] | null)[],
): ConditionContext => new Map([...context, [key.toLowerCase(), possibilities.map(toContextValue)]]);
