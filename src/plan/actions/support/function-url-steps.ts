import type { FunctionDependents } from '../../../model/dependents.ts';
import type { PlanAssertion } from '../../../model/plan.ts';
import type { StepDraft } from '../../planner.ts';
import { fails, reads } from './assertions.ts';
import { command, unlessGone } from './command-line.ts';
import { permissionKey, removePermission } from './function-permission.ts';
import { isSameCode, urlTarget } from './function-target.ts';
import { isOfUrl, type Permission } from './permission-statement.ts';
import { containKey, deleteKey, preserveKey } from './step-keys.ts';
import { workloadStep } from './workload-step.ts';

const action = 'function-url.delete';

function urlPermissions(target: FunctionDependents, qualifier: string | null): readonly Permission[] {
  return (target.permissions ?? []).filter((one) => one.qualifier === qualifier && isOfUrl(one));
}

function isOfThisFunction(target: FunctionDependents, qualifier: string | null): PlanAssertion {
  const { arn } = urlTarget(target, qualifier);
  return reads(
    'the URL still leads to this function',
    ['lambda', 'get-function-url-config', { functionName: target.name, qualifier }],
    'FunctionArn',
    arn.replace(/\/url$/, ''),
  );
}

/** Closes the URL of a function that is to go on running, without losing the host name. */
export function closeUrl(target: FunctionDependents, qualifier: string | null): StepDraft {
  const url = urlTarget(target, qualifier);
  const who = { functionName: target.name, qualifier };
  return workloadStep(
    url,
    {
      key: containKey(url.arn),
      stage: 'contain',
      action,
      title: `Let nobody call the URL of ${url.name} without credentials`,
      why: 'The function lives on; the way in that the intruder made to it does not.',
    },
    {
      region: target.region,
      preconditions: [isSameCode(target), isOfThisFunction(target, qualifier)],
      commands: [unlessGone('lambda', 'update-function-url-config', { ...who, authType: 'AWS_IAM' })],
      confirm: [reads('it asks for IAM', ['lambda', 'get-function-url-config', who], 'AuthType', 'AWS_IAM')],
      cautions: [
        'Taking it back opens the URL to everybody whom the policy lets in: look at its AuthType in the saved answer first.',
      ],
      undo: [command('lambda', 'update-function-url-config', { ...who, authType: 'NONE' })],
      after: [preserveKey(target.arn)],
    },
  );
}

/** The URL, after the permissions that it lives on. */
export function deleteUrl(target: FunctionDependents, qualifier: string | null): readonly StepDraft[] {
  const url = urlTarget(target, qualifier);
  const who = { functionName: target.name, qualifier };
  const permissions = urlPermissions(target, qualifier);
  return [
    workloadStep(
      url,
      {
        key: deleteKey(url.arn),
        stage: 'cut-re-entry',
        action,
        title: `Delete the URL of ${url.name}`,
        why: 'It asks for no key that could be revoked.',
      },
      {
        region: target.region,
        preconditions: [isSameCode(target), isOfThisFunction(target, qualifier)],
        commands: [unlessGone('lambda', 'delete-function-url-config', who)],
        confirm: [
          fails('the URL is gone', ['lambda', 'get-function-url-config', who], 'ResourceNotFoundException'),
        ],
        cautions: [
          'The host name is lost for good: record it as an indicator first (it is in the saved answer).',
        ],
        after: [preserveKey(target.arn), containKey(target.arn), containKey(url.arn)],
      },
    ),
    ...permissions
      .flatMap((permission) => removePermission(target, permission))
      .map((step) => ({ ...step, after: [...step.after, deleteKey(url.arn)] })),
  ];
}

export function urlKeys(target: FunctionDependents): readonly string[] {
  return [
    ...(target.urlQualifiers ?? []).map((qualifier) => deleteKey(urlTarget(target, qualifier).arn)),
    ...(target.permissions ?? []).map((permission) => permissionKey(target, permission)),
  ];
}
