import type { DirectoryGroupDependents, DirectoryUserDependents } from '../../model/dependents.ts';
import { assignmentArn, directoryArn } from '../../model/resource-arn.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, PlanWorld, StepDraft } from '../planner.ts';
import { isGone, lacks, reads } from './support/assertions.ts';
import { type Assignment, assignmentFrom, deleteAssignment } from './support/assignment-steps.ts';
import { command, queryText, unlessGone } from './support/command-line.ts';
import { isToBeDeleted } from './support/findings.ts';
import { type Center, centerCaution, centerOf } from './support/identity-center.ts';
import { save } from './support/saved-file.ts';
import { manualStep, stepFor, type Target, targetOf } from './support/step.ts';
import { containKey, deleteKey, preserveKey } from './support/step-keys.ts';

type Entry = DirectoryUserDependents | DirectoryGroupDependents;

function idOf(entry: Entry): string {
  return entry.type === 'directory-user' ? entry.userId : entry.groupId;
}

function targetFor(entry: Entry): Target {
  const { arn, type, name, accountId } = entry;
  return { arn, uniqueId: idOf(entry), type, name, accountId };
}

function assignmentsOf(entry: Entry): readonly Assignment[] {
  const principalType = entry.type === 'directory-user' ? 'USER' : 'GROUP';
  return (entry.assignments ?? []).map((assignment) => ({
    ...assignment,
    principalType,
    principalId: idOf(entry),
  }));
}

function preserve(entry: Entry, world: PlanWorld): StepDraft {
  const { identityStoreId, instanceArn, region } = entry;
  const isUser = entry.type === 'directory-user';
  const noun = isUser ? 'user' : 'group';
  const who = { identityStoreId, [`${noun}Id`]: idOf(entry) };
  const memberships = isUser
    ? ([
        'identitystore',
        'list-group-memberships-for-member',
        { identityStoreId, memberId: JSON.stringify({ UserId: idOf(entry) }) },
      ] as const)
    : (['identitystore', 'list-group-memberships', who] as const);
  return stepFor(
    targetFor(entry),
    {
      key: preserveKey(entry.arn),
      stage: 'preserve',
      action: `identity-center.${noun}-delete`,
      title: `Save directory ${noun} ${entry.name}`,
      why: 'Who made it and when stands in the directory and is gone with it.',
    },
    {
      region,
      accountId: world.managementAccountId,
      commands: [
        save(entry, noun, ['identitystore', `describe-${noun}`, who]),
        save(entry, 'memberships', memberships),
        save(entry, 'assignments', [
          'sso-admin',
          'list-account-assignments-for-principal',
          { instanceArn, principalId: idOf(entry), principalType: isUser ? 'USER' : 'GROUP' },
        ]),
      ],
      reversible: true,
    },
  );
}

/** No call ends a portal session or disables a user; once the user is deleted, not even the console can. */
function endSessions(target: Target, center: Center): StepDraft {
  return manualStep(
    target,
    {
      key: containKey(target.arn),
      stage: 'contain',
      action: 'identity-center.user-delete',
      title: `End the portal sessions of ${target.name} and disable the user (console)`,
      why: 'No API does it, and after the deletion of the user its sessions can no longer be ended.',
    },
    'In the Identity Center console open the user: delete its active sessions, then disable its access. For role sessions that run already, put a deny with `identitystore:userId` into the inline policy of its permission sets and provision them; in the management account nothing else works.',
    {
      accountId: center.accountId,
      region: center.region,
      cautions: ['Ending a portal session does not end role sessions: these live up to 12 hours.'],
      after: [preserveKey(target.arn)],
    },
  );
}

function deleteMembership(
  {
    membershipId,
    groupId,
    userId,
  }: { readonly membershipId: string; readonly groupId: string; readonly userId: string },
  identityStoreId: string,
  region: string,
  world: PlanWorld,
): StepDraft {
  const arn = directoryArn('membership', world.partition, membershipId);
  const who = { identityStoreId, membershipId };
  const memberId = JSON.stringify({ UserId: userId });
  const listing = [
    'identitystore',
    'list-group-memberships-for-member',
    { identityStoreId, memberId },
  ] as const;
  const query = `GroupMemberships[?MembershipId==${queryText(membershipId)}].GroupId`;
  return stepFor(
    {
      arn,
      uniqueId: membershipId,
      type: 'directory-membership',
      name: `${userId} in ${groupId}`,
      accountId: null,
    },
    {
      key: deleteKey(arn),
      stage: 'cut-re-entry',
      action: 'identity-center.membership-delete',
      title: `Take user ${userId} out of group ${groupId}`,
      why: 'The membership gives what is assigned to the group.',
    },
    {
      accountId: world.managementAccountId,
      region,
      preconditions: [reads(`it still puts ${userId} into ${groupId}`, listing, query, groupId)],
      commands: [unlessGone('identitystore', 'delete-group-membership', who)],
      confirm: [lacks('it is gone', listing, query, groupId)],
      cautions: [centerCaution, 'Role sessions that were opened through the group live on until they end.'],
      undo: [
        command('identitystore', 'create-group-membership', {
          identityStoreId,
          groupId,
          memberId,
        }),
      ],
      after: [
        containKey(directoryArn('user', world.partition, userId)),
        preserveKey(directoryArn('user', world.partition, userId)),
      ],
    },
  );
}

function membershipsOf(entry: Entry): readonly { membershipId: string; groupId: string; userId: string }[] {
  return entry.type === 'directory-user'
    ? (entry.memberships ?? []).map((one) => ({ ...one, userId: entry.userId }))
    : (entry.memberships ?? []).map((one) => ({ ...one, groupId: entry.groupId }));
}

function unseen(entry: Entry): string[] {
  return [
    ...(entry.memberships === null
      ? [
          `could not be seen: memberships of ${entry.name}. List them before deleting (the preserve step does).`,
        ]
      : []),
    ...(entry.assignments === null
      ? [
          `could not be seen: assignments of ${entry.name}. List and delete them before deleting it (the preserve step lists).`,
        ]
      : []),
  ];
}

function removal(entry: Entry, world: PlanWorld): StepDraft {
  const { identityStoreId, region } = entry;
  const noun = entry.type === 'directory-user' ? 'user' : 'group';
  const who = { identityStoreId, [`${noun}Id`]: idOf(entry) };
  const member = noun === 'user' ? 'UserId' : 'GroupId';
  return stepFor(
    targetFor(entry),
    {
      key: deleteKey(entry.arn),
      stage: 'delete',
      action: `identity-center.${noun}-delete`,
      title: `Delete directory ${noun} ${entry.name}`,
      why: 'The intruder made it; it leads into every account that is assigned to it.',
    },
    {
      accountId: world.managementAccountId,
      region,
      preconditions: [
        reads(`it still is ${idOf(entry)}`, ['identitystore', `describe-${noun}`, who], member, idOf(entry)),
      ],
      commands: [unlessGone('identitystore', `delete-${noun}`, who)],
      confirm: [isGone('it is gone', ['identitystore', `describe-${noun}`, who])],
      cautions: [
        centerCaution,
        ...(noun === 'user' ? ['Only when its portal sessions were ended: afterwards nobody can.'] : []),
        ...unseen(entry),
      ],
      after: [
        preserveKey(entry.arn),
        containKey(entry.arn),
        ...assignmentsOf(entry).map((assignment) => deleteKey(assignmentArn(assignment))),
        ...membershipsOf(entry).map(({ membershipId }) =>
          deleteKey(directoryArn('membership', world.partition, membershipId)),
        ),
      ],
    },
  );
}

function removalByHand(target: Target, world: PlanWorld): StepDraft {
  const center = centerOf(world);
  return manualStep(
    target,
    {
      key: deleteKey(target.arn),
      stage: 'delete',
      action:
        target.type === 'directory-user' ? 'identity-center.user-delete' : 'identity-center.group-delete',
      title: `Delete ${target.name} in the Identity Center directory by hand`,
      why: 'The intruder made it, and what hangs on it could not be seen.',
    },
    'List and delete its account assignments, application assignments and memberships; then delete it.',
    {
      accountId: center.accountId,
      region: center.region,
      cautions: [`could not be seen: what hangs on ${target.name}. List it before deleting.`],
      after: [containKey(target.arn)],
    },
  );
}

function entryOf(arn: string, world: PlanWorld): Entry | null {
  const found = world.dependentsOf(arn);
  return found?.type === 'directory-user' || found?.type === 'directory-group' ? found : null;
}

/** Portal sessions, assignments, memberships, then the entry itself. */
function deletionOf(target: Target, world: PlanWorld): readonly StepDraft[] {
  const entry = entryOf(target.arn, world);
  const isUser = target.type === 'directory-user';
  const first = isUser ? [endSessions(target, centerOf(world))] : [];
  if (entry === null) {
    return [...first, removalByHand(target, world)];
  }
  const memberships = isUser ? membershipsOf(entry) : [];
  return [
    preserve(entry, world),
    ...first,
    ...assignmentsOf(entry).map((assignment) => deleteAssignment(assignment, world)),
    ...memberships.map((one) => deleteMembership(one, entry.identityStoreId, entry.region, world)),
    removal(entry, world),
  ];
}

function entryDeletion(type: Entry['type']): ActionPlanner {
  return (request, world) => {
    const target = targetOf(request.finding);
    return target.type === type && isToBeDeleted(request, world) ? deletionOf(target, world) : [];
  };
}

const membershipDeletion: ActionPlanner = (request, world) => {
  const { subject } = request.finding;
  if (subject.type !== 'directory-membership' || decisionOf(request.finding) !== 'eradicate') {
    return [];
  }
  const entries = [...world.ofType('directory-user'), ...world.ofType('directory-group')];
  const membershipId = subject.uniqueId ?? subject.arn.split('/').at(-1) ?? '';
  const holder = entries.find((entry) =>
    membershipsOf(entry).some((one) => one.membershipId === membershipId),
  );
  const found =
    holder === undefined ? undefined : membershipsOf(holder).find((one) => one.membershipId === membershipId);
  if (holder !== undefined && found !== undefined) {
    return [deleteMembership(found, holder.identityStoreId, holder.region, world)];
  }
  const center = centerOf(world);
  return [
    manualStep(
      targetOf(request.finding),
      {
        key: deleteKey(subject.arn),
        stage: 'cut-re-entry',
        action: 'identity-center.membership-delete',
        title: `Take away the membership ${subject.name} by hand`,
        why: 'The intruder made it, and its directory could not be seen.',
      },
      'Find it (`aws identitystore list-group-memberships`) and delete it (`aws identitystore delete-group-membership`).',
      { accountId: center.accountId, region: center.region },
    ),
  ];
};

/** Of an assignment itself, or all those of a holder or a permission set that is deleted. */
const assignmentDeletion: ActionPlanner = (request, world) => {
  const { arn, type } = request.finding.subject;
  if (!isToBeDeleted(request, world)) {
    return [];
  }
  if (type === 'assignment') {
    const assignment = assignmentFrom(arn);
    return assignment === null ? [] : [deleteAssignment(assignment, world)];
  }
  const found = world.dependentsOf(arn);
  if (found?.type === 'permission-set') {
    return (found.assignments ?? []).map((one) => deleteAssignment({ ...one, permissionSetArn: arn }, world));
  }
  const entry = entryOf(arn, world);
  return entry === null ? [] : assignmentsOf(entry).map((assignment) => deleteAssignment(assignment, world));
};

export const directoryActions = {
  'identity-center.assignment-delete': assignmentDeletion,
  'identity-center.group-delete': entryDeletion('directory-group'),
  'identity-center.membership-delete': membershipDeletion,
  'identity-center.user-delete': entryDeletion('directory-user'),
} satisfies ActionPlanners<
  | 'identity-center.assignment-delete'
  | 'identity-center.group-delete'
  | 'identity-center.membership-delete'
  | 'identity-center.user-delete'
>;
