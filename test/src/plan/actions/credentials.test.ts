import { describe, expect, test } from '@jest/globals';
import { credentialActions } from '../../../../src/plan/actions/credentials.ts';
import {
  argvOf,
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
  name: 'ann',
  serviceSpecificCredentials: [{ id: 'ACCAEXAMPLE', status: 'Active', serviceName: 'bedrock.amazonaws.com' }],
  sshPublicKeys: [{ id: 'APKAEXAMPLE', status: 'Active' }],
  signingCertificates: [{ id: 'CERTEXAMPLE', status: 'Active' }],
});

const cases = [
  {
    action: 'service-specific-credential.deactivate',
    type: 'service-specific-credential',
    id: 'ACCAEXAMPLE',
    option: '--service-specific-credential-id',
    member: 'ServiceSpecificCredentials',
  },
  {
    action: 'ssh-public-key.deactivate',
    type: 'ssh-public-key',
    id: 'APKAEXAMPLE',
    option: '--ssh-public-key-id',
    member: 'SSHPublicKeys',
  },
  {
    action: 'signing-certificate.deactivate',
    type: 'signing-certificate',
    id: 'CERTEXAMPLE',
    option: '--certificate-id',
    member: 'Certificates',
  },
] as const;

describe.each(cases)('$action', ({ action, type, id, option, member }) => {
  const subject = { arn: `${owner.arn}/${type}/${id}`, uniqueId: id, type, name: 'an alias' };
  const planner = credentialActions[action];

  test('switches it off by its id, not by its alias', () => {
    const steps = stepsOf(planner, action, findingAt(subject, 'explain'), { dependents: [owner] });
    const step = stepOf(steps, `contain:${subject.arn}`);
    expect(argvOf(step.commands)).toEqual([
      ['iam', `update-${type}`, '--user-name', 'ann', option, id, '--status', 'Inactive'],
    ]);
    expect(step.confirm[0]?.argv.join(' ')).toContain(`${member}[?`);
    expect(deletions(steps)).toEqual([]);
  });

  test('deletes it where the intruder made it', () => {
    const steps = stepsOf(planner, action, findingAt(subject, 'eradicate'), { dependents: [owner] });
    expect(keysOf(steps)).toEqual([
      `preserve:${subject.arn}`,
      `contain:${subject.arn}`,
      `delete:${subject.arn}`,
    ]);
    expect(argvOf(stepOf(steps, `delete:${subject.arn}`).commands)).toEqual([
      ['iam', `delete-${type}`, '--user-name', 'ann', option, id],
    ]);
  });

  test('asked for a user that nobody can explain, it switches all of them off', () => {
    const steps = stepsOf(planner, action, findingOn(owner, 'explain'), { dependents: [owner] });
    expect(keysOf(steps)).toEqual([`preserve:${subject.arn}`, `contain:${subject.arn}`]);
    expect(stepsOf(planner, action, findingOn(owner, 'restore'), { dependents: [owner] })).toEqual([]);
  });
});

test('root’s certificate is a matter of root alone', () => {
  const subject = { arn: `arn:aws:iam::${management}:root`, type: 'root-user', name: '<root_account>' };
  const planner = credentialActions['signing-certificate.deactivate'];
  const [step, ...others] = stepsOf(planner, 'signing-certificate.deactivate', findingAt(subject, 'explain'));
  expect(others).toEqual([]);
  expect(step).toMatchObject({ commands: [], stage: 'contain' });
  expect(step?.manual).toContain('root user');
});
