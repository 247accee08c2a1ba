import { loginProfileArn } from '../../model/resource-arn.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, StepDraft } from '../planner.ts';
import { nameOfArn, ownerOfCredential } from './support/arn-parts.ts';
import { isGone, isSamePrincipal } from './support/assertions.ts';
import { unlessGone } from './support/command-line.ts';
import { deleteUser } from './support/delete-user.ts';
import { isEradicated, isToBeDeleted } from './support/findings.ts';
import { type Principal, principalAt, principalOf } from './support/principal.ts';
import { revokeSessions } from './support/revoke-sessions.ts';
import { save } from './support/saved-file.ts';
import { manualStep, stepFor, type Target, targetOf } from './support/step.ts';
import { deleteKey, preserveKey, restoreKey } from './support/step-keys.ts';

const deletion: ActionPlanner = (request, world) => {
  const user = principalOf(request, world);
  return user?.type === 'iam-user' && isToBeDeleted(request, world) ? deleteUser(user, world) : [];
};

const enforceMfa: ActionPlanner = (request) => {
  const target = targetOf(request.finding);
  return target.type === 'iam-user' && ['restore', 'contain-and-rotate'].includes(decisionOf(request.finding))
    ? [
        manualStep(
          target,
          {
            key: restoreKey(target.arn, 'mfa'),
            stage: 'recover',
            action: 'user.enforce-mfa',
            title: `Enrol a second factor with the person behind ${target.name}`,
            why: 'A password alone is enough for whoever holds it.',
          },
          'Set a new password together with the person, enrol a phishing-resistant device in the same sitting, and demand MFA in the policies of the user. Better, move the person to the identity provider and drop the user.',
          {
            cautions: [
              'Whoever holds the password could enrol a device of his own: be sure whom you talk to.',
            ],
          },
        ),
      ]
    : [];
};

function profileTarget(user: Principal): Target {
  return {
    arn: loginProfileArn(user.arn),
    uniqueId: null,
    type: 'login-profile',
    name: user.name,
    accountId: user.accountId,
  };
}

/** A password that the intruder set for somebody who stays: the door is shut, then its sessions end. */
function deletePassword(user: Principal): readonly StepDraft[] {
  const target = profileTarget(user);
  const who = { userName: user.name };
  return [
    stepFor(
      target,
      {
        key: preserveKey(target.arn),
        stage: 'preserve',
        action: 'login-profile.delete',
        title: `Save what is known of the password of ${user.name}`,
        why: 'When it was made is gone with it.',
      },
      {
        commands: [save(target, 'profile', ['iam', 'get-login-profile', who], ['NoSuchEntity'])],
        reversible: true,
      },
    ),
    stepFor(
      target,
      {
        key: deleteKey(target.arn),
        stage: 'cut-re-entry',
        action: 'login-profile.delete',
        title: `Delete the console password of ${user.name}`,
        why: 'The intruder set it; it opens the console without any key.',
      },
      {
        preconditions: isSamePrincipal('iam-user', user),
        commands: [unlessGone('iam', 'delete-login-profile', who)],
        confirm: [isGone('it is gone', ['iam', 'get-login-profile', who])],
        cautions: ['Its running console sessions, up to 12 hours, are ended by the deny on the user.'],
        after: [preserveKey(target.arn)],
      },
    ),
  ];
}

function resetPassword(target: Target, userName: string): StepDraft {
  return manualStep(
    target,
    {
      key: restoreKey(target.arn, 'password'),
      stage: 'recover',
      action: 'login-profile.delete',
      title: `Set a new console password for ${userName}`,
      why: 'The incident overwrote the password of somebody who had one before.',
    },
    'Set a new password together with the person (`aws iam update-login-profile` with a required reset, typed in by you), check the MFA devices of the user with the person, and end the running console sessions by a deny on older sessions.',
    { cautions: ['Do not put the password on a command line that is logged.'] },
  );
}

function ownerOf({ finding }: ActionRequest): string | null {
  const { arn, type } = finding.subject;
  if (type === 'login-profile') {
    return ownerOfCredential(arn, 'login-profile');
  }
  return type === 'iam-user' ? arn : null;
}

const loginProfile: ActionPlanner = (request, world) => {
  const arn = ownerOf(request);
  const user = arn === null ? null : principalAt(world, arn);
  const decision = decisionOf(request.finding);
  if (arn === null) {
    return [];
  }
  if (user !== null && isEradicated(world, arn)) {
    return deleteUser(user, world);
  }
  if (decision === 'restore') {
    return [resetPassword(targetOf(request.finding), nameOfArn(arn))];
  }
  return user === null || decision !== 'eradicate'
    ? []
    : [...deletePassword(user), ...revokeSessions(user, world)];
};

export const userActions = {
  'user.delete': deletion,
  'user.enforce-mfa': enforceMfa,
  'login-profile.delete': loginProfile,
} satisfies ActionPlanners<'user.delete' | 'user.enforce-mfa' | 'login-profile.delete'>;
