import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import type { MintedCredential, TriageOwner } from '../../../src/model/triage-result.ts';
import { type ContainInput, containSteps } from '../../../src/triage/contain-steps.ts';

const owner: TriageOwner = {
  type: 'iam-user',
  name: 'deploy',
  arn: 'arn:aws:iam::444455556666:user/deploy',
  exists: true,
  createdAt: '2025-01-01T00:00:00.000Z',
  groups: [],
  boundaryArn: null,
  quarantinePolicies: [],
  consolePassword: { set: false, createdAt: null },
  mfaDevices: 0,
  otherKeys: [],
};

const minted: MintedCredential = {
  kind: 'session',
  action: 'sts:AssumeRole',
  credential: 'ASIAIOSFODNN7EXAMPLE',
  principal: 'arn:aws:iam::444455556666:role/operations',
  madeBy: 'AKIAIOSFODNN7EXAMPLE',
  at: '2026-11-03T09:14:00.000Z',
  region: 'us-east-1',
  eventId: 'event-1',
  expiresAt: '2026-11-03T10:14:00.000Z',
  alive: true,
  calls: 2,
};

const input: ContainInput = {
  partition: 'aws',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  status: 'Active',
  accountId: '444455556666',
  isManagementAccount: false,
  owner,
  minted: [],
  now: '2026-11-03T09:30:00.000Z',
};

const commandsOf = (given: Partial<ContainInput>): readonly string[] =>
  containSteps({ ...input, ...given }).flatMap(({ commands }) => commands);

describe('contain-only commands', () => {
  test('in a member account the service control policy comes first, then the deny, then the key', () => {
    const steps = containSteps(input);
    expect(steps[0]?.title).toContain('service control policy');
    expect(steps[0]?.commands[0]).toContain('"aws:PrincipalArn":["arn:aws:iam::444455556666:user/deploy"');
    expect(steps[0]?.commands[0]).toContain('arn:aws:sts::444455556666:federated-user/*');
    expect(steps[1]?.commands[0]).toContain('put-user-policy');
    expect(steps[1]?.commands[0]).toContain('aws:TokenIssueTime');
    expect(steps[2]?.commands).toEqual([
      "aws iam update-access-key --user-name='deploy' --access-key-id='AKIAIOSFODNN7EXAMPLE' --status Inactive",
    ]);
  });

  test('every step that has commands says how to take it back and what it breaks', () => {
    const steps = containSteps({ ...input, minted: [minted] }).filter(({ commands }) => commands.length > 0);
    expect(steps.length).toBeGreaterThan(3);
    expect(steps.filter(({ undo, breaks }) => undo.length === 0 || breaks === '')).toEqual([]);
  });

  test('in the management account no service control policy is offered', () => {
    const steps = containSteps({ ...input, isManagementAccount: true });
    expect(steps[0]?.notes.join(' ')).toContain('same moment');
    expect(steps.flatMap(({ commands }) => commands).join(' ')).not.toContain('organizations');
  });

  test('nothing is deleted or removed but by undoing', () => {
    expect(commandsOf({ minted: [minted] }).filter((one) => /delete|remove|detach/.test(one))).toEqual([]);
  });

  test('a living role session is revoked on its role, a dead one is not', () => {
    expect(commandsOf({ minted: [minted] }).join('\n')).toContain("--role-name='operations'");
    expect(commandsOf({ minted: [{ ...minted, alive: false }] }).join('\n')).not.toContain('operations');
  });

  test('roles that AWS protects get advice, not commands that would fail', () => {
    const reserved: TriageOwner = {
      ...owner,
      type: 'iam-role',
      name: 'AWSReservedSSO_Administrator_0123456789abcdef',
      arn: 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Administrator_0123456789abcdef',
    };
    const steps = containSteps({ ...input, isManagementAccount: true, owner: reserved });
    expect(steps.flatMap(({ commands }) => commands)).toEqual([]);
    expect(steps.flatMap(({ notes }) => notes).join(' ')).toContain('permission set');
  });

  test('root gets a procedure, an unknown owner the way to a better question', () => {
    expect(
      containSteps({ ...input, owner: { ...owner, type: 'root', name: 'root' } }).at(-1)?.title,
    ).toContain('root');
    const unknown = containSteps({ ...input, owner: { ...owner, type: 'unknown', name: null, arn: null } });
    expect(unknown.at(-1)?.notes.join(' ')).toContain('--role-name');
  });

  test('a hostile name stays one argument in a real shell', () => {
    const name = "x' --policy-name='y; echo owned #";
    const command =
      commandsOf({ owner: { ...owner, name } }).find((one) => one.includes('update-access-key')) ?? '';
    const script = `aws() { printf '%s\\n' "$@"; }; ${command}`;
    const words = execFileSync('sh', ['-c', script], { encoding: 'utf8', env: {} }).trimEnd().split('\n');
    expect(words).toEqual([
      'iam',
      'update-access-key',
      `--user-name=${name}`,
      '--access-key-id=AKIAIOSFODNN7EXAMPLE',
      '--status',
      'Inactive',
    ]);
  });

  test('a name that cannot be shown takes its commands with it, and says so', () => {
    const steps = containSteps({
      ...input,
      isManagementAccount: null,
      owner: { ...owner, name: 'a\u202eb' },
    });
    expect(steps.flatMap(({ commands }) => commands)).toEqual([]);
    expect(
      steps.every(({ notes }) =>
        notes.some((note) => note.includes('by hand') || note.includes('in the console')),
      ),
    ).toBe(true);
  });
});
