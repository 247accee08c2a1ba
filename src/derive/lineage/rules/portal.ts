import type { TrailEvent } from '../../../model/trail-event.ts';
import type { LineageRule, NodeSeed } from './lineage-rule.ts';
import { accountOf, directoryUserOf } from './place.ts';
import { text } from './read-member.ts';

/** A sign-in writes several events within seconds: they begin one session. */
function portalSeed(event: TrailEvent, userId: string): NodeSeed {
  return {
    kind: 'session',
    type: 'portal-session',
    key: `portal ${userId} ${event.time.slice(0, 16)}`,
    label: `portal session of ${userId}`,
    arn: null,
    uniqueId: null,
    accountId: accountOf(event) || null,
    region: null,
    session: { origin: 'portal', durationSeconds: null },
  };
}

/** Sign-in of an Identity Center user. Success and failure stand beside the record's error code. */
export const portalSignIn: LineageRule = {
  failed: (event) => text(event, 'service.UserAuthentication', 'response.UserAuthentication') === 'Failure',
  acts: (event) => {
    const userId = directoryUserOf(event);
    return userId === null ? [] : [{ relation: 'issued', seed: portalSeed(event, userId) }];
  },
};

export function reservedSessionKey(accountId: string, role: string, userId: string): string {
  return `reserved-session ${accountId} ${role} ${userId}`;
}

/**
 * The portal hands out credentials of a role: which ones is not in the record, so the sessions themselves hang on it where
 * their own calls name the user.
 */
export const portalRole: LineageRule = {
  acts: (event) => {
    const userId = directoryUserOf(event);
    const role = text(event, 'service.role_name', 'request.roleName');
    const accountId = text(event, 'service.account_id', 'request.accountId');
    return userId === null || role === null || accountId === null
      ? []
      : [
          {
            relation: 'assumed',
            seed: {
              kind: 'session',
              type: 'role-session',
              key: reservedSessionKey(accountId, role, userId),
              label: `${role} in ${accountId} through the portal`,
              arn: null,
              uniqueId: null,
              accountId,
              region: null,
              session: { origin: 'assume-role-saml', durationSeconds: null },
            },
          },
        ];
  },
};
