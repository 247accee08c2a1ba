import type { PlanCommand } from '../../../model/plan.ts';
import type { PlanWorld, StepDraft } from '../../planner.ts';
import { nameOfArn } from './arn-parts.ts';
import { isSamePrincipal } from './assertions.ts';
import { command } from './command-line.ts';
import { isEradicated, isIntruderMade } from './findings.ts';
import {
  containmentDocument,
  containmentPolicy,
  deletePolicy,
  holdsPolicy,
  putPolicy,
} from './own-denies.ts';
import { preservePrincipal } from './preserve-principal.ts';
import {
  groupDependentsOf,
  isInManagementAccount,
  isServiceRole,
  type Principal,
  roleDependentsOf,
} from './principal.ts';
import { releaseStep } from './release.ts';
import { manualStep, stepFor } from './step.ts';
import { closeTrustKey, containKey, preserveKey } from './step-keys.ts';

const action = 'principal.contain';

function cautionsFor(principal: Principal, world: PlanWorld): string[] {
  const place = isInManagementAccount(principal, world)
    ? 'No SCP covers the management account: this deny is all that holds the principal. Apply it together with the other steps of this stage and read it again.'
    : 'In a member account an SCP on the principal can stand before it; the deny works without one.';
  const service = isServiceRole(principal)
    ? ['Whatever runs as this role fails from now on: set the concurrency of its functions to 0 as well.']
    : [];
  return [
    place,
    ...service,
    'Where the room for inline policies is used up, attach the managed policy AWSDenyAll instead.',
    'It may take some seconds until IAM enforces it; a watching intruder with rights on IAM can undo it.',
  ];
}

/** Unconditional: stops long-term keys, running sessions and sessions to come, and can be taken back. */
function denyStep(principal: Principal, world: PlanWorld): StepDraft {
  const { type, name } = principal;
  return stepFor(
    principal,
    {
      key: containKey(principal.arn),
      stage: 'contain',
      action,
      title: `Deny everything to ${name}`,
      why: 'Deactivated keys leave sessions alive; an unconditional deny ends what every credential of the principal can do.',
    },
    {
      preconditions: isSamePrincipal(type, principal),
      commands: [putPolicy(type, name, containmentPolicy, containmentDocument)],
      confirm: [holdsPolicy(type, name, containmentPolicy, containmentDocument)],
      cautions: cautionsFor(principal, world),
      undo: [deletePolicy(type, name, containmentPolicy)],
      after: [preserveKey(principal.arn)],
    },
  );
}

/** IAM keeps trust documents as they are; nobody is let in while the role waits for its deletion. */
const closedTrust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
});

function closeTrust(principal: Principal): StepDraft[] {
  const role = roleDependentsOf(principal);
  if (role === null) {
    return [];
  }
  const who = { roleName: role.name };
  const replace = (policyDocument: string): PlanCommand =>
    command('iam', 'update-assume-role-policy', { ...who, policyDocument });
  return [
    stepFor(
      principal,
      {
        key: closeTrustKey(role.arn),
        stage: 'contain',
        action,
        title: `Let nobody assume ${role.name}`,
        why: 'As long as the trust stands, a new session can be taken.',
      },
      {
        preconditions: isSamePrincipal('iam-role', principal),
        commands: [replace(closedTrust)],
        undo: role.trustDocument === null ? [] : [replace(role.trustDocument)],
        after: [preserveKey(role.arn)],
      },
    ),
  ];
}

/** Whom the evidence shows in the group and events do not show as made by the intruder. */
function innocentMembers(principal: Principal, world: PlanWorld): readonly string[] {
  const users = world.ofType('iam-user');
  return (groupDependentsOf(principal)?.members ?? []).filter((member) => {
    const user = users.find(
      ({ name, accountId }) => name === nameOfArn(member) && accountId === principal.accountId,
    );
    return user === undefined || !isIntruderMade(world, user.arn, 'iam-user');
  });
}

/** A deny on a group would stop its innocent members, too: there the group's rights are taken away instead. */
function detachStep(principal: Principal, innocent: readonly string[]): StepDraft {
  const group = groupDependentsOf(principal);
  const attached = group?.attachedPolicyArns ?? [];
  const who = { groupName: principal.name };
  return stepFor(
    principal,
    {
      key: containKey(principal.arn),
      stage: 'contain',
      action,
      title: `Take the attached policies from group ${principal.name}`,
      why: `A deny on the group would stop ${innocent.length} of its members that nothing shows to be hostile.`,
    },
    {
      preconditions: isSamePrincipal('iam-group', principal),
      commands: attached.map((policyArn) => command('iam', 'detach-group-policy', { ...who, policyArn })),
      undo: attached.map((policyArn) => command('iam', 'attach-group-policy', { ...who, policyArn })),
      cautions:
        (group?.inlinePolicies.length ?? 0) > 0
          ? ['Its inline policies grant on until the group is deleted.']
          : [],
      after: [preserveKey(principal.arn)],
      reversible: true,
    },
  );
}

/** Roles that IAM protects are entered through something else, and that is what can be stopped. */
function guardedStep(principal: Principal): StepDraft {
  const isCenter = principal.guardedBy === 'identity-center';
  return manualStep(
    principal,
    {
      key: containKey(principal.arn),
      stage: 'contain',
      action,
      title: `Stop who uses ${principal.name}`,
      why: 'IAM refuses every change to this role.',
    },
    isCenter
      ? 'The role belongs to a permission set. Delete the account assignments that lead to it, and put a deny with `identitystore:userId` of the persons concerned into the inline policy of the permission set; then provision it. Running role sessions end with the session length of the set.'
      : 'The role is linked to an AWS service. Stop the resources of that service that nobody knows; then let the service delete the role.',
    { cautions: ['Do not try to edit or delete the role in IAM.'], reversible: true },
  );
}

function freeze(principal: Principal, world: PlanWorld): StepDraft[] {
  const innocent = principal.type === 'iam-group' ? innocentMembers(principal, world) : [];
  return innocent.length > 0 ? [detachStep(principal, innocent)] : [denyStep(principal, world)];
}

/**
 * Freezes a user, group or role. What is the intruder's own is frozen until it is deleted; what lives on gets a step that
 * takes the deny away again.
 */
export function containPrincipal(principal: Principal, world: PlanWorld): readonly StepDraft[] {
  if (principal.guardedBy !== null) {
    return [guardedStep(principal)];
  }
  const frozen = [preservePrincipal(principal), ...freeze(principal, world)];
  return isEradicated(world, principal.arn)
    ? [...frozen, ...closeTrust(principal)]
    : [...frozen, releaseStep(principal, world)];
}
