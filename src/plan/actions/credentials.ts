import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld, StepDraft } from '../planner.ts';
import { nameOfArn, ownerOfCredential } from './support/arn-parts.ts';
import { type Credential, type CredentialKind, credentialKinds } from './support/credential-kinds.ts';
import { deactivationOf, deletionOf, statusOf } from './support/credential-steps.ts';
import { deleteUser } from './support/delete-user.ts';
import { isEradicated, isIntruderMade, mayContain, nodesOf } from './support/findings.ts';
import { principalAt } from './support/principal.ts';
import { revokeSessions } from './support/revoke-sessions.ts';
import { manualStep, targetOf } from './support/step.ts';
import { containKey } from './support/step-keys.ts';

function ownedCredential(kind: CredentialKind, { finding }: ActionRequest): Credential | null {
  const { arn, type, name, uniqueId } = finding.subject;
  const userArn = type === kind ? ownerOfCredential(arn, kind) : null;
  return userArn !== null ? { kind, userArn, userName: nameOfArn(userArn), id: uniqueId ?? name } : null;
}

/** All credentials of one kind that a user has, for findings about the user. */
function credentialsOfUser(
  kind: CredentialKind,
  { finding }: ActionRequest,
  world: PlanWorld,
): readonly Credential[] {
  const user = world.dependentsOf(finding.subject.arn);
  return user?.type === 'iam-user'
    ? (credentialKinds[kind].of(user) ?? []).map(({ id }) => ({
        kind,
        userArn: user.arn,
        userName: user.name,
        id,
      }))
    : [];
}

/** Root's credentials can be changed by root alone. */
function byRoot(kind: CredentialKind, { finding }: ActionRequest): StepDraft {
  const { noun, action } = credentialKinds[kind];
  const target = targetOf(finding);
  return manualStep(
    target,
    {
      key: containKey(`${target.arn}/${kind}`),
      stage: 'contain',
      action,
      title: `Deactivate the ${noun} of the root user`,
      why: 'Nobody but the root user can change its own credentials.',
    },
    'Sign in as the root user (in a member account: take a privileged root session from the management account), open the security credentials, deactivate it, and delete it once its last use is noted.',
  );
}

/** Events show that the key was never used: then there is no session of it to end. */
function wasNeverUsed({ userArn, kind, id }: Credential, world: PlanWorld): boolean {
  const thing = { arn: credentialKinds[kind].arnOf(userArn, id), type: kind, uniqueId: id };
  const nodes = nodesOf(world, thing);
  return nodes.length > 0 && nodes.every(({ used }) => used === false);
}

/** Only access keys mint sessions; these outlive the key. */
function sessionsOf(credential: Credential, world: PlanWorld): readonly StepDraft[] {
  const owner = principalAt(world, credential.userArn);
  return credential.kind !== 'access-key' || owner === null || wasNeverUsed(credential, world)
    ? []
    : revokeSessions(owner, world);
}

function stepsFor(credential: Credential, request: ActionRequest, world: PlanWorld): readonly StepDraft[] {
  const owner = principalAt(world, credential.userArn);
  if (owner !== null && isEradicated(world, owner.arn)) {
    return deleteUser(owner, world);
  }
  const off = deactivationOf(credential, world, statusOf(credential, world));
  const isOwn = request.finding.subject.type === credential.kind;
  return isOwn && decisionOf(request.finding) === 'eradicate'
    ? [...off, ...sessionsOf(credential, world), deletionOf(credential, world)]
    : off;
}

/**
 * Of a user that strangers held only the named credentials are known to be theirs; a user that nobody can explain is
 * frozen with all it has.
 */
function isConcerned(
  { kind, userArn, id }: Credential,
  { finding }: ActionRequest,
  world: PlanWorld,
): boolean {
  if (decisionOf(finding) !== 'contain-and-rotate') {
    return true;
  }
  const { accessKeyIds = [], principals = [] } = world.input.incident?.compromised ?? {};
  const arn = credentialKinds[kind].arnOf(userArn, id);
  return principals.includes(userArn) || accessKeyIds.includes(id) || isIntruderMade(world, arn, kind);
}

/** Switches credentials of one kind off; deletes those of the intruder's own making. */
export function credentialPlanner(kind: CredentialKind): ActionPlanner {
  return (request, world) => {
    const { finding } = request;
    if (finding.subject.type === 'root-user') {
      return [byRoot(kind, request)];
    }
    const own = ownedCredential(kind, request);
    if (own !== null) {
      return stepsFor(own, request, world);
    }
    const all = mayContain(finding) ? credentialsOfUser(kind, request, world) : [];
    return all
      .filter((credential) => isConcerned(credential, request, world))
      .flatMap((credential) => stepsFor(credential, request, world));
  };
}

/** Credentials of IAM users beside access keys. */
export const credentialActions = {
  'service-specific-credential.deactivate': credentialPlanner('service-specific-credential'),
  'signing-certificate.deactivate': credentialPlanner('signing-certificate'),
  'ssh-public-key.deactivate': credentialPlanner('ssh-public-key'),
} satisfies ActionPlanners<
  'service-specific-credential.deactivate' | 'signing-certificate.deactivate' | 'ssh-public-key.deactivate'
>;
