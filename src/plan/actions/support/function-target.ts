import type { FunctionDependents } from '../../../model/dependents.ts';
import type { PlanAssertion } from '../../../model/plan.ts';
import { functionUrlArn } from '../../../model/resource-arn.ts';
import type { ActionRequest, PlanWorld } from '../../planner.ts';
import { reads } from './assertions.ts';
import { isIntruderMade } from './findings.ts';
import type { Target } from './step.ts';

/** The function that a finding is about, with the alias or version where its URL belongs to one. */
interface NamedFunction {
  /** Unqualified. */
  readonly arn: string;
  readonly qualifier: string | null;
}

const functionArn = /^(arn:[^:]*:lambda:[^:]*:\d{12}:function:[^:/]+)(?::([^:/]+))?(\/url)?$/;

export function namedFunction(arn: string): NamedFunction | null {
  const match = functionArn.exec(arn);
  const [, unqualified] = match ?? [];
  return unqualified === undefined ? null : { arn: unqualified, qualifier: match?.[2] ?? null };
}

/** Null where the finding is about something else, or the evidence does not hold the function. */
export function functionOf(
  { finding }: Pick<ActionRequest, 'finding'>,
  world: PlanWorld,
): FunctionDependents | null {
  const named = namedFunction(finding.subject.arn);
  const found = named === null ? null : world.dependentsOf(named.arn);
  return found?.type === 'lambda-function' ? found : null;
}

export function functionTarget({ arn, name, accountId }: FunctionDependents): Target {
  return { arn, uniqueId: null, type: 'lambda-function', name, accountId };
}

export function urlTarget({ arn, name, accountId }: FunctionDependents, qualifier: string | null): Target {
  const [qualified, label] =
    qualifier === null ? [arn, name] : [`${arn}:${qualifier}`, `${name}:${qualifier}`];
  return { arn: functionUrlArn(qualified), uniqueId: null, type: 'function-url', name: label, accountId };
}

/** Lambda gives functions no unique id: the code is what tells one from its namesake. */
export function isSameCode({ name, codeSha256 }: FunctionDependents): PlanAssertion {
  return reads(
    `the code of ${name} is that of the evidence`,
    ['lambda', 'get-function-configuration', { functionName: name }],
    'CodeSha256',
    codeSha256,
  );
}

export function isOwnFunction(world: PlanWorld, arn: string): boolean {
  return isIntruderMade(world, arn, 'lambda-function');
}
