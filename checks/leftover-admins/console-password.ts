import { defineCheck } from '../../src/model/check.ts';
import { loginProfileArn } from '../../src/model/resource-arn.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/console-password',
    title: 'No IAM user has a console password',
    failureTitle: 'IAM user has a console password',
    description:
      'A login profile is a password beside the access keys: revoking keys does not touch it. Intruders give one to a machine user, or to a user of their own, and skip the forced reset so that they can sign in at once. People belong into Identity Center.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'created-by-incident': 'critical',
      'compromised-principal': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['iam.login-profiles'],
    tolerates: ['iam.login-profiles'],
    population: 'login profiles',
    messages: {
      password: 'User {user} has a console password, made {createdAt}.',
      resetPending: {
        text: 'User {user} has a console password, made {createdAt}, that has to be changed at the first sign-in.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['login-profile.delete', 'session.revoke', 'user.enforce-mfa'],
      why: 'Without a login profile the user cannot sign in to the console.',
      cautions: [
        'A console session of up to twelve hours goes on after the deletion: deny older sessions too.',
      ],
    },
    techniques: ['T1098.001', 'T1078.004'],
    frameworks: { 'CIS AWS 7.0': ['2.19'], 'NIST 800-53 r5': ['AC-2', 'IA-5'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.login-profiles'].length,
  *evaluate(evidence) {
    for (const [index, profile] of evidence['iam.login-profiles'].entries()) {
      yield {
        messageId: profile.passwordResetRequired ? 'resetPending' : 'password',
        subject: { arn: loginProfileArn(profile.userArn), type: 'login-profile', name: profile.userName },
        data: { user: profile.userName, createdAt: profile.createdAt },
        evidence: [{ key: 'iam.login-profiles', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The password is a credential of its own.' },
      };
    }
  },
});
