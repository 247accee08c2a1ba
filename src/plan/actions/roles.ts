import { contentDigest } from '../../model/content-digest.ts';
import type { RoleDependents } from '../../model/dependents.ts';
import type { PlanCommand } from '../../model/plan.ts';
import type { PriorState } from '../../model/trace-result.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, PlanWorld, StepDraft } from '../planner.ts';
import { nameOfArn } from './support/arn-parts.ts';
import { isSamePrincipal, principalIsGone, readsDocument } from './support/assertions.ts';
import { command, unlessGone } from './support/command-line.ts';
import { containPrincipal } from './support/contain-principal.ts';
import { isIntruderMade, isToBeDeleted } from './support/findings.ts';
import { earlierState, incidentChanges } from './support/incident-changes.ts';
import { deletePolicy, ownPolicies } from './support/own-denies.ts';
import { preservePrincipal } from './support/preserve-principal.ts';
import { isServiceRole, type Principal, principalOf, roleDependentsOf } from './support/principal.ts';
import { revokeSessions } from './support/revoke-sessions.ts';
import { manualStep, stepFor } from './support/step.ts';
import { closeTrustKey, containKey, deleteKey, preserveKey, restoreKey } from './support/step-keys.ts';

function profileCommands(role: RoleDependents, world: PlanWorld): PlanCommand[] {
  return role.instanceProfileArns.flatMap((arn) => {
    const instanceProfileName = nameOfArn(arn);
    return [
      unlessGone('iam', 'remove-role-from-instance-profile', { instanceProfileName, roleName: role.name }),
      ...(isIntruderMade(world, arn, 'instance-profile')
        ? [unlessGone('iam', 'delete-instance-profile', { instanceProfileName })]
        : []),
    ];
  });
}

/** What runs as the role goes before it: a function without its role still is a way in for the next one. */
function runnersOf(role: RoleDependents, world: PlanWorld): readonly string[] {
  return world
    .ofType('lambda-function')
    .filter(({ roleArn }) => roleArn === role.arn)
    .map(({ arn }) => deleteKey(arn));
}

function removal(principal: Principal, role: RoleDependents, world: PlanWorld): StepDraft {
  const who = { roleName: role.name };
  const inline = role.inlinePolicies.map(({ name }) => name).filter((name) => !ownPolicies.includes(name));
  const remove = (policyName: string): PlanCommand => deletePolicy('iam-role', role.name, policyName);
  return stepFor(
    principal,
    {
      key: deleteKey(role.arn),
      stage: 'delete',
      action: 'role.delete',
      title: `Delete role ${role.name}`,
      why: 'The intruder made it. IAM refuses the deletion until instance profiles and policies are gone.',
    },
    {
      preconditions: isSamePrincipal('iam-role', principal),
      commands: [
        ...profileCommands(role, world),
        ...role.attachedPolicyArns.map((policyArn) =>
          unlessGone('iam', 'detach-role-policy', { ...who, policyArn }),
        ),
        ...inline.map(remove),
        ...ownPolicies.map(remove),
        unlessGone('iam', 'delete-role', who),
      ],
      confirm: [principalIsGone('iam-role', role.name)],
      cautions: [
        'The last commands take our own deny away, seconds before the role itself.',
        'Resource policies that name it keep its unique id, which nobody can be again.',
      ],
      after: [
        preserveKey(role.arn),
        containKey(role.arn),
        closeTrustKey(role.arn),
        ...runnersOf(role, world),
      ],
    },
  );
}

function removalByHand(principal: Principal): StepDraft {
  return manualStep(
    principal,
    {
      key: deleteKey(principal.arn),
      stage: 'delete',
      action: 'role.delete',
      title: `Delete role ${principal.name} by hand`,
      why: 'The intruder made it, and what hangs on it could not be seen.',
    },
    'List and remove its instance profiles, attached policies and inline policies (our deny last), then delete the role.',
    {
      preconditions: isSamePrincipal('iam-role', principal),
      confirm: [principalIsGone('iam-role', principal.name)],
      cautions: [`could not be seen: what hangs on ${principal.name}. List it before deleting.`],
      after: [preserveKey(principal.arn), containKey(principal.arn)],
    },
  );
}

const deletion: ActionPlanner = (request, world) => {
  const principal = principalOf(request, world);
  if (principal?.type !== 'iam-role' || !isToBeDeleted(request, world)) {
    return [];
  }
  const role = roleDependentsOf(principal);
  const frozen = containPrincipal(principal, world);
  if (principal.guardedBy !== null) {
    return frozen;
  }
  return [...frozen, role === null ? removalByHand(principal) : removal(principal, role, world)];
};

const trustQuery = 'Role.AssumeRolePolicyDocument';

/** The altered trust lets strangers in as long as it stands, so it is put back with the containment. */
function trustStep(principal: Principal, role: RoleDependents, prior: PriorState): StepDraft {
  const who = { roleName: role.name };
  const replace = (policyDocument: string): PlanCommand =>
    command('iam', 'update-assume-role-policy', { ...who, policyDocument });
  const reading = ['iam', 'get-role', who] as const;
  return stepFor(
    principal,
    {
      key: restoreKey(role.arn, 'trust'),
      stage: 'contain',
      action: 'role.restore-trust',
      title: `Put the trust of ${role.name} back as it was at ${prior.at}`,
      why: `The incident changed whom the role lets in; event ${prior.eventId} tells how it was.`,
    },
    {
      preconditions: [
        ...isSamePrincipal('iam-role', principal),
        ...(role.trustDigest === null
          ? []
          : [readsDocument('its trust is as in the evidence', reading, trustQuery, role.trustDigest)]),
      ],
      commands: [replace(prior.value)],
      confirm: [
        readsDocument('its trust is as before', reading, trustQuery, contentDigest(prior.value) ?? ''),
      ],
      cautions: [
        'A principal that was deleted and made again since must be named anew.',
        'Sessions that were taken through the altered trust live on until they end or are denied.',
      ],
      undo: role.trustDocument === null ? [] : [replace(role.trustDocument)],
      after: [preserveKey(role.arn)],
    },
  );
}

function trustByHand(principal: Principal, isChanged: boolean): StepDraft {
  return manualStep(
    principal,
    {
      key: restoreKey(principal.arn, 'trust'),
      stage: isChanged ? 'contain' : 'recover',
      action: 'role.restore-trust',
      title: `Look at whom ${principal.name} trusts, and put it right`,
      why: isChanged
        ? 'The incident changed whom the role lets in, and no earlier event tells how it was.'
        : 'It lets in whom nobody can explain, or differs from what was reviewed.',
    },
    'Take the trust policy from your code or the reviewed baseline and put it back (`aws iam update-assume-role-policy`). Where neither holds it, take out every principal that its owner cannot explain, and ask the owner about the rest.',
    {
      preconditions: isSamePrincipal('iam-role', principal),
      cautions: ['The document as it is now is saved by the preserve step.'],
      after: [preserveKey(principal.arn)],
    },
  );
}

/** Sessions of a service are minted anew at once; only those of people and other accounts can be ended by time. */
function sessionsAfter(principal: Principal, world: PlanWorld): readonly StepDraft[] {
  return isServiceRole(principal) ? [] : revokeSessions(principal, world);
}

const restoreTrust: ActionPlanner = (request, world) => {
  const principal = principalOf(request, world);
  if (
    principal?.type !== 'iam-role' ||
    principal.guardedBy !== null ||
    decisionOf(request.finding) !== 'restore'
  ) {
    return [];
  }
  const role = roleDependentsOf(principal);
  const isChanged = incidentChanges(world, principal).some(
    ({ action }) => action === 'iam:UpdateAssumeRolePolicy',
  );
  const prior = isChanged ? earlierState(world, principal.arn, 'role-trust') : null;
  const restored =
    role === null || prior === null ? trustByHand(principal, isChanged) : trustStep(principal, role, prior);
  return [preservePrincipal(principal), restored, ...(isChanged ? sessionsAfter(principal, world) : [])];
};

export const roleActions = {
  'role.delete': deletion,
  'role.restore-trust': restoreTrust,
} satisfies ActionPlanners<'role.delete' | 'role.restore-trust'>;
