import { createHash } from 'node:crypto';
import { DEVELOPMENT_ACCOUNT, MANAGEMENT_ACCOUNT, PRODUCTION_ACCOUNT, SECURITY_ACCOUNT } from '../start.js';
import { awsIn, emptyZip, MANAGED, trustAccount } from './aws.js';
import { VENDOR_ACCOUNT } from './innocent-organization.js';

/** From when on the trail of the incident is told. */
export const TRAIL_FROM = '2026-11-02T00:00:00Z';
const ACCOUNTS = [MANAGEMENT_ACCOUNT, SECURITY_ACCOUNT, PRODUCTION_ACCOUNT, DEVELOPMENT_ACCOUNT];
const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'];

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36';

/** The two machines of the intruder, the pipeline that owns the leaked key, and the people of the organization. */
export const CALLERS = {
  script: {
    sourceIp: '198.51.100.7',
    userAgent: 'Boto3/1.34.149 md/Botocore#1.34.149 ua/2.0 os/linux#6.8.11 md/arch#x86_64 lang/python#3.11.9',
  },
  shell: {
    sourceIp: '198.51.100.23',
    userAgent: 'aws-cli/2.17.5 md/awscrt#0.20.11 ua/2.0 os/macos#23.6.0 md/arch#arm64 lang/python#3.11.8',
  },
  browser: { sourceIp: '198.51.100.23', userAgent: BROWSER },
  pipeline: {
    sourceIp: '203.0.113.21',
    userAgent: 'aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 corp-deployer/4.2',
  },
  responder: { sourceIp: '203.0.113.50', userAgent: 'aws-cli/2.17.40 os/linux lang/python#3.11.9' },
  endpoint: {
    sourceIp: '192.0.2.44',
    userAgent:
      'aws-sdk-js/3.658.1 ua/2.1 os/linux#5.10.224 lang/js md/nodejs#22.9.0 exec-env/AWS_Lambda_nodejs22.x api/iam#3.658.1',
  },
};

/** A clock that moves on by some seconds with every call. */
export const pacedClock = (emulator) => {
  let next = 0;
  let calls = 0;
  return {
    at: async (time) => {
      next = Date.parse(time);
    },
    before: async () => {
      await emulator.setClock(new Date(next).toISOString());
      calls += 1;
      next += 1000 * (4 + ((calls * 5) % 13));
    },
    now: () => new Date(next).toISOString().replace('.000Z', 'Z'),
  };
};

/** A clock that stands where it was set. */
export const standingClock = (emulator) => ({
  at: (time) => emulator.setClock(time),
  before: async () => {},
});

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An access key id of a session, with its account in its digits as in real ones. */
const sessionKeyId = (accountId, text) => {
  const number = BigInt(accountId) / 2n + 549_755_813_888n;
  const digits = Array.from(
    { length: 8 },
    (_, index) => BASE32[Number((number >> BigInt(35 - 5 * index)) & 31n)],
  );
  const odd = BigInt(accountId) % 2n === 1n;
  const rest = [...createHash('sha256').update(`${accountId} ${text}`).digest().subarray(0, 8)];
  return `ASIA${digits.join('')}${rest.map((byte, index) => BASE32[index === 0 ? (byte & 15) + (odd ? 16 : 0) : byte & 31]).join('')}`;
};

const keysOf = ({ Credentials }) => ({
  accessKeyId: Credentials.AccessKeyId,
  secretAccessKey: Credentials.SecretAccessKey,
  sessionToken: Credentials.SessionToken,
});

/**
 * The federation token becomes a console session. Signing in is no call to the emulator: its two events are written here,
 * and so are the two that change how the directory's users sign in. Resolves to the console's calls.
 */
export const openConsole = async (emulator, clock, federation) => {
  const credentials = keysOf(federation);
  const session = awsIn(emulator, MANAGEMENT_ACCOUNT, {
    credentials,
    caller: CALLERS.script,
    before: clock.before,
  });
  await session.sts('GetCallerIdentity');
  const told = await emulator.trailRecords({ account: MANAGEMENT_ACCOUNT, since: TRAIL_FROM });
  const { userIdentity } = told.findLast(({ userIdentity: { arn } }) => arn === federation.FederatedUser.Arn);
  const { accessKeyId: _, ...withoutKey } = userIdentity;
  const consoleKeyId = sessionKeyId(MANAGEMENT_ACCOUNT, 'console of the intruder');
  const signIn = {
    eventSource: 'signin.amazonaws.com',
    awsRegion: 'us-east-1',
    eventType: 'AwsConsoleSignIn',
    recipientAccountId: MANAGEMENT_ACCOUNT,
  };
  await emulator.addTrailRecords([
    {
      ...signIn,
      eventTime: '2026-11-03T09:15:31Z',
      eventName: 'GetSigninToken',
      userIdentity,
      sourceIPAddress: CALLERS.script.sourceIp,
      userAgent: 'python-requests/2.31.0',
      responseElements: { credentials: { accessKeyId: consoleKeyId }, GetSigninToken: 'Success' },
      additionalEventData: { MobileVersion: 'No', MFAUsed: 'No' },
    },
    {
      ...signIn,
      eventTime: '2026-11-03T09:15:58Z',
      eventName: 'ConsoleLogin',
      userIdentity: withoutKey,
      sourceIPAddress: CALLERS.browser.sourceIp,
      userAgent: CALLERS.browser.userAgent,
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: {
        LoginTo: 'https://console.aws.amazon.com/',
        MobileVersion: 'No',
        MFAUsed: 'No',
      },
    },
  ]);
  const sessionCreatedAt = '2026-11-03T09:15:58Z';
  const inConsole = awsIn(emulator, MANAGEMENT_ACCOUNT, {
    credentials,
    caller: { ...CALLERS.browser, accessKeyId: consoleKeyId, sessionCreatedAt, fromConsole: true },
    before: clock.before,
  });
  const attributes = { ...userIdentity.sessionContext.attributes, creationDate: sessionCreatedAt };
  const identity = {
    ...userIdentity,
    accessKeyId: consoleKeyId,
    sessionContext: { ...userIdentity.sessionContext, attributes },
  };
  return { calls: inConsole, identity, accessKeyId: consoleKeyId };
};

/** Portal sessions of 90 days and no second factor: settings that only the console can change. */
export const loosenSignIn = (emulator, { identity }, innocent) =>
  emulator.addTrailRecords(
    [
      {
        eventTime: '2026-11-03T10:09:12Z',
        configurationType: 'SESSION',
        ssoConfiguration: {
          sessionConfiguration: {
            maxAuthenticationAge: 'PT2160H',
            extendedSessionEnabledAppProviders: ['codewhisperer'],
          },
        },
      },
      {
        eventTime: '2026-11-03T10:10:40Z',
        configurationType: 'APP_AUTHENTICATION_CONFIGURATION',
        ssoConfiguration: {
          mfaMode: 'DISABLED',
          noMfaSignInBehavior: 'ALLOWED_WITH_ENROLLMENT',
          allowedMfaTypes: ['TOTP', 'WEBAUTHN'],
        },
      },
    ].map(({ eventTime, ...settings }) => ({
      eventTime,
      eventSource: 'sso.amazonaws.com',
      eventName: 'UpdateSsoConfiguration',
      awsRegion: 'us-east-1',
      userIdentity: identity,
      sourceIPAddress: CALLERS.browser.sourceIp,
      userAgent: CALLERS.browser.userAgent,
      requestParameters: { instanceArn: innocent.instanceArn, ...settings },
      recipientAccountId: MANAGEMENT_ACCOUNT,
      sessionCredentialFromConsole: 'true',
    })),
  );

const lambdaService = (emulator, clock, accountId = MANAGEMENT_ACCOUNT) =>
  awsIn(emulator, accountId, { caller: { invokedBy: 'lambda.amazonaws.com' }, before: clock.before });

/** Lambda takes the role of a function once when it is made. */
export const tryFunctionRole = (emulator, clock, roleArn) =>
  lambdaService(emulator, clock).sts('AssumeRole', {
    RoleArn: roleArn,
    RoleSessionName: 'awslambda_417_20261103094212345',
  });

/** Somebody calls the open endpoint: the function makes one more administrator. */
export const callEndpoint = async (emulator, clock, { endpointRoleArn }) => {
  await clock.at('2026-11-03T10:20:03Z');
  const answer = await lambdaService(emulator, clock).sts('AssumeRole', {
    RoleArn: endpointRoleArn,
    RoleSessionName: 'health-check',
  });
  const inFunction = awsIn(emulator, MANAGEMENT_ACCOUNT, {
    credentials: keysOf(answer),
    caller: CALLERS.endpoint,
    before: clock.before,
  });
  const { User } = await inFunction.iam('CreateUser', { UserName: 'svc-metrics' });
  await inFunction.iam('AttachUserPolicy', { UserName: 'svc-metrics', PolicyArn: MANAGED.administrator });
  const { AccessKey } = await inFunction.iam('CreateAccessKey', { UserName: 'svc-metrics' });
  return {
    functionMadeUserArn: User.Arn,
    functionMadeAccessKeyId: AccessKey.AccessKeyId,
    functionMadeSecret: AccessKey.SecretAccessKey,
  };
};

/** With the key of a user that it made, the intruder enters a member account; its guardrails hold. */
export const reachMember = async (emulator, clock, innocent, { secrets, keys }) => {
  const as = (name, caller) =>
    awsIn(emulator, MANAGEMENT_ACCOUNT, {
      credentials: { accessKeyId: keys[name], secretAccessKey: secrets[name] },
      caller,
      before: clock.before,
    });
  await clock.at('2026-11-03T10:24:10Z');
  const backup = as('svc-backup', CALLERS.shell);
  await backup.sts('GetCallerIdentity');
  const roleArn = `arn:aws:iam::${PRODUCTION_ACCOUNT}:role/OrganizationAccountAccessRole`;
  const answer = await backup.sts('AssumeRole', { RoleArn: roleArn, RoleSessionName: 'ops' });
  const member = awsIn(emulator, PRODUCTION_ACCOUNT, {
    credentials: keysOf(answer),
    caller: CALLERS.shell,
    before: clock.before,
  });
  await member.iam('ListRoles');
  await member.lambda('ListFunctions');
  const name = 'ops-readonly-temporary';
  await member.iam('CreateRole', {
    RoleName: name,
    AssumeRolePolicyDocument: trustAccount(MANAGEMENT_ACCOUNT),
  });
  await member.iam('AttachRolePolicy', { RoleName: name, PolicyArn: MANAGED.readOnly });
  await member.iam('DetachRolePolicy', { RoleName: name, PolicyArn: MANAGED.readOnly });
  await member.iam('DeleteRole', { RoleName: name });
  await emulator.setFaults([
    {
      kind: 'deny',
      service: 'cloudtrail',
      operation: 'StopLogging',
      policy: 'service control',
      resource: innocent.trailArn,
    },
  ]);
  await member.cloudTrail('StopLogging', { Name: innocent.trailArn }).then(
    () => {
      throw new Error('StopLogging was not refused.');
    },
    (error) => {
      if (error.name !== 'AccessDeniedException') {
        throw error;
      }
    },
  );
  await emulator.clearFaults();
  await clock.at('2026-11-03T10:30:20Z');
  const support = as('aws-support', CALLERS.script);
  await support.sts('GetCallerIdentity');
  await support.iam('ListUsers');
  await support.lambda('ListFunctions');
  return {
    memberSessionArn: answer.AssumedRoleUser.Arn,
    memberAccessKeyId: answer.Credentials.AccessKeyId,
    deletedRoleArn: `arn:aws:iam::${PRODUCTION_ACCOUNT}:role/${name}`,
  };
};

/** After the trail was narrowed only reads are in it. */
export const lookAround = async (emulator, clock, { secrets, keys }) => {
  await clock.at('2026-11-03T11:02:30Z');
  const backup = awsIn(emulator, MANAGEMENT_ACCOUNT, {
    credentials: { accessKeyId: keys['svc-backup'], secretAccessKey: secrets['svc-backup'] },
    caller: CALLERS.shell,
    before: clock.before,
  });
  await backup.organizations('DescribeOrganization');
  await backup.organizations('ListAccounts');
  await backup.iam('ListUsers');
};

/** The pipeline goes on using the key that leaked, for what it is there for: the code of its own function. */
export const runPipeline = async (emulator, innocent) => {
  const { accessKeyId, secretAccessKey } = innocent.deploy;
  const clock = pacedClock(emulator);
  const pipeline = awsIn(emulator, MANAGEMENT_ACCOUNT, {
    credentials: { accessKeyId, secretAccessKey },
    caller: CALLERS.pipeline,
    before: clock.before,
  });
  const runs = [
    ['2026-11-02T08:12:05Z', 'release-418.mjs'],
    ['2026-11-02T15:37:40Z', 'release-419.mjs'],
    ['2026-11-03T08:11:30Z', null],
    ['2026-11-03T09:58:14Z', 'release-420.mjs'],
    ['2026-11-03T11:31:02Z', null],
  ];
  for (const [time, release] of runs) {
    await clock.at(time);
    await pipeline.sts('GetCallerIdentity');
    if (release !== null) {
      await pipeline.lambda('GetFunction', { FunctionName: 'site-publisher' });
      await pipeline.lambda('UpdateFunctionCode', {
        FunctionName: 'site-publisher',
        ZipFile: emptyZip(release),
      });
    }
  }
};

/** Calls of somebody whose credentials the emulator did not hand out. */
const acting = async (emulator, clock, { accountId, arn, caller, region }, work) => {
  await emulator.setState({ accounts: { [accountId]: { callerArn: arn } } });
  await work(awsIn(emulator, accountId, { caller, before: clock.before, ...(region ? { region } : {}) }));
  await emulator.setState({ accounts: { [accountId]: { callerArn: null } } });
};

const scan = async (emulator, clock, time) => {
  await clock.at(time);
  const caller = { sourceIp: '203.0.113.60', userAgent: 'corp-posture-scanner/2.3' };
  const arn = `arn:aws:sts::${MANAGEMENT_ACCOUNT}:assumed-role/posture-scanner/nightly`;
  const accessKeyId = sessionKeyId(MANAGEMENT_ACCOUNT, `scanner ${time}`);
  const scanner = { accountId: MANAGEMENT_ACCOUNT, arn, caller: { ...caller, accessKeyId } };
  await acting(emulator, clock, scanner, async (aws) => {
    for (const accountId of ACCOUNTS) {
      const answer = await aws.sts('AssumeRole', {
        RoleArn: `arn:aws:iam::${accountId}:role/SecurityAudit`,
        RoleSessionName: 'posture-scanner',
      });
      const credentials = keysOf(answer);
      for (const region of REGIONS) {
        const inRegion = awsIn(emulator, accountId, { region, credentials, caller, before: clock.before });
        await inRegion.lambda('ListFunctions');
      }
    }
  });
};

/** What else happens in four accounts: people at work, services, the vendor, the nightly scan. */
export const goOnWorking = async (emulator, innocent) => {
  const clock = pacedClock(emulator);
  const suffixOf = (arn) => arn.split('ps-').at(-1);
  const person = (name, accountId, set, time, address) => ({
    accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/AWSReservedSSO_${set}_${suffixOf(innocent.permissionSets[set])}/${name}`,
    caller: {
      sourceIp: address,
      userAgent: BROWSER.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64'),
      accessKeyId: sessionKeyId(accountId, `${name} ${time.slice(0, 13)}`),
      sessionCreatedAt: time,
    },
  });
  const reads = async (aws) => {
    await aws.iam('ListRoles');
    await aws.lambda('ListFunctions');
  };
  const experiment = async (aws) => {
    await aws.iam('CreateUser', { UserName: 'sandbox-experiment' });
    await aws.iam('DeleteUser', { UserName: 'sandbox-experiment' });
  };
  const day = [
    ['2026-11-02T08:31:00Z', 'alice', DEVELOPMENT_ACCOUNT, 'AdministratorAccess', reads],
    ['2026-11-02T10:05:00Z', 'bob', PRODUCTION_ACCOUNT, 'ReadOnlyAccess', reads],
    ['2026-11-02T13:40:00Z', 'carol', DEVELOPMENT_ACCOUNT, 'ReadOnlyAccess', reads],
    ['2026-11-03T08:44:00Z', 'bob', PRODUCTION_ACCOUNT, 'ReadOnlyAccess', reads],
    ['2026-11-03T09:33:00Z', 'alice', MANAGEMENT_ACCOUNT, 'ReadOnlyAccess', reads],
    ['2026-11-03T09:49:00Z', 'alice', DEVELOPMENT_ACCOUNT, 'AdministratorAccess', experiment],
    ['2026-11-03T10:27:00Z', 'carol', PRODUCTION_ACCOUNT, 'ReadOnlyAccess', reads],
    ['2026-11-03T13:05:00Z', 'alice', SECURITY_ACCOUNT, 'AdministratorAccess', reads],
    ['2026-11-03T15:20:00Z', 'bob', DEVELOPMENT_ACCOUNT, 'ReadOnlyAccess', reads],
  ];
  const addresses = { alice: '203.0.113.40', bob: '203.0.113.41', carol: '203.0.113.42' };
  await scan(emulator, clock, '2026-11-02T02:00:00Z');
  for (const [time, name, accountId, set, work] of day) {
    await clock.at(time);
    await acting(emulator, clock, person(name, accountId, set, time, addresses[name]), work);
  }
  for (const time of ['2026-11-02T09:20:00Z', '2026-11-03T09:20:00Z', '2026-11-03T10:50:00Z']) {
    await clock.at(time);
    await lambdaService(emulator, clock, PRODUCTION_ACCOUNT).sts('AssumeRole', {
      RoleArn: `arn:aws:iam::${PRODUCTION_ACCOUNT}:role/service-role/orders-function`,
      RoleSessionName: 'orders',
    });
  }
  const vendor = {
    accountId: VENDOR_ACCOUNT,
    arn: `arn:aws:sts::${VENDOR_ACCOUNT}:assumed-role/collector/collector`,
    caller: { sourceIp: '192.0.2.80', userAgent: 'vendor-monitoring/7.1' },
  };
  for (const time of ['2026-11-02T11:00:00Z', '2026-11-03T11:00:00Z']) {
    await clock.at(time);
    await acting(emulator, clock, vendor, (aws) =>
      aws.sts('AssumeRole', { RoleArn: innocent.vendorRoleArn, RoleSessionName: 'collector' }),
    );
  }
  await scan(emulator, clock, '2026-11-03T02:00:00Z');
  await scan(emulator, clock, '2026-11-03T17:30:00Z');
  await emulator.setClock(null);
};

/** What the organization's trail delivers of all that happened: its accounts, and only reads once it was narrowed. */
export const deliveredRecords = (records) => {
  const narrowed = records.find(
    ({ eventName, errorCode }) => eventName === 'PutEventSelectors' && errorCode === undefined,
  );
  return records.filter(
    ({ recipientAccountId, eventTime, readOnly }) =>
      ACCOUNTS.includes(recipientAccountId) &&
      (readOnly || narrowed === undefined || eventTime <= narrowed.eventTime),
  );
};
