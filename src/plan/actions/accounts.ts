import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld } from '../planner.ts';
import { accountOfArn } from './support/arn-parts.ts';
import { holds, reads } from './support/assertions.ts';
import { command } from './support/command-line.ts';
import { incidentParts } from './support/incident-parts.ts';
import { isInOrganization, organizationId, organizationStep } from './support/organization-step.ts';
import { save } from './support/saved-file.ts';
import { manualStep, type Target } from './support/step.ts';
import { containKey, deleteKey, hardenKey, preserveKey, restoreKey } from './support/step-keys.ts';
import { workloadStep } from './support/workload-step.ts';

type Finding = ActionRequest['finding'];

function accountTarget({ subject }: Finding): Omit<Target, 'accountId'> {
  const { arn, type, name } = subject;
  return { arn, uniqueId: null, type, name };
}

function accountIdOf({ subject }: Finding): string | null {
  const id = organizationId(subject.arn);
  return subject.type === 'organization-account' && /^\d{12}$/.test(id) ? id : null;
}

const contactOwner: ActionPlanner = ({ action, finding }) => {
  const { check, subject } = finding;
  const decision = decisionOf(finding);
  const isLeaving = check === 'organization/departing-account';
  const isHarden = decision === 'harden';
  return [
    manualStep(
      { ...accountTarget(finding), accountId: null },
      {
        key: isHarden ? hardenKey(subject.arn, action) : restoreKey(subject.arn, `owner ${check}`),
        stage: isHarden ? 'harden' : isLeaving ? 'preserve' : 'recover',
        action,
        title: `Ask the owner of ${subject.name}`,
        why: isLeaving
          ? 'A closed account can be reopened for ninety days; then it is deleted with its logs.'
          : 'Only the owner knows whether it was meant.',
      },
      isLeaving
        ? 'Ask the owner today whether the account was meant to close or leave. Where not: let AWS Support reopen it, or invite it back. Save what other accounts hold of its logs now.'
        : 'Ask the owner, by a way that the intruder cannot read, who decided on this and when.',
      {
        cautions: isLeaving ? ['Take it out of every trust policy that names it until it is back.'] : [],
      },
    ),
  ];
};

const parentId = /^(?:r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$/;

/** Where the account is now, as the check tells the path; where it was, as the event of the move does. */
function moveOf(
  { message }: Finding,
  accountId: string,
  world: PlanWorld,
): { readonly from: string; readonly to: string } | null {
  const path = /^Active account .* now is at (\S+);/.exec(message)?.[1] ?? '';
  const now = path
    .split('/')
    .filter((part) => parentId.test(part))
    .at(-1);
  const before = incidentParts(
    world,
    { arn: '', type: 'organization-account', id: accountId },
    'organizations:MoveAccount',
  ).filter((part) => parentId.test(part));
  const [to] = before;
  return now === undefined || to === undefined || before.length !== 1 || to === now
    ? null
    : { from: now, to };
}

const moveBack: ActionPlanner = ({ action, finding }, world) => {
  const accountId = accountIdOf(finding);
  if (accountId === null || decisionOf(finding) !== 'restore') {
    return [];
  }
  const move = moveOf(finding, accountId, world);
  const who = { childId: accountId };
  const told = {
    key: restoreKey(finding.subject.arn),
    stage: 'recover',
    action,
    title: `Move account ${accountId} back`,
    why: 'In its unit it is under the policies that were meant for it.',
  } as const;
  const cautions = [
    'What was done in it while it was under other policies was not held back: look at that time.',
    'Moved, it gets the policies of the unit at once: what its workloads do meanwhile may be refused.',
  ];
  if (move === null) {
    return [
      organizationStep(world, accountTarget(finding), told, {
        manual: `aws organizations list-parents --child-id ${accountId} tells where it is; take its unit from baseline, code or owner, and move it: aws organizations move-account.`,
        cautions,
      }),
    ];
  }
  const call = (sourceParentId: string, destinationParentId: string) =>
    command('organizations', 'move-account', { accountId, sourceParentId, destinationParentId });
  const isAt = (fact: string, id: string) =>
    reads(fact, ['organizations', 'list-parents', who], 'Parents[].Id', id);
  return [
    organizationStep(world, accountTarget(finding), told, {
      preconditions: [isInOrganization(accountId, world), isAt('it is where the evidence saw it', move.from)],
      commands: [call(move.from, move.to)],
      confirm: [isAt('it is back', move.to)],
      undo: [call(move.to, move.from)],
      cautions,
    }),
  ];
};

const leaving = [
  'Sweep it before it goes: afterwards it cannot be read from here.',
  'Save its bills, logs and contacts; take it out of every trust policy and share that names it or the organization.',
  'Accounts of resources shared with the organization lose them.',
];

/** An account that was made here has no payment of its own: removed, it only changes hands. */
function wasInvited({ input }: PlanWorld, arn: string): boolean {
  return input.result.findings.some(
    ({ subject, messageId }) =>
      subject.arn === arn && (messageId === 'invited' || messageId === 'invitedInWindow'),
  );
}

const removeAccount: ActionPlanner = ({ action, finding }, world) => {
  const { subject, messageId } = finding;
  const decision = decisionOf(finding);
  if (decision !== 'eradicate') {
    return [];
  }
  const target = accountTarget(finding);
  const accountId = accountIdOf(finding);
  if (accountId === null) {
    return subject.type === 'handshake' && messageId !== 'accepted'
      ? []
      : [
          organizationStep(
            world,
            target,
            {
              key: deleteKey(`${subject.arn}#account`),
              stage: 'cut-re-entry',
              action,
              title: 'Find and remove the account that joined',
              why: 'The intruder let it in: it is trusted wherever the organization’s id is.',
            },
            {
              manual:
                'The handshake tells its party. Put the account under a policy that denies everything, sweep it, then: aws organizations remove-account-from-organization.',
              cautions: leaving,
            },
          ),
        ];
  }
  const isInvited = wasInvited(world, subject.arn);
  const contained = organizationStep(
    world,
    target,
    {
      key: containKey(subject.arn),
      stage: 'contain',
      action,
      title: `Put account ${accountId} under a policy that denies everything`,
      why: 'It has administrators of its own, and every policy that trusts the organization trusts it.',
    },
    {
      manual:
        'Attach a control policy that denies everything but your own reading role to the account (or move it to a quarantine unit that has one).',
      cautions: [
        'Control policies do not bind service-linked roles, nor what outside principals are allowed by resource policies.',
        'Leave an exception for the role that sweeps it.',
      ],
    },
  );
  const preserved = organizationStep(
    world,
    target,
    {
      key: preserveKey(subject.arn),
      stage: 'preserve',
      action,
      title: `Save what the organization knows of account ${accountId}`,
      why: 'Once it is gone, nothing here tells of it.',
    },
    {
      commands: [
        save(target, 'account', ['organizations', 'describe-account', { accountId }]),
        save(target, 'parents', ['organizations', 'list-parents', { childId: accountId }]),
      ],
      reversible: true,
    },
  );
  return [
    preserved,
    contained,
    organizationStep(
      world,
      target,
      {
        key: deleteKey(subject.arn),
        stage: 'cut-re-entry',
        action,
        title: isInvited
          ? `Remove account ${accountId} from the organization`
          : `Close account ${accountId}, which the intruder made`,
        why: 'Outside the organization it is trusted by nobody here.',
      },
      isInvited
        ? {
            preconditions: [isInOrganization(accountId, world)],
            commands: [
              command(
                'organizations',
                'remove-account-from-organization',
                { accountId },
                { accepts: ['AccountNotFoundException'] },
              ),
            ],
            cautions: leaving,
            after: [preserveKey(subject.arn), containKey(subject.arn)],
          }
        : {
            manual: `When it is swept and nothing in it is needed as evidence: aws organizations close-account --account-id ${accountId}. AWS closes a few accounts per month only, and Support can reopen one for ninety days.`,
            cautions: [
              'Removed instead of closed, it lives on in the hands of whoever reads the mail of its root user.',
              ...leaving,
            ],
            after: [preserveKey(subject.arn), containKey(subject.arn)],
          },
    ),
  ];
};

const hiding =
  'Switching a region off deletes nothing: what is in it goes on and is merely hidden. Sweep it and remove what is in it first.';

const denyRegion: ActionPlanner = ({ action, finding }) => {
  const { subject, messageId } = finding;
  const decision = decisionOf(finding);
  if (subject.type !== 'region' || decision === 'explain') {
    return [];
  }
  const accountId = subject.accountId ?? accountOfArn(subject.arn);
  const target = { ...accountTarget(finding), accountId };
  const region = subject.name;
  const isHarden = decision === 'harden' || messageId === 'optedIn';
  if (!isHarden && (messageId === 'disabled' || messageId === 'disabling')) {
    return [
      workloadStep(
        target,
        {
          key: restoreKey(subject.arn),
          stage: 'lights-on',
          action,
          title: `Switch region ${region} on again`,
          why: 'What runs in it goes on unseen, and its owner is locked out.',
        },
        {
          preconditions: [
            holds(
              'the region is off',
              ['account', 'get-region-opt-status', { regionName: region }],
              'RegionOptStatus',
              'DISABL',
            ),
          ],
          commands: [
            command('account', 'enable-region', { regionName: region }, { accepts: ['ConflictException'] }),
          ],
          undo: [command('account', 'disable-region', { regionName: region })],
          cautions: [
            'It takes minutes, sometimes hours. Sweep the region when it is on: it was not in this evidence.',
            'IAM and key policies may not know the region: look at what is in it before anything is released.',
          ],
        },
      ),
    ];
  }
  return [
    workloadStep(
      target,
      {
        key: isHarden ? hardenKey(subject.arn, action) : containKey(subject.arn),
        stage: isHarden ? 'harden' : 'contain',
        action,
        title: `Deny what is done in region ${region}`,
        why: 'In a region that nobody uses nobody looks.',
      },
      {
        manual:
          'Deny the region by a control policy (aws:RequestedRegion, with exceptions for global services and for your own role). Sweep it; when it is empty, switch it off: aws account disable-region.',
        cautions: [
          hiding,
          'A control policy does not bind the management account: there a policy on each principal has to do.',
          'Global services (IAM, Organizations, CloudFront, Route 53, Support) are answered in one region: leave them out of the deny.',
        ],
      },
    ),
  ];
};

export const accountActions = {
  'account.contact-owner': contactOwner,
  'account.deny-region': denyRegion,
  'account.move-back': moveBack,
  'account.remove-from-organization': removeAccount,
} satisfies ActionPlanners<
  'account.contact-owner' | 'account.deny-region' | 'account.move-back' | 'account.remove-from-organization'
>;
