import type { UserDependents } from '../../../model/dependents.ts';
import type { PlanCommand } from '../../../model/plan.ts';
import type { PlanWorld, StepDraft } from '../../planner.ts';
import { nameOfArn } from './arn-parts.ts';
import { isSamePrincipal, principalIsGone } from './assertions.ts';
import { unlessGone } from './command-line.ts';
import { containPrincipal } from './contain-principal.ts';
import {
  type Credential,
  type CredentialKind,
  credentialKinds,
  deleteCredential,
} from './credential-kinds.ts';
import { deactivationOf } from './credential-steps.ts';
import { minterDeletions } from './findings.ts';
import { deletePolicy, ownPolicies } from './own-denies.ts';
import { type Principal, userDependentsOf } from './principal.ts';
import { manualStep, stepFor } from './step.ts';
import { containKey, deleteKey, preserveKey } from './step-keys.ts';

const kinds = [
  'access-key',
  'service-specific-credential',
  'ssh-public-key',
  'signing-certificate',
] as const satisfies readonly CredentialKind[];

/** AWS attaches it to leaked keys; taking it off early widens what they can do. */
const quarantine = /AWSCompromisedKeyQuarantine|AWSExposedCredentialPolicy/;

function credentialsOf(
  user: UserDependents,
  kind: CredentialKind,
): readonly (Credential & { status: string })[] {
  return (credentialKinds[kind].of(user) ?? []).map(({ id, status }) => ({
    kind,
    userName: user.name,
    userArn: user.arn,
    id,
    status,
  }));
}

function mfaRemovals({ name: userName, mfaDevices }: UserDependents): PlanCommand[] {
  return (mfaDevices ?? []).flatMap(({ serialNumber, virtual }) => [
    unlessGone('iam', 'deactivate-mfa-device', { userName, serialNumber }),
    ...(virtual ? [unlessGone('iam', 'delete-virtual-mfa-device', { serialNumber })] : []),
  ]);
}

/** IAM's own order: credentials, groups, attached policies, inline policies with our denies last, the user. */
function deletionCommands(user: UserDependents): PlanCommand[] {
  const who = { userName: user.name };
  const deletions = (kind: CredentialKind): PlanCommand[] => credentialsOf(user, kind).map(deleteCredential);
  const detach = (policyArn: string): PlanCommand =>
    unlessGone('iam', 'detach-user-policy', { ...who, policyArn });
  const remove = (policyName: string): PlanCommand => deletePolicy('iam-user', user.name, policyName);
  const inline = user.inlinePolicies.map(({ name }) => name).filter((name) => !ownPolicies.includes(name));
  const isQuarantine = (name: string): boolean => quarantine.test(name);
  const isOrdinary = (name: string): boolean => !quarantine.test(name);
  return [
    ...deletions('access-key'),
    ...(user.hasLoginProfile === false ? [] : [unlessGone('iam', 'delete-login-profile', who)]),
    ...deletions('service-specific-credential'),
    ...deletions('ssh-public-key'),
    ...deletions('signing-certificate'),
    ...mfaRemovals(user),
    ...user.groups.map((group) =>
      unlessGone('iam', 'remove-user-from-group', { ...who, groupName: nameOfArn(group) }),
    ),
    ...user.attachedPolicyArns.filter(isOrdinary).map(detach),
    ...inline.filter(isOrdinary).map(remove),
    ...user.attachedPolicyArns.filter(isQuarantine).map(detach),
    ...inline.filter(isQuarantine).map(remove),
    ...ownPolicies.map(remove),
    unlessGone('iam', 'delete-user', who),
  ];
}

/** Lists that the evidence lacks: what stands in them makes the deletion fail. */
function unseen(user: UserDependents): string[] {
  const lists = {
    'access keys': user.accessKeys,
    'service-specific credentials': user.serviceSpecificCredentials,
    'SSH public keys': user.sshPublicKeys,
    'signing certificates': user.signingCertificates,
    'MFA devices': user.mfaDevices,
  } as const;
  return Object.entries(lists)
    .filter(([, list]) => list === null)
    .map(
      ([name]) =>
        `could not be seen: ${name} of ${user.name}. List them before deleting (the preserve step does) and delete each.`,
    );
}

function removal(principal: Principal, user: UserDependents, world: PlanWorld): StepDraft {
  const credentials = kinds.flatMap((kind) => credentialsOf(user, kind));
  const own = credentials.map(({ kind, userArn, id }) => credentialKinds[kind].arnOf(userArn, id));
  return stepFor(
    principal,
    {
      key: deleteKey(user.arn),
      stage: 'delete',
      action: 'user.delete',
      title: `Delete user ${user.name} and all that hangs on it`,
      why: 'The intruder made it. IAM refuses the deletion until every child is gone.',
    },
    {
      preconditions: isSamePrincipal('iam-user', principal),
      commands: deletionCommands(user),
      confirm: [principalIsGone('iam-user', user.name)],
      cautions: [
        'The last commands take our own deny away, seconds before the user itself.',
        'A new user of this name is another user: the next sweep tells.',
        ...(user.permissionsBoundaryArn === null
          ? []
          : [
              'Its permissions boundary is left in place: it does not hinder the deletion, and without it the user could do more.',
            ]),
        ...unseen(user),
      ],
      after: [
        preserveKey(user.arn),
        containKey(user.arn),
        ...own.flatMap((arn) => [containKey(arn), deleteKey(arn)]),
        ...minterDeletions(world),
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
      action: 'user.delete',
      title: `Delete user ${principal.name} by hand`,
      why: 'The intruder made it, and what hangs on it could not be seen.',
    },
    'List and remove in this order: access keys, login profile, service-specific credentials, SSH public keys, signing certificates, MFA devices (deactivate, then delete virtual ones), group memberships, attached policies, inline policies with our deny last, then the user.',
    {
      preconditions: isSamePrincipal('iam-user', principal),
      confirm: [principalIsGone('iam-user', principal.name)],
      cautions: [`could not be seen: what hangs on ${principal.name}. List it before deleting.`],
      after: [preserveKey(principal.arn), containKey(principal.arn)],
    },
  );
}

/** Freeze, switch off every credential, then delete; only for a user of the intruder's own making. */
export function deleteUser(principal: Principal, world: PlanWorld): readonly StepDraft[] {
  const user = userDependentsOf(principal);
  const frozen = containPrincipal(principal, world);
  if (user === null) {
    return [...frozen, removalByHand(principal)];
  }
  const switchedOff = kinds
    .flatMap((kind) => credentialsOf(user, kind))
    .filter(({ status }) => status === 'Active')
    .flatMap((credential) => deactivationOf(credential, world, credential.status));
  return [...frozen, ...switchedOff, removal(principal, user, world)];
}
