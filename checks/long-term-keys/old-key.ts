import { daysBetween } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { numberOption } from '../../src/model/check-option.ts';
import { accessKeySubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/old-key',
    title: 'Active access keys are rotated',
    failureTitle: 'Active access key is old',
    description:
      'The longer a secret lives, the more places hold a copy of it: build logs, laptops, images, backups. Rotation bounds how long a copy that leaked unnoticed stays useful.',
    kind: 'hardening',
    severity: 'low',
    scope: 'account',
    requires: ['iam.access-keys'],
    tolerates: ['iam.access-keys'],
    population: 'active access keys',
    messages: { old: 'Access key {key} of user {user} is {ageDays} days old; the limit is {maximum}.' },
    remediation: {
      actions: ['access-key.rotate'],
      why: 'A new key makes every forgotten copy of the old one worthless.',
      cautions: ['Delete the old key once the new one is in use: two active keys are worse than one.'],
    },
    techniques: ['T1078.004'],
    frameworks: { 'CIS AWS 7.0': ['2.12'], 'NIST 800-53 r5': ['IA-5'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
    options: { maximumAgeDays: { default: 90, description: 'Age in days above which a key is reported.' } },
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.access-keys'].filter(({ status }) => status === 'Active').length,
  *evaluate(evidence, context) {
    const maximum = numberOption(context, 'maximumAgeDays');
    for (const [index, key] of evidence['iam.access-keys'].entries()) {
      const ageDays = daysBetween(key.createdAt, context.asOf);
      if (key.status === 'Active' && ageDays > maximum) {
        yield {
          messageId: 'old',
          subject: accessKeySubject(key),
          data: { key: key.accessKeyId, user: key.userName, ageDays, maximum },
          evidence: [{ key: 'iam.access-keys', pointer: `/${index}` }],
        };
      }
    }
  },
});
