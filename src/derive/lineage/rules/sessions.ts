import type { TrailEvent } from '../../../model/trail-event.ts';
import type {
  Act,
  LineageRule,
  NodeSeed,
  Relation,
  RuleTable,
  SeedDraft,
  SessionOrigin,
} from './lineage-rule.ts';
import { accountOf, nameOf, parseArn, sessionNameOf } from './place.ts';
import { firstText, type MemberPath, numberAt, text } from './read-member.ts';

/** Sessions of one ARN are told apart by when they were made: console sessions carry no mint event. */
export function consoleSessionSeed(event: TrailEvent, actorArn: string, createdAt: string): NodeSeed {
  const name = nameOf(actorArn);
  return {
    kind: 'session',
    type: 'console-session',
    key: `console ${actorArn} ${createdAt}`,
    label: `console session of ${name}`,
    arn: actorArn,
    uniqueId: null,
    accountId: parseArn(actorArn)?.accountId ?? accountOf(event),
    region: null,
    session: { origin: 'console', durationSeconds: null },
  };
}

interface Mint {
  readonly type: string;
  readonly origin: SessionOrigin;
  readonly relation: Relation;
  /** ARN of the session, where the answer tells. */
  readonly arn?: readonly MemberPath[];
  /** What was asked for: names a session that was refused. */
  readonly wanted: readonly MemberPath[];
}

const credentialPaths = [
  'response.credentials.accessKeyId',
  'response.accessKeyId',
  'response.roleCredentials.accessKeyId',
] as const satisfies readonly MemberPath[];

function mintedSeed(event: TrailEvent, mint: Mint, meant: string | undefined): NodeSeed | null {
  const accessKeyId = firstText(event, credentialPaths);
  // A refused call may leave out what it wanted: that was not its own caller.
  const untold = event.errorCode === null || mint.wanted.length === 0 ? event.actor.arn : null;
  const wanted = firstText(event, mint.wanted) ?? meant ?? untold;
  const sessionName = text(event, 'request.roleSessionName');
  const arn = firstText(event, mint.arn ?? []) ?? (accessKeyId === null ? wanted : event.actor.arn);
  if (accessKeyId === null && wanted === null) {
    return null;
  }
  const role = wanted === null ? '' : nameOf(wanted);
  const seed: SeedDraft = {
    kind: 'session',
    type: mint.type,
    key: accessKeyId === null ? `${mint.type} refused ${wanted} ${sessionName ?? ''}` : `key ${accessKeyId}`,
    label: sessionName === null ? role : `${role}/${sessionName}`,
    arn,
    uniqueId: accessKeyId,
    accountId: (arn === null ? null : parseArn(arn)?.accountId) || accountOf(event) || null,
    region: null,
  };
  if (accessKeyId !== null) {
    seed.accessKeyId = accessKeyId;
  }
  seed.session = { origin: mint.origin, durationSeconds: numberAt(event, 'request.durationSeconds') };
  return seed;
}

function minting(mint: Mint): LineageRule {
  return {
    acts: (event, meant): readonly Act[] => {
      const seed = mintedSeed(event, mint, meant);
      return seed === null ? [] : [{ relation: mint.relation, seed }];
    },
  };
}

function assuming(origin: SessionOrigin): LineageRule {
  return minting({
    type: 'role-session',
    origin,
    relation: 'assumed',
    arn: ['response.assumedRoleUser.arn'],
    wanted: ['request.roleArn'],
  });
}

export const stsRules: RuleTable = {
  AssumeRole: assuming('assume-role'),
  AssumeRoleWithSAML: assuming('assume-role-saml'),
  AssumeRoleWithWebIdentity: assuming('assume-role-web-identity'),
  AssumeRoot: minting({
    type: 'root-session',
    origin: 'assume-root',
    relation: 'assumed',
    wanted: ['request.targetPrincipal'],
  }),
  GetFederationToken: minting({
    type: 'federated-session',
    origin: 'federation-token',
    relation: 'issued',
    arn: ['response.federatedUser.arn'],
    wanted: ['request.name'],
  }),
  GetSessionToken: minting({
    type: 'user-session',
    origin: 'session-token',
    relation: 'issued',
    wanted: [],
  }),
  GetDelegatedAccessToken: minting({
    type: 'delegated-session',
    origin: 'session-token',
    relation: 'issued',
    arn: ['response.assumedPrincipal'],
    wanted: [],
  }),
};

/** `ConsoleLogin: Failure` carries no error code. */
const loginFailed = (event: TrailEvent): boolean => text(event, 'response.ConsoleLogin') === 'Failure';

const consoleSession: LineageRule = {
  failed: loginFailed,
  acts: (event) => {
    const arn = event.actor.arn;
    return arn === null
      ? []
      : [
          {
            relation: 'issued',
            seed: consoleSessionSeed(event, arn, event.actor.sessionCreatedAt ?? event.time),
          },
        ];
  },
};

/** The actor of a switch is already the new role session. */
const switchedSession: LineageRule = {
  acts: (event) => {
    const arn = event.actor.arn;
    if (arn === null) {
      return [];
    }
    const seed = consoleSessionSeed(event, arn, event.actor.sessionCreatedAt ?? event.time);
    const label = `console switch to ${parseArn(arn)?.resource.split('/')[1] ?? ''}/${sessionNameOf(arn) ?? ''}`;
    return [{ relation: 'assumed', seed: { ...seed, label } }];
  },
};

/** OAuth grants name their client; tokens themselves are never in the log. */
const grant: LineageRule = {
  acts: (event) => {
    const client = text(event, 'request.client_id', 'request.clientId', 'additional.client_id');
    const owner = event.actor.arn ?? event.actor.onBehalfOfUserId;
    if (owner === null) {
      return [];
    }
    return [
      {
        relation: 'issued',
        seed: {
          kind: 'session',
          type: 'oauth-grant',
          key: `oauth ${owner} ${client ?? ''}`,
          label: `OAuth grant of ${nameOf(owner)}${client === null ? '' : ` for ${nameOf(client)}`}`,
          arn: null,
          uniqueId: client,
          accountId: accountOf(event) || null,
          region: null,
          session: { origin: 'oauth', durationSeconds: null },
        },
      },
    ];
  },
};

export const signinRules: RuleTable = {
  ConsoleLogin: consoleSession,
  SwitchRole: switchedSession,
  GetSigninToken: minting({
    type: 'signin-session',
    origin: 'signin-token',
    relation: 'issued',
    wanted: [],
  }),
  AuthorizeOAuth2Access: grant,
  CreateOAuth2Token: grant,
  CreateOAuth2TokenWithIAM: grant,
  PasswordUpdated: {
    acts: (event) =>
      event.actor.type === 'Root'
        ? [
            {
              relation: 'changed',
              seed: {
                kind: 'credential',
                type: 'root-password',
                key: `root-password ${accountOf(event)}`,
                label: 'password of the root user',
                arn: event.actor.arn,
                uniqueId: null,
                accountId: accountOf(event) || null,
                region: null,
              },
            },
          ]
        : [],
  },
};

export const rolesAnywhereSessionRules: RuleTable = {
  CreateSession: minting({
    type: 'role-session',
    origin: 'roles-anywhere',
    relation: 'assumed',
    arn: ['response.credentialSet.0.assumedRoleUser.arn', 'response.assumedRoleUser.arn'],
    wanted: ['request.roleArn'],
  }),
};
