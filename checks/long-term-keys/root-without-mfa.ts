import { defineCheck } from '../../src/model/check.ts';
import { rootUserSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/root-without-mfa',
    title: 'The root user signs in with MFA or has no password',
    failureTitle: 'Root user without MFA',
    description:
      'Without MFA the root password, or the mailbox that resets it, is enough to own the account. An intruder with console access can also remove the device to prepare a way back. A member account whose root password was removed by centralized root access needs no device.',
    kind: 'hardening',
    severity: 'high',
    scope: 'account',
    requires: ['iam.account-summary'],
    optional: ['iam.credential-report'],
    population: 'root users',
    messages: {
      withoutMfa: {
        text: 'The root user of account {account} has a password or may have one, and no MFA device.',
        severity: 'critical',
      },
      removedSince: {
        text: 'The root user of account {account} has no MFA device, although the credential report of {generatedAt} still shows one: it was removed since.',
        severity: 'critical',
      },
      withoutPassword: {
        text: 'The root user of account {account} has no MFA device; it has no password either.',
        severity: 'info',
      },
    },
    remediation: {
      actions: ['root-mfa.enable', 'root-management.enable'],
      why: 'A device that only the owner holds makes a stolen password or mailbox useless.',
      cautions: ['Check who reads the root mailbox before the password is changed.'],
    },
    techniques: ['T1078.004', 'T1556.006'],
    frameworks: { 'CIS AWS 7.0': ['2.5'], 'NIST 800-53 r5': ['IA-2(1)'], 'NIST CSF 2.0': ['PR.AA-03'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html'],
    since: '0.1.0',
  },
  examined: () => 1,
  *evaluate(evidence, context) {
    const summary = evidence['iam.account-summary'];
    if (summary.rootMfaEnabled) {
      return;
    }
    const subject = rootUserSubject(context.unit);
    const account = subject.arn.split(':')[4] ?? '';
    const report = evidence['iam.credential-report'];
    const row = report?.rows.find(({ user }) => user === '<root_account>');
    const pointers = [{ key: 'iam.account-summary', pointer: '/rootMfaEnabled' }] as const;
    if (summary.rootPasswordPresent === false) {
      yield { messageId: 'withoutPassword', subject, data: { account }, evidence: pointers };
    } else if (report && row?.mfaActive) {
      const data = { account, generatedAt: report.generatedAt };
      yield { messageId: 'removedSince', subject, data, evidence: pointers };
    } else {
      yield { messageId: 'withoutMfa', subject, data: { account }, evidence: pointers };
    }
  },
});
