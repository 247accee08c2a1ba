import { describe, expect, test } from '@jest/globals';
import { loginProfileArn } from '../../../../src/model/resource-arn.ts';
import { accessKeySubject } from '../../../../src/model/subject.ts';
import { sessionActions } from '../../../../src/plan/actions/sessions.ts';
import { containmentDocument } from '../../../../src/plan/actions/support/own-denies.ts';
import {
  buildRole,
  buildUser,
  findingAt,
  findingOn,
  keysOf,
  management,
  permissionSetArn,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';

const revoke = sessionActions['session.revoke'];
const person = buildUser({ name: 'ann' });
const provider = `arn:aws:iam::${management}:saml-provider/okta`;

function documentIn(argv: readonly string[] | undefined): unknown {
  return JSON.parse(argv?.at(-1) ?? 'null');
}

describe('session.revoke', () => {
  test.each([
    ['the user', findingOn(person, 'rotate')],
    [
      'its key',
      findingAt(accessKeySubject({ userArn: person.arn, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }), 'rotate'),
    ],
    [
      'its password',
      findingAt({ arn: loginProfileArn(person.arn), type: 'login-profile', name: 'ann' }, 'explain'),
    ],
  ])('denies sessions of a user issued before the plan, told by %s', (_, finding) => {
    const steps = stepsOf(revoke, 'session.revoke', finding, { dependents: [person] });
    expect(keysOf(steps)).toEqual([
      `preserve:${person.arn}`,
      `revoke:${person.arn}`,
      `release:${person.arn}`,
    ]);
    const step = stepOf(steps, `revoke:${person.arn}`);
    expect(documentIn(step.commands[0]?.argv)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AfterleakRevokeSessions',
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-03T15:00:00.000Z' } },
        },
      ],
    });
    expect(step.cautions[0]).toContain('not its long-term keys');
    expect(step).toMatchObject({ stage: 'contain', reversible: true, after: [`preserve:${person.arn}`] });
  });

  test('a role of people is revoked by time, a role of a service denied altogether', () => {
    const people = buildRole({ name: 'people' });
    const steps = stepsOf(revoke, 'session.revoke', findingOn(people, 'rotate'), { dependents: [people] });
    expect(stepOf(steps, `revoke:${people.arn}`).commands[0]?.argv[1]).toBe('put-role-policy');
    const service = buildRole({ name: 'service', trustedServices: ['lambda.amazonaws.com'] });
    const denied = stepsOf(revoke, 'session.revoke', findingOn(service, 'rotate'), { dependents: [service] });
    expect(keysOf(denied)).not.toContain(`revoke:${service.arn}`);
    expect(stepOf(denied, `contain:${service.arn}`).commands[0]?.argv.at(-1)).toBe(containmentDocument);
  });

  test('what is deleted is denied altogether', () => {
    const steps = stepsOf(revoke, 'session.revoke', findingOn(person, 'eradicate'), { dependents: [person] });
    expect(keysOf(steps)).toEqual([`preserve:${person.arn}`, `contain:${person.arn}`]);
  });

  test('for a provider, the roles that trust it', () => {
    const trusting = buildRole({
      name: 'people',
      trustDocument: `{"Principal":{"Federated":"${provider}"}}`,
    });
    const other = buildRole({ name: 'other', trustDocument: `{"Principal":{"Federated":"${provider}-2"}}` });
    const subject = { arn: provider, type: 'saml-provider', name: 'okta' };
    const steps = stepsOf(revoke, 'session.revoke', findingAt(subject, 'explain'), {
      dependents: [trusting, other],
    });
    expect(keysOf(steps)).toEqual([
      `preserve:${trusting.arn}`,
      `revoke:${trusting.arn}`,
      `release:${trusting.arn}`,
    ]);
  });

  test('roles of Identity Center are never touched', () => {
    const guarded = buildRole({
      path: '/aws-reserved/sso.amazonaws.com/',
      name: 'AWSReservedSSO_Admin_0123456789abcdef',
      managedBy: 'identity-center',
    });
    const steps = stepsOf(revoke, 'session.revoke', findingOn(guarded, 'rotate'), { dependents: [guarded] });
    expect(steps.every(({ commands }) => commands.length === 0)).toBe(true);
    const assignment = {
      arn: `${permissionSetArn}/assignment/${management}/USER/u-1`,
      type: 'assignment',
      name: 'USER u-1',
    };
    const [step] = stepsOf(revoke, 'session.revoke', findingAt(assignment, 'eradicate'));
    expect(step).toMatchObject({ commands: [], stage: 'contain' });
    expect(step?.manual).toContain('identitystore:userId');
  });

  test('root waits; a restoration or a ticket revokes nothing', () => {
    const root = { arn: `arn:aws:iam::${management}:root`, type: 'root-user', name: '<root_account>' };
    expect(stepsOf(revoke, 'session.revoke', findingAt(root, 'explain'))[0]?.manual).toContain(
      'an hour at most',
    );
    expect(stepsOf(revoke, 'session.revoke', findingOn(person, 'restore'), { dependents: [person] })).toEqual(
      [],
    );
    expect(stepsOf(revoke, 'session.revoke', findingOn(person, 'harden'), { dependents: [person] })).toEqual(
      [],
    );
  });
});
