import { describe, expect, test } from '@jest/globals';
import { principalActions } from '../../../../src/plan/actions/principals.ts';
import { containmentDocument } from '../../../../src/plan/actions/support/own-denies.ts';
import {
  argvOf,
  buildGroup,
  buildLineage,
  buildNode,
  buildRole,
  buildUser,
  deletions,
  findingOn,
  keysOf,
  management,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';

const contain = principalActions['principal.contain'];
const reduce = principalActions['principal.reduce'];

describe('principal.contain', () => {
  const person = buildUser({ name: 'deploy' });

  test.each(['rotate', 'explain'] as const)(
    'freezes what lives on, and takes the deny away later (%s)',
    (proof) => {
      const steps = stepsOf(contain, 'principal.contain', findingOn(person, proof), { dependents: [person] });
      expect(keysOf(steps)).toEqual([
        `preserve:${person.arn}`,
        `contain:${person.arn}`,
        `release:${person.arn}`,
      ]);
      const deny = stepOf(steps, `contain:${person.arn}`);
      expect(JSON.parse(containmentDocument).Statement).toEqual([
        { Sid: 'AfterleakContainment', Effect: 'Deny', Action: '*', Resource: '*' },
      ]);
      expect(deny.confirm[0]).toMatchObject({
        argv: [
          'iam',
          'get-user-policy',
          '--user-name',
          'deploy',
          '--policy-name',
          'AfterleakContainment',
          '--query',
          'PolicyDocument',
          '--output',
          'json',
        ],
        compare: 'digest',
      });
      expect(argvOf(deny.undo)).toEqual([
        ['iam', 'delete-user-policy', '--user-name', 'deploy', '--policy-name', 'AfterleakContainment'],
      ]);
      const release = stepOf(steps, `release:${person.arn}`);
      expect(release).toMatchObject({
        stage: 'release',
        notBefore: '2026-11-05T02:00:00.000Z',
        reversible: true,
      });
      expect(argvOf(release.commands)).toEqual([
        ['iam', 'delete-user-policy', '--user-name', 'deploy', '--policy-name', 'AfterleakRevokeSessions'],
        ['iam', 'delete-user-policy', '--user-name', 'deploy', '--policy-name', 'AfterleakContainment'],
      ]);
      expect(release.after).toContain(`contain:${person.arn}`);
    },
  );

  test('the deny outlives the sessions that findings and events tell of', () => {
    const role = buildRole({ name: 'ci' });
    const session = buildNode({
      id: `arn:aws:sts::${management}:assumed-role/ci/build`,
      kind: 'session',
      type: 'role-session',
      expiresAt: '2026-11-04T08:00:00.000Z',
    });
    const finding = findingOn(role, 'rotate', {
      survivesKeyRevocation: { answer: 'until', why: 'a session', until: '2026-11-03T17:00:00.000Z' },
    });
    const given = { dependents: [role], lineage: buildLineage([session]) };
    const steps = stepsOf(contain, 'principal.contain', finding, given);
    expect(stepOf(steps, `release:${role.arn}`).notBefore).toBe('2026-11-04T08:00:00.000Z');
    // Who was in a role whose session has ended may have come again.
    const ended = {
      dependents: [role],
      lineage: buildLineage([{ ...session, expiresAt: '2026-11-03T13:00:00.000Z' }]),
    };
    const again = stepsOf(contain, 'principal.contain', finding, ended);
    expect(stepOf(again, `release:${role.arn}`).notBefore).toBe('2026-11-04T02:00:00.000Z');
    const alone = stepsOf(contain, 'principal.contain', findingOn(role, 'rotate'), { dependents: [role] });
    expect(stepOf(alone, `release:${role.arn}`).notBefore).toBe('2026-11-04T02:00:00.000Z');
  });

  test('a role of the intruder is denied, lets nobody in any more, and is not released', () => {
    const role = buildRole({ trustedServices: ['lambda.amazonaws.com'] });
    const steps = stepsOf(contain, 'principal.contain', findingOn(role, 'eradicate'), { dependents: [role] });
    expect(keysOf(steps)).toEqual([`preserve:${role.arn}`, `contain:${role.arn}`, `close-trust:${role.arn}`]);
    expect(stepOf(steps, `contain:${role.arn}`).cautions.join(' ')).toContain('concurrency');
    const close = stepOf(steps, `close-trust:${role.arn}`);
    expect(close.commands[0]?.argv.slice(0, 4)).toEqual([
      'iam',
      'update-assume-role-policy',
      '--role-name',
      'worker',
    ]);
    expect(argvOf(close.undo)).toEqual([
      ['iam', 'update-assume-role-policy', '--role-name', 'worker', '--policy-document', role.trustDocument],
    ]);
    expect(close.stage).toBe('contain');
  });

  test.each([
    [
      'identity-center',
      '/aws-reserved/sso.amazonaws.com/',
      'AWSReservedSSO_Admin_0123456789abcdef',
      'assignments',
    ],
    ['service-linked', '/aws-service-role/ecs.amazonaws.com/', 'AWSServiceRoleForECS', 'service'],
  ] as const)('%s roles are never touched', (managedBy, path, name, words) => {
    const role = buildRole({ path, name, managedBy });
    for (const proof of ['eradicate', 'rotate', 'explain'] as const) {
      for (const dependents of [[role], []]) {
        const steps = stepsOf(contain, 'principal.contain', findingOn(role, proof), { dependents });
        expect(steps).toHaveLength(1);
        expect(steps[0]).toMatchObject({ commands: [], preconditions: [], reversible: true });
        expect(steps[0]?.manual).toContain(words);
      }
    }
  });

  test('a group of the intruder with innocent members loses its policies instead of locking them out', () => {
    const person = buildUser({ name: 'ann' });
    const bad = buildUser({ name: 'bad' });
    const made = [findingOn(bad, 'eradicate')];
    const group = buildGroup({
      members: ['ann', 'bad'],
      attachedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    });
    const mixed = stepsOf(contain, 'principal.contain', findingOn(group, 'eradicate'), {
      dependents: [group, person, bad],
      findings: made,
    });
    expect(argvOf(stepOf(mixed, `contain:${group.arn}`).commands)).toEqual([
      [
        'iam',
        'detach-group-policy',
        '--group-name',
        'admins',
        '--policy-arn',
        'arn:aws:iam::aws:policy/AdministratorAccess',
      ],
    ]);
    const own = buildGroup({ members: ['bad'] });
    const hostile = stepsOf(contain, 'principal.contain', findingOn(own, 'eradicate'), {
      dependents: [own, bad],
      findings: made,
    });
    expect(stepOf(hostile, `contain:${own.arn}`).commands[0]?.argv[1]).toBe('put-group-policy');
  });

  test('nothing is frozen for a restoration or a ticket', () => {
    expect(
      stepsOf(contain, 'principal.contain', findingOn(person, 'restore'), { dependents: [person] }),
    ).toEqual([]);
    expect(
      stepsOf(contain, 'principal.contain', findingOn(person, 'harden'), { dependents: [person] }),
    ).toEqual([]);
  });
});

describe('principal.reduce', () => {
  const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const person = buildUser({
    name: 'ann',
    groups: ['admins'],
    attachedPolicyArns: [admin],
    inlinePolicies: [
      { name: 'all', digest: 'd'.repeat(64) },
      { name: 'own', digest: 'e'.repeat(64) },
    ],
  });
  const node = buildNode({ id: person.arn, kind: 'principal', type: 'iam-user', accountId: management });
  const group = buildNode({
    id: `arn:aws:iam::${management}:group/admins`,
    kind: 'principal',
    type: 'iam-group',
  });
  const prior = {
    arn: person.arn,
    what: 'inline-policy',
    part: 'own',
    value: '{"Version":"2012-10-17","Statement":[]}',
    at: '2026-01-01T00:00:00Z',
    eventId: 'earlier',
  } as const;

  test('undoes change by change what the events tell', () => {
    const steps = stepsOf(reduce, 'principal.reduce', findingOn(person, 'restore'), {
      dependents: [person],
      lineage: buildLineage(
        [],
        [
          { to: [node], action: 'iam:AttachUserPolicy', part: admin },
          { to: [node, group], action: 'iam:AddUserToGroup' },
          { to: [node], action: 'iam:PutUserPolicy', part: 'all' },
          { to: [node], action: 'iam:PutUserPolicy', part: 'own' },
          { to: [node], action: 'iam:CreateAccessKey' },
        ],
      ),
      priorStates: [prior],
    });
    expect(keysOf(steps)).toEqual([
      `preserve:${person.arn}`,
      `restore:${person.arn}#attached ${admin}`,
      `restore:${person.arn}#membership admins`,
      `restore:${person.arn}#inline all`,
      `restore:${person.arn}#inline own`,
    ]);
    const restored = steps.slice(1);
    expect(restored.flatMap(({ commands }) => argvOf(commands))).toEqual([
      ['iam', 'detach-user-policy', '--user-name', 'ann', '--policy-arn', admin],
      ['iam', 'remove-user-from-group', '--user-name', 'ann', '--group-name', 'admins'],
      ['iam', 'delete-user-policy', '--user-name', 'ann', '--policy-name', 'all'],
      [
        'iam',
        'put-user-policy',
        '--user-name',
        'ann',
        '--policy-name',
        'own',
        '--policy-document',
        prior.value,
      ],
    ]);
    expect(restored.every(({ stage }) => stage === 'recover')).toBe(true);
    expect(restored.every(({ preconditions }) => preconditions[0]?.expected === 'AIDAEXAMPLE1')).toBe(true);
    expect(restored[2]?.preconditions[1]).toMatchObject({ compare: 'digest', expected: 'd'.repeat(64) });
    expect(argvOf(restored[0]?.undo ?? [])).toEqual([
      ['iam', 'attach-user-policy', '--user-name', 'ann', '--policy-arn', admin],
    ]);
  });

  test('without the name of the policy the intruder’s own policies are detached, others left to a person', () => {
    const own = `arn:aws:iam::${management}:policy/backdoor`;
    const user = { ...person, attachedPolicyArns: [own, admin] };
    const change = { to: [node], action: 'iam:AttachUserPolicy' };
    const made = buildNode({ id: own, type: 'iam-policy', intruderMade: true });
    const known = stepsOf(reduce, 'principal.reduce', findingOn(user, 'restore'), {
      dependents: [user],
      lineage: buildLineage([made], [change]),
    });
    expect(
      known
        .flatMap(({ commands }) => argvOf(commands))
        .filter(([, operation]) => operation === 'detach-user-policy'),
    ).toEqual([['iam', 'detach-user-policy', '--user-name', 'ann', '--policy-arn', own]]);
    const unknown = stepsOf(reduce, 'principal.reduce', findingOn(user, 'restore'), {
      dependents: [user],
      lineage: buildLineage([], [change]),
    });
    expect(deletions(unknown)).toEqual([]);
    expect(stepOf(unknown, `restore:${user.arn}`).manual).toContain(
      'iam:AttachUserPolicy at 2026-11-03T10:00:00Z (event event-1)',
    );
  });

  test('of several changes to one part the first tells how it was', () => {
    const steps = stepsOf(reduce, 'principal.reduce', findingOn(person, 'restore'), {
      dependents: [person],
      lineage: buildLineage(
        [],
        [
          { to: [node], action: 'iam:DetachUserPolicy', part: admin, at: '2026-11-03T10:00:00Z' },
          { to: [node], action: 'iam:AttachUserPolicy', part: admin, at: '2026-11-03T10:01:00Z' },
        ],
      ),
    });
    expect(argvOf(stepOf(steps, `restore:${person.arn}#attached ${admin}`).commands)).toEqual([
      ['iam', 'attach-user-policy', '--user-name', 'ann', '--policy-arn', admin],
    ]);
  });

  test('what somebody else changed is not undone', () => {
    const ownerKey = buildNode({
      id: 'AKIAOWNER',
      kind: 'credential',
      type: 'access-key',
      standing: 'shared-credential',
    });
    const steps = stepsOf(reduce, 'principal.reduce', findingOn(person, 'restore'), {
      dependents: [person],
      lineage: buildLineage(
        [],
        [{ to: [node], action: 'iam:AttachUserPolicy', part: admin, from: ownerKey }],
      ),
    });
    expect(deletions(steps)).toEqual([]);
    expect(keysOf(steps)).toEqual([`preserve:${person.arn}`, `restore:${person.arn}`]);
  });

  test('the name of an ARN with a path is that of the event without one', () => {
    const role = buildRole({ path: '/team/', name: 'ci', inlinePolicies: [{ name: 'own', digest: null }] });
    const pathless = buildNode({
      id: `arn:aws:iam::${management}:role/ci`,
      kind: 'principal',
      type: 'iam-role',
    });
    const steps = stepsOf(reduce, 'principal.reduce', findingOn(role, 'restore'), {
      dependents: [role],
      lineage: buildLineage([], [{ to: [pathless], action: 'iam:PutRolePolicy', part: 'own' }]),
      priorStates: [{ ...prior, arn: pathless.id }],
    });
    expect(argvOf(stepOf(steps, `restore:${role.arn}#inline own`).commands)[0]?.[1]).toBe('put-role-policy');
  });

  test('names of policies and groups stay single arguments', () => {
    const hostile = '; rm -rf ~ $(touch x) "\'\n';
    const user = buildUser({ name: 'ann', inlinePolicies: [{ name: hostile, digest: null }] });
    const steps = stepsOf(reduce, 'principal.reduce', findingOn(user, 'restore'), {
      dependents: [user],
      lineage: buildLineage([], [{ to: [node], action: 'iam:PutUserPolicy', part: hostile }]),
    });
    expect(argvOf(stepOf(steps, `restore:${user.arn}#inline ${hostile}`).commands)).toEqual([
      ['iam', 'delete-user-policy', '--user-name', 'ann', '--policy-name', hostile],
    ]);
  });

  test('only a restoration changes anything', () => {
    for (const proof of ['eradicate', 'explain', 'rotate', 'harden'] as const) {
      expect(stepsOf(reduce, 'principal.reduce', findingOn(person, proof), { dependents: [person] })).toEqual(
        [],
      );
    }
  });
});
