import type { PermissionSetDependents } from '../../model/dependents.ts';
import type { PlanCommand } from '../../model/plan.ts';
import { assignmentArn } from '../../model/resource-arn.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, PlanWorld, StepDraft } from '../planner.ts';
import { nameOfArn } from './support/arn-parts.ts';
import { isGone, reads } from './support/assertions.ts';
import { type Assignment, deleteAssignment } from './support/assignment-steps.ts';
import { command, unlessGone } from './support/command-line.ts';
import { isToBeDeleted } from './support/findings.ts';
import { type Center, centerCaution, centerOf } from './support/identity-center.ts';
import { earlierState, type IncidentChange, incidentChanges } from './support/incident-changes.ts';
import { save } from './support/saved-file.ts';
import { manualStep, stepFor, type Target, targetOf } from './support/step.ts';
import { deleteKey, preserveKey, restoreKey } from './support/step-keys.ts';

const restoreAction = 'identity-center.permission-set-restore';

interface PermissionSet {
  readonly target: Target;
  readonly center: Center;
  /** Options that name it in every call. */
  readonly what: Readonly<Record<string, string | null>>;
}

function permissionSetOf(target: Target, world: PlanWorld): PermissionSet {
  const center = centerOf(world, target.arn);
  return {
    target: { ...target, accountId: center.accountId },
    center,
    what: { instanceArn: center.instanceArn, permissionSetArn: target.arn },
  };
}

function preserve({ target, center, what }: PermissionSet): StepDraft {
  const saved = (part: string, operation: string, accepts: readonly string[] = []) =>
    save(target, part, ['sso-admin', operation, what], accepts);
  return stepFor(
    target,
    {
      key: preserveKey(target.arn),
      stage: 'preserve',
      action: restoreAction,
      title: `Save permission set ${target.name}`,
      why: 'What it grants and where is gone once it is changed or deleted.',
    },
    {
      region: center.region,
      commands: [
        saved('permission-set', 'describe-permission-set'),
        saved('managed-policies', 'list-managed-policies-in-permission-set'),
        saved('customer-policies', 'list-customer-managed-policy-references-in-permission-set'),
        saved('inline-policy', 'get-inline-policy-for-permission-set'),
        saved('boundary', 'get-permissions-boundary-for-permission-set', ['ResourceNotFoundException']),
        saved('accounts', 'list-accounts-for-provisioned-permission-set'),
      ],
      reversible: true,
    },
  );
}

function isSame({ target, what }: PermissionSet) {
  return [
    reads(
      'it still is the same',
      ['sso-admin', 'describe-permission-set', what],
      'PermissionSet.PermissionSetArn',
      target.arn,
    ),
  ];
}

function assignmentsOf(arn: string, found: PermissionSetDependents | null): readonly Assignment[] {
  return (found?.assignments ?? []).map((one) => ({ ...one, permissionSetArn: arn }));
}

function removal(set: PermissionSet, assignments: readonly Assignment[], isSeen: boolean): StepDraft {
  const { target, center, what } = set;
  return stepFor(
    target,
    {
      key: deleteKey(target.arn),
      stage: 'delete',
      action: 'identity-center.permission-set-delete',
      title: `Delete permission set ${target.name}`,
      why: 'The intruder made it; it is refused until its last assignment is gone.',
    },
    {
      region: center.region,
      preconditions: isSame(set),
      commands: [
        {
          ...unlessGone('sso-admin', 'delete-permission-set', what),
          ...(assignments.length > 0 ? { pauseSeconds: 15 } : {}),
        },
      ],
      confirm: [isGone('it is gone', ['sso-admin', 'describe-permission-set', what])],
      cautions: [
        centerCaution,
        'Deleting assignments takes a while: where it is refused with a conflict, wait and try again.',
        ...(isSeen
          ? []
          : [`could not be seen: assignments of ${target.name}. List and delete them before deleting it.`]),
      ],
      after: [
        preserveKey(target.arn),
        ...assignments.map((assignment) => deleteKey(assignmentArn(assignment))),
      ],
    },
  );
}

const deletion: ActionPlanner = (request, world) => {
  const target = targetOf(request.finding);
  if (target.type !== 'permission-set' || !isToBeDeleted(request, world)) {
    return [];
  }
  const found = world.dependentsOf(target.arn);
  const dependents = found?.type === 'permission-set' ? found : null;
  const set = permissionSetOf(target, world);
  const assignments = assignmentsOf(target.arn, dependents);
  const isSeen = dependents !== null && dependents.assignments !== null;
  return [
    preserve(set),
    ...assignments.map((assignment) => deleteAssignment(assignment, world)),
    removal(set, assignments, isSeen),
  ];
};

interface Undoing {
  readonly part: string;
  readonly title: string;
  readonly commands: readonly PlanCommand[];
  readonly undo?: readonly PlanCommand[];
  readonly cautions?: readonly string[];
}

/** Null = no call can undo it with what is known. */
function undoingOf(set: PermissionSet, change: IncidentChange, world: PlanWorld): Undoing | null {
  const { target, what } = set;
  const call = change.action.replace(/^sso:/, '');
  switch (call) {
    case 'UpdatePermissionSet': {
      const prior = earlierState(world, target.arn, 'session-duration');
      return prior === null
        ? null
        : {
            part: 'session',
            title: `Set the session length of ${target.name} back to ${prior.value}`,
            commands: [
              command('sso-admin', 'update-permission-set', { ...what, sessionDuration: prior.value }),
            ],
            cautions: ['Sessions that run already keep their length.'],
          };
    }
    case 'PutInlinePolicyToPermissionSet':
    case 'DeleteInlinePolicyFromPermissionSet': {
      const prior = earlierState(world, target.arn, 'inline-policy');
      if (prior !== null) {
        return {
          part: 'inline policy',
          title: `Put the inline policy of ${target.name} back as it was at ${prior.at}`,
          commands: [
            command('sso-admin', 'put-inline-policy-to-permission-set', {
              ...what,
              inlinePolicy: prior.value,
            }),
          ],
        };
      }
      return call.startsWith('Delete')
        ? null
        : {
            part: 'inline policy',
            title: `Delete the inline policy of ${target.name}`,
            commands: [unlessGone('sso-admin', 'delete-inline-policy-from-permission-set', what)],
            cautions: [
              'No event shows an earlier one. If there was one before the events that were read, put it back from your code; what it holds now is saved.',
            ],
          };
    }
    case 'AttachManagedPolicyToPermissionSet':
    case 'DetachManagedPolicyFromPermissionSet': {
      if (change.part?.startsWith('arn:') !== true) {
        return null;
      }
      const options = { ...what, managedPolicyArn: change.part };
      const attach = command('sso-admin', 'attach-managed-policy-to-permission-set', options);
      const detach = unlessGone('sso-admin', 'detach-managed-policy-from-permission-set', options);
      const wasAttached = call.startsWith('Attach');
      return {
        part: `managed ${change.part}`,
        title: `${wasAttached ? 'Take' : 'Give'} ${nameOfArn(change.part)} ${wasAttached ? 'from' : 'back to'} ${target.name}`,
        commands: [wasAttached ? detach : attach],
        undo: [wasAttached ? attach : detach],
      };
    }
    default:
      return null;
  }
}

function undoStep(set: PermissionSet, change: IncidentChange, undoing: Undoing): StepDraft {
  return stepFor(
    set.target,
    {
      key: restoreKey(set.target.arn, undoing.part),
      stage: 'recover',
      action: restoreAction,
      title: undoing.title,
      why: `The incident changed it: ${change.action} at ${change.at} (event ${change.eventId}).`,
    },
    {
      region: set.center.region,
      preconditions: isSame(set),
      commands: [...undoing.commands],
      undo: [...(undoing.undo ?? [])],
      cautions: [centerCaution, ...(undoing.cautions ?? [])],
      after: [preserveKey(set.target.arn)],
    },
  );
}

/** Until a set is provisioned anew, the accounts keep what was there. */
function provision(set: PermissionSet, after: readonly string[]): StepDraft {
  return stepFor(
    set.target,
    {
      key: restoreKey(set.target.arn, 'provision'),
      stage: 'recover',
      action: restoreAction,
      title: `Provision ${set.target.name} to its accounts`,
      why: 'A changed set reaches the accounts only when it is provisioned.',
    },
    {
      region: set.center.region,
      preconditions: isSame(set),
      commands: [
        command('sso-admin', 'provision-permission-set', {
          ...set.what,
          targetType: 'ALL_PROVISIONED_ACCOUNTS',
        }),
      ],
      cautions: [
        centerCaution,
        'It is asynchronous; look at its status in every account.',
        'Whatever else was edited in the set takes effect as well: read the whole set first.',
      ],
      reversible: true,
      after,
    },
  );
}

function byHand(set: PermissionSet): StepDraft {
  return manualStep(
    set.target,
    {
      key: restoreKey(set.target.arn),
      stage: 'recover',
      action: restoreAction,
      title: `Put permission set ${set.target.name} back as it was`,
      why: 'It was changed, or differs from what was reviewed, and not every earlier value is known here.',
    },
    'Compare session length, managed policies, customer managed policies, inline policy and permissions boundary with your code or the reviewed baseline, put back what differs, then provision the set to all its accounts and look at the status in each.',
    {
      region: set.center.region,
      cautions: [centerCaution],
      after: [preserveKey(set.target.arn)],
    },
  );
}

/** What the events tell is undone by calls; the rest is left to a person. */
export const restorePermissionSet: ActionPlanner = (request, world) => {
  const target = targetOf(request.finding);
  if (target.type !== 'permission-set' || decisionOf(request.finding) !== 'restore') {
    return [];
  }
  const set = permissionSetOf(target, world);
  const changes = incidentChanges(world, target).filter(
    ({ action }) => action !== 'sso:ProvisionPermissionSet',
  );
  const undone = changes.map((change) => ({ change, undoing: undoingOf(set, change, world) }));
  const steps = undone.flatMap(({ change, undoing }) =>
    undoing === null ? [] : [undoStep(set, change, undoing)],
  );
  // Of several changes to one part the first tells how it was before.
  const distinct = [...new Map(steps.toReversed().map((step) => [step.key, step])).values()].toReversed();
  const isWhole = changes.length > 0 && undone.every(({ undoing }) => undoing !== null);
  return [
    preserve(set),
    ...distinct,
    ...(distinct.length > 0
      ? [
          provision(
            set,
            distinct.map(({ key }) => key),
          ),
        ]
      : []),
    ...(isWhole ? [] : [byHand(set)]),
  ];
};

export const permissionSetActions = {
  'identity-center.permission-set-delete': deletion,
  'identity-center.permission-set-restore': restorePermissionSet,
} satisfies ActionPlanners<
  'identity-center.permission-set-delete' | 'identity-center.permission-set-restore'
>;
