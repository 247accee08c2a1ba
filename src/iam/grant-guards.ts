import type { Condition } from '../model/policy-document.ts';
import type { AccessGrant } from '../model/power.ts';
import { conditionOperator } from './condition-operators.ts';

export type GrantGuards = AccessGrant['guards'];

type GuardName = 'externalId' | 'organization' | 'sourceAccount' | 'sourceArn' | 'sourceNetwork' | 'mfa';

const guardByKey: ReadonlyMap<string, GuardName> = new Map([
  ['sts:externalid', 'externalId'],
  ['aws:principalorgid', 'organization'],
  ['aws:principalorgpaths', 'organization'],
  ['aws:principalaccount', 'organization'],
  ['aws:principalarn', 'organization'],
  ['aws:sourceaccount', 'sourceAccount'],
  ['aws:sourceowner', 'sourceAccount'],
  ['aws:sourceorgid', 'sourceAccount'],
  ['aws:sourceorgpaths', 'sourceAccount'],
  ['aws:sourcearn', 'sourceArn'],
  ['aws:sourceip', 'sourceNetwork'],
  ['aws:vpcsourceip', 'sourceNetwork'],
  ['aws:sourcevpc', 'sourceNetwork'],
  ['aws:sourcevpce', 'sourceNetwork'],
  ['aws:sourcevpcarn', 'sourceNetwork'],
  ['aws:multifactorauthpresent', 'mfa'],
  ['aws:multifactorauthage', 'mfa'],
]);

const pinningOperators: ReadonlySet<string> = new Set([
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'ArnEquals',
  'ArnLike',
  'IpAddress',
]);

const allNetworks: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

/** An ARN pins when its account or its name is given: `arn:aws:lambda:*:*:*` does not. */
const arnPins = (value: string): boolean => {
  const parts = value.split(':');
  const resource = parts.slice(5).join(':');
  return (
    /^\d{12}$/.test(parts[4] ?? '') ||
    (parts[2] === 's3' && resource !== '' && !resource.startsWith('*')) ||
    (parts.length >= 6 && !value.includes('*') && !value.includes('?'))
  );
};

const valuePins = (key: string, value: string): boolean => {
  if (key === 'aws:sourcearn' || key === 'aws:principalarn') {
    return arnPins(value);
  }
  return !/^[*?]*$/.test(value) && !allNetworks.has(value);
};

/** Does a condition of an Allow statement hold only for callers that it names? `IfExists` lets a missing key through. */
const pins = (condition: Condition): boolean => {
  const key = condition.key.toLowerCase();
  if (condition.ifExists || condition.qualifier === 'ForAllValues' || condition.values.length === 0) {
    return false;
  }
  if (key === 'aws:multifactorauthpresent') {
    return condition.operator === 'Bool' && condition.values.every((value) => value.toLowerCase() === 'true');
  }
  if (key === 'aws:multifactorauthage') {
    return condition.operator.startsWith('NumericLessThan');
  }
  return pinningOperators.has(condition.operator) && condition.values.every((value) => valuePins(key, value));
};

const gitHubSubject = /^repo:[^*?:/]+\/[^*?:/]+:./;

/** Does a `sub` value name one workload? For GitHub the repository must be fixed, branch and event need not be. */
const subjectTightness = (value: string): GrantGuards['subject'] => {
  if (/^[*?]*$/.test(value)) {
    return 'none';
  }
  return /[*?]/.test(value) && !gitHubSubject.test(value) ? 'loose' : 'tight';
};

const rank = { none: 0, loose: 1, tight: 2 } as const;

const subjectOf = (condition: Condition): GrantGuards['subject'] => {
  const isEquality = ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike'].includes(condition.operator);
  if (!isEquality || condition.ifExists || condition.qualifier === 'ForAllValues') {
    return 'loose';
  }
  // A literal comparison takes a wildcard as a plain character: such a value fits nobody.
  const found =
    condition.operator === 'StringLike'
      ? condition.values.map(subjectTightness)
      : condition.values.map((): GrantGuards['subject'] => 'tight');
  return found.reduce((widest, next) => (rank[next] < rank[widest] ? next : widest), 'tight');
};

/** Keys of a token: `token.actions.githubusercontent.com:sub`, `SAML:aud`. */
const tokenClaim = (key: string): string | null => {
  const colon = key.lastIndexOf(':');
  const prefix = key.slice(0, Math.max(colon, 0));
  return prefix === 'saml' || prefix.includes('.') ? key.slice(colon + 1) : null;
};

/** GitHub's repository claims pin the same thing as its subject. */
const subjectClaims: ReadonlySet<string> = new Set([
  'sub',
  'repository',
  'repository_id',
  'project_path',
  'amr',
]);

const withSubject = (guards: GrantGuards, condition: Condition): GrantGuards => {
  const subject = subjectOf(condition);
  return rank[subject] > rank[guards.subject] ? { ...guards, subject } : guards;
};

const withClaim = (guards: GrantGuards, condition: Condition, claim: string): GrantGuards => {
  if (claim === 'aud') {
    return { ...guards, audience: guards.audience || pins(condition) };
  }
  if (subjectClaims.has(claim)) {
    // Guest access of an identity pool: everyone has that claim.
    return condition.values.includes('unauthenticated') ? guards : withSubject(guards, condition);
  }
  return withOther(guards, condition);
};

const withOther = (guards: GrantGuards, condition: Condition): GrantGuards => ({
  ...guards,
  other: [...new Set([...guards.other, condition.key.toLowerCase()])].sort(),
});

const withCondition = (guards: GrantGuards, condition: Condition): GrantGuards => {
  const key = condition.key.toLowerCase();
  const claim = tokenClaim(key);
  if (claim !== null) {
    return withClaim(guards, condition, claim);
  }
  const guard = guardByKey.get(key);
  const isKnownOperator =
    condition.operator === 'Null' || conditionOperator(condition.operator) !== undefined;
  if (guard === undefined || !isKnownOperator) {
    return withOther(guards, condition);
  }
  return pins(condition) ? { ...guards, [guard]: true } : guards;
};

const noGuards: GrantGuards = {
  externalId: false,
  organization: false,
  sourceAccount: false,
  sourceArn: false,
  sourceNetwork: false,
  mfa: false,
  subject: 'none',
  audience: false,
  other: [],
};

/** The guards that the conditions of an Allow statement set up. */
export const guardsOf = (conditions: readonly Condition[]): GrantGuards =>
  conditions.reduce(withCondition, noGuards);

const inverse: ReadonlyMap<string, string> = new Map([
  ['StringNotEquals', 'StringEquals'],
  ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'],
  ['StringNotLike', 'StringLike'],
  ['ArnNotEquals', 'ArnEquals'],
  ['ArnNotLike', 'ArnLike'],
  ['NotIpAddress', 'IpAddress'],
]);

/**
 * A Deny for everybody but those that the condition names guards like an Allow for them. A negated operator also denies
 * where the key is missing, and `IfExists` does not soften that. Null: not of that kind.
 */
export const invertedCondition = (condition: Condition): Condition | null => {
  const operator = inverse.get(condition.operator);
  if (operator !== undefined && condition.qualifier === null) {
    return { ...condition, operator, ifExists: false };
  }
  const isMfa = condition.key.toLowerCase() === 'aws:multifactorauthpresent' && condition.operator === 'Bool';
  // Without IfExists a caller that has no MFA key at all is not denied.
  return isMfa && condition.ifExists && condition.values.every((value) => value.toLowerCase() === 'false')
    ? { ...condition, ifExists: false, values: ['true'] }
    : null;
};

/** Accounts to which the conditions pin the caller (for services: the owner of the source). */
export const pinnedAccounts = (conditions: readonly Condition[]): readonly string[] => {
  const accountKeys = ['aws:principalaccount', 'aws:principalarn', 'aws:sourceaccount', 'aws:sourceowner'];
  const found = conditions
    .filter((condition) => accountKeys.includes(condition.key.toLowerCase()) && pins(condition))
    .flatMap((condition) => condition.values)
    .map((value) => (value.startsWith('arn:') ? (value.split(':')[4] ?? '') : value))
    .filter((value) => /^\d{12}$/.test(value));
  return [...new Set(found)].sort();
};

export const organizationsNamed = (conditions: readonly Condition[]): readonly string[] => [
  ...new Set(
    conditions
      .filter(({ key }) => ['aws:principalorgid', 'aws:principalorgpaths'].includes(key.toLowerCase()))
      .flatMap(({ values }) => values)
      .map((value) => value.split('/')[0] ?? value),
  ),
];
