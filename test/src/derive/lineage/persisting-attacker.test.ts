import { describe, expect, test } from '@jest/globals';
import { incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import { between, hasNode, nodeOf } from '../../../fixtures/lineage/reading.ts';
import {
  account,
  call,
  federatedCaller,
  functionCaller,
  leakedKey,
  serviceCaller,
  userCaller,
} from '../../../fixtures/lineage/records.ts';

/**
 * A composite written by us after a public account of a real incident: a leaked key of the management account, users,
 * a federated console, functions behind an API that make users on request, Identity Center and the organization.
 */
const deploy = userCaller('deploy', leakedKey);
const first = userCaller('adminslabs', 'AKIAI44QH8DHBEXAMPLE');
const roleArn = `arn:aws:iam::${account}:role/service-role/buckets555-role-c6s4hhdi`;
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:buckets555`;
const maker = functionCaller('buckets555-role-c6s4hhdi', 'buckets555', 'ASIAFUNCTION1EXAMPLE');
const instanceArn = 'arn:aws:sso:::instance/ssoins-1111222233334444';
const setArn = 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444';
const directoryUserId = '11112222-3333-4444-5555-666677778888';
const groupId = '99992222-3333-4444-5555-666677778888';

const events = [
  call({
    at: '09:10:00',
    by: deploy,
    action: 'iam:CreateUser',
    request: { userName: 'adminslabs' },
    response: {
      user: {
        userName: 'adminslabs',
        userId: 'AIDAADMINSLABSEXAMPLE',
        arn: `arn:aws:iam::${account}:user/adminslabs`,
      },
    },
  }),
  call({
    at: '09:10:05',
    by: deploy,
    action: 'iam:CreateAccessKey',
    request: { userName: 'adminslabs' },
    response: {
      accessKey: { userName: 'adminslabs', accessKeyId: 'AKIAI44QH8DHBEXAMPLE', status: 'Active' },
    },
  }),
  call({
    at: '09:10:08',
    by: deploy,
    action: 'iam:CreateLoginProfile',
    request: { userName: 'adminslabs' },
    response: { loginProfile: { userName: 'adminslabs' } },
  }),
  call({
    at: '09:10:09',
    by: deploy,
    action: 'iam:CreateGroup',
    request: { groupName: 'Administrators' },
    response: {
      group: {
        groupName: 'Administrators',
        groupId: 'AGPAEXAMPLE',
        arn: `arn:aws:iam::${account}:group/Administrators`,
      },
    },
  }),
  call({
    at: '09:10:10',
    by: deploy,
    action: 'iam:AddUserToGroup',
    request: { groupName: 'Administrators', userName: 'adminslabs' },
  }),
  call({
    at: '09:11:00',
    by: deploy,
    action: 'sts:GetFederationToken',
    request: { name: 'console', durationSeconds: 129600 },
    response: {
      credentials: { accessKeyId: 'ASIAFEDERATED1EXAMPLE' },
      federatedUser: { arn: `arn:aws:sts::${account}:federated-user/console` },
    },
  }),
  call({
    at: '09:11:05',
    by: federatedCaller('console', 'deploy', 'ASIAFEDERATED1EXAMPLE'),
    action: 'signin:GetSigninToken',
    response: { credentials: { accessKeyId: 'ASIASIGNIN001EXAMPLE' }, GetSigninToken: 'Success' },
  }),
  call({
    at: '09:11:09',
    by: federatedCaller('console', 'deploy', null),
    action: 'signin:ConsoleLogin',
    response: { ConsoleLogin: 'Success' },
    more: { additionalEventData: { MFAUsed: 'No' } },
  }),
  call({
    at: '09:15:00',
    by: federatedCaller('console', 'deploy', 'ASIACONSOLE01EXAMPLE', '2026-11-03T09:11:09Z'),
    action: 'organizations:DisableAWSServiceAccess',
    request: { servicePrincipal: 'ssm.amazonaws.com' },
    more: { sessionCredentialFromConsole: 'true' },
  }),
  call({
    at: '09:20:00',
    by: first,
    action: 'iam:CreateRole',
    request: { roleName: 'buckets555-role-c6s4hhdi', path: '/service-role/', assumeRolePolicyDocument: '{}' },
    response: { role: { roleName: 'buckets555-role-c6s4hhdi', roleId: 'AROAEXAMPLE', arn: roleArn } },
  }),
  call({
    at: '09:20:00',
    by: first,
    action: 'iam:AttachRolePolicy',
    request: { roleName: 'buckets555-role-c6s4hhdi', policyArn: 'arn:aws:iam::aws:policy/IAMFullAccess' },
  }),
  call({
    at: '09:20:10',
    by: first,
    action: 'lambda:CreateFunction20150331',
    request: { functionName: 'buckets555', role: roleArn },
    error: 'InvalidParameterValueException',
  }),
  call({
    at: '09:20:20',
    by: first,
    action: 'lambda:CreateFunction20150331',
    request: { functionName: 'buckets555', role: roleArn },
    response: { functionName: 'buckets555', functionArn, role: roleArn },
  }),
  call({
    at: '09:20:21',
    by: serviceCaller('lambda.amazonaws.com'),
    action: 'sts:AssumeRole',
    account,
    request: { roleArn, roleSessionName: 'buckets555' },
    response: {
      credentials: { accessKeyId: 'ASIAFUNCTION1EXAMPLE' },
      assumedRoleUser: { arn: `arn:aws:sts::${account}:assumed-role/buckets555-role-c6s4hhdi/buckets555` },
    },
  }),
  call({
    at: '09:21:00',
    by: first,
    action: 'apigateway:CreateApi',
    request: { name: 'buckets', protocolType: 'HTTP' },
    response: { apiId: 'a1b2c3d4e5', name: 'buckets', protocolType: 'HTTP' },
  }),
  call({
    at: '09:21:01',
    by: first,
    action: 'apigateway:CreateIntegration',
    request: { apiId: 'a1b2c3d4e5', integrationUri: functionArn },
    response: { integrationId: 'int1' },
  }),
  call({
    at: '09:21:02',
    by: first,
    action: 'apigateway:CreateRoute',
    request: {
      apiId: 'a1b2c3d4e5',
      routeKey: 'POST /',
      target: 'integrations/int1',
      authorizationType: 'NONE',
    },
    response: { routeId: 'r1' },
  }),
  call({
    at: '09:21:03',
    by: first,
    action: 'apigateway:CreateStage',
    request: { apiId: 'a1b2c3d4e5', stageName: '$default' },
  }),
  call({
    at: '09:21:04',
    by: first,
    action: 'lambda:AddPermission20150331v2',
    request: {
      functionName: 'buckets555',
      statementId: 's',
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:aws:execute-api:us-east-1:${account}:a1b2c3d4e5/*/*`,
    },
    response: { statement: '{}' },
  }),
  call({
    at: '10:40:00',
    by: maker,
    action: 'iam:CreateUser',
    request: { userName: 'git-lab965' },
    response: {
      user: {
        userName: 'git-lab965',
        userId: 'AIDAGITLAB965EXAMPLE',
        arn: `arn:aws:iam::${account}:user/git-lab965`,
      },
    },
  }),
  call({
    at: '10:40:01',
    by: maker,
    action: 'iam:CreateAccessKey',
    request: { userName: 'git-lab965' },
    response: { accessKey: { userName: 'git-lab965', accessKeyId: 'AKIAGITLAB965EXAMPLE' } },
  }),
  call({
    at: '10:50:00',
    by: first,
    action: 'sso-directory:CreateGroup',
    request: { identityStoreId: 'd-1111111111', displayName: 'secure' },
    response: { group: { groupId } },
  }),
  call({
    at: '10:50:10',
    by: first,
    action: 'sso-directory:CreateUser',
    request: { identityStoreId: 'd-1111111111', passwordMode: 'EMAIL', active: true, userAttributes: {} },
    response: { user: { userId: directoryUserId, userAttributes: {} } },
  }),
  call({
    at: '10:50:20',
    by: first,
    action: 'sso-directory:AddMemberToGroup',
    request: { identityStoreId: 'd-1111111111', groupId, member: { memberId: directoryUserId } },
  }),
  call({
    at: '10:51:00',
    by: first,
    action: 'sso:CreatePermissionSet',
    request: { name: 'all', instanceArn, sessionDuration: 'PT12H' },
    response: { permissionSet: { permissionSetArn: setArn, name: 'all' } },
  }),
  call({
    at: '10:51:10',
    by: first,
    action: 'sso:CreateAccountAssignment',
    request: {
      instanceArn,
      targetId: account,
      targetType: 'AWS_ACCOUNT',
      permissionSetArn: setArn,
      principalType: 'GROUP',
      principalId: groupId,
    },
    response: { accountAssignmentCreationStatus: { status: 'IN_PROGRESS' } },
  }),
  call({
    at: '10:51:15',
    by: {
      identity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${account}:assumed-role/AWSServiceRoleForSSO/SSO-PROVISIONING`,
        accountId: account,
        invokedBy: 'sso.amazonaws.com',
      },
      ip: 'sso.amazonaws.com',
      agent: 'sso.amazonaws.com',
    },
    action: 'iam:CreateRole',
    request: {
      roleName: 'AWSReservedSSO_all_0123456789abcdef',
      path: '/aws-reserved/sso.amazonaws.com/',
      maxSessionDuration: 43200,
    },
    response: {
      role: {
        roleName: 'AWSReservedSSO_all_0123456789abcdef',
        roleId: 'AROARESERVEDEXAMPLE',
        arn: `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_all_0123456789abcdef`,
      },
    },
  }),
  call({
    at: '10:52:00',
    by: first,
    action: 'sso:UpdateSsoConfiguration',
    request: {
      instanceArn,
      configurationType: 'APP_AUTHENTICATION_CONFIGURATION',
      ssoConfiguration: {
        mfaMode: 'DISABLED',
        noMfaSignInBehavior: 'ALLOWED_WITH_ENROLLMENT',
        allowedMfaTypes: ['TOTP', 'WEBAUTHN'],
      },
    },
  }),
  call({
    at: '10:53:00',
    by: first,
    action: 'sso:UpdateSsoConfiguration',
    request: {
      instanceArn,
      configurationType: 'SESSION',
      ssoConfiguration: {
        sessionConfiguration: {
          maxAuthenticationAge: 'PT8H',
          extendedSessionEnabledAppProviders: ['codewhisperer'],
        },
      },
    },
  }),
  call({
    at: '11:00:00',
    by: first,
    action: 'lambda:DeleteFunction20150331',
    request: { functionName: 'invoice-mailer' },
  }),
  call({
    at: '11:05:00',
    by: first,
    action: 'iam:CreateUser',
    request: { userName: 'never' },
    error: 'AccessDenied',
  }),
];

/** The evening of the day: its longest sessions still live. */
const traced = trace(events, incidentOf([leakedKey]), { asOf: '2026-11-03T18:00:00.000Z' });

describe('a leaked key that made itself at home (composite)', () => {
  test('key → user → key → role → function → API → users made by that function', () => {
    expect(between(traced, leakedKey, 'adminslabs')).toContain('created done iam:CreateUser');
    expect(between(traced, leakedKey, 'AKIAI44QH8DHBEXAMPLE')).toEqual(['issued done iam:CreateAccessKey']);
    expect(between(traced, 'adminslabs', 'AKIAI44QH8DHBEXAMPLE')).toEqual(['linked done linked']);
    expect(between(traced, 'AKIAI44QH8DHBEXAMPLE', roleArn)).toEqual([
      'changed done iam:AttachRolePolicy',
      'created done iam:CreateRole',
    ]);
    expect(between(traced, 'AKIAI44QH8DHBEXAMPLE', functionArn)).toContain(
      'created done lambda:CreateFunction',
    );
    expect(between(traced, 'AKIAI44QH8DHBEXAMPLE', functionArn)).toContain(
      'created attempted lambda:CreateFunction',
    );
    expect(between(traced, roleArn, functionArn)).toEqual(['linked done linked']);
    expect(between(traced, functionArn, 'buckets')).toEqual(['linked done linked']);
    const session = `arn:aws:sts::${account}:assumed-role/buckets555-role-c6s4hhdi/buckets555`;
    expect(between(traced, functionArn, session)).toContain('assumed done sts:AssumeRole');
    expect(between(traced, session, 'git-lab965')).toContain('created done iam:CreateUser');
    expect(between(traced, session, 'AKIAGITLAB965EXAMPLE')).toEqual(['issued done iam:CreateAccessKey']);
  });

  test('the federated session, its console and what was done there', () => {
    expect(between(traced, leakedKey, 'ASIAFEDERATED1EXAMPLE')).toEqual([
      'issued done sts:GetFederationToken',
    ]);
    expect(between(traced, 'ASIAFEDERATED1EXAMPLE', 'ASIASIGNIN001EXAMPLE')).toEqual([
      'issued done signin:GetSigninToken',
    ]);
    const console = traced.lineage.nodes.find(({ type }) => type === 'console-session');
    expect(between(traced, 'ASIASIGNIN001EXAMPLE', console?.id ?? '')).toEqual([
      'issued done signin:ConsoleLogin',
    ]);
    expect(between(traced, console?.id ?? '', 'ssm.amazonaws.com')).toEqual([
      'deleted done organizations:DisableAWSServiceAccess',
    ]);
    expect(nodeOf(traced, 'ASIAFEDERATED1EXAMPLE')).toMatchObject({
      expiresAt: '2026-11-04T21:11:00.000Z',
      survivesKeyRevocation: { answer: 'until', until: '2026-11-04T21:11:00.000Z' },
    });
  });

  test('Identity Center: the service that follows is not blamed', () => {
    const assignment = traced.lineage.nodes.find(({ type }) => type === 'assignment');
    const reserved = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_all_0123456789abcdef`;
    expect(between(traced, assignment?.id ?? '', reserved)).toEqual(['created done iam:CreateRole']);
    expect(
      hasNode(traced, `arn:aws:sts::${account}:assumed-role/AWSServiceRoleForSSO/SSO-PROVISIONING`),
    ).toBe(false);
    expect(between(traced, 'all', assignment?.id ?? '')).toEqual(['linked done linked']);
    expect(between(traced, 'secure', assignment?.id ?? '')).toEqual(['linked done linked']);
    expect(nodeOf(traced, directoryUserId)).toMatchObject({
      type: 'directory-user',
      intruderMade: true,
      survivesKeyRevocation: { answer: 'yes' },
    });
  });

  test('settings that no API shows, with who set them', () => {
    expect(traced.settings).toMatchObject([
      {
        setting: 'identity-center.mfa-mode',
        value: expect.stringContaining('mfaMode DISABLED'),
        byIncident: true,
      },
      {
        setting: 'identity-center.portal-session',
        value: expect.stringContaining('codewhisperer'),
        byIncident: true,
      },
    ]);
  });

  test('one event name, two settings, two things', () => {
    const settings = traced.lineage.nodes.filter(({ type }) => type === 'identity-center-setting');
    expect(settings.map(({ label }) => label).sort()).toEqual(['MFA at sign-in', 'portal session']);
    const changes = traced.lineage.edges.filter(({ to }) => settings.some(({ id }) => id === to));
    expect(changes.map(({ eventIds }) => eventIds.length)).toEqual([1, 1]);
  });

  test('a session that had ended when the evidence was taken does not outlive the key', () => {
    const later = trace(events, incidentOf([leakedKey]), { asOf: '2026-11-04T21:11:00.000Z' });
    expect(nodeOf(later, 'ASIAFEDERATED1EXAMPLE').survivesKeyRevocation).toEqual({
      answer: 'no',
      why: 'it had ended by itself, at the latest then',
      until: '2026-11-04T21:11:00.000Z',
    });
  });

  test('what survives the revocation of the key, and why', () => {
    const answers = Object.fromEntries(
      traced.lineage.nodes.map(({ label, survivesKeyRevocation }) => [label, survivesKeyRevocation?.answer]),
    );
    expect(answers['adminslabs']).toBe('yes');
    expect(answers['console password of adminslabs']).toBe('yes');
    expect(answers['buckets555']).toBe('yes');
    expect(answers['buckets']).toBe('yes');
    const session = nodeOf(
      traced,
      `arn:aws:sts::${account}:assumed-role/buckets555-role-c6s4hhdi/buckets555`,
    );
    expect(session.survivesKeyRevocation?.answer).toBe('unbounded-until-condition');
    expect(nodeOf(traced, leakedKey)).toMatchObject({ seed: true, survivesKeyRevocation: { answer: 'no' } });
  });

  test('a function of somebody else that it deleted is a change to somebody else, an attempt made nothing', () => {
    expect(nodeOf(traced, 'invoice-mailer')).toMatchObject({ deleted: true, intruderMade: false });
    expect(nodeOf(traced, 'never')).toMatchObject({
      standing: 'lead',
      intruderMade: false,
      survivesKeyRevocation: null,
    });
  });

  test('names and keys are proposed as indicators', () => {
    expect(traced.indicators.accessKeyIds).toEqual(['AKIAGITLAB965EXAMPLE', 'AKIAI44QH8DHBEXAMPLE']);
    expect(traced.indicators.names).toEqual(
      expect.arrayContaining(['adminslabs', 'git-lab965', 'buckets555', 'secure']),
    );
    expect(traced.indicators.sourceIps).toEqual(['198.51.100.7']);
  });
});
