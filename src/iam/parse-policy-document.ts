import type { Condition, PolicyDocument, PolicyPrincipal, Statement } from '../model/policy-document.ts';
import { splitOperator } from './condition-operators.ts';
import { duplicateKeys } from './duplicate-keys.ts';

export type ParsedPolicyDocument =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problem: string };

type Elements = ReadonlyMap<string, unknown>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Element names by lower case: some services store them in another case than the grammar shows. */
const elementsOf = (value: Readonly<Record<string, unknown>>, unsupported: string[]): Elements => {
  const elements = new Map<string, unknown>();
  for (const [name, content] of Object.entries(value)) {
    const key = name.toLowerCase();
    if (elements.has(key)) {
      unsupported.push(`duplicate element ${name}`);
    }
    elements.set(key, content);
  }
  return elements;
};

/** A string or a list of strings; null when the element is absent. What is neither goes to `unsupported`. */
const readStrings = (elements: Elements, name: string, unsupported: string[]): readonly string[] | null => {
  const value = elements.get(name.toLowerCase());
  if (value === undefined) {
    return null;
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const strings = items.filter((item) => typeof item === 'string');
  if (strings.length !== items.length) {
    unsupported.push(name);
  }
  return strings;
};

const readPrincipals = (
  elements: Elements,
  name: string,
  unsupported: string[],
): readonly PolicyPrincipal[] | null => {
  const value = elements.get(name.toLowerCase());
  if (value === undefined) {
    return null;
  }
  if (typeof value === 'string') {
    return [{ type: value === '*' ? '*' : 'AWS', value }];
  }
  if (!isObject(value)) {
    unsupported.push(name);
    return [];
  }
  const types = new Map(Object.entries(value));
  return [...types.keys()].flatMap((type) =>
    (readStrings(new Map([[type.toLowerCase(), types.get(type)]]), type, unsupported) ?? []).map(
      (principal) => ({ type, value: principal }),
    ),
  );
};

const readConditionValues = (value: unknown): readonly string[] | null => {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const values = items.filter(
    (item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean',
  );
  return values.length === items.length ? values.map(String) : null;
};

const readConditions = (elements: Elements, unsupported: string[]): readonly Condition[] => {
  const block = elements.get('condition');
  if (block === undefined) {
    return [];
  }
  if (!isObject(block)) {
    unsupported.push('Condition');
    return [];
  }
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(block)) {
    if (!isObject(keys)) {
      unsupported.push(`Condition ${operator}`);
      continue;
    }
    for (const [key, value] of Object.entries(keys)) {
      const values = readConditionValues(value);
      if (values === null) {
        unsupported.push(`Condition ${operator} ${key}`);
      }
      conditions.push({ ...splitOperator(operator), key, values: values ?? [] });
    }
  }
  return conditions;
};

const statementElements = new Set([
  'sid',
  'effect',
  'principal',
  'notprincipal',
  'action',
  'notaction',
  'resource',
  'notresource',
  'condition',
]);

const readEffect = (elements: Elements): Statement['effect'] => {
  const effect = elements.get('effect');
  return effect === 'Allow' || effect === 'Deny' ? effect : 'Unknown';
};

const readStatement = (value: unknown, index: number): Statement => {
  const unsupported: string[] = isObject(value) ? [] : ['Statement'];
  const elements = elementsOf(isObject(value) ? value : {}, unsupported);
  unsupported.push(...[...elements.keys()].filter((name) => !statementElements.has(name)));
  const effect = readEffect(elements);
  const actions = readStrings(elements, 'Action', unsupported);
  const notActions = readStrings(elements, 'NotAction', unsupported);
  const resources = readStrings(elements, 'Resource', unsupported);
  const notResources = readStrings(elements, 'NotResource', unsupported);
  const principals = readPrincipals(elements, 'Principal', unsupported);
  const notPrincipals = readPrincipals(elements, 'NotPrincipal', unsupported);
  const sid = elements.get('sid');
  if (effect === 'Unknown') {
    unsupported.push('Effect');
  }
  if ((actions === null) === (notActions === null)) {
    unsupported.push('Action');
  }
  if (resources && notResources) {
    unsupported.push('Resource');
  }
  if (principals && notPrincipals) {
    unsupported.push('Principal');
  }
  const conditions = readConditions(elements, unsupported);
  return {
    index,
    sid: typeof sid === 'string' ? sid : null,
    effect,
    principals,
    notPrincipals,
    actions,
    notActions,
    resources,
    notResources,
    conditions,
    unsupported: [...new Set(unsupported)].sort(),
  };
};

const parseJson = (text: string): { readonly value: unknown } | { readonly problem: string } => {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'not JSON' };
  }
};

/** IAM answers percent-encoded documents; a byte order mark survives from files that people uploaded. */
const plainText = (text: string): string => {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (!trimmed.startsWith('%')) {
    return trimmed;
  }
  try {
    return decodeURIComponent(trimmed).replace(/^\uFEFF/, '');
  } catch {
    return trimmed;
  }
};

/** Reads what AWS stored. Never throws and never drops an element: what it does not know ends in `unsupported`. */
export const parsePolicyDocument = (text: string): ParsedPolicyDocument => {
  const source = plainText(text);
  const parsed = parseJson(source);
  if ('problem' in parsed) {
    return { ok: false, problem: parsed.problem };
  }
  if (!isObject(parsed.value)) {
    return { ok: false, problem: 'a policy document must be a JSON object' };
  }
  const unsupported: string[] = duplicateKeys(source).map((name) => `duplicate element ${name}`);
  const elements = elementsOf(parsed.value, unsupported);
  const statement = elements.get('statement');
  if (statement === undefined || statement === null) {
    return { ok: false, problem: 'a policy document must have a Statement' };
  }
  const version = elements.get('version');
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    unsupported.push('Version');
  }
  unsupported.push(...[...elements.keys()].filter((name) => !['version', 'id', 'statement'].includes(name)));
  const statements: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  return {
    ok: true,
    document: {
      version: typeof version === 'string' ? version : null,
      statements: statements.map(readStatement),
      unsupported: [...new Set(unsupported)].sort(),
    },
  };
};
