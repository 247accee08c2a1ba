import { assignmentArn } from '../../../model/resource-arn.ts';
import type { PlanWorld, StepDraft } from '../../planner.ts';
import { lacks } from './assertions.ts';
import { command, queryText, unlessGone } from './command-line.ts';
import { centerCaution, centerOf } from './identity-center.ts';
import { stepFor } from './step.ts';
import { deleteKey, preserveKey } from './step-keys.ts';

export interface Assignment {
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly principalType: 'USER' | 'GROUP';
  readonly principalId: string;
}

/** Assignments have no ARN of their own; see `assignmentArn`. Null for anything else. */
export function assignmentFrom(arn: string): Assignment | null {
  const [, permissionSetArn, accountId, principalType, principalId] =
    /^(.+)\/assignment\/([^/]+)\/(USER|GROUP)\/(.+)$/s.exec(arn) ?? [];
  return permissionSetArn === undefined || accountId === undefined || principalId === undefined
    ? null
    : {
        permissionSetArn,
        accountId,
        principalType: principalType === 'GROUP' ? 'GROUP' : 'USER',
        principalId,
      };
}

/**
 * Takes away one way into one account. It can be given back, so it is part of containment: whoever holds it enters with
 * no key at all, and with the last assignment in an account Identity Center takes the role itself away.
 */
export function deleteAssignment(assignment: Assignment, world: PlanWorld): StepDraft {
  const { accountId, permissionSetArn, principalType, principalId } = assignment;
  const arn = assignmentArn(assignment);
  const center = centerOf(world, permissionSetArn);
  const options = {
    instanceArn: center.instanceArn,
    targetId: accountId,
    targetType: 'AWS_ACCOUNT',
    permissionSetArn,
    principalType,
    principalId,
  };
  const place = { instanceArn: center.instanceArn, accountId, permissionSetArn };
  return stepFor(
    { arn, uniqueId: null, type: 'assignment', name: `${principalType} ${principalId}`, accountId },
    {
      key: deleteKey(arn),
      stage: 'contain',
      action: 'identity-center.assignment-delete',
      title: `Delete the assignment of ${principalType} ${principalId} in account ${accountId}`,
      why: 'Its holder enters the account through Identity Center without any key.',
    },
    {
      accountId: center.accountId,
      region: center.region,
      commands: [unlessGone('sso-admin', 'delete-account-assignment', options)],
      confirm: [
        lacks(
          'it is gone',
          ['sso-admin', 'list-account-assignments', place],
          `AccountAssignments[?PrincipalId==${queryText(principalId)}].PrincipalId`,
          principalId,
        ),
      ],
      cautions: [
        centerCaution,
        'It is asynchronous: the answer to the call is not the end of it.',
        'Where others hold the same permission set in the account, role sessions that were opened through it live on for as long as the set says, 12 hours at most.',
      ],
      undo: [command('sso-admin', 'create-account-assignment', options)],
      after: [preserveKey(permissionSetArn)],
    },
  );
}
