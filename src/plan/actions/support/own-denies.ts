import type { PlanAssertion, PlanCommand } from '../../../model/plan.ts';
import { digestOf, type PrincipalType, readsDocument } from './assertions.ts';
import { command, unlessGone } from './command-line.ts';

/** Inline policies that the plan itself writes; the release stage and every removal take them away. */
export const containmentPolicy = 'AfterleakContainment';
export const revocationPolicy = 'AfterleakRevokeSessions';
export const ownPolicies: readonly string[] = [revocationPolicy, containmentPolicy];

function policyWith(statement: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** No condition: long-term keys, running sessions and sessions to come are all denied. */
export const containmentDocument = policyWith({
  Sid: containmentPolicy,
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
});

/** The key is absent from requests signed with a long-term key: these go on. */
export function revocationDocument(issuedBefore: string): string {
  return policyWith({
    Sid: revocationPolicy,
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { DateLessThan: { 'aws:TokenIssueTime': issuedBefore } },
  });
}

const word = { 'iam-user': 'user', 'iam-role': 'role', 'iam-group': 'group' } as const;

export function nameOption(type: PrincipalType, name: string): Readonly<Record<string, string>> {
  return { [`${word[type]}Name`]: name };
}

/** `user-policy`, `role-policy`, `group-policy`: the last words of IAM's operations on inline policies. */
export function policyNoun(type: PrincipalType): string {
  return `${word[type]}-policy`;
}

export function putPolicy(
  type: PrincipalType,
  name: string,
  policyName: string,
  document: string,
): PlanCommand {
  const options = { ...nameOption(type, name), policyName, policyDocument: document };
  return command('iam', `put-${policyNoun(type)}`, options);
}

export function deletePolicy(type: PrincipalType, name: string, policyName: string): PlanCommand {
  return unlessGone('iam', `delete-${policyNoun(type)}`, { ...nameOption(type, name), policyName });
}

export function holdsPolicy(
  type: PrincipalType,
  name: string,
  policyName: string,
  document: string,
): PlanAssertion {
  return readsDocument(
    `${policyName} is in force as written`,
    ['iam', `get-${policyNoun(type)}`, { ...nameOption(type, name), policyName }],
    'PolicyDocument',
    digestOf(document),
  );
}
