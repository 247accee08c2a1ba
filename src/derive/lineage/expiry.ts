import type { LineageNode } from '../../model/lineage.ts';
import type { Minting, NodeDraft } from './node-draft.ts';
import type { SessionOrigin } from './rules/lineage-rule.ts';
import { longestHours } from './taint-facts.ts';

export interface Expiry {
  readonly expiresAt: string | null;
  readonly unboundedBecause: string | null;
}

/** What decides a session's end besides its own making. */
export interface ExpiryContext {
  /** The session's role can be assumed again from sessions of its own. */
  readonly inCycle: boolean;
  /** The function or instance whose role it is; null where a person holds the session. */
  readonly runner: {
    readonly type: string;
    readonly label: string;
    readonly deletedAt: number | null;
  } | null;
  /** Hours that a permission set or the portal allows, where an event tells. */
  readonly permittedHours: number | null;
}

const hour = 3_600_000;

/** What the API gives when no duration is asked for; null: only the maximum is known. */
const defaultHours: Partial<Record<SessionOrigin, number>> = {
  'assume-role': 1,
  'assume-role-web-identity': 1,
  'federation-token': 12,
  'session-token': 12,
};

function hoursOf(minting: Minting, permittedHours: number | null): number {
  const longest = longestHours[minting.origin];
  if (minting.chained) {
    return Math.min(1, minting.durationSeconds === null ? 1 : minting.durationSeconds / 3600);
  }
  if (minting.durationSeconds !== null) {
    return Math.min(longest, minting.durationSeconds / 3600);
  }
  return permittedHours ?? defaultHours[minting.origin] ?? longest;
}

function ending(at: number): Expiry {
  return { expiresAt: new Date(at).toISOString(), unboundedBecause: null };
}

function unbounded(because: string): Expiry {
  return { expiresAt: null, unboundedBecause: because };
}

const notASession: Expiry = { expiresAt: null, unboundedBecause: null };

/** The latest time at which a session can live. Errs on the long side: too late an end harms nobody. */
export function expiryOf(draft: NodeDraft, context: ExpiryContext): Expiry {
  if (draft.kind !== 'session') {
    return notASession;
  }
  if (draft.type === 'oauth-grant') {
    return unbounded('the refresh token mints new access tokens until the grant is revoked or denied');
  }
  if (context.runner !== null) {
    const { deletedAt, type, label } = context.runner;
    const name = type === 'lambda-function' ? `function ${label}` : `instance ${label}`;
    return deletedAt === null
      ? unbounded(`${name} gets new credentials of its role for as long as it exists`)
      : ending(deletedAt + 12 * hour);
  }
  if (context.inCycle) {
    return unbounded(
      'the roles assume each other: every session begins the next until a trust policy is cut',
    );
  }
  const from = draft.minting?.at ?? draft.lastAt;
  if (from === null) {
    return notASession;
  }
  const minting = draft.minting ?? {
    origin: unseenOrigin(draft),
    durationSeconds: null,
    at: from,
    chained: false,
  };
  const unseen = draft.minting === null;
  // Without the making event nobody knows how long was asked for: the maximum counts, from the last use.
  return ending(
    from + (unseen ? longestHours[minting.origin] : hoursOf(minting, context.permittedHours)) * hour,
  );
}

function unseenOrigin(draft: NodeDraft): SessionOrigin {
  if (draft.type === 'role-session') {
    return 'assume-role';
  }
  return draft.type === 'console-session' ? 'console' : 'federation-token';
}

type Survival = NonNullable<LineageNode['survivesKeyRevocation']>;

const yes = (why: string): Survival => ({ answer: 'yes', why });

const standing: Readonly<Record<string, string>> = {
  'access-key': 'a second access key works on its own, whatever becomes of the leaked one',
  'login-profile': 'the console password does not depend on any access key',
  'service-specific-credential': 'the service-specific credential does not depend on any access key',
  'ssh-public-key': 'the SSH key does not depend on any access key',
  'signing-certificate': 'the signing certificate does not depend on any access key',
  'mfa-device': 'the second factor stays registered',
  'root-password': 'the password of the root user does not depend on any access key',
  'iam-user': 'the user exists with credentials of its own',
  'iam-role': 'the role can be assumed by everybody whom its trust policy names',
  'iam-group': 'the group keeps its members and policies',
  'iam-policy': 'the policy stays attached and can be attached again',
  'instance-profile': 'instances with this profile get credentials of its role',
  'lambda-function': 'the function runs as its role whenever it is called',
  'function-url': 'the URL calls the function without any access key of the account',
  'rest-api': 'the API calls its integration without any access key of the account',
  'http-api': 'the API calls its integration without any access key of the account',
  'websocket-api': 'the API calls its integration without any access key of the account',
  'event-rule': 'the rule fires without anybody’s credentials',
  schedule: 'the schedule fires without anybody’s credentials',
  'event-source-mapping': 'the mapping calls the function without anybody’s credentials',
  'state-machine': 'the state machine runs as its role',
  'ec2-instance': 'the instance runs, and gets new credentials of its role',
  'saml-provider': 'whoever holds the provider’s signing key can sign in',
  'oidc-provider': 'whoever holds tokens of the provider can sign in',
  'trust-anchor': 'whoever holds a certificate of the anchor’s authority can get sessions',
  'roles-anywhere-profile': 'certificates get sessions of its roles',
  'directory-user': 'the directory user signs in with a password of its own',
  'directory-group': 'assignments to the group stay',
  'directory-membership': 'the user keeps what the group was assigned',
  'permission-set': 'whoever is assigned the set keeps its rights',
  assignment: 'the assignment gives access through Identity Center',
  'delegated-administrator': 'the account keeps its power over the organization',
  'organization-account': 'the account has administrators of its own',
  'trusted-service': 'the service keeps its access to all accounts',
  'trusted-token-issuer': 'tokens of the outside issuer are exchanged for sessions',
  application: 'the application’s grants stay',
  'api-key': 'the API key does not depend on any access key',
};

/** Things of the owner that the incident turned: they stay turned. */
const turned: Readonly<Record<string, string>> = {
  'login-profile': 'the password was set by the incident and does not depend on any access key',
  'lambda-function': 'the function keeps running what the incident put into it',
  'iam-role': 'the role stays open to whomever the changed trust policy names',
};

/**
 * Does it outlive the revocation of the leaked key, and why? Null for what gives no access. `no` with `until`: a session that
 * had ended by itself before the evidence's time.
 */
export function survivalOf(
  draft: NodeDraft,
  deleted: boolean,
  expiry: Expiry,
  asOf: string,
): LineageNode['survivesKeyRevocation'] {
  if (deleted && draft.kind !== 'session') {
    return { answer: 'no', why: 'it was deleted again' };
  }
  if (draft.kind === 'session') {
    if (expiry.unboundedBecause !== null) {
      return { answer: 'unbounded-until-condition', why: expiry.unboundedBecause };
    }
    if (expiry.expiresAt === null) {
      return null;
    }
    return Date.parse(expiry.expiresAt) <= Date.parse(asOf)
      ? { answer: 'no', why: 'it had ended by itself, at the latest then', until: expiry.expiresAt }
      : {
          answer: 'until',
          why: 'revoking a key does not end sessions that were begun with it',
          until: expiry.expiresAt,
        };
  }
  if (draft.type === 'access-key' && draft.seed) {
    return { answer: 'no', why: 'it is the leaked key itself: it ends with its deactivation' };
  }
  const why = draft.made ? standing[draft.type] : draft.altered ? turned[draft.type] : undefined;
  return why === undefined ? null : yes(why);
}
