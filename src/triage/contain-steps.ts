import type { ContainStep, MintedCredential, TriageOwner, TriageResult } from '../model/triage-result.ts';
import { shellCommand } from './shell-quote.ts';

export interface ContainInput {
  readonly partition: string;
  readonly accessKeyId: string;
  readonly status: TriageResult['key']['status'];
  readonly accountId: string | null;
  /** Null: it is not known whether the account is the management account. */
  readonly isManagementAccount: boolean | null;
  readonly owner: TriageOwner;
  readonly minted: readonly MintedCredential[];
  /** UTC ISO-8601: sessions older than this are denied. */
  readonly now: string;
}

const policyName = 'AfterleakContain';
const revokePolicyName = 'AWSRevokeOlderSessions';

type Statement = Readonly<Record<string, unknown>>;

function document(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function olderSessions(now: string): Statement {
  return {
    Sid: 'DenySessionsMadeBefore',
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { DateLessThan: { 'aws:TokenIssueTime': now } },
  };
}

const denyAll: Statement = { Sid: 'DenyAll', Effect: 'Deny', Action: '*', Resource: '*' };

const byHand = 'a name in it cannot stand in a shell command safely: do this step in the console';

/** A step whose commands are left out, and said so, when one of them cannot be written safely. */
function step(
  facts: Omit<ContainStep, 'commands' | 'undo'>,
  commands: readonly (string | null)[],
  undo: readonly (string | null)[],
): ContainStep {
  const safe = (one: string | null): one is string => one !== null;
  const written = commands.every(safe) && undo.every(safe);
  return {
    ...facts,
    commands: written ? commands.filter(safe) : [],
    undo: written ? undo.filter(safe) : [],
    notes: written ? facts.notes : [...facts.notes, byHand],
  };
}

function keyStatus(userName: string, accessKeyId: string, status: 'Active' | 'Inactive'): string | null {
  return shellCommand(
    'aws iam update-access-key',
    ['--user-name', userName],
    ['--access-key-id', accessKeyId],
    `--status ${status}`,
  );
}

function deactivateKey(input: ContainInput, userName: string): ContainStep {
  const { accessKeyId, accountId } = input;
  return step(
    {
      title: `Switch the leaked key ${accessKeyId} off`,
      accountId,
      breaks: 'whatever still signs with this key',
      notes: [
        'Do not delete it: deletion loses the last use and the way back.',
        'Sessions that were already issued go on living: the deny on the user ends them.',
      ],
    },
    [keyStatus(userName, accessKeyId, 'Inactive')],
    [keyStatus(userName, accessKeyId, 'Active')],
  );
}

function denyUser(input: ContainInput, userName: string): ContainStep {
  const names: readonly [string, string][] = [
    ['--user-name', userName],
    ['--policy-name', policyName],
  ];
  return step(
    {
      title: `Deny everything to the user ${userName}, and to the sessions that it made`,
      accountId: input.accountId,
      breaks:
        'everything that this user does: its other keys, its console sign-in, its federation and session tokens',
      notes: [
        'aws:TokenIssueTime exists only in temporary credentials: that statement alone would not stop a long-term key, so the other denies without a condition. When you lift that one, keep the second until the last session has ended.',
        'Role sessions that it took are not evaluated with the policies of the user: revoke them on their roles.',
      ],
    },
    [
      shellCommand('aws iam put-user-policy', ...names, [
        '--policy-document',
        document(denyAll, olderSessions(input.now)),
      ]),
    ],
    [shellCommand('aws iam delete-user-policy', ...names)],
  );
}

function roleNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function revokeRole(input: ContainInput, roleArn: string): ContainStep {
  const accountId = roleArn.split(':')[4] ?? null;
  const roleName = roleNameOf(roleArn);
  const facts = {
    title: `Revoke the sessions of the role ${roleArn} that were made before ${input.now}`,
    accountId,
    breaks: 'every session of this role, also those of its rightful users, until they sign in again',
    notes: [
      'Close the way in first (the trust policy, or the deny on the user): otherwise a new session is taken at once.',
      'On a role of a service (Lambda, EC2, CodeBuild) this alone is useless, because the service fetches new credentials: deny the role without a condition.',
    ],
  };
  if (roleArn.includes('role/aws-service-role/') || roleArn.includes('role/aws-reserved/')) {
    const notes = [
      'AWS protects this role: put the deny into the Identity Center permission set and provision it, or use a service control policy.',
    ];
    return { ...facts, commands: [], undo: [], notes };
  }
  const names: readonly [string, string][] = [
    ['--role-name', roleName],
    ['--policy-name', revokePolicyName],
  ];
  return step(
    facts,
    [
      shellCommand('aws iam put-role-policy', ...names, [
        '--policy-document',
        document(olderSessions(input.now)),
      ]),
    ],
    [shellCommand('aws iam delete-role-policy', ...names)],
  );
}

/** Also ends what the user's own policies cannot: it stops the user from undoing the other steps. */
function controlPolicy(accountId: string, principalArns: readonly string[]): ContainStep {
  const content = document({
    ...denyAll,
    Condition: { ArnLike: { 'aws:PrincipalArn': principalArns } },
  });
  const create = shellCommand(
    'aws organizations create-policy --type SERVICE_CONTROL_POLICY',
    ['--name', `${policyName}-${accountId}`],
    ['--description', 'Contains a leaked access key'],
    ['--content', content],
    '--query Policy.PolicySummary.Id --output text',
  );
  const attach = shellCommand('aws organizations attach-policy --policy-id="$POLICY_ID"', [
    '--target-id',
    accountId,
  ]);
  const detach = shellCommand('aws organizations detach-policy --policy-id="$POLICY_ID"', [
    '--target-id',
    accountId,
  ]);
  return step(
    {
      title: 'First, from the management account: deny by service control policy',
      accountId: null,
      breaks: `everything that ${principalArns.join(' and ')} do in ${accountId}`,
      notes: [
        'Inside the account an intruder who may write IAM strips a deny within seconds; a service control policy is out of its reach.',
        'It needs service control policies to be enabled, and does not stop service-linked roles.',
        'Note the id that create-policy prints: undoing needs it as POLICY_ID.',
      ],
    },
    [create === null ? null : `POLICY_ID=$(${create})`, attach],
    [detach, 'aws organizations delete-policy --policy-id="$POLICY_ID"'],
  );
}

function withoutControlPolicy(accountId: string | null): ContainStep {
  return {
    title: 'Management account: no service control policy works here',
    accountId,
    commands: [],
    undo: [],
    breaks: 'nothing by itself',
    notes: [
      'Prepare all steps below, for the owner and for everything it made, and run them at the same moment.',
      'Changes take seconds to be enforced; whoever still has power may undo them meanwhile. Run triage again right after, and repeat until two readings in a row show nothing new.',
      'Work as a principal that the key could not touch, and check that nobody but you can assume it.',
    ],
  };
}

function rootSteps(input: ContainInput): readonly ContainStep[] {
  return [
    {
      title: 'The key belongs to the root user',
      accountId: input.accountId,
      commands: [],
      undo: [],
      breaks: 'whatever signs as root: nothing should',
      notes: [
        'No policy inside the account binds the root user. Sign in as root, set the key Inactive, change the password, check the MFA devices.',
        'For a member account: a service control policy denies root too, and centralized root access of the organization can take its credentials away.',
        'Sessions made by root end within an hour.',
      ],
    },
  ];
}

function mintedSteps(input: ContainInput): readonly ContainStep[] {
  const keys = input.minted.flatMap(({ kind, credential, principal }) =>
    kind === 'access-key' && credential !== null && principal !== null ? [{ credential, principal }] : [],
  );
  const users = input.minted.flatMap(({ kind, principal }) =>
    kind !== 'session' && kind !== 'console-sign-in' && principal !== null && principal !== input.owner.name
      ? [principal]
      : [],
  );
  const roles = input.minted.flatMap(({ kind, principal, alive }) =>
    kind === 'session' && alive && principal?.includes(':role/') === true ? [principal] : [],
  );
  return [
    ...keys.map(({ credential, principal }) =>
      step(
        {
          title: `Switch off the key ${credential} that was made for ${principal}`,
          accountId: input.accountId,
          breaks: `whatever uses the new key of ${principal}`,
          notes: [],
        },
        [keyStatus(principal, credential, 'Inactive')],
        [keyStatus(principal, credential, 'Active')],
      ),
    ),
    ...[...new Set(users)].sort().map((user) => denyUser(input, user)),
    ...[...new Set(roles)].sort().map((role) => revokeRole(input, role)),
  ];
}

function otherKeySteps(input: ContainInput, userName: string): readonly ContainStep[] {
  const minted = new Set(input.minted.map(({ credential }) => credential));
  const active = (input.owner.otherKeys ?? []).filter(
    ({ status, accessKeyId }) => status === 'Active' && !minted.has(accessKeyId),
  );
  return active.map(({ accessKeyId }) =>
    step(
      {
        title: `Switch off the other key of ${userName}, ${accessKeyId}, unless you know who uses it`,
        accountId: input.accountId,
        breaks: 'whatever signs with that key',
        notes: ['The deny on the user stops it as well; this keeps it off when the deny is lifted.'],
      },
      [keyStatus(userName, accessKeyId, 'Inactive')],
      [keyStatus(userName, accessKeyId, 'Active')],
    ),
  );
}

function ownerSteps(input: ContainInput): readonly ContainStep[] {
  const { owner } = input;
  if (owner.type === 'root') {
    return rootSteps(input);
  }
  if (owner.type === 'iam-role' && owner.arn !== null) {
    return [revokeRole(input, owner.arn)];
  }
  if (owner.name === null || owner.type === 'unknown') {
    return [
      {
        title: 'The owner of the key is not known',
        accountId: input.accountId,
        commands: [],
        undo: [],
        breaks: 'nothing',
        notes: [
          'Run triage again with a session in the account that owns the key (--profile, or --role-name of a role there).',
        ],
      },
    ];
  }
  if (owner.exists === false) {
    return [];
  }
  const key = input.status === 'Active' || input.status === 'unknown';
  return [
    denyUser(input, owner.name),
    ...(key && owner.type === 'iam-user' ? [deactivateKey(input, owner.name)] : []),
    ...otherKeySteps(input, owner.name),
  ];
}

/**
 * Commands that contain and destroy nothing, each with what it breaks and how it is undone. afterleak runs none of
 * them. In a member account the service control policy comes first, because nobody in the account can undo it.
 */
export function containSteps(input: ContainInput): readonly ContainStep[] {
  const { accountId, isManagementAccount, owner, partition } = input;
  const steps = [...ownerSteps(input), ...mintedSteps(input)];
  if (isManagementAccount === true) {
    return [withoutControlPolicy(accountId), ...steps];
  }
  if (isManagementAccount === false && accountId !== null && owner.arn !== null && owner.type !== 'unknown') {
    const federated = `arn:${partition}:sts::${accountId}:federated-user/*`;
    const arns = owner.type === 'iam-user' ? [owner.arn, federated] : [owner.arn];
    return [controlPolicy(accountId, arns), ...steps];
  }
  return steps;
}
