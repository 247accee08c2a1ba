import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CloudTrailClient, GetTrailStatusCommand, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteLoginProfileCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DeleteVirtualMFADeviceCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  EnableMFADeviceCommand,
  IAMClient,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  RemoveUserFromGroupCommand,
  UploadSSHPublicKeyCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AwsCli, type AwsCommand, startAwsCli } from './cli/start.js';
import { createIntruder } from './closed-loop/intruder.js';
import { type ClosedLoopWorld, INTRUDERS_ACCOUNT, seedClosedLoopWorld } from './closed-loop/world.js';
import {
  type Emulator,
  type EmulatorCredentials,
  MANAGEMENT_ACCOUNT,
  PRODUCTION_ACCOUNT,
  startEmulator,
} from './start.js';

let emulator: Emulator;
let world: ClosedLoopWorld;

const DENY_ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});
const ALLOW_ALL = DENY_ALL.replace('Deny', 'Allow');
const trust = (principal: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  });

const options = (accountId: string = MANAGEMENT_ACCOUNT, credentials?: EmulatorCredentials) =>
  emulator.clientOptions(accountId, 'us-east-1', credentials);
const iam = (accountId?: string, credentials?: EmulatorCredentials) =>
  new IAMClient(options(accountId, credentials));
const sts = (credentials?: EmulatorCredentials, accountId?: string) =>
  new STSClient(options(accountId, credentials));
const lambda = () => new LambdaClient(options());

/** `done`, or the name of what an SDK call throws. */
const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );

const credentialsOf = (given: {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
}): EmulatorCredentials => ({
  accessKeyId: given.AccessKeyId ?? '',
  secretAccessKey: given.SecretAccessKey ?? '',
  ...(given.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
});

/** A user with a key and a policy of its own. */
const userWith = async (UserName: string, PolicyDocument: string | null) => {
  await iam().send(new CreateUserCommand({ UserName }));
  if (PolicyDocument !== null) {
    await iam().send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }));
  }
  const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName }));
  return credentialsOf(AccessKey ?? {});
};

beforeAll(async () => {
  emulator = await startEmulator();
  world = await seedClosedLoopWorld(emulator);
}, 180_000);

afterAll(async () => {
  const complaints = emulator.complaints();
  await emulator.stop();
  expect(complaints).toBe('');
});

describe('what must go before its holder', () => {
  test('a user is deleted when its last credential, group and policy is gone, and not before', async () => {
    const UserName = 'burdened';
    const of = { UserName };
    await iam().send(new CreateUserCommand(of));
    await iam().send(new CreateLoginProfileCommand({ ...of, Password: 'emulator-Only-1!' }));
    const { AccessKey } = await iam().send(new CreateAccessKeyCommand(of));
    const { VirtualMFADevice } = await iam().send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'burdened' }),
    );
    const { SerialNumber = '' } = VirtualMFADevice ?? {};
    const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' };
    await iam().send(new EnableMFADeviceCommand({ ...of, SerialNumber, ...codes }));
    const { SSHPublicKey } = await iam().send(
      new UploadSSHPublicKeyCommand({ ...of, SSHPublicKeyBody: 'ssh-rsa AAAAB3NzaC1yc2E' }),
    );
    const { ServiceSpecificCredential } = await iam().send(
      new CreateServiceSpecificCredentialCommand({ ...of, ServiceName: 'bedrock.amazonaws.com' }),
    );
    await iam().send(new CreateGroupCommand({ GroupName: 'crowd' }));
    await iam().send(new AddUserToGroupCommand({ ...of, GroupName: 'crowd' }));
    const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    await iam().send(new AttachUserPolicyCommand({ ...of, PolicyArn }));
    await iam().send(new PutUserPolicyCommand({ ...of, PolicyName: 'own', PolicyDocument: ALLOW_ALL }));
    const steps = [
      () => iam().send(new DeleteLoginProfileCommand(of)),
      () => iam().send(new DeleteAccessKeyCommand({ ...of, AccessKeyId: AccessKey?.AccessKeyId ?? '' })),
      () => iam().send(new DeactivateMFADeviceCommand({ ...of, SerialNumber })),
      () =>
        iam().send(
          new DeleteSSHPublicKeyCommand({ ...of, SSHPublicKeyId: SSHPublicKey?.SSHPublicKeyId ?? '' }),
        ),
      () =>
        iam().send(
          new DeleteServiceSpecificCredentialCommand({
            ...of,
            ServiceSpecificCredentialId: ServiceSpecificCredential?.ServiceSpecificCredentialId ?? '',
          }),
        ),
      () => iam().send(new RemoveUserFromGroupCommand({ ...of, GroupName: 'crowd' })),
      () => iam().send(new DetachUserPolicyCommand({ ...of, PolicyArn })),
      () => iam().send(new DeleteUserPolicyCommand({ ...of, PolicyName: 'own' })),
    ];
    const remove = () => outcome(iam().send(new DeleteUserCommand(of)));
    expect(await outcome(iam().send(new DeleteVirtualMFADeviceCommand({ SerialNumber })))).toBe(
      'DeleteConflictException',
    );
    expect(await outcome(iam().send(new DeleteGroupCommand({ GroupName: 'crowd' })))).toBe(
      'DeleteConflictException',
    );
    for (const step of steps) {
      expect(await remove()).toBe('DeleteConflictException');
      await step();
    }
    expect(await remove()).toBe('done');
    expect(await outcome(iam().send(new DeleteVirtualMFADeviceCommand({ SerialNumber })))).toBe('done');
    expect(await outcome(iam().send(new DeleteGroupCommand({ GroupName: 'crowd' })))).toBe('done');
  });

  test('a role leaves its instance profile and its policies first', async () => {
    const RoleName = 'burdened';
    const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const AssumeRolePolicyDocument = trust({ Service: 'ec2.amazonaws.com' });
    await iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    await iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: ALLOW_ALL }));
    const InstanceProfileName = 'burdened';
    await iam().send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    await iam().send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    for (const step of [
      () => iam().send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName })),
      () => iam().send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
      () => iam().send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'own' })),
    ]) {
      expect(await outcome(iam().send(new DeleteRoleCommand({ RoleName })))).toBe('DeleteConflictException');
      await step();
    }
    expect(await outcome(iam().send(new DeleteRoleCommand({ RoleName })))).toBe('done');
  });

  test('a policy is detached and rid of its other versions first', async () => {
    const { Policy } = await iam().send(
      new CreatePolicyCommand({ PolicyName: 'burdened', PolicyDocument: DENY_ALL }),
    );
    const { Arn: PolicyArn = '' } = Policy ?? {};
    await iam().send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: ALLOW_ALL }));
    await iam().send(new AttachUserPolicyCommand({ UserName: 'deploy', PolicyArn }));
    const remove = () => outcome(iam().send(new DeletePolicyCommand({ PolicyArn })));
    expect(await remove()).toBe('DeleteConflictException');
    await iam().send(new DetachUserPolicyCommand({ UserName: 'deploy', PolicyArn }));
    expect(await remove()).toBe('DeleteConflictException');
    await iam().send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    expect(await remove()).toBe('done');
  });

  test("nobody but AWS changes a role of Identity Center's", async () => {
    const suffix = world.incident.lengthenedPermissionSetArn.split('ps-').at(-1) ?? '';
    const RoleName = `AWSReservedSSO_AdministratorAccess_${suffix}`;
    expect(
      await outcome(
        iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: 'revoke', PolicyDocument: DENY_ALL })),
      ),
    ).toBe('UnmodifiableEntityException');
  });
});

describe('who may', () => {
  test('an unconditional deny of its own silences a user, its keys and its federated sessions', async () => {
    const key = await userWith('denied', ALLOW_ALL);
    const { Credentials } = await sts(key).send(
      new GetFederationTokenCommand({ Name: 'console', Policy: ALLOW_ALL }),
    );
    const session = credentialsOf(Credentials ?? {});
    const list = (credentials: EmulatorCredentials) =>
      outcome(iam(MANAGEMENT_ACCOUNT, credentials).send(new ListUsersCommand({ MaxItems: 1 })));
    expect([await list(key), await list(session)]).toEqual(['done', 'done']);
    const deny = { UserName: 'denied', PolicyName: 'deny' };
    await iam().send(new PutUserPolicyCommand({ ...deny, PolicyDocument: DENY_ALL }));
    expect([await list(key), await list(session)]).toEqual(['AccessDenied', 'AccessDenied']);
    expect(await outcome(sts(key).send(new GetCallerIdentityCommand({})))).toBe('done');
    await iam().send(new DeleteUserPolicyCommand(deny));
    await iam().send(new DeleteAccessKeyCommand({ UserName: 'denied', AccessKeyId: key.accessKeyId }));
    // A key that is gone does not end the sessions that it opened; the user that is gone does, even if a namesake comes.
    expect([await list(key), await list(session)]).toEqual(['InvalidClientTokenId', 'done']);
    await iam().send(new DeleteUserPolicyCommand({ UserName: 'denied', PolicyName: 'own' }));
    await iam().send(new DeleteUserCommand({ UserName: 'denied' }));
    await userWith('denied', ALLOW_ALL);
    expect(await list(session)).toBe('InvalidClientTokenId');
  });

  test('sessions older than the time of a deny end, younger ones do not', async () => {
    const role = { RoleName: 'revoked', PolicyName: 'AWSRevokeOlderSessions' };
    const key = await userWith('assumer', ALLOW_ALL);
    await iam().send(
      new CreateRoleCommand({
        RoleName: role.RoleName,
        AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${MANAGEMENT_ACCOUNT}:root` }),
      }),
    );
    await iam().send(new PutRolePolicyCommand({ ...role, PolicyName: 'own', PolicyDocument: ALLOW_ALL }));
    const open = async () => {
      const { Credentials } = await sts(key).send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${MANAGEMENT_ACCOUNT}:role/revoked`,
          RoleSessionName: 'ops',
        }),
      );
      return credentialsOf(Credentials ?? {});
    };
    await emulator.setClock('2026-11-03T12:00:00Z');
    const older = await open();
    await emulator.setClock('2026-11-03T12:10:00Z');
    const younger = await open();
    const before = { DateLessThan: { 'aws:TokenIssueTime': '2026-11-03T12:05:00Z' } };
    await iam().send(
      new PutRolePolicyCommand({
        ...role,
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition: before }],
        }),
      }),
    );
    const list = (credentials: EmulatorCredentials) =>
      outcome(iam(MANAGEMENT_ACCOUNT, credentials).send(new ListUsersCommand({ MaxItems: 1 })));
    expect([await list(older), await list(younger)]).toEqual(['AccessDenied', 'done']);
    await emulator.setClock(null);
  });

  test('who has no allow may nothing, an SCP binds members, and trust decides who assumes a role', async () => {
    const key = await userWith('powerless', null);
    expect(await outcome(iam(MANAGEMENT_ACCOUNT, key).send(new ListUsersCommand({})))).toBe('AccessDenied');
    const RoleArn = `arn:aws:iam::${PRODUCTION_ACCOUNT}:role/OrganizationAccountAccessRole`;
    const { Credentials } = await sts().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'x' }));
    const trails = new CloudTrailClient(options(PRODUCTION_ACCOUNT, credentialsOf(Credentials ?? {})));
    const { trailArn } = world.innocent;
    expect(await outcome(trails.send(new GetTrailStatusCommand({ Name: trailArn })))).toBe('done');
    expect(await outcome(trails.send(new StopLoggingCommand({ Name: trailArn })))).toBe(
      'AccessDeniedException',
    );
    const assume = (name: string) =>
      sts(world.foreign, INTRUDERS_ACCOUNT).send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${MANAGEMENT_ACCOUNT}:role/${name}`,
          RoleSessionName: 'x',
        }),
      );
    expect(await outcome(assume('cost-reader'))).toBe('AccessDenied');
    expect(await outcome(assume('reporting'))).toBe('done');
  });
});

describe('the intruder', () => {
  const knocks = async () => {
    const intruder = createIntruder(emulator, world);
    return (await intruder.stillIn()).filter((name) => name.startsWith('function'));
  };

  test('reaches the function through its endpoint and its URL, until it is throttled to nothing', async () => {
    expect(await knocks()).toEqual(['function through the endpoint', 'function through the function URL']);
    const FunctionName = 'health-check';
    await lambda().send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    expect(await knocks()).toEqual([]);
    await lambda().send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    expect(await knocks()).toHaveLength(2);
  });

  test('makes nothing while nothing is done to it, and comes back by every way once something is', async () => {
    const intruder = createIntruder(emulator, world);
    await intruder.turn();
    expect(intruder.made()).toEqual([]);
    const deny = { UserName: 'ops-sync', PolicyName: 'deny', PolicyDocument: DENY_ALL };
    await iam().send(new PutUserPolicyCommand(deny));
    await intruder.turn();
    const by = new Set(intruder.made().map((one) => one.by));
    expect([...by].sort()).toEqual(
      [
        'federation of aws-support',
        'federation of svc-backup',
        'federation of svc-metrics',
        'function through the endpoint',
        'function through the function URL',
        'key of aws-support',
        'key of svc-backup',
        'key of svc-metrics',
        `session of arn:aws:iam::${MANAGEMENT_ACCOUNT}:role/reporting`,
        `session of arn:aws:iam::${PRODUCTION_ACCOUNT}:role/OrganizationAccountAccessRole`,
        'session of the portal',
      ].sort(),
    );
    expect(await intruder.left()).toHaveLength(intruder.made().length);
    expect(intruder.tried().get('take denies away by key of svc-backup')?.done).toBe(1);
  });
});

describe('the AWS CLI', () => {
  const run = promisify(execFile);
  let cli: AwsCli;
  let asked: AwsCommand[];

  beforeAll(async () => {
    asked = [];
    cli = await startAwsCli({
      before: (command) => {
        asked.push(command);
        return Promise.resolve();
      },
    });
  });

  afterAll(() => cli.stop());

  const aws = async (argv: readonly string[], account: string = MANAGEMENT_ACCOUNT) => {
    const env = cli.environment(emulator, account);
    try {
      return (await run('aws', [...argv], { env })).stdout.trim();
    } catch (error) {
      return String(Reflect.get(Object(error), 'stderr')).trim();
    }
  };

  test('is the pinned version, answers as the emulator does, and keeps every argument whole', async () => {
    expect(await aws(['--version'])).toMatch(/^aws-cli\/1\.46\.3 /);
    expect(
      await aws(['sts', 'get-caller-identity', '--query', 'Account', '--output', 'text'], PRODUCTION_ACCOUNT),
    ).toBe(PRODUCTION_ACCOUNT);
    expect(await aws(['iam', 'get-user', '--user-name', 'no-such-user'])).toContain('(NoSuchEntity)');
    const name = '$(touch x); \'quoted\' "twice"\n';
    expect(await aws(['iam', 'get-user', '--user-name', name])).toContain('GetUser operation');
    expect(asked.at(-1)?.argv).toEqual(['iam', 'get-user', '--user-name', name]);
  });

  test('says of what neither moto nor the layer has that the emulator lacks it', async () => {
    expect(await aws(['cloudtrail', 'list-channels'])).toContain('(NotImplementedByEmulator)');
  });
});
