import { defineCheck } from '../../src/model/check.ts';
import { principalSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/user-without-mfa',
    title: 'Every IAM user that can sign in has an MFA device',
    failureTitle: 'IAM user without MFA',
    description:
      'A password without a second factor is as good as public once it leaked. Removing the device of a user is also how an intruder opens the way for a password that he set himself. A user who only has access keys cannot be asked for MFA where its policies demand it.',
    kind: 'hardening',
    severity: 'high',
    raise: { 'compromised-principal': 'critical', 'created-by-incident': 'critical' },
    scope: 'account',
    requires: ['principals', 'iam.login-profiles', 'iam.mfa-devices', 'iam.access-keys'],
    tolerates: ['principals', 'iam.access-keys'],
    population: 'IAM users',
    messages: {
      adminPassword: {
        text: 'Administrator {user} signs in with a password and has no MFA device.',
        severity: 'critical',
      },
      password: 'User {user} signs in with a password and has no MFA device.',
      keysOnly: {
        text: 'User {user} has active access keys and no MFA device that a policy could ask for.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['user.enforce-mfa', 'login-profile.delete'],
      why: 'With a device that the owner holds, a stolen password is not enough.',
      cautions: [
        'Enrol the device together with the person: whoever holds the password could enrol his own.',
      ],
    },
    techniques: ['T1556.006', 'T1078.004'],
    frameworks: {
      'CIS AWS 7.0': ['2.10'],
      'NIST 800-53 r5': ['IA-2(1)', 'IA-2(2)'],
      'NIST CSF 2.0': ['PR.AA-03'],
    },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html'],
    since: '0.1.0',
  },
  examined: ({ principals }) => principals.filter(({ type }) => type === 'iam-user').length,
  *evaluate(evidence) {
    const withDevice = new Set(evidence['iam.mfa-devices'].map(({ userArn }) => userArn));
    const withPassword = new Set(evidence['iam.login-profiles'].map(({ userArn }) => userArn));
    const activeKeys = evidence['iam.access-keys'].filter(({ status }) => status === 'Active');
    const withKey = new Set(activeKeys.map(({ userArn }) => userArn));
    for (const [index, principal] of evidence.principals.entries()) {
      const canSignIn = withPassword.has(principal.arn);
      const isConcerned = canSignIn || withKey.has(principal.arn);
      if (principal.type !== 'iam-user' || withDevice.has(principal.arn) || !isConcerned) {
        continue;
      }
      const passwordMessage = principal.power.administrator === 'no' ? 'password' : 'adminPassword';
      yield {
        messageId: canSignIn ? passwordMessage : 'keysOnly',
        subject: principalSubject(principal),
        data: { user: principal.name },
        evidence: [{ key: 'principals', pointer: `/${index}` }],
      };
    }
  },
});
