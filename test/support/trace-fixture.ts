import type { LineageEdge, LineageEvent, LineageNode } from '../../src/model/lineage.ts';
import { type TraceResult, traceResultSchema } from '../../src/model/trace-result.ts';

const management = '111122223333';
const member = '444455556666';
const region = 'eu-west-1';

export const leakedKey = 'AKIAIOSFODNN7EXAMPLE';
const intruderIp = '198.51.100.23';
const ownerIp = '203.0.113.10';
const agent = 'aws-cli/2.15.30 Python/3.11.8 Linux/6.1';

const iam = (path: string, account = management): string => `arn:aws:iam::${account}:${path}`;
const sts = (path: string, account = management): string => `arn:aws:sts::${account}:${path}`;

/** A node with the fields that a test does not care about filled in. */
export function traceNode(
  fields: Partial<LineageNode> & Pick<LineageNode, 'id' | 'kind' | 'type'>,
): LineageNode {
  return {
    label: fields.id.split(/[/:]/).at(-1) ?? fields.id,
    arn: fields.id.startsWith('arn:') ? fields.id : null,
    uniqueId: null,
    accountId: management,
    region: null,
    standing: 'tainted',
    seed: false,
    intruderMade: false,
    firstSeenAt: null,
    lastSeenAt: null,
    deleted: false,
    deletedAt: null,
    used: null,
    expiresAt: null,
    unboundedBecause: null,
    survivesKeyRevocation: null,
    ...fields,
  };
}

interface Act {
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly relation: LineageEdge['relation'];
  readonly action: string;
  readonly key?: string | null;
  readonly ip?: string;
  readonly agent?: string;
  readonly actor?: string;
  readonly denied?: string;
  readonly account?: string;
  readonly region?: string;
}

function day(clock: string): string {
  return clock.includes('T') ? clock : `2026-11-03T${clock}Z`;
}

function eventId(index: number): string {
  return `5e1f0a2b-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;
}

/** The edge and the event of each act, in one go, so that proofs always exist. What is `linked` is told by the act before. */
export function fromActs(acts: readonly Act[]): {
  readonly edges: readonly LineageEdge[];
  readonly events: readonly LineageEvent[];
} {
  const done = acts.filter((act) => act.relation !== 'linked');
  const edges = acts.map((act, index): LineageEdge => {
    const told = acts.slice(0, index + 1).filter((before) => before.relation !== 'linked').length;
    return {
      from: act.from,
      to: act.to,
      relation: act.relation,
      outcome: act.denied === undefined ? 'done' : 'attempted',
      action: act.action,
      firstAt: day(act.at),
      lastAt: day(act.at),
      eventIds: [eventId(told - 1)],
    };
  });
  const events = done.map((act, index): LineageEvent => {
    const [service = '', name = ''] = act.action.split(':');
    const account = act.account ?? management;
    return {
      eventId: eventId(index),
      eventTime: day(act.at),
      eventName: name,
      eventSource: `${service}.amazonaws.com`,
      accountId: account,
      region: act.region ?? 'us-east-1',
      actorArn: act.actor ?? (act.from.startsWith('arn:') ? act.from : iam('user/deploy')),
      accessKeyId: act.key === undefined ? leakedKey : act.key,
      sourceIp: act.ip ?? intruderIp,
      userAgent: act.agent ?? agent,
      errorCode: act.denied ?? null,
      nodes: [act.from, act.to],
      file: `AWSLogs/${account}/CloudTrail/us-east-1/2026/11/03/${account}_CloudTrail_us-east-1_20261103T${String(900 + Math.floor(index / 4) * 5).padStart(4, '0')}Z_k3.json.gz`,
    };
  });
  return { edges, events };
}

const survives = (why: string): LineageNode['survivesKeyRevocation'] => ({ answer: 'yes', why });
const until = (time: string, why: string): LineageNode['survivesKeyRevocation'] => ({
  answer: 'until',
  why,
  until: time,
});

const ids = {
  key: leakedKey,
  deploy: iam('user/deploy'),
  ciHand: `${leakedKey}#${ownerIp}`,
  backup: iam('user/svc-backup'),
  backupKey: 'AKIAI44QH8DHBEXAMPLE',
  backupLogin: `${iam('user/svc-backup')}#login-profile`,
  support: iam('user/aws-support'),
  supportKey: 'AKIAJQ3ZK5EXAMPLE0002',
  operations: iam('group/operations'),
  opsSync: iam('user/ops-sync'),
  opsSyncKey: 'AKIAOPSSYNCEXAMPLE03',
  federation: sts('federated-user/dev'),
  console: `${sts('federated-user/dev')}#console-20261103T094410Z`,
  role: iam('role/lambda-basic-execution-role'),
  roleSession: sts('assumed-role/lambda-basic-execution-role/health-check'),
  functionId: `arn:aws:lambda:${region}:${management}:function:health-check`,
  api: `arn:aws:apigateway:${region}::/apis/a1b2c3d4e5`,
  minted: ['sys-a91f', 'sys-b20c', 'sys-c774'].map((name) => iam(`user/${name}`)),
  mintedKeys: ['AKIASYSA91FEXAMPLE01', 'AKIASYSB20CEXAMPLE02', 'AKIASYSC774EXAMPLE03'],
  group: 'identitystore:d-9067example/group/g-0a1b',
  ssoUser: 'identitystore:d-9067example/user/u-7f3c',
  membership: 'identitystore:d-9067example/membership/m-11d0',
  permissionSet: 'arn:aws:sso:::permissionSet/ssoins-722300example/ps-admin01',
  assignment: 'sso:ps-admin01/g-0a1b/444455556666',
  memberSession: sts('assumed-role/OrganizationAccountAccessRole/dev', member),
  trail: `arn:aws:cloudtrail:eu-west-1:${management}:trail/org-trail`,
  tempRole: iam('role/tmp-deploy-check', member),
  lead: 'ASIALEADSESSIONEX001',
  reserved: sts('assumed-role/AWSReservedSSO_Administrator_1f/u-7f3c', member),
} as const;

const services = ['access-analyzer', 'config', 'guardduty', 'inspector2', 'macie', 'securityhub'].map(
  (name) => `organizations:service-access/${name}.amazonaws.com`,
);

const ownWay = 'It has its own credentials; the leaked key plays no part in them.';

const nodes: readonly LineageNode[] = [
  traceNode({
    id: ids.key,
    kind: 'credential',
    type: 'access-key',
    seed: true,
    firstSeenAt: day('09:12:04'),
    lastSeenAt: day('11:31:40'),
    used: true,
    survivesKeyRevocation: { answer: 'no', why: 'It is the key that is revoked.' },
  }),
  traceNode({
    id: ids.deploy,
    kind: 'principal',
    type: 'iam-user',
    seed: true,
    uniqueId: 'AIDADEPLOYEXAMPLE001',
  }),
  traceNode({
    id: ids.ciHand,
    kind: 'session',
    type: 'access-key-use',
    label: `${leakedKey} from ${ownerIp}`,
    standing: 'shared-credential',
    firstSeenAt: day('09:00:11'),
    lastSeenAt: day('11:20:00'),
  }),
  traceNode({
    id: ids.backup,
    kind: 'principal',
    type: 'iam-user',
    uniqueId: 'AIDASVCBACKUPEXAMPLE',
    intruderMade: true,
    survivesKeyRevocation: survives(ownWay),
  }),
  traceNode({
    id: ids.backupKey,
    kind: 'credential',
    type: 'access-key',
    intruderMade: true,
    used: true,
    survivesKeyRevocation: survives('An access key does not expire.'),
  }),
  traceNode({
    id: ids.backupLogin,
    kind: 'credential',
    type: 'login-profile',
    label: 'password of svc-backup',
    intruderMade: true,
    used: false,
    survivesKeyRevocation: survives('A password does not expire by itself.'),
  }),
  traceNode({
    id: ids.support,
    kind: 'principal',
    type: 'iam-user',
    intruderMade: true,
    survivesKeyRevocation: survives(ownWay),
  }),
  traceNode({
    id: ids.supportKey,
    kind: 'credential',
    type: 'access-key',
    intruderMade: true,
    used: false,
    survivesKeyRevocation: survives('An access key does not expire.'),
  }),
  traceNode({
    id: ids.operations,
    kind: 'principal',
    type: 'iam-group',
    intruderMade: true,
    survivesKeyRevocation: survives('Its policy stays attached.'),
  }),
  traceNode({
    id: ids.opsSync,
    kind: 'principal',
    type: 'iam-user',
    intruderMade: true,
    survivesKeyRevocation: survives(ownWay),
  }),
  traceNode({
    id: ids.opsSyncKey,
    kind: 'credential',
    type: 'access-key',
    intruderMade: true,
    used: true,
    survivesKeyRevocation: survives('An access key does not expire.'),
  }),
  traceNode({
    id: ids.federation,
    kind: 'session',
    type: 'federation-session',
    label: 'federated user dev',
    intruderMade: true,
    used: true,
    expiresAt: '2026-11-04T21:40:02Z',
    survivesKeyRevocation: until(
      '2026-11-04T21:40:02Z',
      'GetFederationToken asked for 36 hours, and the session carries the rights that it was issued with.',
    ),
  }),
  traceNode({
    id: ids.console,
    kind: 'session',
    type: 'console-session',
    label: 'console of dev',
    intruderMade: true,
    used: true,
    expiresAt: '2026-11-03T21:44:10Z',
    survivesKeyRevocation: until('2026-11-03T21:44:10Z', 'A console session lives for up to 12 hours.'),
  }),
  traceNode({
    id: ids.role,
    kind: 'principal',
    type: 'iam-role',
    uniqueId: 'AROALAMBDAEXAMPLE001',
    intruderMade: true,
    survivesKeyRevocation: survives('The role trusts the Lambda service, not the key.'),
  }),
  traceNode({
    id: ids.functionId,
    kind: 'resource',
    type: 'lambda-function',
    region,
    intruderMade: true,
    survivesKeyRevocation: survives('The function acts with its own role.'),
  }),
  traceNode({
    id: ids.api,
    kind: 'resource',
    type: 'http-api',
    label: 'status-page (a1b2c3d4e5)',
    region,
    intruderMade: true,
    survivesKeyRevocation: survives('Anyone who knows the address can call it.'),
  }),
  traceNode({
    id: ids.roleSession,
    kind: 'session',
    type: 'assumed-role-session',
    label: 'health-check as its role',
    region,
    intruderMade: true,
    used: true,
    unboundedBecause: 'Lambda mints new sessions for as long as the function exists',
    survivesKeyRevocation: {
      answer: 'unbounded-until-condition',
      why: 'Lambda mints new sessions until the function or its role is removed.',
    },
  }),
  ...ids.minted.map((id) =>
    traceNode({
      id,
      kind: 'principal',
      type: 'iam-user',
      intruderMade: true,
      survivesKeyRevocation: survives(ownWay),
    }),
  ),
  ...ids.mintedKeys.map((id, index) =>
    traceNode({
      id,
      kind: 'credential',
      type: 'access-key',
      intruderMade: true,
      used: index === 0,
      survivesKeyRevocation: survives('An access key does not expire.'),
    }),
  ),
  traceNode({
    id: ids.group,
    kind: 'principal',
    type: 'identity-center-group',
    label: 'PlatformAdmins',
    intruderMade: true,
    survivesKeyRevocation: survives('Identity Center knows nothing of IAM keys.'),
  }),
  traceNode({
    id: ids.ssoUser,
    kind: 'principal',
    type: 'identity-center-user',
    label: 'm.keller',
    intruderMade: true,
    survivesKeyRevocation: survives('It signs in at the portal with its own password.'),
  }),
  traceNode({
    id: ids.membership,
    kind: 'resource',
    type: 'identity-center-membership',
    label: 'm.keller in PlatformAdmins',
    intruderMade: true,
    survivesKeyRevocation: survives('The membership stays until it is removed.'),
  }),
  traceNode({
    id: ids.permissionSet,
    kind: 'resource',
    type: 'permission-set',
    label: 'Administrator: PT1H → PT12H',
    survivesKeyRevocation: survives('Sessions of this permission set now last 12 hours.'),
  }),
  traceNode({
    id: ids.assignment,
    kind: 'resource',
    type: 'identity-center-assignment',
    label: 'PlatformAdmins on 444455556666',
    accountId: member,
    intruderMade: true,
    survivesKeyRevocation: survives('The assignment stays until it is deleted.'),
  }),
  traceNode({
    id: ids.reserved,
    kind: 'session',
    type: 'portal-session',
    label: 'portal session of m.keller',
    accountId: member,
    intruderMade: true,
    used: true,
    expiresAt: '2026-11-03T22:51:30Z',
    survivesKeyRevocation: until('2026-11-03T22:51:30Z', 'The permission set allows 12 hours.'),
  }),
  ...services.map((id) =>
    traceNode({
      id,
      kind: 'resource',
      type: 'trusted-service',
      survivesKeyRevocation: survives('Trusted access stays off until somebody enables it.'),
    }),
  ),
  traceNode({
    id: ids.trail,
    kind: 'resource',
    type: 'trail',
    region,
    survivesKeyRevocation: survives('The selectors stay narrow until somebody restores them.'),
  }),
  traceNode({
    id: ids.memberSession,
    kind: 'session',
    type: 'assumed-role-session',
    label: 'OrganizationAccountAccessRole/dev',
    accountId: member,
    intruderMade: true,
    used: true,
    expiresAt: '2026-11-03T11:04:00Z',
    survivesKeyRevocation: until('2026-11-03T11:04:00Z', 'Chained role sessions end after one hour.'),
  }),
  traceNode({
    id: ids.tempRole,
    kind: 'principal',
    type: 'iam-role',
    accountId: member,
    intruderMade: true,
    deleted: true,
    deletedAt: day('10:31:15'),
    survivesKeyRevocation: { answer: 'no', why: 'The intruder deleted it.' },
  }),
  traceNode({
    id: ids.lead,
    kind: 'credential',
    type: 'temporary-key',
    standing: 'lead',
    firstSeenAt: day('10:58:00'),
    lastSeenAt: day('11:02:00'),
  }),
];

const made = (at: string, from: string, to: string, action: string, more: Partial<Act> = {}): Act => ({
  at,
  from,
  to,
  relation: 'created',
  action,
  ...more,
});

const session = (arn: string, key: string) => ({ actor: arn, key });
const byRole = {
  ...session(ids.roleSession, 'ASIAFUNCTIONEXAMPLE1'),
  ip: '192.0.2.77',
  agent: 'Boto3/1.34.42',
};
const byConsole = {
  ...session(ids.federation, 'ASIACONSOLEEXAMPLE01'),
  agent: 'Mozilla/5.0 (X11; Linux x86_64)',
};
const byMember = { ...session(ids.memberSession, 'ASIAMEMBEREXAMPLE002'), account: member };

const together = (from: string, to: string, before: Act): Act => ({
  ...before,
  from,
  to,
  relation: 'linked',
});

/** A maker issues a credential that belongs to a principal. */
function issued(
  at: string,
  maker: string,
  owner: string,
  credential: string,
  action: string,
  more: Partial<Act> = {},
) {
  const act = made(at, maker, credential, action, { relation: 'issued', ...more });
  return [act, together(owner, credential, act)];
}

const byBackup = { key: ids.backupKey, actor: ids.backup };
const createdFunction = made('09:51:27', ids.console, ids.functionId, 'lambda:CreateFunction20150331', {
  ...byConsole,
  region,
});
const createdApi = made('09:53:50', ids.console, ids.api, 'apigatewayv2:CreateApi', { ...byConsole, region });
const firstUse: Act = {
  at: '09:12:04',
  from: ids.key,
  to: ids.deploy,
  relation: 'used',
  action: 'sts:GetCallerIdentity',
};

const acts: readonly Act[] = [
  {
    at: '09:00:11',
    from: ids.key,
    to: ids.ciHand,
    relation: 'used',
    action: 'sts:GetCallerIdentity',
    ip: ownerIp,
    agent: 'Terraform/1.7.5',
  },
  firstUse,
  together(ids.deploy, ids.key, firstUse),
  made('09:15:20', ids.key, ids.backup, 'iam:CreateUser'),
  ...issued('09:15:31', ids.key, ids.backup, ids.backupKey, 'iam:CreateAccessKey'),
  ...issued('09:16:02', ids.key, ids.backup, ids.backupLogin, 'iam:CreateLoginProfile'),
  { at: '09:16:40', from: ids.key, to: ids.backup, relation: 'changed', action: 'iam:AttachUserPolicy' },
  made('09:19:12', ids.key, ids.support, 'iam:CreateUser'),
  ...issued('09:19:30', ids.key, ids.support, ids.supportKey, 'iam:CreateAccessKey'),
  made('09:24:48', ids.key, ids.operations, 'iam:CreateGroup'),
  made('09:25:11', ids.backupKey, ids.opsSync, 'iam:CreateUser', byBackup),
  {
    at: '09:25:40',
    from: ids.backupKey,
    to: ids.operations,
    relation: 'changed',
    action: 'iam:AddUserToGroup',
    ...byBackup,
  },
  ...issued('09:26:02', ids.backupKey, ids.opsSync, ids.opsSyncKey, 'iam:CreateAccessKey', byBackup),
  made('09:40:02', ids.key, ids.federation, 'sts:GetFederationToken', { relation: 'issued' }),
  made('09:44:10', ids.federation, ids.console, 'signin:ConsoleLogin', { relation: 'issued', ...byConsole }),
  made('09:48:33', ids.console, ids.role, 'iam:CreateRole', byConsole),
  {
    at: '09:49:02',
    from: ids.console,
    to: ids.role,
    relation: 'changed',
    action: 'iam:PutRolePolicy',
    ...byConsole,
  },
  createdFunction,
  together(ids.role, ids.functionId, createdFunction),
  createdApi,
  together(ids.functionId, ids.api, createdApi),
  {
    at: '10:20:10',
    from: ids.functionId,
    to: ids.roleSession,
    relation: 'assumed',
    action: 'sts:AssumeRole',
    ip: 'lambda.amazonaws.com',
    key: null,
  },
  ...ids.minted.flatMap((user, index) => [
    made(`10:2${index + 1}:05`, ids.roleSession, user, 'iam:CreateUser', byRole),
    ...issued(
      `10:2${index + 1}:09`,
      ids.roleSession,
      user,
      ids.mintedKeys[index] ?? '',
      'iam:CreateAccessKey',
      byRole,
    ),
  ]),
  made('10:02:10', ids.console, ids.group, 'identitystore:CreateGroup', byConsole),
  made('10:02:55', ids.console, ids.ssoUser, 'identitystore:CreateUser', byConsole),
  ...issued(
    '10:03:20',
    ids.console,
    ids.group,
    ids.membership,
    'identitystore:CreateGroupMembership',
    byConsole,
  ),
  {
    at: '10:04:41',
    from: ids.console,
    to: ids.permissionSet,
    relation: 'changed',
    action: 'sso:UpdatePermissionSet',
    ...byConsole,
  },
  ...issued('10:05:30', ids.console, ids.group, ids.assignment, 'sso:CreateAccountAssignment', byConsole),
  made('10:51:30', ids.ssoUser, ids.reserved, 'sso:Authenticate', {
    relation: 'issued',
    ...session(ids.reserved, 'ASIAPORTALEXAMPLE001'),
    account: member,
  }),
  ...services.map(
    (service, index): Act => ({
      at: `10:08:${String(index * 7).padStart(2, '0')}`,
      from: ids.key,
      to: service,
      relation: 'deleted',
      action: 'organizations:DisableAWSServiceAccess',
    }),
  ),
  {
    at: '10:24:30',
    from: ids.key,
    to: ids.trail,
    relation: 'changed',
    action: 'cloudtrail:PutEventSelectors',
  },
  {
    at: '10:25:14',
    from: ids.key,
    to: ids.trail,
    relation: 'changed',
    action: 'cloudtrail:StopLogging',
    denied: 'AccessDenied',
  },
  { at: '10:04:00', from: ids.key, to: ids.memberSession, relation: 'assumed', action: 'sts:AssumeRole' },
  made('10:12:15', ids.memberSession, ids.tempRole, 'iam:CreateRole', byMember),
  {
    at: '10:31:15',
    from: ids.memberSession,
    to: ids.tempRole,
    relation: 'deleted',
    action: 'iam:DeleteRole',
    ...byMember,
  },
  {
    at: '10:58:00',
    from: ids.memberSession,
    to: ids.lead,
    relation: 'used',
    action: 'sts:GetCallerIdentity',
    key: ids.lead,
    account: member,
  },
];

const names = { sourceIps: [intruderIp, '192.0.2.77'], userAgents: [agent, 'Boto3/1.34.42'] };

/** The case from beginning to end, with a hole in the events and one owner who still uses the key. */
export function traceFixture(fields: Partial<TraceResult> = {}): TraceResult {
  const { edges, events } = fromActs(acts);
  const trailHole = {
    from: day('10:24:30'),
    to: day('10:50:00'),
    why: 'org-trail recorded no management events: its selectors were narrowed',
  };
  return traceResultSchema.parse({
    schemaVersion: 1,
    tool: { name: 'afterleak', version: '0.1.0' },
    incident: {
      id: 'INC-2026-014',
      title: 'Leaked deploy key of the management account',
      window: { from: day('09:10:00'), to: day('11:40:00') },
      compromised: { accessKeyIds: [leakedKey], principals: [ids.deploy] },
      indicators: { sourceIps: ['198.51.100.0/24'], userAgents: [], names: [], codeSha256: [] },
      trusted: { accounts: [], networks: ['203.0.113.0/24'], identityProviders: [], roles: [] },
      milestones: { detected: day('11:05:00'), declared: day('11:12:00'), contained: day('11:40:00') },
    },
    sources: ['s3://org-trail-logs/AWSLogs', 'LookupEvents in 2 accounts'],
    lineage: { nodes, edges, events },
    activity: [
      {
        node: ids.key,
        credential: leakedKey,
        standing: 'tainted',
        calls: 312,
        errors: 41,
        firstAt: day('09:12:04'),
        lastAt: day('11:31:40'),
        services: [
          {
            service: 'iam.amazonaws.com',
            actions: [
              { action: 'CreateUser', calls: 2, errors: 0 },
              { action: 'ListUsers', calls: 14, errors: 0 },
              { action: 'AttachUserPolicy', calls: 4, errors: 1 },
            ],
          },
          {
            service: 'secretsmanager.amazonaws.com',
            actions: [{ action: 'GetSecretValue', calls: 6, errors: 2 }],
          },
        ],
        regions: ['eu-west-1', 'us-east-1', 'us-west-2'],
        sourceIps: [intruderIp],
        userAgents: [agent],
        errorCodes: [
          { code: 'AccessDenied', calls: 39 },
          { code: 'ThrottlingException', calls: 2 },
        ],
      },
      {
        node: ids.ciHand,
        credential: leakedKey,
        standing: 'shared-credential',
        calls: 96,
        errors: 0,
        firstAt: day('09:00:11'),
        lastAt: day('11:20:00'),
        services: [{ service: 's3.amazonaws.com', actions: [{ action: 'PutObject', calls: 90, errors: 0 }] }],
        regions: ['eu-west-1'],
        sourceIps: [ownerIp],
        userAgents: ['Terraform/1.7.5'],
        errorCodes: [],
      },
      {
        node: ids.console,
        credential: 'ASIACONSOLEEXAMPLE01',
        standing: 'tainted',
        calls: 204,
        errors: 3,
        firstAt: day('09:44:10'),
        lastAt: day('10:07:00'),
        services: [
          {
            service: 'sso.amazonaws.com',
            actions: [{ action: 'UpdatePermissionSet', calls: 1, errors: 0 }],
          },
        ],
        regions: ['eu-west-1', 'us-east-1'],
        sourceIps: [intruderIp],
        userAgents: ['Mozilla/5.0 (X11; Linux x86_64)'],
        errorCodes: [{ code: 'AccessDenied', calls: 3 }],
      },
    ],
    rotation: [
      {
        arn: `arn:aws:secretsmanager:${region}:${management}:secret:prod/payments-db-AbCdEf`,
        type: 'secret',
        why: 'GetSecretValue by the leaked key',
        eventIds: [eventId(2)],
      },
      {
        arn: `arn:aws:ssm:${region}:${management}:parameter/prod/smtp/password`,
        type: 'parameter',
        why: 'GetParameter with decryption by the console session of dev',
        eventIds: [eventId(14)],
      },
      {
        arn: `arn:aws:lambda:${region}:${management}:function:billing-export`,
        type: 'environment',
        why: 'GetFunctionConfiguration shows its environment variables',
        eventIds: [eventId(17)],
      },
    ],
    impact: [
      {
        kind: 'data-access',
        title: 'Secrets read',
        accountId: management,
        region,
        calls: 6,
        succeeded: 4,
        firstAt: day('09:30:00'),
        lastAt: day('09:33:10'),
        actions: ['secretsmanager:GetSecretValue'],
        resources: [`arn:aws:secretsmanager:${region}:${management}:secret:prod/payments-db-AbCdEf`],
      },
      {
        kind: 'messaging',
        title: 'SES quota asked, no mail sent',
        accountId: management,
        region: 'us-east-1',
        calls: 3,
        succeeded: 3,
        firstAt: day('09:13:00'),
        lastAt: day('09:13:05'),
        actions: ['ses:GetSendQuota', 'ses:ListIdentities'],
        resources: [],
      },
      {
        kind: 'ai-model',
        title: 'Bedrock models tried',
        accountId: management,
        region: 'us-west-2',
        calls: 12,
        succeeded: 0,
        firstAt: day('10:40:00'),
        lastAt: day('10:41:00'),
        actions: ['bedrock:InvokeModel'],
        resources: [],
      },
      {
        kind: 'enumeration',
        title: 'Burst of List and Describe calls',
        accountId: management,
        region: null,
        calls: 188,
        succeeded: 151,
        firstAt: day('09:12:04'),
        lastAt: day('09:14:50'),
        actions: ['iam:ListUsers', 'iam:ListRoles', 'organizations:ListAccounts'],
        resources: [],
      },
    ],
    indicators: {
      ...names,
      names: ['svc-backup', 'aws-support', 'ops-sync', 'health-check', 'm.keller'],
      accessKeyIds: [ids.backupKey, ids.supportKey, ids.opsSyncKey, ...ids.mintedKeys],
    },
    suspects: [
      {
        id: ids.lead,
        why: 'Used from 198.51.100.23 while an incident session used the same address',
        eventIds: [events.at(-1)?.eventId ?? ''],
      },
    ],
    priorStates: [],
    settings: [
      {
        setting: 'identity-center.mfa-mode',
        value: 'Never (disabled)',
        at: day('10:06:12'),
        eventId: eventId(30),
        actorArn: ids.federation,
        byIncident: true,
      },
      {
        setting: 'identity-center.portal-session',
        value: '8 hours',
        at: '2026-03-14T08:00:00Z',
        eventId: 'b6a1c0de-0000-4000-8000-000000000777',
        actorArn: iam('user/platform-admin'),
        byIncident: false,
      },
    ],
    coverage: [
      {
        accountId: management,
        region: 'us-east-1',
        from: day('09:00:00'),
        to: day('11:45:00'),
        basis: 'digest',
        holes: [trailHole],
      },
      {
        accountId: management,
        region,
        from: day('09:00:00'),
        to: day('11:45:00'),
        basis: 'digest',
        holes: [],
      },
      {
        accountId: member,
        region: 'us-east-1',
        from: day('09:00:00'),
        to: day('11:30:00'),
        basis: 'lookup',
        holes: [],
      },
    ],
    counts: {
      files: 214,
      bytes: 18_874_368,
      records: 48_211,
      outsideWindow: 31_022,
      duplicates: 118,
      unparsable: 2,
    },
    gaps: [
      {
        operation: 'cloudtrail:LookupEvents',
        reason: 'access-denied',
        unit: '777788889999/us-east-1',
        detail: 'not authorized to perform cloudtrail:LookupEvents',
      },
      {
        operation: 'log-files:Read',
        reason: 'malformed',
        unit: management,
        resource: '111122223333_CloudTrail_us-east-1_20261103T0955Z_q1.json.gz',
        detail: 'the file ends early; 2 records could not be read',
      },
    ],
    ...fields,
  });
}

/** A lineage of `count` nodes: one session that made users with keys, and a chain of roles that assume each other. */
export function largeTrace(count = 500): TraceResult {
  const users = Math.floor((count - 41) / 2);
  const chain = count - 1 - users * 2;
  const role = (index: number): string => iam(`role/hop-${String(index).padStart(3, '0')}`);
  const user = (index: number): string => iam(`user/u-${String(index).padStart(4, '0')}`);
  const key = (index: number): string => `AKIAMANY${String(index).padStart(8, '0')}TEST`;
  const range = (length: number) => Array.from({ length }, (_, index) => index);
  const time = (index: number): string => new Date(Date.UTC(2026, 10, 3, 9, 10, index * 5)).toISOString();
  const { edges, events } = fromActs([
    ...range(users).flatMap((index) => [
      made(time(index), leakedKey, user(index), 'iam:CreateUser'),
      ...issued(time(index), leakedKey, user(index), key(index), 'iam:CreateAccessKey'),
    ]),
    ...range(chain).map(
      (index): Act => ({
        at: time(users + index),
        from: index === 0 ? leakedKey : role(index - 1),
        to: role(index),
        relation: 'assumed',
        action: 'sts:AssumeRole',
      }),
    ),
    {
      at: time(users + chain),
      from: role(chain - 1),
      to: role(0),
      relation: 'assumed',
      action: 'sts:AssumeRole',
    },
  ]);
  const survival = survives(ownWay);
  return traceFixture({
    lineage: {
      nodes: [
        traceNode({ id: leakedKey, kind: 'credential', type: 'access-key', seed: true }),
        ...range(users).flatMap((index) => [
          traceNode({
            id: user(index),
            kind: 'principal',
            type: 'iam-user',
            intruderMade: true,
            survivesKeyRevocation: survival,
          }),
          traceNode({
            id: key(index),
            kind: 'credential',
            type: 'access-key',
            intruderMade: true,
            used: false,
            survivesKeyRevocation: survival,
          }),
        ]),
        ...range(chain).map((index) =>
          traceNode({ id: role(index), kind: 'session', type: 'assumed-role-session' }),
        ),
      ],
      edges: [...edges],
      events: [...events],
    },
  });
}
