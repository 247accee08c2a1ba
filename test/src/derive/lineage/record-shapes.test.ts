import { describe, expect, test } from '@jest/globals';
import { incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import { between, hasNode, nodeOf } from '../../../fixtures/lineage/reading.ts';
import {
  account,
  assumeRole,
  type Caller,
  call,
  leakedKey,
  roleCaller,
  serviceCaller,
  userCaller,
} from '../../../fixtures/lineage/records.ts';

const deploy = userCaller('deploy', leakedKey);
const incident = incidentOf([leakedKey]);

describe('credentials', () => {
  test('an own key: nobody is named, the owner stands in the answer', () => {
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: deploy,
          action: 'iam:CreateAccessKey',
          response: { accessKey: { userName: 'deploy', accessKeyId: 'AKIAOWNSECONDEXAMPLE' } },
        }),
      ],
      incident,
    );
    expect(between(traced, leakedKey, 'AKIAOWNSECONDEXAMPLE')).toEqual(['issued done iam:CreateAccessKey']);
    expect(nodeOf(traced, 'AKIAOWNSECONDEXAMPLE')).toMatchObject({
      arn: `arn:aws:iam::${account}:user/deploy/access-key/AKIAOWNSECONDEXAMPLE`,
      survivesKeyRevocation: { answer: 'yes' },
      used: null,
    });
  });

  test('a key of root, made by root', () => {
    const root: Caller = {
      ...deploy,
      identity: {
        type: 'Root',
        principalId: account,
        arn: `arn:aws:iam::${account}:root`,
        accountId: account,
        accessKeyId: leakedKey,
      },
    };
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: root,
          action: 'iam:CreateAccessKey',
          response: { accessKey: { userName: 'Root', accessKeyId: 'AKIAROOTSECONDEXAMPL' } },
        }),
      ],
      incident,
    );
    expect(nodeOf(traced, 'AKIAROOTSECONDEXAMPL').arn).toBe(
      `arn:aws:iam::${account}:root/access-key/AKIAROOTSECONDEXAMPL`,
    );
  });

  test('the owner’s sign-in after he set a new password himself is his again', () => {
    const signIn = (at: string) =>
      call({
        at,
        by: {
          ...userCaller('bob', ''),
          identity: {
            type: 'IAMUser',
            arn: `arn:aws:iam::${account}:user/bob`,
            accountId: account,
            userName: 'bob',
          },
          ip: '203.0.113.9',
        },
        action: 'signin:ConsoleLogin',
        response: { ConsoleLogin: 'Success' },
      });
    const admin = userCaller('alice', 'AKIAALICE0000EXAMPLE', { ip: '203.0.113.9' });
    const traced = trace(
      [
        call({ at: '09:00:00', by: deploy, action: 'iam:UpdateLoginProfile', request: { userName: 'bob' } }),
        signIn('09:10:00'),
        call({ at: '09:20:00', by: admin, action: 'iam:UpdateLoginProfile', request: { userName: 'bob' } }),
        signIn('09:30:00'),
      ],
      incident,
    );
    const sessions = traced.lineage.nodes.filter(({ type }) => type === 'console-session');
    expect(sessions.map(({ firstSeenAt }) => firstSeenAt)).toEqual(['2026-11-03T09:10:00.000Z']);
  });

  test('a failed sign-in is an attempt although it carries no error code', () => {
    const traced = trace(
      [
        call({ at: '09:00:00', by: deploy, action: 'iam:CreateLoginProfile', request: { userName: 'bob' } }),
        call({
          at: '09:01:00',
          by: {
            ...deploy,
            identity: {
              type: 'IAMUser',
              arn: `arn:aws:iam::${account}:user/bob`,
              accountId: account,
              userName: 'bob',
            },
          },
          action: 'signin:ConsoleLogin',
          response: { ConsoleLogin: 'Failure' },
        }),
      ],
      incident,
    );
    expect(traced.lineage.edges.filter(({ action }) => action === 'signin:ConsoleLogin')).toMatchObject([
      { outcome: 'attempted' },
    ]);
  });
});

describe('sessions', () => {
  test('roles that assume each other never end by themselves; one hop alone ends within the hour', () => {
    const cycle = [
      assumeRole('09:00:00', deploy, 'Alpha', 'a', 'ASIAALPHA0001EXAMPLE'),
      assumeRole(
        '09:10:00',
        roleCaller('Alpha', 'a', 'ASIAALPHA0001EXAMPLE'),
        'Beta',
        'b',
        'ASIABETA00001EXAMPLE',
        { durationSeconds: 43200 },
      ),
    ];
    expect(nodeOf(trace(cycle, incident), 'ASIABETA00001EXAMPLE').expiresAt).toBe('2026-11-03T10:10:00.000Z');
    const closed = [
      ...cycle,
      assumeRole(
        '09:20:00',
        roleCaller('Beta', 'b', 'ASIABETA00001EXAMPLE'),
        'Alpha',
        'a2',
        'ASIAALPHA0002EXAMPLE',
      ),
    ];
    expect(nodeOf(trace(closed, incident), 'ASIAALPHA0002EXAMPLE')).toMatchObject({
      expiresAt: null,
      unboundedBecause: expect.stringContaining('assume each other'),
      survivesKeyRevocation: { answer: 'unbounded-until-condition' },
    });
  });

  test('a switch of role in the console hangs on the session that switched', () => {
    const switched = roleCaller('Admin', 'maker', 'ASIASWITCHED1EXAMPLE', {
      createdAt: '2026-11-03T09:30:00Z',
    });
    const { accessKeyId: _, ...keyless } = switched.identity;
    const maker = `arn:aws:iam::${account}:user/maker`;
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: deploy,
          action: 'iam:CreateUser',
          request: { userName: 'maker' },
          response: { user: { userName: 'maker', arn: maker } },
        }),
        call({
          at: '09:01:00',
          by: deploy,
          action: 'iam:CreateLoginProfile',
          request: { userName: 'maker' },
        }),
        call({
          at: '09:20:00',
          by: { ...deploy, identity: { type: 'IAMUser', arn: maker, accountId: account, userName: 'maker' } },
          action: 'signin:ConsoleLogin',
          response: { ConsoleLogin: 'Success' },
        }),
        call({
          at: '09:30:00',
          by: { ...switched, identity: keyless },
          action: 'signin:SwitchRole',
          response: { SwitchRole: 'Success' },
          more: { additionalEventData: { SwitchFrom: maker, RedirectTo: 'https://console.aws.amazon.com' } },
        }),
        call({ at: '09:31:00', by: switched, action: 's3:CreateBucket', request: { bucketName: 'loot' } }),
      ],
      incident,
    );
    const bucket = traced.lineage.edges.find(({ action }) => action === 's3:CreateBucket');
    const session = traced.lineage.nodes.find(({ id }) => id === bucket?.from);
    expect(session).toMatchObject({ type: 'console-session', label: 'console switch to Admin/maker' });
    expect(
      traced.lineage.edges.some(({ to, action }) => to === session?.id && action === 'signin:SwitchRole'),
    ).toBe(true);
  });

  test('an instance that it started acts as its role under the instance’s name', () => {
    const runner = roleCaller('WebServer', 'i-0123456789abcdef0', 'ASIAINSTANCE1EXAMPLE', {
      ip: '192.0.2.44',
    });
    const other = roleCaller('WebServer', 'i-0fedcba9876543210', 'ASIAINSTANCE2EXAMPLE', {
      ip: '192.0.2.45',
    });
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: deploy,
          action: 'ec2:RunInstances',
          request: { iamInstanceProfile: { name: 'WebServer' } },
          response: { instancesSet: { items: [{ instanceId: 'i-0123456789abcdef0' }] } },
        }),
        call({
          at: '09:00:01',
          by: serviceCaller('ec2.amazonaws.com'),
          action: 'sts:AssumeRole',
          account,
          request: {
            roleArn: `arn:aws:iam::${account}:role/WebServer`,
            roleSessionName: 'i-0123456789abcdef0',
          },
          response: { credentials: { accessKeyId: 'ASIAINSTANCE1EXAMPLE' } },
        }),
        call({ at: '09:10:00', by: runner, action: 's3:CreateBucket', request: { bucketName: 'loot' } }),
        call({ at: '09:10:00', by: other, action: 's3:CreateBucket', request: { bucketName: 'uploads' } }),
      ],
      incident,
    );
    const session = `arn:aws:sts::${account}:assumed-role/WebServer/i-0123456789abcdef0`;
    expect(between(traced, 'i-0123456789abcdef0', session)).toContain('assumed done sts:AssumeRole');
    expect(between(traced, session, 'loot')).toEqual(['created done s3:CreateBucket']);
    expect(nodeOf(traced, session).unboundedBecause).toContain('i-0123456789abcdef0');
    expect(hasNode(traced, 'uploads')).toBe(false);
  });

  test('changed code: only what the function did until its owner put his own back', () => {
    const functionArn = `arn:aws:lambda:us-east-1:${account}:function:mailer`;
    const roleArn = `arn:aws:iam::${account}:role/mailer-role`;
    const answer = { functionArn, functionName: 'mailer', role: roleArn };
    const runner = roleCaller('mailer-role', 'mailer', 'ASIAMAILER0001EXAMPL', { ip: '192.0.2.60' });
    const owner = userCaller('alice', 'AKIAALICE0000EXAMPLE', { ip: '203.0.113.9' });
    const make = (at: string, name: string) =>
      call({ at, by: runner, action: 'iam:CreateUser', request: { userName: name } });
    const traced = trace(
      [
        make('08:00:00', 'before'),
        call({
          at: '09:00:00',
          by: deploy,
          action: 'lambda:UpdateFunctionCode20150331v2',
          request: { functionName: functionArn },
          response: answer,
        }),
        make('09:30:00', 'during'),
        call({
          at: '10:00:00',
          by: owner,
          action: 'lambda:UpdateFunctionCode20150331v2',
          request: { functionName: 'mailer' },
          response: answer,
        }),
        make('10:30:00', 'after'),
      ],
      incident,
    );
    expect([hasNode(traced, 'before'), hasNode(traced, 'during'), hasNode(traced, 'after')]).toEqual([
      false,
      true,
      false,
    ]);
    expect(nodeOf(traced, functionArn)).toMatchObject({
      intruderMade: false,
      survivesKeyRevocation: { answer: 'yes' },
    });
  });

  test('whoever comes through a provider of its making', () => {
    const provider = `arn:aws:iam::${account}:saml-provider/Evil`;
    const visitor: Caller = {
      identity: {
        type: 'SAMLUser',
        principalId: 'x:mallory',
        userName: 'mallory',
        identityProvider: provider,
      },
      ip: '198.51.100.44',
      agent: 'x',
    };
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: deploy,
          action: 'iam:CreateSAMLProvider',
          request: { name: 'Evil', sAMLMetadataDocument: '<xml/>' },
          response: { sAMLProviderArn: provider },
        }),
        call({
          at: '09:30:00',
          by: visitor,
          action: 'sts:AssumeRoleWithSAML',
          request: {
            principalArn: provider,
            roleArn: `arn:aws:iam::${account}:role/Admin`,
            sAMLAssertionID: 'x',
          },
          response: {
            credentials: { accessKeyId: 'ASIASAMLUSER1EXAMPLE' },
            assumedRoleUser: { arn: `arn:aws:sts::${account}:assumed-role/Admin/mallory` },
          },
        }),
      ],
      incident,
    );
    expect(between(traced, provider, 'ASIASAMLUSER1EXAMPLE')).toEqual([
      'assumed done sts:AssumeRoleWithSAML',
    ]);
    expect(nodeOf(traced, 'ASIASAMLUSER1EXAMPLE').expiresAt).toBe('2026-11-03T21:30:00.000Z');
  });

  test('what a service did for the intruder belongs to his call, and to nobody else’s', () => {
    const forwarded: Caller = {
      identity: {
        ...deploy.identity,
        accessKeyId: 'ASIAFORWARDEDEXAMPLE',
        invokedBy: 'cloudformation.amazonaws.com',
      },
      ip: 'cloudformation.amazonaws.com',
      agent: 'cloudformation.amazonaws.com',
    };
    const office = userCaller('deploy', leakedKey, { ip: '203.0.113.10' });
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: office,
          action: 'cloudformation:UpdateStack',
          request: { stackName: 'app' },
        }),
        call({ at: '09:00:05', by: forwarded, action: 'iam:CreateUser', request: { userName: 'app-user' } }),
        call({
          at: '09:10:00',
          by: deploy,
          action: 'cloudformation:CreateStack',
          request: { stackName: 'evil' },
        }),
        call({ at: '09:10:05', by: forwarded, action: 'iam:CreateUser', request: { userName: 'evil-user' } }),
      ],
      incidentOf([leakedKey], {
        trusted: { accounts: [], networks: ['203.0.113.0/24'], identityProviders: [], roles: [] },
      }),
    );
    expect(nodeOf(traced, 'evil-user').standing).toBe('tainted');
    expect(nodeOf(traced, 'app-user').standing).toBe('shared-credential');
  });
});

describe('things', () => {
  test('made, deleted and made again under one name are two things', () => {
    const role = (roleId: string) => ({
      role: { roleName: 'twice', roleId, arn: `arn:aws:iam::${account}:role/twice` },
    });
    const owner = userCaller('alice', 'AKIAALICE0000EXAMPLE', { ip: '203.0.113.9' });
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: deploy,
          action: 'iam:CreateRole',
          request: { roleName: 'twice' },
          response: role('AROAFIRSTEXAMPLE'),
        }),
        call({ at: '09:10:00', by: deploy, action: 'iam:DeleteRole', request: { roleName: 'twice' } }),
        call({
          at: '10:00:00',
          by: owner,
          action: 'iam:CreateRole',
          request: { roleName: 'twice' },
          response: role('AROASECONDEXAMPLE'),
        }),
        call({
          at: '10:10:00',
          by: roleCaller('twice', 's', 'ASIATWICE0001EXAMPLE', { roleId: 'AROASECONDEXAMPLE' }),
          action: 's3:CreateBucket',
          request: { bucketName: 'own' },
        }),
        call({
          at: '11:00:00',
          by: deploy,
          action: 'iam:CreateRole',
          request: { roleName: 'denied' },
          error: 'AccessDenied',
        }),
      ],
      incident,
    );
    expect(nodeOf(traced, `arn:aws:iam::${account}:role/twice#AROAFIRSTEXAMPLE`)).toMatchObject({
      deleted: true,
      uniqueId: 'AROAFIRSTEXAMPLE',
    });
    expect(hasNode(traced, 'own')).toBe(false);
    expect(
      traced.lineage.nodes.filter(({ type, standing }) => type === 'iam-role' && standing === 'tainted'),
    ).toHaveLength(1);
  });

  test('a REST API reaches its function through the invocation path', () => {
    const functionArn = `arn:aws:lambda:us-east-1:${account}:function:maker`;
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: deploy,
          action: 'lambda:CreateFunction20150331',
          request: { functionName: 'maker', role: `arn:aws:iam::${account}:role/r` },
          response: { functionArn },
        }),
        call({
          at: '09:01:00',
          by: deploy,
          action: 'apigateway:CreateRestApi',
          request: { createRestApiInput: { name: 'front' } },
          response: { id: 'rest12345', name: 'front' },
        }),
        call({
          at: '09:02:00',
          by: deploy,
          action: 'apigateway:PutIntegration',
          request: {
            restApiId: 'rest12345',
            putIntegrationInput: {
              uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
            },
          },
        }),
      ],
      incident,
    );
    expect(nodeOf(traced, 'front')).toMatchObject({
      type: 'rest-api',
      arn: 'arn:aws:apigateway:us-east-1::/restapis/rest12345',
    });
    expect(between(traced, functionArn, 'front')).toEqual(['linked done linked']);
  });

  test('denied calls without parameters are told in the story', () => {
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: deploy,
          action: 'organizations:LeaveOrganization',
          error: 'AccessDenied',
        }),
      ],
      incident,
    );
    expect(traced.lineage.edges).toMatchObject([
      { relation: 'changed', outcome: 'attempted', action: 'organizations:LeaveOrganization' },
    ]);
    expect(traced.lineage.events).toMatchObject([{ errorCode: 'AccessDenied', accessKeyId: leakedKey }]);
  });

  test('a denied call is an attempt at the thing that its message names, never at its caller', () => {
    const refused = (action: string, resource: string, at = '09:00:00') =>
      call({
        at,
        by: deploy,
        action,
        error: 'AccessDenied',
        more: {
          errorMessage: `User: arn:aws:iam::${account}:user/deploy is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows it`,
        },
      });
    const trail = `arn:aws:cloudtrail:us-east-1:${account}:trail/main`;
    const functionArn = `arn:aws:lambda:us-east-1:${account}:function:orders`;
    const role = `arn:aws:iam::${account}:role/Admin`;
    const traced = trace(
      [
        refused('cloudtrail:StopLogging', trail),
        refused('iam:CreateAccessKey', `arn:aws:iam::${account}:user/bob`),
        refused('iam:AddUserToGroup', `arn:aws:iam::${account}:group/admins`),
        refused('lambda:UpdateFunctionCode20150331v2', functionArn),
        refused('sts:AssumeRole', role),
        refused('iam:DeleteUser', '*'),
        refused('sts:GetFederationToken', '*', '09:00:01'),
        call({ at: '09:00:02', by: deploy, action: 'cloudtrail:DeleteTrail', error: 'ThrottlingException' }),
      ],
      incident,
    );
    const told = traced.lineage.edges.map(({ to, relation, outcome, action }) => ({
      to: traced.lineage.nodes.find(({ id }) => id === to)?.label,
      edge: `${relation} ${outcome} ${action}`,
    }));
    expect(told).toEqual(
      expect.arrayContaining([
        { to: 'main', edge: 'changed attempted cloudtrail:StopLogging' },
        { to: 'bob', edge: 'changed attempted iam:CreateAccessKey' },
        { to: 'admins', edge: 'changed attempted iam:AddUserToGroup' },
        { to: 'orders', edge: 'changed attempted lambda:UpdateFunctionCode' },
        { to: 'Admin', edge: 'assumed attempted sts:AssumeRole' },
        { to: `iam of ${account}`, edge: 'deleted attempted iam:DeleteUser' },
        { to: `sts of ${account}`, edge: 'issued attempted sts:GetFederationToken' },
        { to: `cloudtrail of ${account}`, edge: 'deleted attempted cloudtrail:DeleteTrail' },
      ]),
    );
    expect(told).toHaveLength(8);
    expect(traced.lineage.nodes.filter(({ intruderMade }) => intruderMade)).toEqual([]);
    expect(nodeOf(traced, trail)).toMatchObject({
      type: 'trail',
      standing: 'lead',
      survivesKeyRevocation: null,
    });
  });

  test('what a call names besides its thing stands in the story: a restore needs it', () => {
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: deploy,
          action: 'iam:DetachRolePolicy',
          request: { roleName: 'Deployer', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
        }),
        call({
          at: '09:00:01',
          by: deploy,
          action: 'iam:SetDefaultPolicyVersion',
          request: { policyArn: `arn:aws:iam::${account}:policy/app`, versionId: 'v2' },
        }),
        call({ at: '09:00:02', by: deploy, action: 'iam:CreateUser', request: { userName: 'x' } }),
      ],
      incident,
    );
    expect(traced.lineage.events.map(({ part }) => part)).toEqual([
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
      'v2',
      undefined,
    ]);
  });

  test('secrets that were read are to be rotated; those that were refused are not', () => {
    const traced = trace(
      [
        call({
          at: '09:00:00',
          by: deploy,
          action: 'secretsmanager:GetSecretValue',
          request: { secretId: 'database' },
        }),
        call({
          at: '09:00:01',
          by: deploy,
          action: 'secretsmanager:GetSecretValue',
          request: { secretId: 'payroll' },
          error: 'AccessDenied',
        }),
        call({
          at: '09:00:02',
          by: deploy,
          action: 'ssm:GetParameter',
          request: { name: '/app/token', withDecryption: true },
        }),
        call({
          at: '09:00:03',
          by: deploy,
          action: 'ssm:GetParameter',
          request: { name: '/app/colour', withDecryption: false },
        }),
        call({ at: '09:00:04', by: deploy, action: 'lambda:ListFunctions20150331' }),
      ],
      incident,
    );
    expect(traced.rotation.map(({ type, arn }) => `${type} ${arn}`)).toEqual([
      `environment arn:aws:lambda:us-east-1:${account}:function:*`,
      `parameter arn:aws:ssm:us-east-1:${account}:parameter/app/token`,
      `secret arn:aws:secretsmanager:us-east-1:${account}:secret:database`,
    ]);
  });
});
