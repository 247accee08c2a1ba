import { contentDigest } from '../../../model/content-digest.ts';
import type { PlanAssertion } from '../../../model/plan.ts';
import { argumentsOf, goneCodeOf } from './command-line.ts';
import type { Target } from './step.ts';

type Options = Parameters<typeof argumentsOf>[2];

/** The answer to one read call, picked by `query`, is this text. */
export function reads(
  fact: string,
  [service, operation, options]: readonly [string, string, Options],
  query: string,
  expected: string,
): PlanAssertion {
  return {
    fact,
    argv: argumentsOf(service, operation, { ...options, query, output: 'text' }),
    compare: 'text',
    expected,
  };
}

/** The answer is this JSON, by its digest. */
export function readsDocument(
  fact: string,
  [service, operation, options]: readonly [string, string, Options],
  query: string,
  digest: string,
): PlanAssertion {
  return {
    fact,
    argv: argumentsOf(service, operation, { ...options, query, output: 'json' }),
    compare: 'digest',
    expected: digest,
  };
}

export function lacks(
  fact: string,
  [service, operation, options]: readonly [string, string, Options],
  query: string,
  text: string,
): PlanAssertion {
  return {
    fact,
    argv: argumentsOf(service, operation, { ...options, query, output: 'text' }),
    compare: 'lacks',
    expected: text,
  };
}

export function isGone(
  fact: string,
  [service, operation, options]: readonly [string, string, Options],
): PlanAssertion {
  return {
    fact,
    argv: argumentsOf(service, operation, { ...options, output: 'json' }),
    compare: 'absent',
    expected: goneCodeOf(service),
  };
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
