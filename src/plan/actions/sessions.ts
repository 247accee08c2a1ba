import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld } from '../planner.ts';
import { ownerOfCredential } from './support/arn-parts.ts';
import { mayContain } from './support/findings.ts';
import { type Principal, principalAt, principalOf } from './support/principal.ts';
import { revokeSessions } from './support/revoke-sessions.ts';
import { manualStep, targetOf } from './support/step.ts';
import { containKey, revokeKey } from './support/step-keys.ts';

/** Roles that let in whom a provider vouches for. */
function rolesTrusting(provider: string, world: PlanWorld): readonly Principal[] {
  return world
    .ofType('iam-role')
    .filter(({ trustDocument }) => trustDocument?.includes(JSON.stringify(provider)) ?? false)
    .flatMap(({ arn }) => principalAt(world, arn) ?? []);
}

/** Whose sessions a finding is about. */
function holdersOf(request: ActionRequest, world: PlanWorld): readonly Principal[] {
  const { arn, type } = request.finding.subject;
  switch (type) {
    case 'access-key':
    case 'login-profile': {
      const owner = ownerOfCredential(arn, type);
      const user = owner === null ? null : principalAt(world, owner);
      return user === null ? [] : [user];
    }
    case 'saml-provider':
    case 'oidc-provider':
      return rolesTrusting(arn, world);
    default: {
      const principal = principalOf(request, world);
      return principal === null ? [] : [principal];
    }
  }
}

const centerTypes: ReadonlySet<string> = new Set(['assignment', 'directory-user', 'permission-set']);

const revoke: ActionPlanner = (request, world) => {
  const { finding } = request;
  if (!mayContain(finding)) {
    return [];
  }
  const target = targetOf(finding);
  if (centerTypes.has(target.type)) {
    return [
      manualStep(
        target,
        {
          key: revokeKey(target.arn),
          stage: 'contain',
          action: 'session.revoke',
          title: `End the sessions behind ${target.name}`,
          why: 'Deleting an assignment ends no session, and IAM refuses a deny on the role of a permission set.',
        },
        'End the portal sessions of the persons concerned in the Identity Center console (after a user is deleted this is no longer possible). For role sessions put a deny with `identitystore:userId` into the inline policy of the permission set and provision it; they end by themselves after the session length of the set, 12 hours at most.',
        { accountId: world.managementAccountId, reversible: true },
      ),
    ];
  }
  if (target.type === 'root-user') {
    return [
      manualStep(
        target,
        {
          key: containKey(`${target.arn}/sessions`),
          stage: 'contain',
          action: 'session.revoke',
          title: 'Wait for the sessions of the root user to end',
          why: 'No policy of the account denies root.',
        },
        'Change the password and the keys of root. Its sessions end after an hour at most; in a member account an SCP denies root at once.',
        { reversible: true },
      ),
    ];
  }
  return holdersOf(request, world).flatMap((holder) => revokeSessions(holder, world));
};

export const sessionActions = { 'session.revoke': revoke } satisfies ActionPlanners<'session.revoke'>;
