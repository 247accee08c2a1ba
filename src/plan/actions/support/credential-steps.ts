import type { PlanWorld, StepDraft } from '../../planner.ts';
import { accountOfArn } from './arn-parts.ts';
import { isSamePrincipal, lacks, reads } from './assertions.ts';
import { queryText } from './command-line.ts';
import { type Credential, credentialKinds, deleteCredential, setStatus } from './credential-kinds.ts';
import { minterDeletions } from './findings.ts';
import { save } from './saved-file.ts';
import { stepFor, type Target } from './step.ts';
import { containKey, deleteKey, preserveKey } from './step-keys.ts';

function targetFor(credential: Credential): Target {
  const { kind, userArn, id } = credential;
  return {
    arn: credentialKinds[kind].arnOf(userArn, id),
    uniqueId: id,
    type: kind,
    name: id,
    accountId: accountOfArn(userArn),
  };
}

/** The owner is the one of the evidence: a key of a namesake is another key. */
function ownerIsSame({ userArn, userName }: Credential, world: PlanWorld) {
  const owner = world.dependentsOf(userArn);
  return isSamePrincipal('iam-user', {
    name: userName,
    uniqueId: owner?.type === 'iam-user' ? owner.uniqueId : null,
  });
}

function statusReading({ kind, userName, id }: Credential) {
  const { list, member, id: idMember } = credentialKinds[kind];
  return {
    call: ['iam', list, { userName }] as const,
    own: `${member}[?${idMember}==${queryText(id)}].Status`,
    ids: `${member}[].${idMember}`,
  };
}

function preserve(credential: Credential): StepDraft {
  const target = targetFor(credential);
  const { list } = credentialKinds[credential.kind];
  const lastUse =
    credential.kind === 'access-key'
      ? [
          save(
            target,
            'last-use',
            ['iam', 'get-access-key-last-used', { accessKeyId: credential.id }],
            ['NoSuchEntity'],
          ),
        ]
      : [];
  return stepFor(
    target,
    {
      key: preserveKey(target.arn),
      stage: 'preserve',
      action: credentialKinds[credential.kind].action,
      title: `Save what is known of ${credential.id}`,
      why: 'Owner and last use are gone once it is deleted.',
    },
    {
      commands: [save(target, 'list', ['iam', list, { userName: credential.userName }]), ...lastUse],
      reversible: true,
    },
  );
}

function deactivate(credential: Credential, world: PlanWorld): StepDraft {
  const { noun, action } = credentialKinds[credential.kind];
  const target = targetFor(credential);
  const { call, own } = statusReading(credential);
  return stepFor(
    target,
    {
      key: containKey(target.arn),
      stage: 'contain',
      action,
      title: `Deactivate ${noun} ${credential.id} of ${credential.userName}`,
      why: 'Inactive, it keeps its id and last use, and can be switched on again if it turns out to be needed.',
    },
    {
      preconditions: ownerIsSame(credential, world),
      commands: [setStatus(credential, 'Inactive')],
      confirm: [reads('it is inactive', call, own, 'Inactive')],
      undo: [setStatus(credential, 'Active')],
      cautions: [
        'Sessions that were made with it live on: they are ended by a deny on the user.',
        'What still works with it fails from now on: watch for its owner.',
      ],
      after: [preserveKey(target.arn), preserveKey(credential.userArn)],
    },
  );
}

/** Preserve and switch off; where it already is inactive there is nothing to do. */
export function deactivationOf(
  credential: Credential,
  world: PlanWorld,
  status: string,
): readonly StepDraft[] {
  return status === 'Active' ? [preserve(credential), deactivate(credential, world)] : [preserve(credential)];
}

/** The end of a credential that the intruder made for a user who stays. */
export function deletionOf(credential: Credential, world: PlanWorld): StepDraft {
  const { noun, action } = credentialKinds[credential.kind];
  const target = targetFor(credential);
  const { call, ids } = statusReading(credential);
  return stepFor(
    target,
    {
      key: deleteKey(target.arn),
      stage: 'delete',
      action,
      title: `Delete ${noun} ${credential.id} of ${credential.userName}`,
      why: 'An inactive credential can be switched on again.',
    },
    {
      preconditions: ownerIsSame(credential, world),
      commands: [deleteCredential(credential)],
      confirm: [lacks('it is gone', call, ids, credential.id)],
      after: [preserveKey(target.arn), containKey(target.arn), ...minterDeletions(world)],
    },
  );
}

/** Status as the evidence has it; a credential that could not be seen is taken as active. */
export function statusOf(credential: Credential, world: PlanWorld): string {
  const owner = world.dependentsOf(credential.userArn);
  const seen = owner?.type === 'iam-user' ? credentialKinds[credential.kind].of(owner) : null;
  return seen?.find(({ id }) => id === credential.id)?.status ?? 'Active';
}
