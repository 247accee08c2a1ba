import { actionEffects } from './action-effects.ts';
import type { ActionId } from './action-id.ts';
import type { Decision } from './finding.ts';

const user = ['iam-user'] as const;
const principal = ['iam-user', 'iam-role', 'iam-group'] as const;
const ofFunction = ['lambda-function', 'function-url'] as const;
const api = ['rest-api', 'http-api', 'websocket-api'] as const;

/**
 * Types of subjects (as in ResourceFact) that an action is about; null = any. A check lists what may be needed for
 * all its subjects; a group is never told to be removed as a user.
 */
const actionSubjects: Readonly<Partial<Record<ActionId, readonly string[]>>> = {
  'access-key.deactivate': ['access-key', 'iam-user'],
  'access-key.rotate': ['access-key', 'iam-user'],
  'api.add-authorizer': api,
  'api.delete': [...api, 'domain-name'],
  'api.restrict-policy': api,
  'function.delete': ofFunction,
  'function.freeze': ofFunction,
  'function.remove-permission': ofFunction,
  'function.restore': ofFunction,
  'function-layer.remove': ofFunction,
  'function-url.delete': ofFunction,
  'group.delete': ['iam-group'],
  'group.detach-admin': ['iam-group'],
  'identity-center.group-delete': ['directory-group'],
  'identity-center.membership-delete': ['directory-membership', 'directory-group'],
  'identity-center.user-delete': ['directory-user'],
  'login-profile.delete': ['login-profile', 'iam-user'],
  'policy.delete': ['iam-policy'],
  'policy.restore-version': ['iam-policy'],
  'principal.contain': principal,
  'principal.reduce': [...principal, 'iam-policy'],
  'role.delete': ['iam-role'],
  'role.restore-trust': ['iam-role'],
  'user.delete': user,
  'user.enforce-mfa': user,
};

/** True where an action is about things of this type. */
export function fitsSubject(action: ActionId, subjectType: string): boolean {
  return actionSubjects[action]?.includes(subjectType) ?? true;
}

/** Ends or stops something: never offered for what is merely weak, and not where a thing is to be put back. */
function isHarsh(action: ActionId): boolean {
  return (
    /[.-](?:delete|remove|contain|freeze|deregister|remove-from-organization|deny-region)$/.test(action) ||
    action === 'session.revoke'
  );
}

/**
 * The actions of a check that fit a finding's subject and decision: a group is never told to be removed as a user, and
 * only what may be hostile is removed, contained or frozen, and a legitimate principal in strange hands is not removed. May be empty: then the owner decides.
 */
export function actionsFor(
  actions: readonly ActionId[],
  subjectType: string,
  decision: Decision,
): readonly ActionId[] {
  const fitting = actions.filter((action) => fitsSubject(action, subjectType));
  const offered = fitting.length === 0 ? actions : fitting;
  if (decision === 'contain-and-rotate') {
    return offered.filter((action) => actionEffects[action] !== 'remove');
  }
  return decision === 'harden' || decision === 'restore'
    ? offered.filter((action) => !isHarsh(action))
    : offered;
}
