import { MANAGEMENT_ACCOUNT } from '../start.js';
import { allow, awsIn, createFunction, createRole, document, MANAGED, trustService } from './aws.js';
import {
  CALLERS,
  callEndpoint,
  goOnWorking,
  lookAround,
  loosenSignIn,
  openConsole,
  pacedClock,
  reachMember,
  runPipeline,
  standingClock,
  tryFunctionRole,
} from './incident-trail.js';
import { HOME_REGION } from './innocent-organization.js';

const INCIDENT_WINDOW = { from: '2026-11-03T09:10:00Z', to: '2026-11-03T11:40:00Z' };

const DISABLED_SERVICES = [
  'access-analyzer.amazonaws.com',
  'config.amazonaws.com',
  'guardduty.amazonaws.com',
  'iam.amazonaws.com',
  'member.org.stacksets.cloudformation.amazonaws.com',
  'securityhub.amazonaws.com',
];

const makeUsers = async (aws) => {
  await aws.iam('CreateUser', { UserName: 'svc-backup' });
  await aws.iam('AttachUserPolicy', { UserName: 'svc-backup', PolicyArn: MANAGED.administrator });
  await aws.iam('CreateUser', { UserName: 'aws-support' });
  await aws.iam('PutUserPolicy', {
    UserName: 'aws-support',
    PolicyName: 'support',
    PolicyDocument: document(allow('*')),
  });
  await aws.iam('CreateGroup', { GroupName: 'operations' });
  await aws.iam('AttachGroupPolicy', { GroupName: 'operations', PolicyArn: MANAGED.administrator });
  await aws.iam('CreateUser', { UserName: 'ops-sync' });
  await aws.iam('AddUserToGroup', { GroupName: 'operations', UserName: 'ops-sync' });
  const keys = {};
  const secrets = {};
  for (const name of ['svc-backup', 'aws-support', 'ops-sync']) {
    const { AccessKey } = await aws.iam('CreateAccessKey', { UserName: name });
    keys[name] = AccessKey.AccessKeyId;
    secrets[name] = AccessKey.SecretAccessKey;
  }
  await aws.iam('CreateLoginProfile', { UserName: 'aws-support', Password: 'emulator-Only-1!' });
  const { ServiceSpecificCredential } = await aws.iam('CreateServiceSpecificCredential', {
    UserName: 'svc-backup',
    ServiceName: 'bedrock.amazonaws.com',
  });
  return {
    users: { keys, bedrockCredentialId: ServiceSpecificCredential.ServiceSpecificCredentialId },
    secrets,
  };
};

/** A function behind an HTTP API that makes IAM users on request; its role is named like a harmless one. */
const makeEndpoint = async (aws) => {
  const roleName = 'lambda-basic-execution-role';
  const roleArn = await createRole(aws, roleName, trustService('lambda.amazonaws.com'), {
    managed: [MANAGED.lambdaBasic],
    inline: document(allow(['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'])),
  });
  const functionArn = await createFunction(aws, 'health-check', roleArn);
  const { ApiId: apiId } = await aws.apiGatewayV2('CreateApi', { Name: 'health', ProtocolType: 'HTTP' });
  const { IntegrationId } = await aws.apiGatewayV2('CreateIntegration', {
    ApiId: apiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: functionArn,
    PayloadFormatVersion: '2.0',
  });
  const { RouteId } = await aws.apiGatewayV2('CreateRoute', {
    ApiId: apiId,
    RouteKey: 'POST /health',
    AuthorizationType: 'NONE',
    Target: `integrations/${IntegrationId}`,
  });
  await aws.apiGatewayV2('CreateStage', { ApiId: apiId, StageName: '$default', AutoDeploy: true });
  await aws.lambda('AddPermission', {
    FunctionName: 'health-check',
    StatementId: 'http-api',
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: `arn:aws:execute-api:${HOME_REGION}:${MANAGEMENT_ACCOUNT}:${apiId}/*/*/health`,
  });
  const { FunctionUrl } = await aws.lambda('CreateFunctionUrlConfig', {
    FunctionName: 'health-check',
    AuthType: 'NONE',
  });
  await aws.lambda('AddPermission', {
    FunctionName: 'health-check',
    StatementId: 'public-url',
    Action: 'lambda:InvokeFunctionUrl',
    Principal: '*',
    FunctionUrlAuthType: 'NONE',
  });
  await aws.lambda('AddPermission', {
    FunctionName: 'health-check',
    StatementId: 'public-invoke',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
    InvokedViaFunctionUrl: true,
  });
  return {
    endpointRoleArn: roleArn,
    endpointFunctionArn: functionArn,
    endpointApiId: apiId,
    endpointRouteId: RouteId,
    functionUrl: FunctionUrl,
  };
};

const enterIdentityCenter = async (aws, innocent) => {
  const { instanceArn: InstanceArn, identityStoreId: IdentityStoreId } = innocent;
  const { GroupId } = await aws.identityStore('CreateGroup', {
    IdentityStoreId,
    DisplayName: 'aws-operations',
  });
  const { UserId } = await aws.identityStore('CreateUser', {
    IdentityStoreId,
    UserName: 'aws-operator',
    DisplayName: 'AWS Operator',
    Name: { GivenName: 'AWS', FamilyName: 'Operator' },
    Emails: [{ Value: 'operator@mail.example', Type: 'work', Primary: true }],
  });
  const { MembershipId } = await aws.identityStore('CreateGroupMembership', {
    IdentityStoreId,
    GroupId,
    MemberId: { UserId },
  });
  const PermissionSetArn = innocent.permissionSets.AdministratorAccess;
  await aws.ssoAdmin('CreateAccountAssignment', {
    InstanceArn,
    TargetId: MANAGEMENT_ACCOUNT,
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn,
    PrincipalType: 'GROUP',
    PrincipalId: GroupId,
  });
  await aws.ssoAdmin('UpdatePermissionSet', { InstanceArn, PermissionSetArn, SessionDuration: 'PT12H' });
  await aws.ssoAdmin('ProvisionPermissionSet', {
    InstanceArn,
    PermissionSetArn,
    TargetType: 'ALL_PROVISIONED_ACCOUNTS',
  });
  return {
    intruderGroupId: GroupId,
    intruderDirectoryUserId: UserId,
    intruderMembershipId: MembershipId,
    lengthenedPermissionSetArn: PermissionSetArn,
  };
};

/** What is told of an incident but never kept: its parts that only a full story has. */
const tellStory = async (emulator, clock, innocent, { users, secrets, endpoint }) => {
  const intruder = { keys: users.keys, secrets };
  return {
    ...(await callEndpoint(emulator, clock, endpoint)),
    ...(await reachMember(emulator, clock, innocent, intruder)),
  };
};

/**
 * The case the product is named for, done with the leaked key of `deploy` on top of the innocent organization
 * (seeded with `leakableUser: true`). The clock is back in the present when it returns. With `story` (after
 * `seedDemoSurroundings`) it is told for CloudTrail: the clock moves with every call, sessions are used, the endpoint is
 * called, and everybody else goes on working.
 */
export const seedIncident = async (emulator, innocent, { story = false } = {}) => {
  if (innocent.deploy === undefined) {
    throw new Error('Seed the innocent organization with leakableUser: true first.');
  }
  const { accessKeyId, secretAccessKey } = innocent.deploy;
  const clock = story ? pacedClock(emulator) : standingClock(emulator);
  const from = (caller) =>
    awsIn(emulator, MANAGEMENT_ACCOUNT, {
      credentials: { accessKeyId, secretAccessKey },
      caller,
      before: clock.before,
    });
  const intruder = from(CALLERS.script);
  const secondMachine = from(CALLERS.shell);

  await clock.at('2026-11-03T09:14:00Z');
  await intruder.sts('GetCallerIdentity');
  const federation = await intruder.sts('GetFederationToken', {
    Name: 'console',
    DurationSeconds: 129600,
    Policy: document(allow('*')),
  });
  const inConsole = story ? await openConsole(emulator, clock, federation) : null;
  await clock.at('2026-11-03T09:22:00Z');
  const { users, secrets } = await makeUsers(intruder);
  await clock.at('2026-11-03T09:41:00Z');
  const endpoint = await makeEndpoint(secondMachine);
  if (story) {
    await tryFunctionRole(emulator, clock, endpoint.endpointRoleArn);
  }
  await clock.at('2026-11-03T10:05:00Z');
  const identityCenter = await enterIdentityCenter(inConsole?.calls ?? intruder, innocent);
  if (inConsole !== null) {
    await loosenSignIn(emulator, inConsole, innocent);
  }
  const told = story ? await tellStory(emulator, clock, innocent, { users, secrets, endpoint }) : {};
  await clock.at('2026-11-03T10:32:00Z');
  for (const principal of DISABLED_SERVICES) {
    await intruder.organizations('DisableAWSServiceAccess', { ServicePrincipal: principal });
  }
  await clock.at('2026-11-03T10:48:00Z');
  await intruder.cloudTrail('PutEventSelectors', {
    TrailName: 'organization-trail',
    EventSelectors: [
      {
        ReadWriteType: 'ReadOnly',
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: ['kms.amazonaws.com'],
      },
    ],
  });
  if (story) {
    await lookAround(emulator, clock, { keys: users.keys, secrets });
    await runPipeline(emulator, innocent);
  }
  // The response: the leaked key is switched off, which is where most stop.
  await clock.at('2026-11-03T11:35:00Z');
  await awsIn(emulator, MANAGEMENT_ACCOUNT, { caller: CALLERS.responder, before: clock.before }).iam(
    'UpdateAccessKey',
    {
      UserName: 'deploy',
      AccessKeyId: accessKeyId,
      Status: 'Inactive',
    },
  );
  if (story) {
    await goOnWorking(emulator, innocent);
  }
  await emulator.setClock(null);
  return {
    window: INCIDENT_WINDOW,
    leakedAccessKeyId: accessKeyId,
    secrets,
    leakedPrincipalArn: `arn:aws:iam::${MANAGEMENT_ACCOUNT}:user/deploy`,
    federatedUserArn: federation.FederatedUser.Arn,
    ...(inConsole === null ? {} : { consoleAccessKeyId: inConsole.accessKeyId }),
    madeUserArns: ['svc-backup', 'aws-support', 'ops-sync'].map(
      (name) => `arn:aws:iam::${MANAGEMENT_ACCOUNT}:user/${name}`,
    ),
    madeGroupArn: `arn:aws:iam::${MANAGEMENT_ACCOUNT}:group/operations`,
    disabledServices: DISABLED_SERVICES,
    ...users,
    ...endpoint,
    ...identityCenter,
    ...told,
  };
};
