import {
  allow,
  awsIn,
  createFunction,
  createRole,
  document,
  emptyZip,
  MANAGED,
  trustAccount,
  trustService,
} from '../seeds/aws.js';
import { seedDemoSurroundings } from '../seeds/demo-surroundings.js';
import { seedIncident } from '../seeds/incident.js';
import { CALLERS, deliveredRecords, TRAIL_FROM } from '../seeds/incident-trail.js';
import { seedInnocentOrganization } from '../seeds/innocent-organization.js';
import { DEVELOPMENT_ACCOUNT, MANAGEMENT_ACCOUNT, PRODUCTION_ACCOUNT, SECURITY_ACCOUNT } from '../start.js';
import { snapshot } from './snapshot.js';

/** An account of the intruder's own. */
export const INTRUDERS_ACCOUNT = '999988887777';

const pipelineCaller = { sourceIp: '203.0.113.30', userAgent: 'HashiCorp Terraform/1.9.5' };

/** Calls of a session that the emulator did not hand out, at a time. */
const acting = async (emulator, accountId, session, time, work) => {
  const callerArn = `arn:aws:sts::${accountId}:assumed-role/${session}`;
  await emulator.setState({ accounts: { [accountId]: { callerArn } } });
  await emulator.setClock(time);
  await work(awsIn(emulator, accountId, { caller: pipelineCaller }));
  await emulator.setState({ accounts: { [accountId]: { callerArn: null } } });
  await emulator.setClock(null);
};

/** Legitimate things that the intruder will alter; the trail tells how they were made. */
const legitimate = (emulator) =>
  acting(
    emulator,
    MANAGEMENT_ACCOUNT,
    'infrastructure-pipeline/apply-1201',
    '2026-11-02T07:30:00Z',
    async (aws) => {
      const { Policy } = await aws.iam('CreatePolicy', {
        PolicyName: 'reporting-access',
        PolicyDocument: document(allow(['ce:GetCostAndUsage', 'organizations:DescribeOrganization'])),
      });
      await createRole(aws, 'reporting', trustAccount(MANAGEMENT_ACCOUNT), { managed: [Policy.Arn] });
      await createRole(aws, 'inventory-sync', trustService('ecs-tasks.amazonaws.com'), {
        inline: document(allow(['organizations:ListAccounts'])),
      });
    },
  );

/** What the organization's own pipelines do while the intruder is in. */
const ownChanges = async (emulator) => {
  await acting(
    emulator,
    PRODUCTION_ACCOUNT,
    'github-actions-deploy/run-812',
    '2026-11-03T09:52:00Z',
    async (aws) => {
      await aws.lambda('UpdateFunctionCode', { FunctionName: 'orders', ZipFile: emptyZip('orders-77.mjs') });
      await aws.lambda('PublishVersion', { FunctionName: 'orders' });
      const role = await createRole(aws, 'stock-worker', trustService('lambda.amazonaws.com'), {
        managed: [MANAGED.lambdaBasic],
      });
      await createFunction(aws, 'stock-worker', role);
    },
  );
  await acting(
    emulator,
    MANAGEMENT_ACCOUNT,
    'infrastructure-pipeline/apply-1207',
    '2026-11-03T10:12:00Z',
    (aws) =>
      createRole(aws, 'cost-reader', trustAccount(MANAGEMENT_ACCOUNT), {
        inline: document(allow(['ce:GetCostAndUsage'])),
      }),
  );
};

/** The trust, the policy and the role that the intruder alters with the leaked key. */
const alter = async (emulator, { accessKeyId, secretAccessKey }) => {
  const at = async (time) => {
    await emulator.setClock(time);
    return awsIn(emulator, MANAGEMENT_ACCOUNT, {
      credentials: { accessKeyId, secretAccessKey },
      caller: CALLERS.script,
    });
  };
  await (await at('2026-11-03T09:18:00Z')).iam('UpdateAssumeRolePolicy', {
    RoleName: 'reporting',
    PolicyDocument: document({
      Effect: 'Allow',
      Principal: {
        AWS: [`arn:aws:iam::${MANAGEMENT_ACCOUNT}:root`, `arn:aws:iam::${INTRUDERS_ACCOUNT}:root`],
      },
      Action: 'sts:AssumeRole',
    }),
  });
  await (await at('2026-11-03T09:19:00Z')).iam('CreatePolicyVersion', {
    PolicyArn: `arn:aws:iam::${MANAGEMENT_ACCOUNT}:policy/reporting-access`,
    PolicyDocument: document(allow('*')),
    SetAsDefault: true,
  });
  await (await at('2026-11-03T09:20:00Z')).iam('PutRolePolicy', {
    RoleName: 'inventory-sync',
    PolicyName: 'maintenance',
    PolicyDocument: document(allow('*')),
  });
  await emulator.setClock(null);
};

/** More of the intruder's: everything that IAM wants removed before its holder. */
const entrench = async (emulator, { keys, secrets }) => {
  await emulator.setClock('2026-11-03T10:15:00Z');
  const aws = awsIn(emulator, MANAGEMENT_ACCOUNT, {
    credentials: { accessKeyId: keys['svc-backup'], secretAccessKey: secrets['svc-backup'] },
    caller: CALLERS.shell,
  });
  const { Policy } = await aws.iam('CreatePolicy', {
    PolicyName: 'ops-access',
    PolicyDocument: document(allow('iam:*')),
  });
  await aws.iam('CreatePolicyVersion', {
    PolicyArn: Policy.Arn,
    PolicyDocument: document(allow('*')),
    SetAsDefault: true,
  });
  await aws.iam('AttachUserPolicy', { UserName: 'ops-sync', PolicyArn: Policy.Arn });
  const { VirtualMFADevice } = await aws.iam('CreateVirtualMFADevice', { VirtualMFADeviceName: 'support' });
  await aws.iam('EnableMFADevice', {
    UserName: 'aws-support',
    SerialNumber: VirtualMFADevice.SerialNumber,
    AuthenticationCode1: '123456',
    AuthenticationCode2: '654321',
  });
  const roleArn = await createRole(aws, 'ops-agent', trustService('ec2.amazonaws.com'), {
    managed: [Policy.Arn],
    inline: document(allow('sts:AssumeRole')),
  });
  await aws.iam('CreateInstanceProfile', { InstanceProfileName: 'ops-agent' });
  await aws.iam('AddRoleToInstanceProfile', { InstanceProfileName: 'ops-agent', RoleName: 'ops-agent' });
  await emulator.setClock(null);
  return { policyArn: Policy.Arn, instanceRoleArn: roleArn };
};

/** The role of the sweep may what the printed policies say, and nothing else. */
const readAlone = async (emulator, policies) => {
  for (const accountId of [SECURITY_ACCOUNT, PRODUCTION_ACCOUNT, DEVELOPMENT_ACCOUNT]) {
    const aws = awsIn(emulator, accountId);
    await aws.iam('DetachRolePolicy', { RoleName: 'SecurityAudit', PolicyArn: MANAGED.securityAudit });
    for (const [index, PolicyDocument] of policies.entries()) {
      await aws.iam('PutRolePolicy', {
        RoleName: 'SecurityAudit',
        PolicyName: `sweep-${index + 1}`,
        PolicyDocument,
      });
    }
  }
};

/** The intruder as somebody real, in an account of its own. */
const settle = async (emulator) => {
  const aws = awsIn(emulator, INTRUDERS_ACCOUNT);
  await aws.iam('CreateUser', { UserName: 'operator' });
  await aws.iam('AttachUserPolicy', { UserName: 'operator', PolicyArn: MANAGED.administrator });
  const { AccessKey } = await aws.iam('CreateAccessKey', { UserName: 'operator' });
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
};

/**
 * An organization at work, the incident in it, its trail, and how everything innocent is meant to be afterwards. From
 * here on the emulator holds every real caller to its policies.
 */
export const seedClosedLoopWorld = async (emulator, { memberPolicies } = {}) => {
  const innocent = await seedInnocentOrganization(emulator, { leakableUser: true });
  await seedDemoSurroundings(emulator, innocent);
  if (memberPolicies !== undefined) {
    await emulator.setClock('2025-06-02T10:00:00Z');
    await readAlone(emulator, memberPolicies);
    await emulator.setClock(null);
  }
  await legitimate(emulator);
  await ownChanges(emulator);
  const meant = await snapshot(emulator);
  await alter(emulator, innocent.deploy);
  const incident = await seedIncident(emulator, innocent, { story: true });
  const entrenched = await entrench(emulator, incident);
  const publisher = `lambda-function arn:aws:lambda:us-east-1:${MANAGEMENT_ACCOUNT}:function:site-publisher`;
  const released = (await snapshot(emulator)).get(publisher);
  const trail = deliveredRecords(await emulator.trailRecords({ since: TRAIL_FROM }));
  const foreign = await settle(emulator);
  await emulator.setState({ enforcePermissions: true });
  return { innocent, incident, entrenched, foreign, meant, released, trail };
};
