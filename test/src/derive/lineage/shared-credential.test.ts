import { describe, expect, test } from '@jest/globals';
import type { Incident } from '../../../../src/model/incident.ts';
import { incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import { hasNode, nodeOf } from '../../../fixtures/lineage/reading.ts';
import {
  account,
  assumeRole,
  call,
  intruderIp,
  leakedKey,
  officeIp,
  roleCaller,
  serviceCaller,
  userCaller,
} from '../../../fixtures/lineage/records.ts';

const pipelineAgent = 'aws-cli/2.17.0 Python/3.11 Linux/6.1';
const pipeline = userCaller('deploy', leakedKey, { ip: '192.0.2.10', agent: pipelineAgent });
const pipelineNextDoor = userCaller('deploy', leakedKey, {
  ip: '192.0.2.99',
  agent: 'aws-cli/2.18.1 Python/3.12 Linux/6.5',
});
const intruder = userCaller('deploy', leakedKey);
const window = { from: '2026-11-03T09:00:00Z', to: '2026-11-03T12:00:00Z' };

const made = (name: string) => ({ user: { userName: name, arn: `arn:aws:iam::${account}:user/${name}` } });

const events = [
  call({
    at: '2026-11-02T08:00:00Z',
    by: pipeline,
    action: 'iam:CreateRole',
    request: { roleName: 'app-yesterday' },
  }),
  call({
    at: '09:30:00',
    by: pipelineNextDoor,
    action: 'iam:CreateRole',
    request: { roleName: 'app-today' },
    response: { role: { roleName: 'app-today', arn: `arn:aws:iam::${account}:role/app-today` } },
  }),
  call({
    at: '09:30:00',
    by: intruder,
    action: 'iam:CreateUser',
    request: { userName: 'backdoor' },
    response: made('backdoor'),
  }),
  assumeRole('09:31:00', pipelineNextDoor, 'Deployer', 'ci', 'ASIADEPLOYER01EXAMPL'),
  assumeRole('09:31:00', intruder, 'Deployer', 'ci', 'ASIADEPLOYER02EXAMPL'),
  call({
    at: '09:32:00',
    by: roleCaller('Deployer', 'ci', 'ASIADEPLOYER01EXAMPL', {
      ip: '192.0.2.99',
      createdAt: '2026-11-03T09:31:00Z',
    }),
    action: 's3:CreateBucket',
    request: { bucketName: 'artifacts' },
  }),
  call({
    at: '09:32:00',
    by: roleCaller('Deployer', 'ci', 'ASIADEPLOYER02EXAMPL', { createdAt: '2026-11-03T09:31:00Z' }),
    action: 's3:CreateBucket',
    request: { bucketName: 'loot' },
  }),
];

describe('the pipeline and the intruder use one key at the same time', () => {
  const withWindow: Partial<Incident> = { window };
  const traced = trace(events, incidentOf([leakedKey], withWindow));

  test('usual tool and network are the owner; everything else is the intruder', () => {
    expect(nodeOf(traced, 'backdoor')).toMatchObject({ standing: 'tainted', intruderMade: true });
    expect(nodeOf(traced, 'app-today')).toMatchObject({ standing: 'shared-credential', intruderMade: false });
    expect(hasNode(traced, 'app-yesterday')).toBe(false);
  });

  test('sessions go with the hand that began them, even under one name', () => {
    expect(nodeOf(traced, 'ASIADEPLOYER01EXAMPL').standing).toBe('shared-credential');
    expect(nodeOf(traced, 'ASIADEPLOYER02EXAMPL').standing).toBe('tainted');
    expect(nodeOf(traced, 'artifacts').standing).toBe('shared-credential');
    expect(nodeOf(traced, 'loot').standing).toBe('tainted');
  });

  test('activity is told per hand, before the window it is nobody’s business', () => {
    const byNode = Object.fromEntries(
      traced.activity.map(({ node, standing, sourceIps }) => [node, { standing, sourceIps }]),
    );
    expect(byNode[leakedKey]).toEqual({ standing: 'tainted', sourceIps: [intruderIp] });
    expect(byNode[`${leakedKey}#owner`]).toEqual({
      standing: 'shared-credential',
      sourceIps: ['192.0.2.99'],
    });
  });

  test('habit alone leaves a note that says so; a trusted network leaves none', () => {
    expect(traced.suspects).toEqual([
      {
        id: leakedKey,
        why: expect.stringMatching(
          /^2 calls from 192\.0\.2\.0\/24 inside the window count as the owner’s by habit alone/,
        ),
        eventIds: [],
      },
    ]);
    const trusted = { accounts: [], networks: ['192.0.2.0/24'], identityProviders: [], roles: [] };
    expect(trace(events, incidentOf([leakedKey], { window, trusted })).suspects).toEqual([]);
  });

  test('a trusted network is enough; an indicator outweighs habit', () => {
    const trusted = trace(
      events,
      incidentOf([leakedKey], {
        trusted: { accounts: [], networks: ['192.0.2.0/24'], identityProviders: [], roles: [] },
      }),
    );
    expect(nodeOf(trusted, 'app-today').standing).toBe('shared-credential');
    const indicated = trace(
      events,
      incidentOf([leakedKey], {
        window,
        indicators: { sourceIps: ['192.0.2.99/32'], userAgents: [], names: [], codeSha256: [] },
      }),
    );
    expect(nodeOf(indicated, 'app-today').standing).toBe('tainted');
  });

  test('where nothing tells them apart, everything counts and the result says so', () => {
    const blind = trace(events, incidentOf([leakedKey]));
    expect(nodeOf(blind, 'app-today').standing).toBe('tainted');
    expect(blind.suspects).toEqual([
      { id: leakedKey, why: expect.stringContaining('name trusted networks'), eventIds: [] },
    ]);
  });
});

describe('innocent look-alikes', () => {
  const colleague = userCaller('alice', 'AKIAALICE0000EXAMPLE', { ip: intruderIp, agent: 'aws-cli/2.17.0' });
  const officeWorker = userCaller('bob', 'AKIABOB000000EXAMPLE', { ip: officeIp, agent: 'aws-cli/2.17.0' });
  const portal = roleCaller('AWSReservedSSO_admin_0123456789abcdef', 'carol', 'ASIAPORTAL0001EXAMPL', {
    ip: officeIp,
    agent: ['Jersey/$', '{project.version} (HttpUrlConnection 21)'].join(''),
  });
  const role = `arn:aws:iam::${account}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`;
  const log = [
    call({
      at: '09:00:00',
      by: intruder,
      action: 'iam:CreateAccessKey',
      request: { userName: 'bob' },
      response: { accessKey: { userName: 'bob', accessKeyId: 'AKIABOBSECONDEXAMPLE' } },
    }),
    call({
      at: '09:01:00',
      by: userCaller('bob', 'AKIABOBSECONDEXAMPLE'),
      action: 'iam:CreateUser',
      request: { userName: 'by-second-key' },
    }),
    call({
      at: '09:02:00',
      by: officeWorker,
      action: 'iam:CreateUser',
      request: { userName: 'by-bob-himself' },
    }),
    call({ at: '09:03:00', by: colleague, action: 'iam:CreateUser', request: { userName: 'by-alice' } }),
    call({
      at: '09:04:00',
      by: portal,
      action: 'signin:GetSigninToken',
      response: { credentials: { accessKeyId: 'ASIAPORTAL0002EXAMPL' } },
    }),
    call({
      at: '09:05:00',
      by: serviceCaller('guardduty.amazonaws.com'),
      action: 'sts:AssumeRole',
      request: { roleArn: role, roleSessionName: 'x' },
      response: { credentials: { accessKeyId: 'ASIAGUARDDUTYEXAMPLE' } },
    }),
    call({
      at: '09:06:00',
      by: intruder,
      action: 'iam:CreateServiceLinkedRole',
      request: { aWSServiceName: 'guardduty.amazonaws.com' },
      response: { role: { arn: role, roleName: 'AWSServiceRoleForAmazonGuardDuty' } },
    }),
    call({
      at: '09:07:00',
      by: serviceCaller('guardduty.amazonaws.com'),
      action: 'sts:AssumeRole',
      request: { roleArn: role, roleSessionName: 'y' },
      response: { credentials: { accessKeyId: 'ASIAGUARDDUTY2EXAMPL' } },
    }),
  ];
  const traced = trace(log, incidentOf([leakedKey]));

  test('a key added to somebody’s user is the intruder’s, his own key is not', () => {
    expect(nodeOf(traced, 'by-second-key').standing).toBe('tainted');
    expect(hasNode(traced, 'by-bob-himself')).toBe(false);
    expect(nodeOf(traced, 'bob')).toMatchObject({ intruderMade: false, standing: 'tainted' });
  });

  test('a shared address is a lead, never a conviction', () => {
    expect(hasNode(traced, 'by-alice')).toBe(false);
    expect(nodeOf(traced, 'AKIAALICE0000EXAMPLE').standing).toBe('lead');
    expect(traced.suspects.map(({ id }) => id)).toContain('AKIAALICE0000EXAMPLE');
    expect(traced.indicators.sourceIps).toEqual([]);
  });

  test('the portal and the services are left alone', () => {
    expect(traced.lineage.nodes.filter(({ id }) => /PORTAL|GUARDDUTY/.test(id))).toEqual([]);
  });
});
