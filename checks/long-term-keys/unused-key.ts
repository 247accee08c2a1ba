import { daysBetween } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { numberOption } from '../../src/model/check-option.ts';
import { accessKeySubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/unused-key',
    title: 'No active access key lies unused',
    failureTitle: 'Active access key is no longer used',
    description:
      'A key that its owner stopped using is still a way in, and its misuse disturbs nobody, so it is noticed late. Keys that were never used are reported by `long-term-keys/dormant-key`.',
    kind: 'hardening',
    severity: 'medium',
    raise: { 'compromised-principal': 'critical', 'indicator-match': 'critical' },
    scope: 'account',
    requires: ['iam.access-keys'],
    tolerates: ['iam.access-keys'],
    population: 'active access keys',
    messages: {
      unused: 'Access key {key} of user {user} was last used {idleDays} days ago ({lastUsedAt}).',
    },
    remediation: {
      actions: ['access-key.deactivate'],
      why: 'A credential without a user cannot be missed, only abused.',
      cautions: ['Yearly jobs exist: ask the owner before deleting.'],
    },
    techniques: ['T1078.004'],
    frameworks: {
      'CIS AWS 7.0': ['2.11'],
      'NIST 800-53 r5': ['AC-2(3)', 'IA-5'],
      'NIST CSF 2.0': ['PR.AA-01'],
    },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
    options: {
      maximumIdleDays: { default: 90, description: 'Days without use after which a key is reported.' },
    },
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.access-keys'].filter(({ status }) => status === 'Active').length,
  *evaluate(evidence, context) {
    const maximum = numberOption(context, 'maximumIdleDays');
    for (const [index, key] of evidence['iam.access-keys'].entries()) {
      if (key.status !== 'Active' || key.lastUsed === null) {
        continue;
      }
      const idleDays = daysBetween(key.lastUsed.at, context.asOf);
      if (idleDays > maximum) {
        yield {
          messageId: 'unused',
          subject: accessKeySubject(key),
          data: { key: key.accessKeyId, user: key.userName, idleDays, lastUsedAt: key.lastUsed.at },
          evidence: [{ key: 'iam.access-keys', pointer: `/${index}` }],
          survivesKeyRevocation: { answer: 'yes', why: 'It is a credential of its own.' },
        };
      }
    }
  },
});
