import { awsIn } from '../seeds/aws.js';
import { CALLERS } from '../seeds/incident-trail.js';
import { MANAGEMENT_ACCOUNT, SECURITY_ACCOUNT } from '../start.js';

/** Settings of Identity Center that only its console changes, and CloudTrail tells of. */
const setInConsole = (emulator, { innocent }, settings) =>
  emulator.addTrailRecords([
    {
      eventTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      eventSource: 'sso.amazonaws.com',
      eventName: 'UpdateSsoConfiguration',
      awsRegion: 'us-east-1',
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLE:responder',
        arn: `arn:aws:sts::${MANAGEMENT_ACCOUNT}:assumed-role/IncidentResponder/responder`,
        accountId: MANAGEMENT_ACCOUNT,
      },
      sourceIPAddress: CALLERS.responder.sourceIp,
      userAgent: CALLERS.responder.userAgent,
      requestParameters: { instanceArn: innocent.instanceArn, ...settings },
      recipientAccountId: MANAGEMENT_ACCOUNT,
      sessionCredentialFromConsole: 'true',
    },
  ]);

/** What a person does for a step that no call does: words of its title to deed. */
const deeds = [
  [
    'End the portal sessions of aws-operator and disable the user',
    (emulator, { incident }) =>
      emulator.setState({ disabledDirectoryUsers: [incident.intruderDirectoryUserId] }),
  ],
  [
    'Put permission set AdministratorAccess back as it was',
    async (emulator, { innocent, incident }) => {
      const { ssoAdmin } = awsIn(emulator, MANAGEMENT_ACCOUNT);
      const set = {
        InstanceArn: innocent.instanceArn,
        PermissionSetArn: incident.lengthenedPermissionSetArn,
      };
      await ssoAdmin('UpdatePermissionSet', { ...set, SessionDuration: 'PT1H' });
      await ssoAdmin('ProvisionPermissionSet', { ...set, TargetType: 'ALL_PROVISIONED_ACCOUNTS' });
    },
  ],
  [
    'Replace access key',
    async (emulator, { incident }) => {
      const { iam } = awsIn(emulator, MANAGEMENT_ACCOUNT);
      await iam('CreateAccessKey', { UserName: 'deploy' });
      await iam('DeleteAccessKey', { UserName: 'deploy', AccessKeyId: incident.leakedAccessKeyId });
    },
  ],
  [
    'Bring analyzer organization-external-access back',
    async (emulator) => {
      const { accessAnalyzer } = awsIn(emulator, SECURITY_ACCOUNT);
      const analyzerName = 'organization-external-access';
      await accessAnalyzer('DeleteAnalyzer', { analyzerName });
      await accessAnalyzer('CreateAnalyzer', { analyzerName, type: 'ORGANIZATION' });
    },
  ],
  [
    'Bring back what iam.amazonaws.com did',
    async (emulator) => {
      const { iam } = awsIn(emulator, MANAGEMENT_ACCOUNT);
      await iam('EnableOrganizationsRootCredentialsManagement');
      await iam('EnableOrganizationsRootSessions');
    },
  ],
  [
    'Set the sign-in of Identity Center back',
    (emulator, world) =>
      setInConsole(emulator, world, {
        configurationType: 'APP_AUTHENTICATION_CONFIGURATION',
        ssoConfiguration: {
          mfaMode: 'ALWAYS_ON',
          noMfaSignInBehavior: 'BLOCKED',
          allowedMfaTypes: ['TOTP', 'WEBAUTHN'],
        },
      }),
  ],
  [
    'Set the session length of the portal back',
    (emulator, world) =>
      setInConsole(emulator, world, {
        configurationType: 'SESSION',
        ssoConfiguration: { sessionConfiguration: { maxAuthenticationAge: 'PT8H' } },
      }),
  ],
];

/** The steps that nobody but the owner's people can do, done. Resolves to whether there was something to do here. */
export const doByHand = async (emulator, world, step) => {
  const deed = deeds.find(([words]) => step.includes(words));
  await deed?.[1](emulator, world);
  return deed !== undefined;
};
