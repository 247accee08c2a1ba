import type { PlanWorld, StepDraft } from '../../planner.ts';
import { isSamePrincipal } from './assertions.ts';
import { containPrincipal } from './contain-principal.ts';
import { isEradicated } from './findings.ts';
import { deletePolicy, holdsPolicy, putPolicy, revocationDocument, revocationPolicy } from './own-denies.ts';
import { preservePrincipal } from './preserve-principal.ts';
import { isServiceRole, type Principal } from './principal.ts';
import { hoursAfter, releaseStep } from './release.ts';
import { stepFor } from './step.ts';
import { preserveKey, revokeKey } from './step-keys.ts';

/** A plan is run some time after its evidence was read: a session taken in between must be denied as well. */
const hoursUntilRun = 1;

export function issuedBefore({ input }: PlanWorld): string {
  return hoursAfter(input.result.asOf, hoursUntilRun);
}

function revocationStep(principal: Principal, world: PlanWorld): StepDraft {
  const { type, name } = principal;
  const time = issuedBefore(world);
  const document = revocationDocument(time);
  const kinds =
    type === 'iam-user'
      ? 'It hits console sessions, federation tokens and session tokens of the user, not its long-term keys: these are deactivated by steps of their own.'
      : 'It hits every session of the role, those of innocent users too: they take a new one.';
  return stepFor(
    principal,
    {
      key: revokeKey(principal.arn),
      stage: 'contain',
      action: 'session.revoke',
      title: `Deny sessions of ${name} issued before ${time}`,
      why: 'Neither a deactivated key nor a closed trust ends a session that was already issued.',
    },
    {
      preconditions: isSamePrincipal(type, principal),
      commands: [putPolicy(type, name, revocationPolicy, document)],
      confirm: [holdsPolicy(type, name, revocationPolicy, document)],
      cautions: [
        kinds,
        `The time lies ${hoursUntilRun} hour after the evidence. Run later, a session taken in between lives on: make a new plan then.`,
      ],
      undo: [deletePolicy(type, name, revocationPolicy)],
      after: [preserveKey(principal.arn)],
    },
  );
}

/**
 * Ends the sessions of a principal that lives on. What is frozen for good needs no such step; a service would mint its
 * role a new session at once, so that role is denied everything.
 */
export function revokeSessions(principal: Principal, world: PlanWorld): readonly StepDraft[] {
  const isDenied =
    principal.guardedBy !== null ||
    principal.type === 'iam-group' ||
    isServiceRole(principal) ||
    isEradicated(world, principal.arn);
  return isDenied
    ? containPrincipal(principal, world)
    : [preservePrincipal(principal), revocationStep(principal, world), releaseStep(principal, world)];
}
