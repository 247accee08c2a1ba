import { describe, expect, test } from '@jest/globals';
import { accessKeySubject } from '../../../../src/model/subject.ts';
import { accessKeyActions } from '../../../../src/plan/actions/access-keys.ts';
import { revocationDocument } from '../../../../src/plan/actions/support/own-denies.ts';
import {
  allCommands,
  argvOf,
  buildLineage,
  buildNode,
  buildUser,
  deletions,
  findingAt,
  findingOn,
  keysOf,
  management,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';

const owner = buildUser({
  name: 'deploy',
  uniqueId: 'AIDADEPLOY',
  accessKeys: [
    { id: 'AKIAIOSFODNN7EXAMPLE', status: 'Active' },
    { id: 'AKIAI44QH8DHBEXAMPLE', status: 'Active' },
    { id: 'AKIAOLDINACTIVE00001', status: 'Inactive' },
  ],
});

function keySubject(id: string, userArn = owner.arn) {
  return accessKeySubject({ userArn, accessKeyId: id });
}

const deactivate = accessKeyActions['access-key.deactivate'];
const rotate = accessKeyActions['access-key.rotate'];
const arn = keySubject('AKIAI44QH8DHBEXAMPLE').arn;

describe('access-key.deactivate', () => {
  test('switches an unexplained key off, reversibly, and deletes nothing', () => {
    const finding = findingAt(keySubject('AKIAI44QH8DHBEXAMPLE'), 'explain');
    const steps = stepsOf(deactivate, 'access-key.deactivate', finding, { dependents: [owner] });
    expect(keysOf(steps)).toEqual([`preserve:${arn}`, `contain:${arn}`]);
    const contain = stepOf(steps, `contain:${arn}`);
    expect(contain).toMatchObject({
      stage: 'contain',
      reversible: true,
      accountId: management,
      region: null,
    });
    expect(argvOf(contain.commands)).toEqual([
      [
        'iam',
        'update-access-key',
        '--user-name',
        'deploy',
        '--access-key-id',
        'AKIAI44QH8DHBEXAMPLE',
        '--status',
        'Inactive',
      ],
    ]);
    expect(argvOf(contain.undo)).toEqual([
      [
        'iam',
        'update-access-key',
        '--user-name',
        'deploy',
        '--access-key-id',
        'AKIAI44QH8DHBEXAMPLE',
        '--status',
        'Active',
      ],
    ]);
    expect(contain.preconditions).toEqual([
      {
        fact: 'it still is AIDADEPLOY',
        argv: ['iam', 'get-user', '--user-name', 'deploy', '--query', 'User.UserId', '--output', 'text'],
        compare: 'text',
        expected: 'AIDADEPLOY',
      },
    ]);
    expect(contain.confirm).toEqual([
      {
        fact: 'it is inactive',
        argv: [
          'iam',
          'list-access-keys',
          '--user-name',
          'deploy',
          '--query',
          'AccessKeyMetadata[?AccessKeyId==`"AKIAI44QH8DHBEXAMPLE"`].Status',
          '--output',
          'text',
        ],
        compare: 'text',
        expected: 'Inactive',
      },
    ]);
    expect(contain.permissions).toEqual(['iam:GetUser', 'iam:ListAccessKeys', 'iam:UpdateAccessKey']);
    expect(deletions(steps)).toEqual([]);
  });

  test("deletes the intruder's key of a legitimate user, and only that, and ends the user's sessions", () => {
    const finding = findingAt(keySubject('AKIAI44QH8DHBEXAMPLE'), 'eradicate');
    const steps = stepsOf(deactivate, 'access-key.deactivate', finding, { dependents: [owner] });
    expect(keysOf(steps)).toEqual([
      `preserve:${arn}`,
      `contain:${arn}`,
      `preserve:${owner.arn}`,
      `revoke:${owner.arn}`,
      `release:${owner.arn}`,
      `delete:${arn}`,
    ]);
    const removal = stepOf(steps, `delete:${arn}`);
    expect(removal.commands).toEqual([
      {
        argv: [
          'iam',
          'delete-access-key',
          '--user-name',
          'deploy',
          '--access-key-id',
          'AKIAI44QH8DHBEXAMPLE',
        ],
        accepts: ['NoSuchEntity'],
      },
    ]);
    expect(removal).toMatchObject({ stage: 'delete', reversible: false });
    expect(removal.after).toContain(`contain:${arn}`);
    expect(argvOf(stepOf(steps, `revoke:${owner.arn}`).commands)).toEqual([
      [
        'iam',
        'put-user-policy',
        '--user-name',
        'deploy',
        '--policy-name',
        'AfterleakRevokeSessions',
        '--policy-document',
        revocationDocument('2026-11-03T15:00:00.000Z'),
      ],
    ]);
  });

  test('of a key that was never used no session can live', () => {
    const finding = findingAt(keySubject('AKIAI44QH8DHBEXAMPLE'), 'eradicate');
    const node = buildNode({
      id: 'AKIAI44QH8DHBEXAMPLE',
      kind: 'credential',
      type: 'access-key',
      arn,
      uniqueId: 'AKIAI44QH8DHBEXAMPLE',
      accountId: management,
      intruderMade: true,
      used: false,
    });
    const steps = stepsOf(deactivate, 'access-key.deactivate', finding, {
      dependents: [owner],
      lineage: buildLineage([node]),
    });
    expect(keysOf(steps)).toEqual([`preserve:${arn}`, `contain:${arn}`, `delete:${arn}`]);
  });

  test('a key of a user who is deleted goes with the user', () => {
    const user = buildUser({ accessKeys: [{ id: 'AKIAINTRUDER00000001', status: 'Active' }] });
    const finding = findingAt(keySubject('AKIAINTRUDER00000001', user.arn), 'eradicate');
    const steps = stepsOf(deactivate, 'access-key.deactivate', finding, {
      dependents: [user],
      findings: [findingOn(user, 'eradicate')],
    });
    expect(keysOf(steps)).toContain(`delete:${user.arn}`);
    expect(keysOf(steps)).not.toContain(`delete:${finding.subject.arn}`);
    expect(keysOf(steps)).not.toContain(`release:${user.arn}`);
  });

  test('of a compromised key’s owner the other keys are left alone; of a compromised user none is', () => {
    const finding = findingOn(owner, 'rotate');
    const byKey = stepsOf(deactivate, 'access-key.deactivate', finding, {
      dependents: [owner],
      compromised: { accessKeyIds: ['AKIAIOSFODNN7EXAMPLE'], principals: [] },
    });
    const byUser = stepsOf(deactivate, 'access-key.deactivate', finding, {
      dependents: [owner],
      compromised: { accessKeyIds: [], principals: [owner.arn] },
    });
    const contained = (steps: typeof byKey) => keysOf(steps).filter((key) => key.startsWith('contain:'));
    expect(contained(byKey)).toEqual([`contain:${keySubject('AKIAIOSFODNN7EXAMPLE').arn}`]);
    expect(contained(byUser)).toEqual([
      `contain:${keySubject('AKIAIOSFODNN7EXAMPLE').arn}`,
      `contain:${keySubject('AKIAI44QH8DHBEXAMPLE').arn}`,
    ]);
    expect(deletions([...byKey, ...byUser])).toEqual([]);
  });

  test('an inactive key is kept, with what is known of it', () => {
    const finding = findingAt(keySubject('AKIAOLDINACTIVE00001'), 'rotate');
    const steps = stepsOf(deactivate, 'access-key.deactivate', finding, { dependents: [owner] });
    expect(keysOf(steps)).toEqual([`preserve:${finding.subject.arn}`]);
  });

  test('a key whose owner could not be seen is taken as active', () => {
    const finding = findingAt(keySubject('AKIAI44QH8DHBEXAMPLE'), 'rotate');
    const steps = stepsOf(deactivate, 'access-key.deactivate', finding);
    expect(keysOf(steps)).toEqual([`preserve:${arn}`, `contain:${arn}`]);
    expect(stepOf(steps, `contain:${arn}`).preconditions).toEqual([]);
  });

  test('names stay single arguments', () => {
    const name = '$(touch x)"; rm -rf ~\n`id`';
    const hostile = buildUser({ name, arn: `arn:aws:iam::${management}:user/${name}` });
    const finding = findingAt(keySubject('AKIA`] | [?a=="', hostile.arn), 'explain');
    const steps = stepsOf(deactivate, 'access-key.deactivate', finding, { dependents: [hostile] });
    const calls = allCommands(steps).filter((argv) => argv.includes('--user-name'));
    expect(calls.length).toBeGreaterThan(3);
    expect(calls.every((argv) => argv[argv.indexOf('--user-name') + 1] === name)).toBe(true);
    expect(stepOf(steps, `contain:${finding.subject.arn}`).confirm[0]?.argv).toContain(
      'AccessKeyMetadata[?AccessKeyId==`"AKIA\\`] | [?a==\\""`].Status',
    );
  });

  test('a name that starts with a dash is bound to its option', () => {
    const hostile = buildUser({ name: '--debug' });
    const finding = findingAt(keySubject('AKIAI44QH8DHBEXAMPLE', hostile.arn), 'explain');
    const steps = stepsOf(deactivate, 'access-key.deactivate', finding, { dependents: [hostile] });
    expect(allCommands(steps).every((argv) => !argv.includes('--debug'))).toBe(true);
    expect(allCommands(steps).some((argv) => argv.includes('--user-name=--debug'))).toBe(true);
  });
});

describe('access-key.rotate', () => {
  test('asks for a new way in after the cause is fixed, and never makes the secret itself', () => {
    const finding = findingAt(keySubject('AKIAIOSFODNN7EXAMPLE'), 'rotate');
    const steps = stepsOf(rotate, 'access-key.rotate', finding, { dependents: [owner] });
    expect(keysOf(steps)).toEqual([`rotate:${finding.subject.arn}`]);
    const [step] = steps;
    expect(step).toMatchObject({ stage: 'recover', commands: [], after: [`contain:${finding.subject.arn}`] });
    expect(step?.manual).toContain('First fix how the key leaked');
  });

  test('asked for a user, it is about the keys that the incident names', () => {
    const steps = stepsOf(rotate, 'access-key.rotate', findingOn(owner, 'rotate'), {
      dependents: [owner],
      compromised: { accessKeyIds: ['AKIAIOSFODNN7EXAMPLE'], principals: [] },
    });
    expect(keysOf(steps)).toEqual([`rotate:${keySubject('AKIAIOSFODNN7EXAMPLE').arn}`]);
  });

  test('a key of the intruder’s own is not replaced, nor one that nobody can explain', () => {
    const made = buildNode({
      id: 'AKIAI44QH8DHBEXAMPLE',
      kind: 'credential',
      type: 'access-key',
      arn,
      accountId: management,
      intruderMade: true,
    });
    const given = { dependents: [owner], lineage: buildLineage([made]) };
    const subject = keySubject('AKIAI44QH8DHBEXAMPLE');
    expect(stepsOf(rotate, 'access-key.rotate', findingAt(subject, 'rotate'), given)).toEqual([]);
    expect(stepsOf(rotate, 'access-key.rotate', findingAt(subject, 'explain'), given)).toEqual([]);
  });
});
