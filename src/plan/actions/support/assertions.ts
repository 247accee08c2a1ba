import { contentDigest } from '../../../model/content-digest.ts';
import type { PlanAssertion } from '../../../model/plan.ts';
import { argumentsOf, goneCodeOf } from './command-line.ts';
import type { Target } from './step.ts';

type Call = readonly [service: string, operation: string, options: Parameters<typeof argumentsOf>[2]];
type Compare = PlanAssertion['compare'];

function asserted(
  fact: string,
  [service, operation, options]: Call,
  answer: { readonly query?: string; readonly output: 'text' | 'json' },
  compare: Compare,
  expected: string,
): PlanAssertion {
  return { fact, argv: argumentsOf(service, operation, { ...options, ...answer }), compare, expected };
}

/** The answer to one read call, picked by `query`, is this text. */
export function reads(fact: string, call: Call, query: string, expected: string): PlanAssertion {
  return asserted(fact, call, { query, output: 'text' }, 'text', expected);
}

/** The answer is this JSON, by its digest. */
export function readsDocument(fact: string, call: Call, query: string, digest: string): PlanAssertion {
  return asserted(fact, call, { query, output: 'json' }, 'digest', digest);
}

export function lacks(fact: string, call: Call, query: string, text: string): PlanAssertion {
  return asserted(fact, call, { query, output: 'text' }, 'lacks', text);
}

/** The answer holds this text somewhere. */
export function holds(fact: string, call: Call, query: string, text: string): PlanAssertion {
  return asserted(fact, call, { query, output: 'text' }, 'contains', text);
}

/** The read call fails with this error code. */
export function fails(fact: string, call: Call, code: string): PlanAssertion {
  return asserted(fact, call, { output: 'json' }, 'absent', code);
}

export function isGone(fact: string, call: Call): PlanAssertion {
  return fails(fact, call, goneCodeOf(call[0]));
}

const principals = {
  'iam-user': { operation: 'get-user', option: 'userName', query: 'User.UserId' },
  'iam-role': { operation: 'get-role', option: 'roleName', query: 'Role.RoleId' },
  'iam-group': { operation: 'get-group', option: 'groupName', query: 'Group.GroupId' },
} as const;

export type PrincipalType = keyof typeof principals;

/** A new thing of the same name is another thing: nothing is done to it. Empty where the evidence has no unique id. */
export function isSamePrincipal(
  type: PrincipalType,
  { name, uniqueId }: Pick<Target, 'name' | 'uniqueId'>,
): PlanAssertion[] {
  const { operation, option, query } = principals[type];
  return uniqueId === null
    ? []
    : [reads(`it still is ${uniqueId}`, ['iam', operation, { [option]: name }], query, uniqueId)];
}

export function principalIsGone(type: PrincipalType, name: string): PlanAssertion {
  const { operation, option } = principals[type];
  return isGone('it is gone', ['iam', operation, { [option]: name }]);
}

export function isSamePolicy(arn: string, uniqueId: string | null): PlanAssertion[] {
  return uniqueId === null
    ? []
    : [
        reads(
          `it still is ${uniqueId}`,
          ['iam', 'get-policy', { policyArn: arn }],
          'Policy.PolicyId',
          uniqueId,
        ),
      ];
}

/** Digest of a document that we wrote ourselves. */
export function digestOf(document: string): string {
  return contentDigest(document) ?? '';
}
