import { describe, expect, test } from '@jest/globals';
import type { TrailEvent } from '../../../../src/model/trail-event.ts';
import { incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import {
  account,
  call,
  intruderIp,
  leakedKey,
  officeIp,
  roleCaller,
  userCaller,
} from '../../../fixtures/lineage/records.ts';

const intruder = userCaller('deploy', leakedKey);
const owner = userCaller('alice', 'AKIAALICE0000EXAMPLE', { ip: officeIp });
const window = { from: '2026-11-03T09:00:00Z', to: '2026-11-03T12:00:00Z' };

const trust = (principal: string): string =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
  });

const opened = trust('arn:aws:iam::777788889999:root');

function update(at: string, by: typeof owner, document: string, error?: string): TrailEvent {
  return call({
    at,
    by,
    action: 'iam:UpdateAssumeRolePolicy',
    request: { roleName: 'Deployer', policyDocument: document },
    ...(error === undefined ? {} : { error }),
  });
}

const created = call({
  at: '2026-10-01T08:00:00Z',
  by: owner,
  action: 'iam:CreateRole',
  request: { roleName: 'Deployer', path: '/ci/', assumeRolePolicyDocument: trust('111122223333') },
  response: { role: { roleName: 'Deployer', arn: `arn:aws:iam::${account}:role/ci/Deployer` } },
  id: 'created-by-owner',
});

function priors(events: readonly TrailEvent[], more: Parameters<typeof incidentOf>[1] = { window }) {
  return trace(events, incidentOf([leakedKey], more)).priorStates;
}

describe('how a role’s trust was before the incident', () => {
  const before = {
    arn: `arn:aws:iam::${account}:role/ci/Deployer`,
    what: 'role-trust',
    part: '',
    value: trust('111122223333'),
    at: '2026-10-01T08:00:00.000Z',
    eventId: 'created-by-owner',
  };

  test('as it was created, under the ARN with its path', () => {
    expect(priors([created, update('09:30:00', intruder, opened)])).toEqual([before]);
  });

  test('the latest change by its owner counts, a refused one does not', () => {
    const events = [
      created,
      update('2026-10-02T08:00:00Z', owner, trust('444455556666')),
      update('2026-10-03T08:00:00Z', owner, trust('*'), 'AccessDenied'),
      update('09:30:00', intruder, opened),
    ];
    expect(priors(events).map(({ value }) => value)).toEqual([trust('444455556666')]);
  });

  test('intruder changed it twice: the value before the first', () => {
    const events = [created, update('09:30:00', intruder, opened), update('09:40:00', intruder, trust('*'))];
    expect(priors(events)).toEqual([before]);
    expect(priors([...events].reverse())).toEqual([before]);
  });

  test('nothing where no earlier value was read, and nothing of a role of the incident’s own', () => {
    const own = call({
      at: '09:10:00',
      by: intruder,
      action: 'iam:CreateRole',
      request: { roleName: 'Deployer', assumeRolePolicyDocument: opened },
    });
    expect(priors([update('09:30:00', intruder, opened)])).toEqual([]);
    expect(priors([own, update('09:30:00', intruder, trust('*'))])).toEqual([]);
  });

  test('what its owner has decided since is not undone', () => {
    const events = [
      created,
      update('09:30:00', intruder, opened),
      update('11:00:00', owner, trust('222233334444')),
    ];
    expect(priors(events)).toEqual([]);
  });

  test('a role deleted and made anew is another role', () => {
    const events = [
      created,
      call({
        at: '2026-10-05T08:00:00Z',
        by: owner,
        action: 'iam:DeleteRole',
        request: { roleName: 'Deployer' },
      }),
      update('09:30:00', intruder, opened),
    ];
    expect(priors(events)).toEqual([]);
  });

  test('a text that was cut off in the log is no value', () => {
    const cut = update('2026-10-02T08:00:00Z', owner, '{"Statement":[{"Effect":"All');
    expect(priors([created, cut, update('09:30:00', intruder, opened)])).toEqual([]);
  });

  test('nobody’s word counts who cannot be told from the intruder', () => {
    const sameSource = userCaller('bob', 'AKIABOB000000EXAMPLE', { ip: intruderIp });
    const sharedKey = userCaller('deploy', leakedKey, { ip: '192.0.2.10' });
    const trusted = { accounts: [], networks: ['192.0.2.0/24'], identityProviders: [], roles: [] };
    for (const by of [sameSource, sharedKey]) {
      const events = [created, update('09:20:00', by, trust('*')), update('09:30:00', intruder, opened)];
      expect(priors(events, { window, trusted })).toEqual([]);
    }
  });

  test('the path is told by the role’s own calls where its making was not read', () => {
    const session = roleCaller('Deployer', 'build', 'ASIABUILD00000EXAMPL', { ip: officeIp });
    const pathed = {
      ...session,
      identity: {
        ...session.identity,
        sessionContext: { sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${account}:role/ci/Deployer` } },
      },
    };
    const events = [
      call({
        at: '2026-10-01T08:30:00Z',
        by: pathed,
        action: 's3:CreateBucket',
        request: { bucketName: 'built' },
      }),
      update('2026-10-02T08:00:00Z', owner, trust('444455556666')),
      update('09:30:00', intruder, opened),
    ];
    expect(priors(events).map(({ arn }) => arn)).toEqual([`arn:aws:iam::${account}:role/ci/Deployer`]);
  });
});

describe('how other things were', () => {
  const setArn = 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444';
  const trailArn = `arn:aws:cloudtrail:us-east-1:${account}:trail/main`;
  const policyArn = `arn:aws:organizations::${account}:policy/o-exampleorgid/service_control_policy/p-examplepol`;
  const reading = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] });
  const everything = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });

  const twice = (
    action: string,
    requestBefore: Readonly<Record<string, unknown>>,
    requestAfter: Readonly<Record<string, unknown>>,
    response: Readonly<Record<string, unknown>> | null = null,
  ): readonly TrailEvent[] => [
    call({ at: '2026-10-01T08:00:00Z', by: owner, action, request: requestBefore, response, id: 'before' }),
    call({ at: '09:30:00', by: intruder, action, request: requestAfter, response, id: 'after' }),
  ];

  test('an inline policy, by its name; an overwritten one alone', () => {
    const put = (document: string, policyName = 'read') => ({
      userName: 'ci',
      policyName,
      policyDocument: document,
    });
    const events = [
      ...twice('iam:PutUserPolicy', put(reading), put(everything)),
      call({ at: '09:31:00', by: intruder, action: 'iam:PutUserPolicy', request: put(everything, 'new') }),
    ];
    expect(priors(events)).toEqual([
      {
        arn: `arn:aws:iam::${account}:user/ci`,
        what: 'inline-policy',
        part: 'read',
        value: reading,
        at: '2026-10-01T08:00:00.000Z',
        eventId: 'before',
      },
    ]);
  });

  test('an inline policy that the incident took away', () => {
    const events = [
      call({
        at: '2026-10-01T08:00:00Z',
        by: owner,
        action: 'iam:PutRolePolicy',
        request: { roleName: 'Deployer', policyName: 'deny', policyDocument: reading },
      }),
      call({
        at: '09:30:00',
        by: intruder,
        action: 'iam:DeleteRolePolicy',
        request: { roleName: 'Deployer', policyName: 'deny' },
      }),
    ];
    expect(priors(events)).toEqual([
      expect.objectContaining({ what: 'inline-policy', part: 'deny', value: reading }),
    ]);
  });

  test('the session duration of a permission set; a new description changes nothing of it', () => {
    const events = [
      call({
        at: '2026-10-01T08:00:00Z',
        by: owner,
        action: 'sso:CreatePermissionSet',
        request: { name: 'admin', sessionDuration: 'PT1H' },
        response: { permissionSet: { permissionSetArn: setArn } },
        id: 'made',
      }),
      call({
        at: '2026-10-02T08:00:00Z',
        by: owner,
        action: 'sso:UpdatePermissionSet',
        request: { permissionSetArn: setArn, description: 'administrators' },
      }),
      call({
        at: '09:30:00',
        by: intruder,
        action: 'sso:UpdatePermissionSet',
        request: { permissionSetArn: setArn, sessionDuration: 'PT12H' },
      }),
    ];
    expect(priors(events)).toEqual([
      {
        arn: setArn,
        what: 'session-duration',
        part: '',
        value: 'PT1H',
        at: expect.any(String),
        eventId: 'made',
      },
    ]);
  });

  test('the content of an organization policy', () => {
    const response = { policy: { policySummary: { id: 'p-examplepol', arn: policyArn } } };
    const events = [
      call({
        at: '2026-10-01T08:00:00Z',
        by: owner,
        action: 'organizations:CreatePolicy',
        request: { name: 'guard', content: reading },
        response,
        id: 'made',
      }),
      call({
        at: '09:30:00',
        by: intruder,
        action: 'organizations:UpdatePolicy',
        request: { policyId: 'p-examplepol', content: everything },
        response,
      }),
    ];
    expect(priors(events)).toEqual([
      expect.objectContaining({
        arn: policyArn,
        what: 'organization-policy',
        value: reading,
        eventId: 'made',
      }),
    ]);
  });

  test('event selectors, as they were asked for', () => {
    const all = [{ readWriteType: 'All', includeManagementEvents: true }];
    const none = [{ readWriteType: 'ReadOnly', includeManagementEvents: false }];
    const events = twice(
      'cloudtrail:PutEventSelectors',
      { trailName: 'main', eventSelectors: all },
      { trailName: 'main', eventSelectors: none },
      { trailARN: trailArn },
    );
    expect(priors(events)).toEqual([
      {
        arn: trailArn,
        what: 'event-selectors',
        part: '',
        value: '{"eventSelectors":[{"includeManagementEvents":true,"readWriteType":"All"}]}',
        at: '2026-10-01T08:00:00.000Z',
        eventId: 'before',
      },
    ]);
  });
});
