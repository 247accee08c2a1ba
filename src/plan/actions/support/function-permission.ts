import type { FunctionDependents } from '../../../model/dependents.ts';
import type { StepDraft } from '../../planner.ts';
import { holds } from './assertions.ts';
import { command } from './command-line.ts';
import { functionTarget, isSameCode } from './function-target.ts';
import { addingAgain, type Permission } from './permission-statement.ts';
import { containKey, deleteKey, preserveKey } from './step-keys.ts';
import { workloadStep } from './workload-step.ts';

export function permissionKey({ arn }: FunctionDependents, { qualifier, sid }: Permission): string {
  return deleteKey(`${arn}/permission/${qualifier ?? '$LATEST'}/${sid}`);
}

/** Takes one statement out of the policy of a function, alias or version. Statements without an id cannot be named. */
export function removePermission(target: FunctionDependents, permission: Permission): readonly StepDraft[] {
  const { qualifier, sid } = permission;
  if (sid === '') {
    return [];
  }
  const who = { functionName: target.name, qualifier };
  const place = qualifier === null ? target.name : `${target.name}:${qualifier}`;
  const again = addingAgain(target.name, permission);
  return [
    workloadStep(
      functionTarget(target),
      {
        key: permissionKey(target, permission),
        stage: 'cut-re-entry',
        action: 'function.remove-permission',
        title: `Remove statement ${sid} from the policy of ${place}`,
        why: 'Who is let in by a resource policy needs no credential of this account.',
      },
      {
        region: target.region,
        preconditions: [
          isSameCode(target),
          holds(
            `the policy of ${place} holds statement ${sid}`,
            ['lambda', 'get-policy', who],
            'Policy',
            `"${sid}"`,
          ),
        ],
        commands: [
          command(
            'lambda',
            'remove-permission',
            { ...who, statementId: sid },
            { accepts: ['ResourceNotFoundException'] },
          ),
        ],
        cautions: [
          'It stops this caller only. A trigger may rest on the statement: put one with a pinned source in its place first.',
          ...(again === null
            ? ['AddPermission cannot say this statement again: its text is in the saved policy only.']
            : []),
        ],
        undo: again === null ? [] : [again],
        after: [preserveKey(target.arn), containKey(target.arn)],
      },
    ),
  ];
}
