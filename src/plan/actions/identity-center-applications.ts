import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld, StepDraft } from '../planner.ts';
import { isGone, reads } from './support/assertions.ts';
import { command, unlessGone } from './support/command-line.ts';
import { isProved } from './support/findings.ts';
import { centerCaution, centerOf } from './support/identity-center.ts';
import { save } from './support/saved-file.ts';
import { manualStep, stepFor, type Target, targetOf } from './support/step.ts';
import { containKey, deleteKey, preserveKey, restoreKey } from './support/step-keys.ts';

interface Placed {
  readonly target: Target;
  readonly region: string | null;
}

function isAbout({ finding }: ActionRequest, type: string): boolean {
  return finding.subject.type === type;
}

/** In the organization's instance; the account of an application's ARN is its owner, not who may change it. */
function placed({ finding }: ActionRequest, world: PlanWorld): Placed {
  const target = targetOf(finding);
  const center = centerOf(world, target.arn);
  return {
    target: { ...target, accountId: center.accountId ?? target.accountId },
    region: center.region ?? finding.subject.region,
  };
}

function preserveApplication({ target, region }: Placed): StepDraft {
  const what = { applicationArn: target.arn };
  const saved = (part: string, operation: string) => save(target, part, ['sso-admin', operation, what]);
  return stepFor(
    target,
    {
      key: preserveKey(target.arn),
      stage: 'preserve',
      action: 'identity-center.application-delete',
      title: `Save application ${target.name}`,
      why: 'Grants, redirect addresses and assignments are evidence, and gone with it.',
    },
    {
      region,
      commands: [
        saved('application', 'describe-application'),
        saved('grants', 'list-application-grants'),
        saved('assignments', 'list-application-assignments'),
        saved('authentication', 'list-application-authentication-methods'),
        saved('scopes', 'list-application-access-scopes'),
        saved('assignment-configuration', 'get-application-assignment-configuration'),
      ],
      reversible: true,
    },
  );
}

function disable({ target, region }: Placed): StepDraft {
  const what = { applicationArn: target.arn };
  const set = (status: string) => command('sso-admin', 'update-application', { ...what, status });
  const is = (fact: string, status: string) =>
    reads(fact, ['sso-admin', 'describe-application', what], 'Status', status);
  return stepFor(
    target,
    {
      key: containKey(target.arn),
      stage: 'contain',
      action: 'identity-center.application-delete',
      title: `Disable application ${target.name}`,
      why: 'Nobody signs in to it any more; it can be enabled again.',
    },
    {
      region,
      commands: [set('DISABLED')],
      confirm: [is('it is disabled', 'DISABLED')],
      cautions: [centerCaution, 'Sessions of the application live on for up to an hour.'],
      undo: [set('ENABLED')],
      after: [preserveKey(target.arn)],
    },
  );
}

function removeApplication({ target, region }: Placed): StepDraft {
  const what = { applicationArn: target.arn };
  const reading = ['sso-admin', 'describe-application', what] as const;
  return stepFor(
    target,
    {
      key: deleteKey(target.arn),
      stage: 'cut-re-entry',
      action: 'identity-center.application-delete',
      title: `Delete application ${target.name}`,
      why: 'The intruder made it: its grants hand out tokens of the people who use it.',
    },
    {
      region,
      preconditions: [reads('it still is the same', reading, 'ApplicationArn', target.arn)],
      commands: [unlessGone('sso-admin', 'delete-application', what)],
      confirm: [isGone('it is gone', reading)],
      cautions: [centerCaution, 'Tokens that it handed out to other places live on there until they end.'],
      after: [preserveKey(target.arn), containKey(target.arn)],
    },
  );
}

const deleteApplication: ActionPlanner = (request, world) => {
  if (!isAbout(request, 'application')) {
    return [];
  }
  const decision = decisionOf(request.finding);
  const application = placed(request, world);
  if (decision === 'explain') {
    return [preserveApplication(application), disable(application)];
  }
  return decision === 'eradicate'
    ? [preserveApplication(application), disable(application), removeApplication(application)]
    : [];
};

const restrictApplication: ActionPlanner = (request, world) => {
  if (!isAbout(request, 'application') || decisionOf(request.finding) !== 'restore') {
    return [];
  }
  const application = placed(request, world);
  const { target, region } = application;
  const what = { applicationArn: target.arn };
  const told = {
    key: restoreKey(target.arn, 'assignment'),
    stage: 'recover',
    action: 'identity-center.application-restrict',
    title: `Demand an assignment for application ${target.name}`,
    why: 'Every user of the directory may enter it as it is.',
  } as const;
  if (!isProved(request.finding)) {
    return [
      manualStep(
        target,
        { ...told, key: restoreKey(target.arn, 'assignment-by-hand') },
        'Ask its owner who needs it, assign these, then demand an assignment (`aws sso-admin put-application-assignment-configuration --assignment-required`).',
        { region, cautions: [centerCaution] },
      ),
    ];
  }
  const set = (isRequired: boolean) =>
    command('sso-admin', 'put-application-assignment-configuration', {
      ...what,
      [isRequired ? 'assignmentRequired' : 'noAssignmentRequired']: true,
    });
  return [
    preserveApplication(application),
    stepFor(target, told, {
      region,
      commands: [set(true)],
      confirm: [
        reads(
          'an assignment is required',
          ['sso-admin', 'get-application-assignment-configuration', what],
          'AssignmentRequired',
          'True',
        ),
      ],
      undo: [set(false)],
      cautions: [
        centerCaution,
        'Who is not assigned is shut out at once: assign the people who need it first.',
      ],
      after: [preserveKey(target.arn)],
    }),
  ];
};

const deleteTokenIssuer: ActionPlanner = (request, world) => {
  if (!isAbout(request, 'trusted-token-issuer') || decisionOf(request.finding) !== 'eradicate') {
    return [];
  }
  const { target, region } = placed(request, world);
  const what = { trustedTokenIssuerArn: target.arn };
  const reading = ['sso-admin', 'describe-trusted-token-issuer', what] as const;
  return [
    stepFor(
      target,
      {
        key: preserveKey(target.arn),
        stage: 'preserve',
        action: 'identity-center.token-issuer-delete',
        title: `Save token issuer ${target.name}`,
        why: 'Its address and claim mapping are evidence, and gone with it.',
      },
      { region, commands: [save(target, 'token-issuer', reading)], reversible: true },
    ),
    stepFor(
      target,
      {
        key: deleteKey(target.arn),
        stage: 'cut-re-entry',
        action: 'identity-center.token-issuer-delete',
        title: `Delete trusted token issuer ${target.name}`,
        why: 'The intruder made it: whoever owns it signs tokens for users of the directory.',
      },
      {
        region,
        preconditions: [reads('it still is the same', reading, 'TrustedTokenIssuerArn', target.arn)],
        commands: [unlessGone('sso-admin', 'delete-trusted-token-issuer', what)],
        confirm: [isGone('it is gone', reading)],
        cautions: [
          centerCaution,
          'Take it out of the grants of applications first; sessions that came from its tokens live on until they end.',
        ],
        after: [preserveKey(target.arn)],
      },
    ),
  ];
};

/** An instance that a member made for itself: the account and region of the finding, not those of the organization. */
const deleteInstance: ActionPlanner = (request) => {
  const { finding } = request;
  if (!isAbout(request, 'identity-center-instance') || decisionOf(finding) !== 'eradicate') {
    return [];
  }
  const target = targetOf(finding);
  const { region } = finding.subject;
  const what = { instanceArn: target.arn };
  const reading = ['sso-admin', 'describe-instance', what] as const;
  return [
    stepFor(
      target,
      {
        key: preserveKey(target.arn),
        stage: 'preserve',
        action: 'identity-center.instance-delete',
        title: `Save Identity Center instance ${target.name}`,
        why: 'Its users and applications are evidence, and gone with it.',
      },
      {
        region,
        commands: [
          save(target, 'instance', reading),
          save(target, 'applications', ['sso-admin', 'list-applications', what]),
        ],
        reversible: true,
      },
    ),
    stepFor(
      target,
      {
        key: deleteKey(target.arn),
        stage: 'delete',
        action: 'identity-center.instance-delete',
        title: `Delete Identity Center instance ${target.name}`,
        why: 'The intruder made it inside one account, with users and applications of its own.',
      },
      {
        region,
        preconditions: [
          reads('it belongs to this account', reading, 'OwnerAccountId', target.accountId ?? ''),
        ],
        commands: [unlessGone('sso-admin', 'delete-instance', what)],
        confirm: [isGone('it is gone', reading)],
        cautions: [
          'Delete its applications first (the preserve step lists them). It cannot be made again as it was.',
        ],
        after: [preserveKey(target.arn)],
      },
    ),
  ];
};

export const applicationActions = {
  'identity-center.application-delete': deleteApplication,
  'identity-center.application-restrict': restrictApplication,
  'identity-center.instance-delete': deleteInstance,
  'identity-center.token-issuer-delete': deleteTokenIssuer,
} satisfies ActionPlanners<
  | 'identity-center.application-delete'
  | 'identity-center.application-restrict'
  | 'identity-center.instance-delete'
  | 'identity-center.token-issuer-delete'
>;
