import { defineCheck } from '../../src/model/check.ts';
import { rootUserSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/root-access-key',
    title: 'The root user has no access key',
    failureTitle: 'Root user has an access key',
    description:
      'A root access key can do everything in the account, and no identity policy or permissions boundary limits it; in the management account not even a service control policy does. The account summary is live while the credential report can be hours old, so a key that only one of them shows was made or removed in between.',
    kind: 'residue',
    severity: 'critical',
    scope: 'account',
    requires: ['iam.account-summary'],
    optional: ['iam.credential-report'],
    population: 'root users',
    messages: {
      present: 'The root user of account {account} has an access key.',
      reportOnly: {
        text: 'The credential report of {generatedAt} shows an active root access key in account {account}, the live account summary shows none: it was removed since.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['root-access-key.delete', 'root-management.enable'],
      why: 'Nothing needs a root access key; centralized root access removes root credentials of members for good.',
      cautions: ['Deactivate first where a workload may use the key, and record its last use.'],
    },
    techniques: ['T1098.001', 'T1078.004'],
    frameworks: {
      'CIS AWS 7.0': ['2.4'],
      'NIST 800-53 r5': ['AC-2', 'AC-6', 'IA-5'],
      'NIST CSF 2.0': ['PR.AA-01', 'PR.AA-05'],
    },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html'],
    since: '0.1.0',
  },
  examined: () => 1,
  *evaluate(evidence, context) {
    const subject = rootUserSubject(context.unit);
    const account = subject.arn.split(':')[4] ?? '';
    const report = evidence['iam.credential-report'];
    const row = report?.rows.find(({ user }) => user === '<root_account>');
    const survivesKeyRevocation = { answer: 'yes', why: 'It is a credential of its own.' } as const;
    if (evidence['iam.account-summary'].rootAccessKeysPresent) {
      yield {
        messageId: 'present',
        subject,
        data: { account },
        evidence: [{ key: 'iam.account-summary', pointer: '/rootAccessKeysPresent' }],
        survivesKeyRevocation,
      };
    } else if (report && row?.accessKeys.some((key) => key.active)) {
      yield {
        messageId: 'reportOnly',
        subject,
        data: { account, generatedAt: report.generatedAt },
        evidence: [{ key: 'iam.credential-report', pointer: '/rows' }],
      };
    }
  },
});
