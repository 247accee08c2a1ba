import { daysBetween } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { accessKeySubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/inactive-key',
    title: 'No inactive access key is kept',
    failureTitle: 'Inactive access key can be switched on again',
    description:
      'Deactivating a key is reversible: one call by anyone who may update access keys brings it back, and no creation date changes. Only deletion ends it. A compromised key that is kept is reported by `long-term-keys/compromised-key`.',
    kind: 'hardening',
    severity: 'info',
    raise: { 'compromised-principal': 'medium', 'created-by-incident': 'high' },
    scope: 'account',
    requires: ['iam.access-keys'],
    tolerates: ['iam.access-keys'],
    population: 'access keys',
    messages: {
      inactive: 'Access key {key} of user {user} is inactive but not deleted; it is {ageDays} days old.',
    },
    remediation: {
      actions: ['access-key.deactivate'],
      why: 'A deleted key cannot be switched on again.',
      cautions: ['Save last use and owner first: both are gone with the key.'],
    },
    techniques: ['T1098.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-2(3)'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.access-keys'].length,
  *evaluate(evidence, context) {
    const compromised = new Set(context.incident?.compromised.accessKeyIds ?? []);
    for (const [index, key] of evidence['iam.access-keys'].entries()) {
      if (key.status !== 'Inactive' || compromised.has(key.accessKeyId)) {
        continue;
      }
      yield {
        messageId: 'inactive',
        subject: accessKeySubject(key),
        data: {
          key: key.accessKeyId,
          user: key.userName,
          ageDays: daysBetween(key.createdAt, context.asOf),
        },
        evidence: [{ key: 'iam.access-keys', pointer: `/${index}` }],
        survivesKeyRevocation: {
          answer: 'until',
          why: 'It stays unusable until somebody activates it.',
        },
      };
    }
  },
});
