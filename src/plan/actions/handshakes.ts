import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, StepDraft } from '../planner.ts';
import { lacks, reads } from './support/assertions.ts';
import { command } from './support/command-line.ts';
import { organizationId, organizationStep } from './support/organization-step.ts';
import { save } from './support/saved-file.ts';
import { deleteKey, preserveKey } from './support/step-keys.ts';
import { workloadStep } from './support/workload-step.ts';

const handshakeId = /^h-[0-9a-z]{8,32}$/;

/** The invited account alone can decline; its unit is that of the evidence, the ARN is the sender's. */
function invitedAccount({ check, evidence }: ActionRequest['finding']): string | null {
  return check === 'organization/foreign-invitation' ? (evidence[0]?.accountId ?? null) : null;
}

const isTooLate = (messageId: string): boolean => messageId === 'accepted' || messageId === 'transferred';

const cancel: ActionPlanner = ({ action, finding }, world): readonly StepDraft[] => {
  const { subject, messageId } = finding;
  const decision = decisionOf(finding);
  const id = organizationId(subject.arn);
  if (decision !== 'eradicate' || subject.type !== 'handshake') {
    return [];
  }
  const target = { arn: subject.arn, uniqueId: id, type: subject.type, name: subject.name };
  const invited = invitedAccount(finding);
  // Both sides can see one handshake: each has steps of its own.
  const side = invited === null ? subject.arn : `${subject.arn}#${invited}`;
  const told = {
    key: deleteKey(side),
    stage: 'cut-re-entry',
    action,
    title: `End handshake ${id} (${subject.name})`,
    why: 'The other party can accept it with its own credentials, whatever is revoked here.',
  } as const;
  if (isTooLate(messageId) || !handshakeId.test(id)) {
    return [
      organizationStep(
        world,
        target,
        { ...told, key: `${told.key}#${messageId}` },
        {
          manual:
            messageId === 'transferred'
              ? 'It was accepted: end the transfer of responsibility in the management account (aws organizations terminate-responsibility-transfer) and tell AWS Support.'
              : 'It was accepted and cannot be cancelled: look for the account that joined or left, contain it, and take it out of the organization (or invite it back).',
          cautions: ['An account that accepted is in already: contain it before anything else.'],
        },
      ),
    ];
  }
  const operation = invited === null ? 'cancel-handshake' : 'decline-handshake';
  const preserved = {
    key: preserveKey(side),
    stage: 'preserve',
    action,
    title: `Save handshake ${id}`,
    why: 'Finished handshakes disappear after thirty days.',
  } as const;
  const who = { handshakeId: id };
  const kept = {
    commands: [save(target, 'handshake', ['organizations', 'describe-handshake', who])],
    reversible: true,
  };
  const more = {
    preconditions: [
      reads('it still is this handshake', ['organizations', 'describe-handshake', who], 'Handshake.Id', id),
      lacks(
        'it is not accepted yet',
        ['organizations', 'describe-handshake', who],
        'Handshake.State',
        'ACCEPTED',
      ),
    ],
    commands: [
      command('organizations', operation, who, {
        accepts: ['HandshakeAlreadyInStateException', 'HandshakeNotFoundException'],
      }),
    ],
    cautions: [
      'It cannot be taken back: a new invitation is made in a minute.',
      ...(invited === null
        ? []
        : ['Run it in the invited account: the other organization alone could cancel it.']),
    ],
    after: [preserveKey(side)],
  };
  return invited === null
    ? [organizationStep(world, target, preserved, kept), organizationStep(world, target, told, more)]
    : [
        workloadStep({ ...target, accountId: invited }, preserved, kept),
        workloadStep({ ...target, accountId: invited }, told, more),
      ];
};

export const handshakeActions = {
  'handshake.cancel': cancel,
} satisfies ActionPlanners<'handshake.cancel'>;
