import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld, StepDraft } from '../planner.ts';
import { restorePermissionSet } from './identity-center-permission-sets.ts';
import { type Center, centerCaution, centerOf } from './support/identity-center.ts';
import { save } from './support/saved-file.ts';
import { manualStep, stepFor, type Target, targetOf } from './support/step.ts';
import { preserveKey, restoreKey } from './support/step-keys.ts';

/** The settings have no ARN: the finding's subject names the setting, or the thing that it was found at. */
function settingOf({ finding }: ActionRequest, world: PlanWorld): { target: Target; center: Center } {
  const center = centerOf(world, finding.subject.arn);
  return { target: { ...targetOf(finding), accountId: center.accountId }, center };
}

function lastSeen(settings: readonly string[], world: PlanWorld): string {
  const seen = (world.input.trace?.settings ?? []).filter(({ setting }) => settings.includes(setting));
  return seen
    .map(
      ({ setting, value, at, actorArn }) =>
        ` Last change seen: ${setting} = ${value} at ${at} by ${actorArn}.`,
    )
    .join('');
}

function isAbout({ finding }: ActionRequest, settings: readonly string[]): boolean {
  return finding.subject.type === 'setting' && settings.includes(finding.subject.name);
}

const mfaSettings = [
  'identity-center.mfa-mode',
  'identity-center.mfa-management',
  'identity-center.identity-source',
] as const;

const restoreMfa: ActionPlanner = (request, world) => {
  if (!isAbout(request, mfaSettings)) {
    return [];
  }
  const { target, center } = settingOf(request, world);
  return [
    manualStep(
      target,
      {
        key: restoreKey(target.arn, 'mfa'),
        stage: 'recover',
        action: 'identity-center.mfa-restore',
        title: 'Set the sign-in of Identity Center back (console)',
        why: 'No API reads or sets how Identity Center asks for a second factor.',
      },
      `In the Identity Center console, Settings, Authentication: demand MFA at every sign-in, let nobody in without a device, allow only the device types that you use, and look whether the identity source and its certificates are yours. Look through the MFA devices of every user with administrator rights. Then end the running sessions, and write an attestation with the date.${lastSeen(mfaSettings, world)}`,
      { region: center.region, cautions: ['Only what a person saw counts: no call can confirm it.'] },
    ),
  ];
};

const sessionSettings = ['identity-center.portal-session'] as const;

function portalStep(target: Target, center: Center, world: PlanWorld): StepDraft {
  return manualStep(
    target,
    {
      key: restoreKey(target.arn, 'session'),
      stage: 'recover',
      action: 'identity-center.session-restore',
      title: 'Set the session length of the portal back (console)',
      why: 'No API reads or sets how long sessions of the access portal live.',
    },
    `In the Identity Center console, Settings, Authentication, Session settings: set the length of portal sessions to 8 hours or less, and switch off extended and background sessions that nobody of yours asked for. Delete the active sessions of the users concerned. Then write an attestation with the date.${lastSeen(sessionSettings, world)}`,
    {
      region: center.region,
      cautions: ['Running sessions keep the length with which they began: end them, then shorten.'],
    },
  );
}

/** The length of a permission set can be set by a call, that of the portal cannot. */
const restoreSession: ActionPlanner = (request, world) => {
  if (request.finding.subject.type === 'permission-set') {
    return restorePermissionSet(request, world);
  }
  if (!isAbout(request, sessionSettings)) {
    return [];
  }
  const { target, center } = settingOf(request, world);
  return [portalStep(target, center, world)];
};

const restoreAttributes: ActionPlanner = (request, world) => {
  if (request.finding.subject.type !== 'access-control-attributes') {
    return [];
  }
  const { target, center } = settingOf(request, world);
  const what = { instanceArn: center.instanceArn };
  return [
    stepFor(
      target,
      {
        key: preserveKey(target.arn),
        stage: 'preserve',
        action: 'identity-center.access-control-attributes-restore',
        title: 'Save the attributes for access control',
        why: 'The mapping as it is now is evidence.',
      },
      {
        region: center.region,
        commands: [
          save(
            target,
            'attributes',
            ['sso-admin', 'describe-instance-access-control-attribute-configuration', what],
            ['ResourceNotFoundException'],
          ),
        ],
        reversible: true,
      },
    ),
    manualStep(
      target,
      {
        key: restoreKey(target.arn),
        stage: 'recover',
        action: 'identity-center.access-control-attributes-restore',
        title: 'Put the attributes for access control back',
        why: 'Policies that decide by session tags decide by what these attributes say.',
      },
      'Compare the mapping with your code or the reviewed baseline and put it back (`aws sso-admin update-instance-access-control-attribute-configuration`). No attribute may come from a field that users edit themselves.',
      {
        region: center.region,
        cautions: [centerCaution, 'The call replaces the whole list: send every attribute that is to stay.'],
        after: [preserveKey(target.arn)],
      },
    ),
  ];
};

export const centerSettingActions = {
  'identity-center.access-control-attributes-restore': restoreAttributes,
  'identity-center.mfa-restore': restoreMfa,
  'identity-center.session-restore': restoreSession,
} satisfies ActionPlanners<
  | 'identity-center.access-control-attributes-restore'
  | 'identity-center.mfa-restore'
  | 'identity-center.session-restore'
>;
