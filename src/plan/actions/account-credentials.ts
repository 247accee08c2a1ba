import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, PlanWorld, StepDraft } from '../planner.ts';
import { isSamePrincipal, lacks } from './support/assertions.ts';
import { unlessGone } from './support/command-line.ts';
import { deleteUser } from './support/delete-user.ts';
import { isEradicated } from './support/findings.ts';
import { type Principal, principalAt } from './support/principal.ts';
import { save } from './support/saved-file.ts';
import { manualStep, stepFor, type Target, targetOf } from './support/step.ts';
import { deleteKey, preserveKey, restoreKey } from './support/step-keys.ts';

/** Null for a device that nobody uses: only virtual ones can be such. */
function ownerOfDevice(serialNumber: string, world: PlanWorld): Principal | null {
  const owner = world
    .ofType('iam-user')
    .find(({ mfaDevices }) => mfaDevices?.some((device) => device.serialNumber === serialNumber) ?? false);
  return owner === undefined ? null : principalAt(world, owner.arn);
}

function isVirtual(serialNumber: string): boolean {
  return serialNumber.includes(':mfa/');
}

function removal(device: Target, owner: Principal | null): readonly StepDraft[] {
  const serialNumber = device.arn;
  const who = owner === null ? {} : { userName: owner.name };
  const listing =
    owner === null
      ? (['iam', 'list-virtual-mfa-devices', {}] as const)
      : (['iam', 'list-mfa-devices', who] as const);
  const query = owner === null ? 'VirtualMFADevices[].SerialNumber' : 'MFADevices[].SerialNumber';
  return [
    stepFor(
      device,
      {
        key: preserveKey(device.arn),
        stage: 'preserve',
        action: 'mfa-device.remove',
        title: `Save what is known of MFA device ${device.name}`,
        why: 'Owner and time of enrolment are gone with it.',
      },
      { commands: [save(device, 'devices', listing)], reversible: true },
    ),
    stepFor(
      device,
      {
        key: deleteKey(device.arn),
        stage: 'delete',
        action: 'mfa-device.remove',
        title: `Remove MFA device ${device.name}${owner === null ? '' : ` of ${owner.name}`}`,
        why: 'It satisfies every condition on MFA for whoever holds it.',
      },
      {
        preconditions: owner === null ? [] : isSamePrincipal('iam-user', owner),
        commands: [
          ...(owner === null ? [] : [unlessGone('iam', 'deactivate-mfa-device', { ...who, serialNumber })]),
          ...(isVirtual(serialNumber)
            ? [unlessGone('iam', 'delete-virtual-mfa-device', { serialNumber })]
            : []),
        ],
        confirm: [lacks('it is gone', listing, query, serialNumber)],
        cautions: [
          'If it is the last device of a person, set a new password first: without a second factor the old one is enough.',
        ],
        after: [preserveKey(device.arn)],
      },
    ),
  ];
}

function ofRoot(device: Target): StepDraft {
  return manualStep(
    device,
    {
      key: deleteKey(device.arn),
      stage: 'delete',
      action: 'mfa-device.remove',
      title: 'Remove the MFA device of the root user',
      why: 'Nobody but the root user can change its own devices.',
    },
    'Sign in as the root user, change the password, remove every device that you do not hold in your hands, and enrol your own.',
    { cautions: ['If the sign-in fails, ask AWS Support at once: the account may be lost to you.'] },
  );
}

const removeDevice: ActionPlanner = ({ finding }, world) => {
  const device = targetOf(finding);
  if (device.type !== 'mfa-device') {
    return [];
  }
  const owner = ownerOfDevice(device.arn, world);
  if (owner !== null && isEradicated(world, owner.arn)) {
    return deleteUser(owner, world);
  }
  if (decisionOf(finding) !== 'eradicate') {
    return [];
  }
  const isRoots =
    owner === null && (/:mfa\/root-account-mfa-device$/.test(device.arn) || finding.messageId === 'root');
  return isRoots ? [ofRoot(device)] : removal(device, owner);
};

const rootKey: ActionPlanner = ({ finding }) => {
  const target = targetOf(finding);
  if (target.type !== 'root-user') {
    return [];
  }
  return [
    manualStep(
      target,
      {
        key: deleteKey(`${target.arn}/access-key`),
        stage: 'cut-re-entry',
        action: 'root-access-key.delete',
        title: `Delete the access keys of the root user of ${target.accountId ?? 'the account'}`,
        why: 'No policy of the account limits root, and in the management account no SCP does either.',
      },
      'Note the last use of each key (credential report). In a member account take a privileged root session from the management account (`aws sts assume-root` with the task policy IAMDeleteRootUserCredentials); else sign in as the root user. Deactivate the keys, see that nothing fails, then delete them.',
      { cautions: ['Sessions that were made with a root key live up to one hour.'] },
    ),
  ];
};

const rootMfa: ActionPlanner = ({ finding }) => {
  const target = targetOf(finding);
  if (target.type !== 'root-user') {
    return [];
  }
  return [
    manualStep(
      target,
      {
        key: restoreKey(target.arn, 'mfa'),
        stage: 'recover',
        action: 'root-mfa.enable',
        title: `Enrol MFA for the root user of ${target.accountId ?? 'the account'}`,
        why: 'A password and a mailbox are all that an intruder needs to own the account.',
      },
      'Sign in as the root user, change the password, enrol a hardware device or passkey that is kept under lock, and check the e-mail address and phone number. In a member account rather remove the credentials of root altogether (centralized root access).',
    ),
  ];
};

/** Weak or missing: set to what the CIS benchmark asks. The call replaces the whole policy. */
const passwordPolicy: ActionPlanner = ({ finding }) => {
  const target = targetOf(finding);
  if (target.type !== 'account') {
    return [];
  }
  return [
    manualStep(
      target,
      {
        key: restoreKey(target.arn, 'password-policy'),
        stage: 'recover',
        action: 'password-policy.set',
        title: `Set the password policy of account ${target.accountId ?? ''}`.trim(),
        why: 'New passwords are set after an incident: the policy has to be in order before.',
      },
      'Set the values that were in force before; where nobody knows them, at least 14 characters and 24 passwords remembered (`aws iam update-account-password-policy --minimum-password-length 14 --password-reuse-prevention 24` and every other value of yours).',
      {
        cautions: ['The call replaces the whole policy: a value that is left out falls back to its default.'],
      },
    ),
  ];
};

export const accountCredentialActions = {
  'mfa-device.remove': removeDevice,
  'root-access-key.delete': rootKey,
  'root-mfa.enable': rootMfa,
  'password-policy.set': passwordPolicy,
} satisfies ActionPlanners<
  'mfa-device.remove' | 'root-access-key.delete' | 'root-mfa.enable' | 'password-policy.set'
>;
