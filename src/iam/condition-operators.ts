import type { Condition } from '../model/policy-document.ts';
import { compileGlob, globContains, literalGlob } from './glob.ts';
import { networkContains } from './ip-network.ts';

/** Does one policy value fit one context value? Null: cannot be told (malformed value). */
type Comparison = (policyValue: string, contextValue: string) => boolean | null;

export interface ConditionOperator {
  readonly compare: Comparison;
  /** Negated operators hold when no policy value fits. */
  readonly negated: boolean;
}

const like: Comparison = (policyValue, contextValue) =>
  globContains(compileGlob(policyValue), literalGlob(contextValue));

const numeric =
  (test: (context: number, policy: number) => boolean): Comparison =>
  (policyValue, contextValue) => {
    const policy = Number(policyValue);
    const context = Number(contextValue);
    return policyValue.trim() === '' || Number.isNaN(policy) || Number.isNaN(context)
      ? null
      : test(context, policy);
  };

/** ISO 8601 or seconds since 1970: policies may use either. */
const instant = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const date =
  (test: (context: number, policy: number) => boolean): Comparison =>
  (policyValue, contextValue) => {
    const policy = instant(policyValue);
    const context = instant(contextValue);
    return Number.isNaN(policy) || Number.isNaN(context) ? null : test(context, policy);
  };

const bool: Comparison = (policyValue, contextValue) => {
  const policy = policyValue.toLowerCase();
  return policy === 'true' || policy === 'false' ? policy === contextValue.toLowerCase() : null;
};

const arnParts = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
};

/** ARN conditions compare the six parts one by one: here a wildcard does not cross a colon before the last part. */
const arnLike: Comparison = (policyValue, contextValue) => {
  const context = arnParts(contextValue);
  const policy = arnParts(policyValue);
  if (policyValue === '*') {
    return true;
  }
  if (policy.length !== 6) {
    return null;
  }
  return context.length === 6 && policy.every((part, index) => like(part, context[index] ?? ''));
};

const positive = {
  StringEquals: (policy, context) => policy === context,
  StringEqualsIgnoreCase: (policy, context) => policy.toLowerCase() === context.toLowerCase(),
  StringLike: like,
  NumericEquals: numeric((context, policy) => context === policy),
  NumericLessThan: numeric((context, policy) => context < policy),
  NumericLessThanEquals: numeric((context, policy) => context <= policy),
  NumericGreaterThan: numeric((context, policy) => context > policy),
  NumericGreaterThanEquals: numeric((context, policy) => context >= policy),
  DateEquals: date((context, policy) => context === policy),
  DateLessThan: date((context, policy) => context < policy),
  DateLessThanEquals: date((context, policy) => context <= policy),
  DateGreaterThan: date((context, policy) => context > policy),
  DateGreaterThanEquals: date((context, policy) => context >= policy),
  Bool: bool,
  BinaryEquals: (policy, context) => policy === context,
  IpAddress: networkContains,
  ArnEquals: arnLike,
  ArnLike: arnLike,
} as const satisfies Record<string, Comparison>;

const negated = {
  StringNotEquals: positive.StringEquals,
  StringNotEqualsIgnoreCase: positive.StringEqualsIgnoreCase,
  StringNotLike: positive.StringLike,
  NumericNotEquals: positive.NumericEquals,
  DateNotEquals: positive.DateEquals,
  NotIpAddress: positive.IpAddress,
  ArnNotEquals: positive.ArnEquals,
  ArnNotLike: positive.ArnLike,
} as const satisfies Record<string, Comparison>;

const operators: ReadonlyMap<string, ConditionOperator> = new Map<string, ConditionOperator>([
  ...Object.entries<Comparison>(positive).map(([name, compare]): [string, ConditionOperator] => [
    name,
    { compare, negated: false },
  ]),
  ...Object.entries<Comparison>(negated).map(([name, compare]): [string, ConditionOperator] => [
    name,
    { compare, negated: true },
  ]),
]);

const spelling: ReadonlyMap<string, string> = new Map(
  [...operators.keys(), 'Null'].map((name) => [name.toLowerCase(), name]),
);

/** Undefined: an operator that is not known; `Null` has its own rule. */
export const conditionOperator = (name: string): ConditionOperator | undefined => operators.get(name);

export const operatorNames: readonly string[] = [...operators.keys(), 'Null'].sort();

/** `foranyvalue:stringlikeifexists` → its three parts, in the grammar's spelling where the operator is known. */
export const splitOperator = (text: string): Pick<Condition, 'operator' | 'qualifier' | 'ifExists'> => {
  const colon = text.indexOf(':');
  const prefix = text.slice(0, Math.max(colon, 0)).toLowerCase();
  const qualifier =
    prefix === 'forallvalues' ? 'ForAllValues' : prefix === 'foranyvalue' ? 'ForAnyValue' : null;
  const name = qualifier ? text.slice(colon + 1) : text;
  const ifExists = name.toLowerCase().endsWith('ifexists');
  const operator = ifExists ? name.slice(0, -'IfExists'.length) : name;
  return { operator: spelling.get(operator.toLowerCase()) ?? operator, qualifier, ifExists };
};
