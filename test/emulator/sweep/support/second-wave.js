import {
  allow,
  awsIn,
  createFunction,
  createRole,
  document,
  MANAGED,
  trustAccount,
  trustService,
} from '../../seeds/aws.js';
import { FOREIGN_ACCOUNT } from '../../seeds/every-artefact.js';
import {
  DEVELOPMENT_ACCOUNT,
  MANAGEMENT_ACCOUNT,
  PRODUCTION_ACCOUNT,
  SECURITY_ACCOUNT,
} from '../../start.js';

const inWindow = '2026-11-03T11:05:00Z';

const credentials = async (emulator) => {
  const development = awsIn(emulator, DEVELOPMENT_ACCOUNT);
  const production = awsIn(emulator, PRODUCTION_ACCOUNT);
  await development.iam('CreateUser', { UserName: 'BedrockAPIKey-k3x9' });
  await development.iam('CreateServiceSpecificCredential', {
    UserName: 'BedrockAPIKey-k3x9',
    ServiceName: 'bedrock.amazonaws.com',
  });
  const { VirtualMFADevice } = await production.iam('CreateVirtualMFADevice', {
    VirtualMFADeviceName: 'second-phone',
  });
  await production.iam('EnableMFADevice', {
    UserName: 'dormant',
    SerialNumber: VirtualMFADevice.SerialNumber,
    AuthenticationCode1: '123456',
    AuthenticationCode2: '654321',
  });
  await emulator.setState({ accounts: { [PRODUCTION_ACCOUNT]: { root: { signingCertificates: 1 } } } });
  await production.iam('DeleteAccountPasswordPolicy');
};

const workloads = async (emulator) => {
  const development = awsIn(emulator, DEVELOPMENT_ACCOUNT);
  const role = await createRole(development, 'importer', trustService('lambda.amazonaws.com'), {
    managed: [MANAGED.lambdaBasic],
  });
  await createFunction(development, 'importer', role, {
    Environment: { Variables: { AWS_KEY: 'AKIAIOSFODNN7EXAMPLE' } },
  });
  await createRole(development, 'long-hours', trustAccount(DEVELOPMENT_ACCOUNT), {
    inline: document(allow('s3:ListAllMyBuckets')),
    MaxSessionDuration: 43_200,
  });
};

const organization = async (emulator, innocent) => {
  const management = awsIn(emulator, MANAGEMENT_ACCOUNT);
  await management.organizations('DeregisterDelegatedAdministrator', {
    AccountId: SECURITY_ACCOUNT,
    ServicePrincipal: 'config.amazonaws.com',
  });
  for (const service of ['guardduty', 'securityhub', 'access-analyzer'].map(
    (name) => `${name}.amazonaws.com`,
  )) {
    await management.organizations('DeregisterDelegatedAdministrator', {
      AccountId: SECURITY_ACCOUNT,
      ServicePrincipal: service,
    });
  }
  await management.organizations('MoveAccount', {
    AccountId: PRODUCTION_ACCOUNT,
    SourceParentId: innocent.units.Workloads,
    DestinationParentId: innocent.rootId,
  });
  for (const service of ['guardduty.amazonaws.com', 'ssm.amazonaws.com']) {
    await management.organizations('EnableAWSServiceAccess', { ServicePrincipal: service });
  }
  await management.ssoAdmin('CreatePermissionSet', {
    InstanceArn: innocent.instanceArn,
    Name: 'TemporarySupport',
    SessionDuration: 'PT1H',
  });
  const foreign = awsIn(emulator, FOREIGN_ACCOUNT);
  await foreign.organizations('CreateOrganization', { FeatureSet: 'ALL' });
  await foreign.organizations('InviteAccountToOrganization', {
    Target: { Id: DEVELOPMENT_ACCOUNT, Type: 'ACCOUNT' },
  });
};

const eyes = async (emulator) => {
  const management = awsIn(emulator, MANAGEMENT_ACCOUNT);
  const production = awsIn(emulator, PRODUCTION_ACCOUNT);
  await production.cloudTrail('CreateTrail', {
    Name: 'copies',
    S3BucketName: 'copies',
    KmsKeyId: `arn:aws:kms:us-east-1:${FOREIGN_ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  });
  await production.cloudTrail('StartLogging', { Name: 'copies' });
  await production.cloudTrail('StopLogging', { Name: 'copies' });
  await production.cloudTrail('StartLogging', { Name: 'copies' });
  await management.cloudTrail('DeleteTrail', { Name: 'organization-trail' });
};

/**
 * What every-artefact.js leaves out because it would hide other artefacts (no trail at all, no password policy), or
 * because only a baseline tells it. Made on top of it.
 */
export const seedSecondWave = async (emulator, innocent) => {
  await emulator.setClock(inWindow);
  await credentials(emulator);
  await workloads(emulator);
  await organization(emulator, innocent);
  await eyes(emulator);
  await emulator.setClock(null);
  // From now on IAM hands out the report that it has: a key made after it is not in it.
  await emulator.setState({ credentialReportMaxAgeSeconds: 14_400 });
  await awsIn(emulator, DEVELOPMENT_ACCOUNT).iam('GenerateCredentialReport');
  await awsIn(emulator, DEVELOPMENT_ACCOUNT).iam('GenerateCredentialReport');
  await awsIn(emulator, DEVELOPMENT_ACCOUNT).iam('CreateAccessKey', { UserName: 'BedrockAPIKey-k3x9' });
};
