import type { Condition } from '../model/policy-document.ts';
import type { ConditionContext, ContextValue } from './condition-context.ts';
import { type ConditionOperator, conditionOperator } from './condition-operators.ts';
import { substituteVariables } from './policy-variables.ts';

/** `conditional`: a key, an operator or a variable is not known, so nobody can tell. Never to be read as met. */
export type ConditionOutcome = 'met' | 'not-met' | 'conditional';

const outcomeOf = (holds: boolean | null): ConditionOutcome =>
  holds === null ? 'conditional' : holds ? 'met' : 'not-met';

/** True if any is true, null if none is true but some cannot be told. */
const some = (answers: readonly (boolean | null)[]): boolean | null =>
  answers.includes(true) ? true : answers.includes(null) ? null : false;

const every = (answers: readonly (boolean | null)[]): boolean | null =>
  answers.includes(false) ? false : answers.includes(null) ? null : true;

const invert = (answer: boolean | null): boolean | null => (answer === null ? null : !answer);

/** Policy values with variables put in; null stands for a value that cannot be told, an absent variable fits nothing. */
const policyValues = (
  condition: Condition,
  context: ConditionContext,
  variables: boolean,
): readonly (string | null)[] => {
  if (!variables) {
    return condition.values;
  }
  return condition.values.flatMap((value) => {
    const substituted = substituteVariables(value, context);
    return substituted === 'absent' ? [] : [substituted === 'unknown' ? null : substituted.text];
  });
};

/** One context value against all policy values. */
const fits = (
  operator: ConditionOperator,
  values: readonly (string | null)[],
  contextValue: string,
): boolean | null => {
  const answer = some(values.map((value) => (value === null ? null : operator.compare(value, contextValue))));
  return operator.negated ? invert(answer) : answer;
};

const evaluateAbsent = (condition: Condition, operator: ConditionOperator): boolean => {
  if (condition.qualifier === 'ForAllValues') {
    return true;
  }
  return condition.ifExists || (condition.qualifier === null && operator.negated);
};

const evaluatePresent = (
  condition: Condition,
  operator: ConditionOperator,
  values: readonly (string | null)[],
  contextValues: readonly string[],
): boolean | null => {
  const answers = contextValues.map((contextValue) => fits(operator, values, contextValue));
  if (condition.qualifier === 'ForAllValues') {
    return every(answers);
  }
  if (condition.qualifier === 'ForAnyValue') {
    return some(answers);
  }
  const [only] = answers;
  // Several values without a set operator: AWS does not say what happens.
  return answers.length === 1 && only !== undefined ? only : null;
};

const evaluateNull = (condition: Condition, value: ContextValue): boolean | null => {
  const wanted = condition.values.map((text) => text.toLowerCase());
  if (condition.qualifier !== null || condition.ifExists || wanted.length !== 1) {
    return null;
  }
  const isAbsent = value === null || value.length === 0;
  return wanted[0] === 'true' ? isAbsent : wanted[0] === 'false' ? !isAbsent : null;
};

const evaluateFor = (
  condition: Condition,
  context: ConditionContext,
  value: ContextValue,
  variables: boolean,
): boolean | null => {
  if (condition.operator === 'Null') {
    return evaluateNull(condition, value);
  }
  const operator = conditionOperator(condition.operator);
  if (operator === undefined) {
    return null;
  }
  if (value === null || value.length === 0) {
    return evaluateAbsent(condition, operator);
  }
  return evaluatePresent(condition, operator, policyValues(condition, context, variables), value);
};

const evaluateCondition = (
  condition: Condition,
  context: ConditionContext,
  variables = true,
): ConditionOutcome => {
  const possibilities = context.get(condition.key.toLowerCase());
  if (possibilities === undefined || possibilities.length === 0) {
    return 'conditional';
  }
  const outcomes = new Set(
    possibilities.map((value) => outcomeOf(evaluateFor(condition, context, value, variables))),
  );
  const [only] = outcomes;
  return outcomes.size === 1 && only !== undefined ? only : 'conditional';
};

/**
 * All conditions of a statement together. `variables` is false for documents without version 2012-10-17, where
 * `${…}` is plain text.
 */
export const evaluateConditions = (
  conditions: readonly Condition[],
  context: ConditionContext,
  variables = true,
): ConditionOutcome => {
  let outcome: ConditionOutcome = 'met';
  for (const condition of conditions) {
    const next = evaluateCondition(condition, context, variables);
    if (next === 'not-met') {
      return 'not-met';
    }
    outcome = next === 'conditional' ? next : outcome;
  }
  return outcome;
};

/** The keys that leave the conditions undecided, lower case, sorted. */
export const undecidedKeys = (
  conditions: readonly Condition[],
  context: ConditionContext,
  variables = true,
): readonly string[] =>
  [
    ...new Set(
      conditions
        .filter((condition) => evaluateCondition(condition, context, variables) === 'conditional')
        .map((condition) => condition.key.toLowerCase()),
    ),
  ].sort();
