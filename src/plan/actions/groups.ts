import type { GroupDependents } from '../../model/dependents.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, PlanWorld, StepDraft } from '../planner.ts';
import { nameOfArn } from './support/arn-parts.ts';
import { isSamePrincipal, principalIsGone } from './support/assertions.ts';
import { unlessGone } from './support/command-line.ts';
import { containPrincipal } from './support/contain-principal.ts';
import { isToBeDeleted } from './support/findings.ts';
import { deletePolicy, ownPolicies } from './support/own-denies.ts';
import { groupDependentsOf, type Principal, principalOf } from './support/principal.ts';
import { manualStep, stepFor } from './support/step.ts';
import { containKey, deleteKey, preserveKey } from './support/step-keys.ts';
import { undoChanges } from './support/undo-changes.ts';

/** Members that are deleted themselves go first; our deny in the group holds them until then. */
function memberDeletions(group: GroupDependents, world: PlanWorld): readonly string[] {
  const members = new Set(group.members.map(nameOfArn));
  return world
    .ofType('iam-user')
    .filter(({ accountId, name }) => accountId === group.accountId && members.has(name))
    .map(({ arn }) => deleteKey(arn));
}

function removal(principal: Principal, group: GroupDependents, world: PlanWorld): StepDraft {
  const who = { groupName: group.name };
  const inline = group.inlinePolicies.map(({ name }) => name).filter((name) => !ownPolicies.includes(name));
  const remove = (policyName: string) => deletePolicy('iam-group', group.name, policyName);
  return stepFor(
    principal,
    {
      key: deleteKey(group.arn),
      stage: 'delete',
      action: 'group.delete',
      title: `Delete group ${group.name}`,
      why: 'The intruder made it. IAM refuses the deletion until members and policies are gone.',
    },
    {
      preconditions: isSamePrincipal('iam-group', principal),
      commands: [
        ...group.members.map((member) =>
          unlessGone('iam', 'remove-user-from-group', { ...who, userName: nameOfArn(member) }),
        ),
        ...group.attachedPolicyArns.map((policyArn) =>
          unlessGone('iam', 'detach-group-policy', { ...who, policyArn }),
        ),
        ...inline.map(remove),
        ...ownPolicies.map(remove),
        unlessGone('iam', 'delete-group', who),
      ],
      confirm: [principalIsGone('iam-group', group.name)],
      cautions: ['Members keep the rights that they have from elsewhere.'],
      after: [preserveKey(group.arn), containKey(group.arn), ...memberDeletions(group, world)],
    },
  );
}

function removalByHand(principal: Principal): StepDraft {
  return manualStep(
    principal,
    {
      key: deleteKey(principal.arn),
      stage: 'delete',
      action: 'group.delete',
      title: `Delete group ${principal.name} by hand`,
      why: 'The intruder made it, and what hangs on it could not be seen.',
    },
    'List and remove its members, its attached policies and its inline policies (our deny last), then delete the group.',
    {
      preconditions: isSamePrincipal('iam-group', principal),
      confirm: [principalIsGone('iam-group', principal.name)],
      cautions: [`could not be seen: what hangs on ${principal.name}. List it before deleting.`],
      after: [preserveKey(principal.arn), containKey(principal.arn)],
    },
  );
}

const deletion: ActionPlanner = (request, world) => {
  const principal = principalOf(request, world);
  if (principal?.type !== 'iam-group' || !isToBeDeleted(request, world)) {
    return [];
  }
  const group = groupDependentsOf(principal);
  return [
    ...containPrincipal(principal, world),
    group === null ? removalByHand(principal) : removal(principal, group, world),
  ];
};

/** Rights that the incident gave the group are taken back. */
const detachAdmin: ActionPlanner = (request, world) => {
  const principal = principalOf(request, world);
  return principal?.type === 'iam-group' && decisionOf(request.finding) === 'restore'
    ? undoChanges(principal, world)
    : [];
};

export const groupActions = {
  'group.delete': deletion,
  'group.detach-admin': detachAdmin,
} satisfies ActionPlanners<'group.delete' | 'group.detach-admin'>;
